"""Facts with a date that other apps state, and the reminders that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

import audit.services as audit
from accounts.models import AccessList, Team, User
from core import bulk, calendar, clock
from people.models import Person
from worklist import events, timescales
from worklist.models import Anchor, Rule, Task
from worklist.services import steps
from worklist.services.rules import RuleBook

BATCH = 1000


@dataclass(frozen=True)
class AnchorFacts:
    """What a caller says of one anchor when many are set at once."""

    rule: str
    subject_type: str
    subject_ref: str
    on: date
    person_id: int
    url: str
    team_id: int | None = None
    owner_id: int | None = None
    cycle: str = "1"
    access_list_id: int | None = None


@transaction.atomic
def set_anchor(
    *,
    rule: str,
    subject: Any,
    on: date,
    person: Person,
    team: Team | None,
    owner: User | None,
    url: str,
    now: datetime,
    cycle: str = "1",
    access_list: AccessList | None = None,
    because: str = "the date changed",
) -> Anchor:
    """State a fact from which a rule makes reminders: one for each rule, subject and cycle.

    The same fact again changes nothing. Another date moves the reminder and its open task, and the trail says why.
    A closed anchor opens again. Raises LookupError when no such rule is in force on the date.
    """
    book = RuleBook.load(holidays=calendar.england())
    dates = book.dates(rule, on)
    anchor, made = Anchor.objects.select_for_update(of=("self",)).get_or_create(
        rule_code=rule,
        subject_type=subject._meta.label_lower,
        subject_ref=str(subject.ref),
        cycle=cycle,
        defaults={
            "person": person,
            "team": team,
            "owner": owner,
            "on": on,
            "legal_on": dates.legal_on,
            "due_on": dates.due_on,
            "next_step_on": timescales.next_step(dates.steps, ()),
            "url": url,
            "access_list": access_list,
            "created_at": now,
            "updated_at": now,
        },
    )
    if not made:
        before = anchor.due_on if anchor.status == Anchor.Status.OPEN else None
        if before is None:
            anchor.steps_done = []
        anchor.team, anchor.owner, anchor.url, anchor.access_list = team, owner, url, access_list
        anchor.status, anchor.closed_at, anchor.closed_because = Anchor.Status.OPEN, None, ""
        _redate(anchor, on=on, dates=dates, now=now)
        anchor.save()
        Task.objects.filter(anchor=anchor, status=Task.Status.OPEN).update(
            team=team, owner=owner, url=url, access_list=access_list, updated_at=now
        )
        if before and before != anchor.due_on:
            audit.record(
                events.REMINDER_MOVED,
                subject=subject,
                person_id=person.pk,
                by=None,
                at=now,
                access_list_id=anchor.access_list_id,
                rule=rule,
                before=before,
                after=anchor.due_on,
                because=because,
            )
    if anchor.next_step_on and anchor.next_step_on <= clock.london_date(now):
        steps.take([anchor], today=clock.london_date(now), now=now, book=book)
    return anchor


def _redate(anchor: Anchor, *, on: date, dates: timescales.Dates, now: datetime) -> None:
    """Give an anchor its new dates, and its open task with it. Saving the anchor is the caller's business."""
    changed = (anchor.on, anchor.legal_on, anchor.due_on) != (on, dates.legal_on, dates.due_on)
    anchor.on, anchor.legal_on, anchor.due_on = on, dates.legal_on, dates.due_on
    anchor.next_step_on = timescales.next_step(dates.steps, anchor.steps_done)
    anchor.updated_at = now
    if changed:
        Task.objects.filter(anchor=anchor, status=Task.Status.OPEN).update(
            due_on=dates.due_on, legal_on=dates.legal_on, escalated_to="", updated_at=now
        )


@transaction.atomic
def close_anchor(
    *,
    rule: str,
    subject: Any,
    now: datetime,
    because: str,
    cycle: str | None = None,
    by: User | None = None,
) -> int:
    """The work a reminder waited for is done: stop it, and close its task. Returns how many reminders were closed.

    Without a cycle every open cycle of the rule and subject is closed.
    """
    found = Anchor.objects.open().filter(
        rule_code=rule, subject_type=subject._meta.label_lower, subject_ref=str(subject.ref)
    )
    if cycle is not None:
        found = found.filter(cycle=cycle)
    return close_all(found, now=now, because=because, by=by)


def close_all(anchors: Any, *, now: datetime, because: str, by: User | None = None) -> int:
    """Close reminders and their open tasks, each task with its line in the trail. Within a transaction."""
    from worklist.services.tasks import close_rows

    keys = list(anchors.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if not keys:
        return 0
    Anchor.objects.filter(pk__in=keys).update(
        status=Anchor.Status.CLOSED,
        closed_at=now,
        closed_because=because[:60],
        next_step_on=None,
        updated_at=now,
    )
    close_rows(Task.objects.open().filter(anchor__in=keys), now=now, by=by, because=because)
    return len(keys)


def bulk_set_anchors(facts: Iterable[AnchorFacts], *, now: datetime, tell: bool = True) -> dict[str, int]:
    """Set very many anchors, for imports and for plans taken over: those that stand already are left as they are.

    With `tell` false the tasks are made and nobody is sent anything. Returns how many anchors and tasks were made.
    """
    book = RuleBook.load(holidays=calendar.england())
    today = clock.london_date(now)
    counts = {"anchors": 0, "tasks": 0}
    batch: list[AnchorFacts] = []

    def flush() -> None:
        with transaction.atomic():
            rows = [_built(fact, book=book, now=now) for fact in batch]
            before = Anchor.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            Anchor.objects.bulk_create(rows, ignore_conflicts=True)
            made = Anchor.objects.filter(
                pk__gt=before, created_at=now, subject_ref__in=[fact.subject_ref for fact in batch]
            )
            counts["anchors"] += made.count()
            due = list(made.to_look_at(today).select_related("person"))
            counts["tasks"] += steps.take(due, today=today, now=now, book=book, tell=tell)["tasks"]
        batch.clear()

    for fact in facts:
        batch.append(fact)
        if len(batch) >= BATCH:
            flush()
    if batch:
        flush()
    return counts


def _built(fact: AnchorFacts, *, book: RuleBook, now: datetime) -> Anchor:
    dates = book.dates(fact.rule, fact.on)
    return Anchor(
        rule_code=fact.rule,
        subject_type=fact.subject_type,
        subject_ref=fact.subject_ref,
        cycle=fact.cycle,
        person_id=fact.person_id,
        team_id=fact.team_id,
        owner_id=fact.owner_id,
        on=fact.on,
        legal_on=dates.legal_on,
        due_on=dates.due_on,
        next_step_on=timescales.next_step(dates.steps, ()),
        url=fact.url,
        access_list_id=fact.access_list_id,
        created_at=now,
        updated_at=now,
    )


def redate_open_anchors(
    *, now: datetime, because: str, by: User | None = None, rule: str | None = None
) -> int:
    """Work out anew the dates of every open reminder, after a bank holiday was added or a rule was changed.

    In short transactions, each with its rows locked. Returns how many reminders moved.
    """
    book = RuleBook.load(holidays=calendar.england())
    moved, last = 0, 0
    while True:
        with transaction.atomic():
            rows = Anchor.objects.open().filter(pk__gt=last)
            if rule:
                rows = rows.filter(rule_code=rule)
            batch = list(rows.select_for_update(of=("self",)).order_by("pk")[:BATCH])
            if not batch:
                return moved
            last = batch[-1].pk
            moved += _redate_batch(batch, book=book, now=now, because=because, by=by)


def _redate_batch(
    batch: list[Anchor], *, book: RuleBook, now: datetime, because: str, by: User | None
) -> int:
    changed: dict[int, Anchor] = {}
    befores: dict[int, date] = {}
    for anchor in batch:
        dates = book.dates(anchor.rule_code, anchor.on)
        wanted = timescales.next_step(dates.steps, anchor.steps_done)
        if (anchor.legal_on, anchor.due_on, anchor.next_step_on) == (dates.legal_on, dates.due_on, wanted):
            continue
        befores[anchor.pk] = anchor.due_on
        anchor.legal_on, anchor.due_on, anchor.next_step_on = dates.legal_on, dates.due_on, wanted
        anchor.updated_at = now
        changed[anchor.pk] = anchor
    if not changed:
        return 0
    bulk.update_rows(list(changed.values()), ["legal_on", "due_on", "next_step_on", "updated_at"])
    tasks = list(
        Task.objects.open().filter(anchor__in=changed).select_for_update(of=("self",)).order_by("pk")
    )
    for task in tasks:
        task.due_on, task.legal_on = changed[task.anchor_id].due_on, changed[task.anchor_id].legal_on
        task.updated_at = now
    bulk.update_rows(tasks, ["due_on", "legal_on", "updated_at"])
    steps.write_events(
        [
            steps.event(
                events.REMINDER_MOVED,
                anchor,
                by=by,
                now=now,
                rule=anchor.rule_code,
                before=str(befores[key]),
                after=str(anchor.due_on),
                because=because,
            )
            for key, anchor in changed.items()
            if befores[key] != anchor.due_on
        ]
    )
    return len(changed)


def rule_of(anchor: Anchor) -> Rule:
    """The rule from which an anchor's reminders were made."""
    return RuleBook.load(holidays=frozenset()).find(anchor.rule_code, anchor.on)
