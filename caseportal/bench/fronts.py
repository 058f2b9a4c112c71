"""The front door, safeguarding and reablement of the made council: what waits there, and what is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import AccessList, AccessListMember, Membership, Registration, Role, Team, User
from caseportal.bench.copying import copy
from contacts.models import Contact
from reablement.models import Episode, PausePolicy, Week
from safeguarding.models import Concern

DAYS = 42


@dataclass(frozen=True)
class Fronts:
    """Three teams with one worker each, whose keys come after those of the other teams and staff."""

    teams: int
    staff: int
    active: int

    @property
    def door(self) -> int:
        return self.teams + 1

    @property
    def safeguarding(self) -> int:
        return self.teams + 2

    @property
    def reablement(self) -> int:
        return self.teams + 3

    @property
    def duty(self) -> int:
        return self.staff + 1

    @property
    def manager(self) -> int:
        return self.staff + 2

    @property
    def lead(self) -> int:
        return self.staff + 3


def staffed(size: Any) -> Fronts:
    return Fronts(size.teams, size.staff, size.active)


def make(size: Any, today: date, now: datetime) -> int:
    """Fill the three fronts. Returns the number of rows."""
    here = staffed(size)
    count = copy(Team, _teams(here))
    count += copy(User, _workers(here, now))
    count += copy(Membership, _memberships(here, today))
    count += copy(Registration, _registrations(here, today))
    count += copy(Contact, _contacts(here, now))
    count += copy(AccessList, _lists(here, now))
    count += copy(AccessListMember, _members(here, today))
    count += copy(Concern, _concerns(here, today, now))
    count += copy(Episode, _episodes(here, today, now))
    return count + copy(Week, _weeks(here, today, now))


def _teams(here: Fronts) -> Iterator[dict[str, Any]]:
    yield {"id": here.door, "code": "front-door", "name": "Front door", "is_front_door": True}
    yield {"id": here.safeguarding, "code": "safeguarding", "name": "Safeguarding"}
    yield {"id": here.reablement, "code": "reablement", "name": "Reablement"}


def _workers(here: Fronts, now: datetime) -> Iterator[dict[str, Any]]:
    for n in (here.duty, here.manager, here.lead):
        yield {
            "id": n,
            "email": f"worker{n}@bench.example",
            "name": f"Worker {n}",
            "audience": "staff",
            "password": "!",
            "created_at": now,
        }


def _memberships(here: Fronts, today: date) -> Iterator[dict[str, Any]]:
    for number, (user, team, role) in enumerate(
        [
            (here.duty, here.door, Role.PRACTITIONER),
            (here.manager, here.safeguarding, Role.SAFEGUARDING_MANAGER),
            (here.lead, here.reablement, Role.REABLEMENT_LEAD),
        ]
    ):
        yield {
            "id": here.staff + 2 + number,
            "user_id": user,
            "team_id": team,
            "role": role.value,
            "is_main": True,
            "valid_from": today - timedelta(days=900),
        }


def _registrations(here: Fronts, today: date) -> Iterator[dict[str, Any]]:
    yield {
        "id": 1,
        "user_id": here.manager,
        "body": "swe",
        "number": "SW1",
        "valid_from": today - timedelta(days=300),
        "valid_to": today + timedelta(days=300),
    }


def _contacts(here: Fronts, now: datetime) -> Iterator[dict[str, Any]]:
    """One open contact for each hundred of the people with support, and a year of those that were closed."""
    waiting = here.active // 100
    for n in range(1, waiting + here.active // 2 + 1):
        came = now - timedelta(minutes=30 * n)
        row = {
            "id": n,
            "person_id": n,
            "team_id": here.door,
            "source": "family",
            "reason": "assessment",
            "what_is_happening": "Falls at night, and her daughter cannot come any more.",
            "consent": "yes",
            "received_at": came,
            "received_by_id": here.duty,
            "created_at": came,
            "updated_at": came,
        }
        yield row if n <= waiting else {**row, **_advised(here, came)}


def _advised(here: Fronts, came: datetime) -> dict[str, Any]:
    return {
        "status": "closed_ia",
        "safeguarding_considered": "no",
        "outcome": "nfa_advice",
        "advice_given": "Where to ask for a pendant alarm.",
        "told_right_to_assessment": True,
        "closed_at": came + timedelta(hours=2),
        "closed_by_id": here.duty,
    }


def _cases(here: Fronts) -> tuple[int, int]:
    """How many cases of safeguarding are open, more than a page at any size, and how many there are."""
    still_open = max(here.active // 60, 60)
    return still_open, still_open + here.active // 6


def _lists(here: Fronts, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(1, _cases(here)[1] + 1):
        yield {"id": n, "purpose": "safeguarding", "created_at": now, "created_by_id": here.manager}


def _members(here: Fronts, today: date) -> Iterator[dict[str, Any]]:
    for n in range(1, _cases(here)[1] + 1):
        yield {
            "id": n,
            "access_list_id": n,
            "user_id": here.manager,
            "valid_from": today - timedelta(days=500),
            "reason": "On duty",
        }


def _concerns(here: Fronts, today: date, now: datetime) -> Iterator[dict[str, Any]]:
    """Concerns about people anywhere in the register."""
    still_open, every = _cases(here)
    for n in range(1, every + 1):
        came = now - timedelta(hours=3 * n)
        row = {
            "id": n,
            "status": ("concern_received", "screened", "enquiry", "plan_active")[n % 4],
            "access_list_id": n,
            "team_id": here.safeguarding,
            "person_id": n * 37 % here.active + 1,
            "channel": "public",
            "source": "family",
            "received_at": came,
            "what_happened": "Money is missing from her purse every Friday.",
            "consent": "not_asked",
            "due_on": today + timedelta(days=n % 7 - 2),
            "created_at": came,
            "updated_at": came,
        }
        over = {"status": "nfa", "disposition": "advice", "end_reason": "Her son pays the milkman."}
        yield row if n <= still_open else {**row, **over}


def _episodes(here: Fronts, today: date, now: datetime) -> Iterator[dict[str, Any]]:
    """One under way for each thirty of the people with support, each at another day of its six weeks."""
    for n in range(1, here.active // 30 + 1):
        started = today - timedelta(days=n % DAYS)
        end = started + timedelta(days=DAYS - 1)
        yield {
            "id": n,
            "person_id": n,
            "team_id": here.reablement,
            "lead_worker_id": here.lead,
            "status": "started",
            "source": "contact",
            "referred_at": now - timedelta(days=n % DAYS + 3),
            "referred_by_id": here.duty,
            "reason": "A fall, and less sure of herself since.",
            "goal_idea": "To make my own lunch",
            "consent": "yes",
            "can_benefit": "Walked before and wants to again.",
            "in_area": True,
            "limits_discussed": True,
            "triaged_at": now,
            "triaged_by_id": here.lead,
            "decided_at": now,
            "decided_by_id": here.lead,
            "started_on": started,
            "last_free_on": end,
            "planned_end_on": end,
            "pause_policy": PausePolicy.STOPS.value,
            "information_given_on": started,
            "created_at": now,
            "updated_at": now,
        }


def _weeks(here: Fronts, today: date, now: datetime) -> Iterator[dict[str, Any]]:
    """The entry of each whole week that has passed."""
    key = 0
    for episode in range(1, here.active // 30 + 1):
        started = today - timedelta(days=episode % DAYS)
        for number in range(1, episode % DAYS // 7 + 1):
            key += 1
            yield {
                "id": key,
                "episode_id": episode,
                "person_id": episode,
                "number": number,
                "starts_on": started + timedelta(days=7 * (number - 1)),
                "visits_planned": 14,
                "visits_delivered": 13,
                "minutes": 390,
                "help_level": "one",
                "hours_needed": "6.50",
                "notes": "Steadier on the stairs.",
                "next_week": "Breakfast alone.",
                "written_by_id": here.lead,
                "created_at": now,
                "updated_at": now,
            }
