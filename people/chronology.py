"""What happened to a person, in order of when it happened: notes and what was done, cut by a key, never counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from audit import catalogue
from audit.models import Event
from core import clock, sealing
from people import events
from people.models import CaseNote, Person
from people.querysets import on_my_lists

PAGE = 50
NOTE, DONE = 1, 0
PLACE = "chronology"
STORY = "story"
SHOWS = {
    STORY: "Notes and events",
    "significant": "Significant events",
    "notes": "Notes",
    "done": "What was done",
    "all": "Everything, with tasks",
}
# A note speaks for itself; that it was written need not be said again.
_SAID_BY_NOTES = (events.NOTE_ADDED, events.NOTE_CORRECTED, events.SEARCHED)
# Tasks that open and work that follows are the machine's own steps: shown when asked for, not in the person's story.
MACHINE = "worklist."
_ISO_DAY = re.compile(r"[12]\d{3}-[01]\d-[0-3]\d")


@dataclass(frozen=True)
class Entry:
    """One line of the chronology: a note, or something that was done."""

    at: datetime
    rank: int
    pk: int
    title: str
    by: str
    note: CaseNote | None = None
    significant: bool = False
    code: str = ""
    more: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day on which it happened, in London."""
        return clock.london_date(self.at)

    @property
    def key(self) -> str:
        """Where this entry stands, for the address of the next page: it says nothing about anyone."""
        return sealing.sealed_place(PLACE, self.at, self.rank, self.pk)


def gathered(entries: list[Entry]) -> list[Entry]:
    """One line for small steps of a kind that one person took one after the other on a day: a form saved part by part.

    The newest stands for them; the others are its `more`. Notes and significant events always stand alone.
    """
    lines: list[Entry] = []
    for entry in entries:
        last = lines[-1] if lines else None
        if (
            last
            and entry.code
            and not entry.significant
            and (last.code, last.by, last.day) == (entry.code, entry.by, entry.day)
        ):
            lines[-1] = replace(last, more=(*last.more, entry.title))
        else:
            lines.append(entry)
    return lines


@dataclass(frozen=True)
class Page:
    entries: list[Entry]
    older: str = ""
    newer: str = ""


def _read_key(key: str) -> tuple[datetime, int, int] | None:
    place = sealing.opened_place(PLACE, key, numbers=2)
    return (place[0], *place[1]) if place else None  # type: ignore[return-value]


def _beyond(
    rows: QuerySet, moment: str, rank: int, key: tuple[datetime, int, int] | None, older: bool
) -> QuerySet:
    """Rows of one kind that stand beyond the key, nearest first."""
    order = (f"-{moment}", "-pk") if older else (moment, "pk")
    rows = rows.order_by(*order)
    if key is None:
        return rows
    at, key_rank, pk = key
    side = "lt" if older else "gt"
    beyond = Q(**{f"{moment}__{side}": at})
    if rank == key_rank:
        beyond |= Q(**{moment: at, f"pk__{side}": pk})
    elif (rank < key_rank) == older:
        beyond |= Q(**{moment: at})
    return rows.filter(beyond)


def notes_of(person: Person, user: Any) -> QuerySet[CaseNote]:
    """The notes the user may read, each with the note that corrected it."""
    correction = CaseNote.objects.filter(corrects=OuterRef("pk")).order_by("-recorded_at", "-pk")
    return (
        CaseNote.objects.filter(person=person)
        .filter(on_my_lists(user))
        .select_related("author", "corrects")
        .annotate(corrected_by_ref=Subquery(correction.values("ref")[:1]))
    )


def _events_of(person: Person, user: Any) -> QuerySet[Event]:
    mine = Q(access_list_id=None) | Q(access_list_id__in=user.access_list_ids())
    return (
        Event.objects.filter(mine, person_id=person.pk).exclude(code__in=_SAID_BY_NOTES).select_related("by")
    )


def _from_note(note: CaseNote) -> Entry:
    return Entry(
        at=note.occurred_at,
        rank=NOTE,
        pk=note.pk,
        title=note.get_kind_display(),
        by=note.author.name,
        note=note,
        significant=note.is_significant,
    )


def _in_words(fact: Any) -> Any:
    """A day in the trail stands as 2026-11-25; readers see 25 November 2026."""
    if isinstance(fact, str) and _ISO_DAY.fullmatch(fact):
        day = date.fromisoformat(fact)
        return f"{day.day} {day:%B} {day.year}"
    return fact


def _from_event(event: Event) -> Entry:
    return Entry(
        at=event.at,
        rank=DONE,
        pk=event.pk,
        title=catalogue.sentence(event.code, {name: _in_words(fact) for name, fact in event.detail.items()}),
        by=_actor(event),
        significant=event.significant,
        code=event.code,
    )


def _actor(event: Event) -> str:
    if event.by is None or event.by.is_system:
        return "the system"
    return event.by.name


def latest(person: Person, user: Any, size: int) -> list[Entry]:
    """The last things that people did or wrote, without the machine's own steps: two queries."""
    notes = notes_of(person, user).order_by("-occurred_at", "-pk")[:size]
    done = _events_of(person, user).exclude(code__startswith=MACHINE).order_by("-at", "-pk")[:size]
    entries = [*map(_from_note, notes), *map(_from_event, done)]
    return sorted(entries, key=lambda entry: (entry.at, entry.rank, entry.pk), reverse=True)[:size]


def read(
    person: Person, user: Any, *, show: str = STORY, before: str = "", after: str = "", size: int = PAGE
) -> Page:
    """A page of the chronology, newest first: two queries, however long the record is."""
    key = _read_key(before or after)
    older = not (after and key)
    entries: list[Entry] = []
    if show != "done":
        notes = notes_of(person, user)
        if show == "significant":
            notes = notes.filter(is_significant=True)
        entries += [_from_note(note) for note in _beyond(notes, "occurred_at", NOTE, key, older)[: size + 1]]
    if show != "notes":
        done = _events_of(person, user)
        if show != "all":
            done = done.exclude(code__startswith=MACHINE)
        if show == "significant":
            done = done.filter(significant=True)
        entries += [_from_event(event) for event in _beyond(done, "at", DONE, key, older)[: size + 1]]
    entries.sort(key=lambda entry: (entry.at, entry.rank, entry.pk), reverse=older)
    there_are_more = len(entries) > size
    entries = entries[:size]
    if not older:
        entries.reverse()
    has_older = there_are_more if older else True
    has_newer = bool(key) if older else there_are_more
    return Page(
        entries,
        older=entries[-1].key if entries and has_older else "",
        newer=entries[0].key if entries and has_newer else "",
    )
