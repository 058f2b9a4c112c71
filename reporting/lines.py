"""One row of a list behind a number, and the list itself, whichever record they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core import clock
from people.models import Person
from reporting import queries

HOW_LONG = "How long"


@dataclass(frozen=True)
class Line:
    """One row: who, what, who holds it, the day that matters, and when we were in touch and promised to be again."""

    person: Person | None
    name: str
    what: str
    detail: str
    url: str
    holder: str
    day: date
    risk: str
    ref: str
    last_contact: date | None = None
    next_contact: date | None = None


@dataclass(frozen=True)
class Listing:
    """A list behind a number: its query (or its rows, where a rule needs Python), its order and its words.

    `keeps_contact`: the rows say when we were last in touch, and when we promised to be again. `leaves`: whether it may
    leave the portal in a file.
    """

    title: str
    rows: Any
    field: str
    dated: str
    line: Callable[[Any], Line]
    keeps_contact: bool = False
    leaves: bool = True


def item_line(field: str) -> Callable[[Any], Line]:
    def line(item: Any) -> Line:
        return Line(
            item.person,
            item.person.name,
            item.get_kind_display(),
            item.get_stage_display(),
            item.url,
            item.owner.name if item.owner else "Nobody",
            getattr(item, field),
            item.risk,
            item.ref,
            clock.london_date(item.last_contact_at) if item.last_contact_at else None,
            item.next_contact_on,
        )

    return line


def task_line(task: Any) -> Line:
    return Line(
        task.person,
        task.person.name,
        task.title,
        task.why,
        task.url,
        task.owner.name if task.owner else "Nobody",
        task.due_on,
        task.person.risk,
        task.ref,
    )


def work_listing(title: str, rows: Any, field: str, dated: str) -> Listing:
    rows = queries.with_last_contact(rows.select_related("person", "owner"))
    return Listing(title, rows, field, dated, item_line(field), keeps_contact=True)


def standard(listing: Listing) -> Listing:
    """The same list without restricted records and what has a list of its own: what may leave the portal."""
    if isinstance(listing.rows, list):
        rows: Any = [
            row
            for row in listing.rows
            if row.access_list_id is None and row.person.level == Person.Level.STANDARD
        ]
    else:
        rows = listing.rows.standard()
    return replace(listing, rows=rows)
