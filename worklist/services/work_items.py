"""Pieces of work at a stage: what waiting lists, caseloads and “unallocated” read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import AccessList, Team, User
from core import clock, policy_settings
from people.models import Person
from worklist import timescales
from worklist.models import WorkItem

KEEP: Any = object()
"""Leave this as it is."""


def _open_item(kind: str, subject: Any) -> Any:
    return WorkItem.objects.open().filter(
        kind=kind, subject_type=subject._meta.label_lower, subject_ref=str(subject.ref)
    )


def _promised(stage: str, risk: str, today: date) -> date | None:
    """When somebody who waits hears from us next, by their risk."""
    if stage != WorkItem.Stage.WAITING:
        return None
    days = policy_settings.value(timescales.NEXT_CONTACT_DAYS, on=today)
    return timescales.next_contact_on(risk, today, days)


@transaction.atomic
def open_work_item(
    *,
    person: Person,
    kind: str,
    subject: Any,
    url: str,
    team: Team,
    owner: User | None,
    now: datetime,
    stage: str = WorkItem.Stage.WAITING,
    risk: str | None = None,
    complexity: int = 2,
    next_contact_on: date | None = None,
    access_list: AccessList | None = None,
    opened_on: date | None = None,
) -> WorkItem:
    """Put a piece of work on the lists: one open item for each kind and subject. Risk comes from the person's record
    where none is given; the waiting time counts from `opened_on`, by default today."""
    today = clock.london_date(now)
    item, _ = WorkItem.objects.get_or_create(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_ref=str(subject.ref),
        closed_on=None,
        defaults={
            "person": person,
            "stage": stage,
            "url": url,
            "team": team,
            "owner": owner,
            "risk": risk or person.risk,
            "complexity": complexity,
            "opened_on": opened_on or today,
            "next_contact_on": next_contact_on or _promised(stage, risk or person.risk, today),
            "last_activity_on": today,
            "access_list": access_list,
            "created_at": now,
            "updated_at": now,
        },
    )
    return item


@transaction.atomic
def move_work_item(
    *,
    kind: str,
    subject: Any,
    now: datetime,
    stage: str | None = None,
    owner: User | None = KEEP,
    team: Team = KEEP,
    next_contact_on: date | None = KEEP,
    risk: str = KEEP,
) -> WorkItem | None:
    """Something happened to a piece of work: its stage, who holds it, when the person hears next. Returns None when
    there is no open item."""
    item = _open_item(kind, subject).select_for_update(of=("self",)).first()
    if item is None:
        return None
    if stage is not None:
        item.stage = stage
    for name, given in {
        "owner": owner,
        "team": team,
        "next_contact_on": next_contact_on,
        "risk": risk,
    }.items():
        if given is not KEEP:
            setattr(item, name, given)
    item.last_activity_on = clock.london_date(now)
    item.updated_at = now
    item.save()
    return item


@transaction.atomic
def close_work_item(*, kind: str, subject: Any, now: datetime) -> int:
    """The piece of work is done. Returns how many items were closed: one or none."""
    return _open_item(kind, subject).update(closed_on=clock.london_date(now), updated_at=now)


def touch(*, person: Person | int, now: datetime, **_: Any) -> int:
    """Something was noted about a person: none of their open work stands still today. Returns how many items."""
    person_id = person.pk if isinstance(person, Person) else person
    return (
        WorkItem.objects.open()
        .filter(person=person_id)
        .update(last_activity_on=clock.london_date(now), updated_at=now)
    )
