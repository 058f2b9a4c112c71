"""Who is responsible: one lead at a time, handed over with a summary."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Team, User
from audit import services as audit
from core import clock, knock_ons
from core.permissions import require
from core.workflow import WrongState
from people import events, permissions
from people.models import Allocation, Person

TEAM_ALONE = "nobody yet"


def _will_see(worker: User, person: Person) -> bool:
    """A record kept to its teams opens itself to the new team; one kept to a list does not."""
    kept_to_teams = person.level == Person.Level.TEAM_ONLY
    return kept_to_teams or Person.objects.visible_to(worker).filter(pk=person.pk).exists()


@transaction.atomic
def allocate(
    *,
    person: Person,
    team: Team,
    worker: User | None,
    handover_summary: str,
    by: User,
    now: datetime,
    reason: str = "",
) -> Allocation:
    """Make a team, and a worker of it when named, responsible for the person from today. The lead before ends.

    Raises PermissionDenied; ValidationError when the worker is not of that team, or when a named worker changes and
    nothing is said about where things stand; WrongState when they are the lead already.
    """
    person = Person.objects.lock(person.pk)
    today = clock.london_date(now)
    lead = Allocation.objects.filter(person=person, role=Allocation.Role.LEAD, valid_to=None).first()
    require(permissions.can_allocate(by, person, team, worker, lead))
    if lead and lead.team_id == team.pk and lead.worker_id == (worker.pk if worker else None):
        raise WrongState("They are responsible already. Nothing has been changed.")
    if not team.is_active:
        raise ValidationError({"team": "Choose a team that is still working"})
    if worker is not None and not permissions.is_worker_of(worker, team, today):
        raise ValidationError({"worker": "Choose someone who works with people in that team"})
    if worker is not None and not _will_see(worker, person):
        raise ValidationError({"worker": "This worker may not open the record. Choose someone else"})
    if lead and lead.worker_id and not handover_summary.strip():
        raise ValidationError(
            {
                "handover_summary": "Say where things stand, so that the next worker need not ask the person again"
            }
        )
    if lead:
        lead.valid_to = today
        lead.save(update_fields=["valid_to"])
    allocation = Allocation.objects.create(
        person=person,
        team=team,
        worker=worker,
        role=Allocation.Role.LEAD,
        handover_summary=handover_summary,
        reason=reason,
        valid_from=today,
        created_at=now,
        created_by=by,
    )
    knock_ons.happened(
        "people.allocated",
        person_id=person.pk,
        team_id=team.pk,
        worker_id=worker.pk if worker else None,
        by=by,
        now=now,
    )
    audit.record(
        events.ALLOCATED,
        subject=allocation,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        worker=worker.name if worker else TEAM_ALONE,
        team=team.name,
    )
    return allocation


@transaction.atomic
def end_allocation(*, allocation: Allocation, by: User, now: datetime, reason: str = "") -> Allocation:
    """End a responsibility without another one. Raises PermissionDenied, or WrongState when it has ended already."""
    person = Person.objects.lock(allocation.person_id)
    allocation = (
        Allocation.objects.select_for_update(of=("self",))
        .select_related("team", "worker")
        .get(pk=allocation.pk)
    )
    require(permissions.can_end_allocation(by, allocation))
    if allocation.valid_to is not None:
        raise WrongState("This allocation has ended already.")
    allocation.valid_to = clock.london_date(now)
    if reason:
        allocation.reason = reason
    allocation.save(update_fields=["valid_to", "reason"])
    audit.record(
        events.ALLOCATION_ENDED,
        subject=allocation,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        worker=allocation.worker.name if allocation.worker else TEAM_ALONE,
        team=allocation.team.name,
    )
    return allocation
