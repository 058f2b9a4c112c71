"""The kinds of letter. Each app that makes one registers it from `ready()`: what it can be made from, its text, and
what is written on its own record once the person has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from accounts.models import User
from documents.formats import Format
from people.authority import Part
from people.models import Person

Block = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """A record that a letter can be made from: its reference, what it is in words, and its day."""

    ref: str
    words: str
    on: date | None = None


@dataclass
class Text:
    """The text of a letter, block by block: words only, never marks of a page."""

    title: str
    blocks: list[Block] = field(default_factory=list)

    def heading(self, words: str) -> Text:
        self.blocks.append({"is": "heading", "text": words})
        return self

    def say(self, *paragraphs: str) -> Text:
        """Paragraphs; what somebody typed in several is taken apart at its empty lines."""
        for words in paragraphs:
            for part in words.split("\n\n"):
                if part.strip():
                    self.blocks.append({"is": "paragraph", "text": part.strip()})
        return self

    def bullets(self, lines: Sequence[str]) -> Text:
        if lines:
            self.blocks.append({"is": "list", "items": list(lines)})
        return self

    def table(self, caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Text:
        """A table whose first column names the row."""
        if rows:
            self.blocks.append(
                {"is": "table", "caption": caption, "head": list(head), "rows": [list(row) for row in rows]}
            )
        return self


class Given(Protocol):
    def __call__(self, *, subject_ref: str, format: str, on: date, by: User, now: datetime) -> None: ...


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter: its name, the records of a person it can be made from, how it is written, and what follows
    when it was given. `build` raises LookupError for a record that the user may not know of or that is not ready."""

    code: str
    title: str
    sources: Callable[[Person, User], list[Source]]
    build: Callable[[Person, User, str], Text]
    given: Given
    holds_assessment: bool = False
    part: str = Part.CARE  # who acts for the person reads it where their right reaches there


_kinds: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> None:
    _kinds[kind.code] = kind


def of_part(part: str) -> list[str]:
    """The codes of the letters that belong to a part of the person's own pages (people.authority.Part)."""
    return sorted(kind.code for kind in _kinds.values() if kind.part == part)


def find(code: str) -> LetterKind:
    """Raises KeyError for a code that no app registered."""
    return _kinds[code]


def everything(person: Person, user: User) -> list[tuple[LetterKind, Source]]:
    """Each letter that can be written for a person today, kind by kind."""
    return [(kind, source) for kind in _kinds.values() for source in kind.sources(person, user)]


def in_words(code: str) -> str:
    """The format as the records of other apps keep it."""
    return str(Format(code).label)
