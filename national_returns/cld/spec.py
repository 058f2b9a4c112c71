"""What the client level data specification says: fields in order, lists, and which values are on them.

The specification is data (``release_2.json``), so that a new release is a new file and not new code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

RELEASE_FILE = Path(__file__).with_name("release_2.json")
EVENT_TYPES = ("Request", "Assessment", "Service", "Review")


class Conformance(StrEnum):
    """Whether a field is to be filled, for one type of event."""

    MANDATORY = "M"
    REQUIRED_WHERE_KNOWN = "R"
    OPTIONAL = "O"
    NOT_APPLICABLE = "N"


@dataclass(frozen=True)
class Field:
    """One of the fifty columns."""

    order: int
    name: str
    header: str
    type: str
    conformance: Mapping[str, Conformance]
    code_list: str
    confidence: str
    max_length: int | None = None
    header_aliases: tuple[str, ...] = ()

    @property
    def headings(self) -> frozenset[str]:
        """Every heading under which this column is accepted."""
        return frozenset((self.name, self.header, *self.header_aliases))

    def has_mark(self, mark: Conformance, event_type: str) -> bool:
        """Whether it carries a mark for a type of event, or for all four where the type is not known."""
        if event_type:
            return self.conformance[event_type] is mark
        return set(self.conformance.values()) == {mark}

    def is_mandatory_for(self, event_type: str) -> bool:
        return self.has_mark(Conformance.MANDATORY, event_type)


@dataclass(frozen=True)
class Code:
    """One value of a national list. The label is what a file carries; the code is ours."""

    code: str
    label: str
    confidence: str
    group: str = ""
    hierarchy: int | None = None
    aliases: tuple[str, ...] = ()
    release_1: tuple[str, ...] = ()


class Reading(StrEnum):
    """How a value stands to its list: the first of these that applies (rules C01 to C04)."""

    EXACT = "exact"
    SPELLING = "C02"
    RELEASE_1 = "C03"
    UNKNOWN = "C01"
    UNRECOGNISED = "C04"


@dataclass(frozen=True)
class Match:
    """What a value was read as. A Release 1 value may have no Release 2 equivalent."""

    reading: Reading
    code: Code | None = None

    @property
    def is_error(self) -> bool:
        return self.reading in (Reading.UNKNOWN, Reading.RELEASE_1)


def plain(text: str) -> str:
    """A value without capitals and without spaces, which is how values are compared (D-08)."""
    return "".join(text.split()).casefold()


@dataclass(frozen=True)
class CodeList:
    """A national list, and whether its wording has been checked against an official source."""

    name: str
    status: str
    values: tuple[Code, ...]
    without_equivalent: tuple[str, ...] = ()
    _seen: dict[str, Match] = field(default_factory=dict, repr=False, compare=False, hash=False)

    @property
    def is_verified(self) -> bool:
        return self.status == "verified"

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        return {value.code: value for value in self.values}

    @cached_property
    def _exact(self) -> Mapping[str, Code]:
        return {text: value for value in self.values for text in (value.label, *value.aliases)}

    @cached_property
    def _by_plain_label(self) -> Mapping[str, Code]:
        return {plain(value.label): value for value in self.values}

    @cached_property
    def _by_release_1(self) -> Mapping[str, Code | None]:
        retired: dict[str, Code | None] = {plain(text): None for text in self.without_equivalent}
        return retired | {plain(text): value for value in self.values for text in value.release_1}

    @cached_property
    def _known(self) -> frozenset[str]:
        texts = (
            *self._exact,
            *self.without_equivalent,
            *(old for each in self.values for old in each.release_1),
        )
        return frozenset(text.casefold() for text in texts)

    def recognises(self, text: str) -> bool:
        """Whether a value is a label, an alias or a Release 1 label, capitals apart (rule C04)."""
        return text.strip().casefold() in self._known

    def label(self, code: str) -> str:
        return self.by_code[code].label

    def match(self, text: str) -> Match:
        """Read a filled cell. The list of a missing specification takes any text."""
        found = self._seen.get(text)
        if found is None:
            found = self._match(text)
            if len(self._seen) < 2_000:  # real files repeat a few values; a broken one must not fill memory
                self._seen[text] = found
        return found

    def _match(self, text: str) -> Match:
        if text in self._exact:
            return Match(Reading.EXACT, self._exact[text])
        bare = plain(text)
        if bare in self._by_plain_label:
            return Match(Reading.SPELLING, self._by_plain_label[bare])
        if bare in self._by_release_1:
            return Match(Reading.RELEASE_1, self._by_release_1[bare])
        if self.name == "assessment_type" and "financialassessment" in bare:
            return Match(Reading.RELEASE_1)
        if self.status == "missing":
            return Match(Reading.EXACT)
        return Match(Reading.UNKNOWN if self.is_verified else Reading.UNRECOGNISED)


@dataclass(frozen=True)
class Specification:
    """A whole release."""

    release: str
    fields: tuple[Field, ...]
    code_lists: Mapping[str, CodeList]

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {each.name: each for each in self.fields}

    @cached_property
    def headers(self) -> tuple[str, ...]:
        return tuple(each.header for each in self.fields)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.fields)

    def list_of(self, field_name: str) -> CodeList:
        return self.code_lists[self.by_name[field_name].code_list]

    def to_confirm(self) -> Iterable[tuple[str, str, str]]:
        """Everything a council should check against the official workbook: kind, name, grade."""
        for each in self.fields:
            if each.confidence in "CD":
                yield "field", each.header, each.confidence
        for code_list in self.code_lists.values():
            if not code_list.is_verified:
                yield "list", code_list.name, code_list.status
            for value in code_list.values:
                if value.confidence in "CD":
                    yield "value", f"{code_list.name}: {value.label}", value.confidence


def _field(data: dict) -> Field:
    marks = dict(zip(EVENT_TYPES, map(Conformance, data["conformance"]), strict=True))
    return Field(
        order=data["order"],
        name=data["name"],
        header=data["header"],
        type=data["type"],
        conformance=marks,
        code_list=data.get("code_list", ""),
        confidence=data["confidence"],
        max_length=data.get("max_length"),
        header_aliases=tuple(data.get("header_aliases", ())),
    )


def _code(data: dict) -> Code:
    return Code(
        code=data["code"],
        label=data["label"],
        confidence=data["confidence"],
        group=data.get("group", ""),
        hierarchy=data.get("hierarchy"),
        aliases=tuple(data.get("aliases", ())),
        release_1=tuple(data.get("release_1", ())),
    )


@cache
def specification() -> Specification:
    """The release in force, read once."""
    data = json.loads(RELEASE_FILE.read_text(encoding="utf-8"))
    retired = data["release_1_without_equivalent"]
    lists = {
        name: CodeList(
            name=name,
            status=body["status"],
            values=tuple(map(_code, body["values"])),
            without_equivalent=tuple(retired.get(name, ())),
        )
        for name, body in data["code_lists"].items()
    }
    return Specification(release=data["release"], fields=tuple(map(_field, data["fields"])), code_lists=lists)
