"""Who answers for a person: the named worker, else the front door."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Team, User
from core import clock
from people.models import Allocation, Person


def who_answers(person: Person, now: datetime) -> tuple[Team | None, User | None]:
    """The named worker and their team; without one the front door, else any team that is there."""
    lead = Allocation.objects.lead_of(person, on=clock.london_date(now))
    if lead:
        return lead.team, lead.worker
    return Team.objects.filter(is_active=True).order_by("-is_front_door", "pk").first(), None
