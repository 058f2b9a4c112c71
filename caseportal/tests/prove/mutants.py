"""Small wrongs, made on purpose: one comparison or constant of a module changed, to see whether its own tests notice.

    python -m caseportal.tests.prove.mutants GROUP [--sample 100] [--seed 1]

changes no file: each mutant is tried in a process of its own, which loads the wrong module in place of the right one.
Prints each mutant that nobody noticed, and ends with the figure.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import os
import re
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import entry_points
from importlib.util import spec_from_file_location
from pathlib import Path
from random import Random
from types import ModuleType

import django
import pytest

ROOT = Path(__file__).resolve().parents[3]
QUICKLY = (
    "-x",
    "-q",
    "--assert=plain",
    *("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:hypothesispytest"),
)
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
    """Modules whose rules must hold, and the tests that are to notice when one does not. Both from the root.

    Modules with tables are not for it: they cannot be loaded twice.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self) -> list[Path]:
        return sorted({path for pattern in self.modules for path in ROOT.glob(pattern)})


# Tests that need no database are quick. `modules` are patterns of files.
GROUPS: dict[str, Group] = {
    "money": Group(
        modules=("budgets/money.py", "budgets/calculators/*.py", "budgets/estimates/*.py"),
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


class _InItsPlace(MetaPathFinder, Loader):
    """Loads the source of a mutant where its module is asked for."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant, self.name = mutant, module_name(mutant.path)

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self.name:
            return None
        inside = [str(self.mutant.path.parent)] if self.mutant.path.name == "__init__.py" else None
        return spec_from_file_location(name, self.mutant.path, loader=self, submodule_search_locations=inside)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutant.source, str(self.mutant.path), "exec"), module.__dict__)


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def prepare() -> None:
    """Load the product and pytest's plugins once, for all the processes to come."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "caseportal.settings_test"
    django.setup()
    for plugin in entry_points(group="pytest11"):
        importlib.import_module(plugin.module)


def pass_tests(group: Group, mutant: Mutant | None = None) -> bool:
    """Whether the tests of a group pass in a new process, with a mutant in the place of its module."""
    pid = os.fork()
    if not pid:
        os._exit(_tests(group, mutant))
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False


def _tests(group: Group, mutant: Mutant | None) -> int:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    for name in [module_name(path) for path in group.files()]:
        package, _, last = name.rpartition(".")
        sys.modules.pop(name, None)
        if package in sys.modules:
            vars(sys.modules[package]).pop(last, None)
    if mutant:
        sys.meta_path.insert(0, _InItsPlace(mutant))
    return int(pytest.main([*QUICKLY, *group.tests]))


def unnoticed(group: Group, mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """The mutants that no test of the group noticed. Raises ValueError where the tests fail without any."""
    if not pass_tests(group):
        raise ValueError("The tests fail on the code as it is.")
    yield from (mutant for mutant in mutants if pass_tests(group, mutant))


def main() -> int:
    parser = ArgumentParser(description="Whether the tests of a group notice small wrongs in its modules.")
    parser.add_argument("group", choices=sorted(GROUPS))
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    group = GROUPS[asked.group]
    prepare()
    chosen = sample(group.files(), size=asked.sample, seed=asked.seed)
    missed = 0
    for mutant in unnoticed(group, chosen):
        missed += 1
        print(f"not noticed: {mutant}", flush=True)
    print(f"{len(chosen) - missed} of {len(chosen)} mutants noticed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
