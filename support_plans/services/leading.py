"""Who is the named worker of a person today: whom a plan's tasks and messages go to."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from people.models import Allocation, Person


def lead_worker(person: Person, *, on: date) -> User | None:
    """The named worker on a day; None while nobody, or a team alone, has the person."""
    lead = (
        Allocation.objects.live(on)
        .filter(person=person, role=Allocation.Role.LEAD, worker__isnull=False)
        .select_related("worker")
        .order_by("-valid_from", "-pk")
        .first()
    )
    return lead.worker if lead else None
