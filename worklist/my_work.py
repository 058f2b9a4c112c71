"""What “My work” shows: five parts, worked out from the records, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from accounts.models import User
from core import drafts as kept
from core import policy_settings
from core.models import Draft
from people.models import Allocation, Person
from worklist import drafts
from worklist.models import Task, WorkItem
from worklist.querysets import WEEK
from worklist.timescales import NOTHING_HAPPENING_DAYS

SHOWN = 50
"""Rows of one part on the page; the rest is behind its link."""


@dataclass
class Part:
    """The rows shown of one part, how many there are, and how many of them have passed their date."""

    rows: list[Any] = field(default_factory=list)
    count: int = 0
    passed: int = 0

    @property
    def count_words(self) -> str:
        return f"{self.count:,}"

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class OpenDraft:
    """Something typed and not finished."""

    draft: Draft
    person: Person | None
    label: str
    url: str


@dataclass
class MyWork:
    overdue: Part
    week: Part
    waiting: Part
    later: Part
    quiet: Part
    drafts: Part
    caseload: int
    quiet_days: int
    week_ends_on: date

    @property
    def next_item(self) -> Task | None:
        """What “Open the next item” opens: the oldest overdue, else the first that is due."""
        return next(iter([*self.overdue.rows, *self.week.rows, *self.later.rows]), None)


def of(user: User, today: date) -> MyWork:
    """Everything that needs a user today."""
    parts = {name: Part() for name in ("overdue", "week", "waiting", "later")}
    tasks = Task.objects.visible_to(user).open().concerning(user)
    for task in tasks.in_sections(user, today).first_of_each_section(SHOWN, today):
        part = parts[task.section]
        part.rows.append(task)
        part.count, part.passed = task.in_section, task.passed

    days = int(policy_settings.value(NOTHING_HAPPENING_DAYS, on=today))
    items = WorkItem.objects.visible_to(user).open().mine(user).quiet_since(today - timedelta(days=days))
    quiet = list(items.with_count().select_related("person").order_by("last_activity_on", "pk")[:SHOWN])
    unfinished = _drafts(user)
    return MyWork(
        **parts,
        quiet=Part(quiet, quiet[0].in_all if quiet else 0),
        drafts=Part(unfinished, len(unfinished)),
        caseload=Allocation.objects.live(today).filter(worker=user, role=Allocation.Role.LEAD).count(),
        quiet_days=days,
        week_ends_on=today + WEEK,
    )


def _drafts(user: User) -> list[OpenDraft]:
    mine = list(kept.of(user)[:SHOWN])
    if not mine:
        return []
    people = Person.objects.visible_to(user).in_bulk([draft.person_id for draft in mine if draft.person_id])
    found = []
    for draft in mine:
        person = people.get(draft.person_id) if draft.person_id else None
        if draft.person_id and person is None:
            continue  # the author may no longer know of this person
        label, url = drafts.described(draft, person)
        found.append(OpenDraft(draft, person, label, url))
    return found
