"""Tasks that people give themselves or each other by hand, on the record of a person."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Team, User
from core.permissions import require
from core.refs import new_ref
from people.models import Person
from worklist.models import Task
from worklist.permissions import can_add_task
from worklist.services.tasks import BY_HAND, open_task


@transaction.atomic
def add_task(
    *,
    person: Person,
    title: str,
    why: str,
    due_on: date,
    owner: User,
    by: User,
    now: datetime,
    waiting_for: str = "",
) -> Task:
    """Write a task on a person's record, for oneself or for a colleague, who is told.

    Raises PermissionDenied, or ValidationError for a colleague who may not know the person.
    """
    require(can_add_task(by))
    if not Person.objects.visible_to(owner).filter(pk=person.pk).exists():
        raise ValidationError("That colleague cannot see this person’s record. Choose somebody else.")
    ref = new_ref()
    team: Team | None = by.main_team if owner.pk == by.pk else owner.main_team
    task, _ = open_task(
        key=f"by_hand:{person.ref}:{ref}",
        kind=BY_HAND,
        title=title,
        why=why,
        person=person,
        team=team,
        owner=owner,
        due_on=due_on,
        url="",
        now=now,
        by=by,
        waiting_for=waiting_for,
        access_list=person.access_list,
    )
    return task
