"""A council's own worked cases (`money-cases/1`) through the calculators: what agrees, what differs, what is no case.

A file with any fault is not judged at all, and every fault is named. Reading it needs no records.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from rest_framework import serializers

from budgets.estimates.fields import whole_characters
from budgets.estimates.kinds import KINDS, Kind

LARGEST_FILE = 10_000_000  # bytes; some tens of thousands of cases
WHOLE_FILE = ""


class NoCases(Exception):  # noqa: N818
    """What was given is no file of cases at all; the text says why."""


@dataclass(frozen=True)
class Fault:
    """Where a file breaks the format, and how. `case` is empty for the whole file."""

    case: str
    field: str
    message: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.case, self.field) if part)
        return f"{where or 'File'}: {self.message}"


@dataclass(frozen=True)
class Difference:
    """A figure that comes to something else than the case expects; both as they are written."""

    case: str
    field: str
    expected: Any
    got: Any

    @property
    def expected_shown(self) -> str:
        return _shown(self.expected)

    @property
    def got_shown(self) -> str:
        return _shown(self.got)

    def __str__(self) -> str:
        return f"{self.case}, {self.field}: expected {self.expected_shown}, got {self.got_shown}"


@dataclass
class Checked:
    """What became of the cases of a file."""

    passed: int = 0
    failed: int = 0
    differences: list[Difference] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON. Faults are named only where there are any."""
        told = asdict(self)
        if not self.faults:
            del told["faults"]
        return told

    def add(self, differences: list[Difference]) -> None:
        self.differences += differences
        self.passed, self.failed = self.passed + (not differences), self.failed + bool(differences)


def check(content: bytes) -> Checked:
    """Every case of a file through its calculator. A fault anywhere leaves all of them unjudged."""
    checked, faults = Checked(), []
    try:
        cases = _cases(content)
    except NoCases as error:
        return Checked(faults=[Fault(WHOLE_FILE, WHOLE_FILE, str(error))])
    for place, case in enumerate(cases, start=1):
        try:
            checked.add(_judge(case, place))
        except _Faulty as error:
            faults += error.faults
    return Checked(faults=faults) if faults else checked


def _cases(content: bytes) -> list[Any]:
    if len(content) > LARGEST_FILE:
        raise NoCases(f"The file is over {LARGEST_FILE // 1_000_000} MB.")
    try:
        whole = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        raise NoCases("The file is not text in UTF-8.") from None
    except RecursionError:
        raise NoCases("The JSON is nested too deep.") from None
    except ValueError as error:
        raise NoCases(f"The file is not JSON: {error}.") from None
    try:
        whole_characters(whole)
    except serializers.ValidationError:
        raise NoCases("There is half a character in the file.") from None
    cases = whole.get("cases") if isinstance(whole, dict) else None
    if not isinstance(cases, list):
        raise NoCases("The file is not one JSON object with a list of “cases”.")
    return cases


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(
            f"“{next(name for name in names if names.count(name) > 1)}” stands twice in one object"
        )
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


class _Faulty(Exception):  # noqa: N818
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__()
        self.faults = faults


def _judge(case: Any, place: int) -> list[Difference]:
    """Where a case differs from its result. Raises _Faulty with every fault of the case."""
    name = f"case {place}"
    if not isinstance(case, dict):
        raise _Faulty([Fault(name, WHOLE_FILE, "A case is an object with id, kind, inputs and expected.")])
    faults = []
    if isinstance(case.get("id"), str) and case["id"]:
        name = case["id"]
    else:
        faults.append(Fault(name, "id", "A case needs an id, as text."))
    kind = KINDS.get(case["kind"]) if isinstance(case.get("kind"), str) else None
    if kind is None:
        said = f"{_shown(case['kind'])} is no kind" if "kind" in case else "A case needs a kind"
        raise _Faulty([*faults, Fault(name, "kind", f"{said}. There are: {', '.join(KINDS)}.")])
    result = wanted = None
    try:
        result = kind.work_out(_object_of(case, "inputs"))
    except serializers.ValidationError as error:
        faults += _faults(name, "inputs", error.detail)
    try:
        wanted = kind.expected(_object_of(case, "expected"))
    except serializers.ValidationError as error:
        faults += _faults(name, "expected", error.detail)
    if faults or wanted is None:
        raise _Faulty(faults)
    return _differences(name, kind, result, wanted, case["expected"])


def _object_of(case: Mapping[str, Any], key: str) -> dict[str, Any]:
    if not isinstance(case.get(key), dict):
        raise serializers.ValidationError({"detail": ["An object is needed."]})
    found: dict[str, Any] = case[key]
    return found


def _differences(
    name: str, kind: Kind, result: Any, wanted: dict[str, Any], expected: dict[str, Any]
) -> list[Difference]:
    found: dict[str, Any] = {key: kind.gives.fields[key].get_attribute(result) for key in wanted}
    return [
        Difference(name, key, expected[key], kind.printed(result)[key])
        for key, value in wanted.items()
        if (list(found[key]) if isinstance(found[key], tuple) else found[key]) != value
    ]


def _faults(case: str, path: str, detail: Any) -> list[Fault]:
    return [Fault(case, where, message) for where, message in _flat(path, detail)]


def _flat(path: str, detail: Any) -> Iterator[tuple[str, str]]:
    """Each message with its place, as in inputs.incomes[1].type."""
    if isinstance(detail, Mapping):
        for key, inner in detail.items():
            if isinstance(key, int):
                yield from _flat(f"{path}[{key}]", inner)
            else:
                yield from _flat(path if key in ("detail", "non_field_errors") else f"{path}.{key}", inner)
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            yield from _flat(path if isinstance(inner, str) else f"{path}[{place}]", inner)
    else:
        yield path, str(detail)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
