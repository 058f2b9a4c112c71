"""Every code that may stand in the trail, with its sentence. Each app registers its own from `events.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class EventCode:
    """A thing that can happen: its stable code, the sentence shown, and how it is erased when retention ends.

    `sentence` may hold names of facts in braces, for example "Allocated to {worker}".
    `erasure` is "with_person" (goes with the record) or "keep_fact" (the fact stays, the detail goes).
    """

    code: str
    sentence: str
    significant: bool = False
    erasure: str = "with_person"


_catalogue: dict[str, EventCode] = {}


def register(codes: Iterable[EventCode]) -> None:
    for code in codes:
        _catalogue[code.code] = code


def find(code: str) -> EventCode:
    """The catalogue's entry. Raises KeyError for a code that no app registered."""
    return _catalogue[code]


def all_codes() -> dict[str, EventCode]:
    return dict(_catalogue)


class _Shown(dict):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, detail: dict) -> str:
    """The sentence for an event, with its facts put in."""
    entry = _catalogue.get(code)
    return entry.sentence.format_map(_Shown(detail)) if entry else code
