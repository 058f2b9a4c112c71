"""Small wrongs, made on purpose: one comparison or constant of a module changed, to see whether its own tests notice.

    python -m caseportal.tests.prove.mutants GROUP [--sample 100] [--seed 1]

works on a copy of the repository, prints each mutant that nobody noticed, and ends with the figure.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[3]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "node_modules", "var", "__pycache__", ".*_cache")
LONGEST = 180  # seconds for the tests of one mutant; one that never ends is noticed

OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
# A constant that the code compares and looks up by, and not a sentence for a reader.
CODE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.-][A-Za-z0-9]+)+|[a-z]+|[A-Z0-9]{2,}|[A-Z]{1,3}\d{1,3}")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Group:
    """Modules whose rules must hold, and the tests that are to notice when one does not. Both from the root."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self) -> list[Path]:
        return sorted({path for pattern in self.modules for path in ROOT.glob(pattern)})


# Tests that need no database are quick. `modules` are patterns of files.
GROUPS: dict[str, Group] = {
    "money": Group(
        modules=("budgets/money.py", "budgets/calculators/*.py"),
        tests=("budgets/tests/calculators",),
    ),
    "return": Group(
        modules=(
            "national_returns/cld/derive.py",
            "national_returns/cld/record.py",
            "national_returns/cld/checking/*.py",
        ),
        tests=(
            "national_returns/tests/test_rules_of_the_return.py",
            "national_returns/tests/test_derivations.py",
            "national_returns/tests/test_months_used.py",
            "national_returns/tests/test_losses.py",
            "national_returns/tests/test_national_words.py",
            "national_returns/tests/test_judging_a_file.py",
            "national_returns/tests/test_check_cld.py",
        ),
    ),
    "measures": Group(
        modules=("national_returns/ascof/*.py",),
        tests=(
            "national_returns/tests/measures/test_short_term_support.py",
            "national_returns/tests/measures/test_living_at_home.py",
            "national_returns/tests/measures/test_self_directed_support.py",
            "national_returns/tests/measures/test_care_home_admissions.py",
            "national_returns/tests/measures/test_people_of_a_return.py",
            "national_returns/tests/measures/test_ascof_command.py",
            "national_returns/tests/measures/test_worked_examples.py",
        ),
    ),
}


@dataclass(frozen=True)
class Mutant:
    """One change to one file."""

    path: Path
    line: int
    change: str
    source: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} {self.change}"


def mutants_of(path: Path) -> list[Mutant]:
    """Every comparison turned at its edge or into its opposite, every constant made another, one at a time."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in _places(tree):
        for change in _changes(node):
            with change as told:
                found.append(Mutant(path, node.lineno, told, ast.unparse(tree)))
    return found


def _places(tree: ast.Module) -> list[ast.Compare | ast.Constant]:
    """Where a mutant can be made: not in docstrings, annotations, decorators and pieces of sentences."""
    left_out: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        match node:
            case ast.Expr(value=ast.Constant()):
                parts = [node.value]
            case ast.AnnAssign():
                parts = [node.annotation]
            case ast.arg():
                parts = [node.annotation]
            case ast.FunctionDef():
                parts = [node.returns, *node.decorator_list]
            case ast.ClassDef():
                parts = [*node.decorator_list]
            case ast.JoinedStr():
                parts = [each for each in node.values if isinstance(each, ast.Constant)]
                parts += [each.format_spec for each in node.values if isinstance(each, ast.FormattedValue)]
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                parts = [node.value]
        left_out |= {id(inner) for part in parts if part for inner in ast.walk(part)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare | ast.Constant) and id(node) not in left_out
    ]


def _changes(node: ast.Compare | ast.Constant) -> Iterator[contextlib.AbstractContextManager[str]]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            yield _other_operator(node, place, OPPOSITE[type(operator)]())
    elif (value := _another(node.value)) is not None:
        yield _other_value(node, value)


def _another(value: object) -> object | None:
    """A constant of the same kind that differs as little as can be. None where a change would say nothing."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and NUMBER.fullmatch(value):
        number = Decimal(value)
        return str(number + Decimal(1).scaleb(int(number.as_tuple().exponent)))
    if isinstance(value, str) and CODE.fullmatch(value):
        return f"{value}x"
    return None


@contextlib.contextmanager
def _other_operator(node: ast.Compare, place: int, other: ast.cmpop) -> Iterator[str]:
    before, text = node.ops[place], ast.unparse(node)
    node.ops[place] = other
    yield f"{text} → {ast.unparse(node)}"
    node.ops[place] = before


@contextlib.contextmanager
def _other_value(node: ast.Constant, value: object) -> Iterator[str]:
    before = node.value
    node.value = value  # type: ignore[assignment]
    yield f"{before!r} → {value!r}"
    node.value = before


def sample(files: Iterable[Path], *, size: int, seed: int) -> list[Mutant]:
    """The same mutants for the same files and seed."""
    everything = [mutant for path in files for mutant in mutants_of(path)]
    return Random(seed).sample(everything, min(size, len(everything)))


class Copy:
    """A copy of the repository in which files may be wrong."""

    def __init__(self, place: Path, tests: Sequence[str]) -> None:
        self.place, self.tests = place / "copy", tests
        shutil.copytree(ROOT, self.place, ignore=NOT_COPIED, symlinks=True)

    def pass_tests(self) -> bool:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
        try:
            done = subprocess.run(
                [*command, *self.tests],
                cwd=self.place,
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                timeout=LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0

    def notices(self, mutant: Mutant) -> bool:
        """Whether a test fails on the mutant."""
        path = self.place / mutant.path.relative_to(ROOT)
        right = path.read_text(encoding="utf-8")
        path.write_text(mutant.source, encoding="utf-8")
        try:
            return not self.pass_tests()
        finally:
            path.write_text(right, encoding="utf-8")


def unnoticed(group: Group, mutants: Iterable[Mutant]) -> list[Mutant]:
    """The mutants that no test of the group noticed. Raises ValueError where the tests fail without any."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as place:
        copy = Copy(Path(place), group.tests)
        if not copy.pass_tests():
            raise ValueError("The tests fail on the code as it is.")
        return [mutant for mutant in mutants if not copy.notices(mutant)]


def main() -> int:
    parser = ArgumentParser(description="Whether the tests of a group notice small wrongs in its modules.")
    parser.add_argument("group", choices=sorted(GROUPS))
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    group = GROUPS[asked.group]
    chosen = sample(group.files(), size=asked.sample, seed=asked.seed)
    missed = unnoticed(group, chosen)
    for mutant in missed:
        print(f"not noticed: {mutant}")
    print(f"{len(chosen) - len(missed)} of {len(chosen)} mutants noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
