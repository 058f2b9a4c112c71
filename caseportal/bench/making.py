"""A council of a given size, made by COPY: people, staff, plans with their anchors, notes and a trail."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Membership, Role, Team, User
from audit.models import Event
from caseportal.bench import fronts
from caseportal.bench.copying import copy
from core import clock
from people.models import Allocation, CaseNote, Person
from people.names import name_sort, search_text
from support_plans.models import Review, SupportPlan
from worklist.models import Anchor, Task, WorkItem


@dataclass(frozen=True)
class Size:
    people: int
    active: int
    notes: int
    trail: int
    teams: int
    staff: int


SIZES = {
    "smoke": Size(10_000, 1_500, 20_000, 50_000, 10, 100),
    "standard": Size(250_000, 30_000, 500_000, 1_000_000, 80, 2_000),
}
FIRST = [
    "Ada",
    "Ben",
    "Cara",
    "Dev",
    "Ella",
    "Finn",
    "Gita",
    "Hugh",
    "Iris",
    "Jack",
    "Kofi",
    "Lena",
    "Musa",
    "Nell",
    "Omar",
    "Pia",
    "Quinn",
    "Rosa",
    "Sam",
    "Tara",
    "Una",
    "Vik",
]
LAST_A = [
    "Ash",
    "Birch",
    "Clay",
    "Dun",
    "Elm",
    "Fern",
    "Glen",
    "Hazel",
    "Iver",
    "Juniper",
    "Kes",
    "Lind",
    "Moss",
    "North",
    "Oak",
    "Pen",
    "Rowan",
    "Stone",
    "Thorn",
    "Wood",
]
LAST_B = [
    "ley",
    "ford",
    "ham",
    "ton",
    "well",
    "by",
    "wick",
    "stead",
    "croft",
    "dale",
    "field",
    "hurst",
    "mere",
    "worth",
    "gate",
    "bridge",
    "land",
    "shaw",
    "bury",
    "den",
]
# The caseworker the pages are measured as: 30 people, 50 tasks. The other one has one of each.
BUSY, QUIET = 1, 2


def make(size: Size, seed: int, today: date) -> int:
    """Fill an empty, migrated database. Returns the number of rows made."""
    dice = random.Random(seed)  # noqa: S311 a bench needs the same data twice, not secrets
    now = clock.now()
    count = copy(
        Team, ({"id": n, "code": f"team-{n}", "name": f"Team {n}"} for n in range(1, size.teams + 1))
    )
    count += copy(User, _staff(size, now))
    count += copy(Membership, _memberships(size, today))
    count += copy(Person, _people(size, dice, today, now))
    count += copy(Allocation, _allocations(size, today, now))
    count += copy(SupportPlan, _plans(size, today, now))
    count += copy(Review, _reviews(size, today, now))
    count += copy(Anchor, _anchors(size, today, now))
    count += copy(WorkItem, _work_items(size, today, now))
    count += copy(Task, _tasks(today, now))
    count += copy(CaseNote, _notes(size, dice, now))
    count += copy(Event, _trail(size, dice, now))
    return count + fronts.make(size, today, now)


def team_of(person: int, size: Size) -> int:
    return (person % size.teams) + 1


def worker_of(person: int, size: Size) -> int:
    """The first thirty people are the busy caseworker's, the next one the quiet one's, the rest anybody's."""
    if person <= 30:
        return BUSY
    return QUIET if person == 31 else 3 + person % (size.staff - 3)


def _staff(size: Size, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(1, size.staff + 1):
        yield {
            "id": n,
            "email": f"worker{n}@bench.example",
            "name": f"Worker {n}",
            "audience": "staff",
            "password": "!",
            "created_at": now,
        }


def _memberships(size: Size, today: date) -> Iterator[dict[str, Any]]:
    for n in range(1, size.staff + 1):
        role = Role.TEAM_MANAGER if n % 25 == 0 else Role.SOCIAL_WORKER
        yield {
            "id": n,
            "user_id": n,
            "team_id": 1 if n in (BUSY, QUIET) else n % size.teams + 1,
            "role": role.value,
            "is_main": True,
            "valid_from": today - timedelta(days=900),
        }
    yield {
        "id": size.staff + 1,
        "user_id": size.staff,
        "team_id": 1,
        "role": Role.SERVICE_MANAGER.value,
        "valid_from": today - timedelta(days=900),
    }


def _people(size: Size, dice: random.Random, today: date, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(1, size.people + 1):
        given = dice.choice(FIRST)
        # Every thousandth has a name nobody else has, so that a search has one to three matches at each size.
        family = f"Zephyrine{n}" if n % 1000 == 0 else dice.choice(LAST_A) + dice.choice(LAST_B)
        born = today - timedelta(days=dice.randrange(18 * 365, 98 * 365))
        yield {
            "id": n,
            "local_number": f"NB{n:07d}",
            "external_id": f"B{n}",
            "given_names": given,
            "family_name": family,
            "name_sort": name_sort(family_name=family, given_names=given),
            "search_text": search_text(names=[given, family], numbers=[f"NB{n:07d}"]),
            "date_of_birth": None if n % 100 == 0 else born,
            "created_at": now,
            "updated_at": now,
            "risk": ("high", "medium", "standard", "standard")[n % 4],
        }


def _allocations(size: Size, today: date, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(1, size.active + 1):
        yield {
            "id": n,
            "person_id": n,
            "team_id": team_of(n, size),
            "worker_id": worker_of(n, size),
            "role": "lead",
            "valid_from": today - timedelta(days=200),
            "created_at": now,
            "created_by_id": 3,
        }


def _plans(size: Size, today: date, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(1, size.active + 1):
        yield {
            "id": n,
            "person_id": n,
            "team_id": team_of(n, size),
            "status": "active",
            "origin": "imported",
            "active_from": today - timedelta(days=300),
            "next_review_on": today + timedelta(days=n % 365 - 20),
            "total_weekly": "150.00",
            "council_weekly": "125.00",
            "person_weekly": "25.00",
            "created_at": now,
            "updated_at": now,
        }


def _reviews(size: Size, today: date, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(1, size.active + 1):
        yield {
            "id": n,
            "plan_id": n,
            "person_id": n,
            "team_id": team_of(n, size),
            "kind": "annual",
            "due_on": today + timedelta(days=n % 365 - 20),
            "origin": "imported",
            "created_at": now,
            "updated_at": now,
        }


def _anchors(size: Size, today: date, now: datetime) -> Iterator[dict[str, Any]]:
    """One yearly review for each plan; the first step is 56 days ahead, so about a fifth are due on the first night."""
    for n in range(1, size.active + 1):
        due = today + timedelta(days=n % 365 - 20)
        yield {
            "id": n,
            "rule_code": "REVIEW_ANNUAL",
            "subject_type": "support_plans.supportplan",
            "subject_ref": f"bench{n}",
            "person_id": n,
            "team_id": team_of(n, size),
            "owner_id": worker_of(n, size),
            "on": due - timedelta(days=365),
            "legal_on": due,
            "due_on": due,
            "next_step_on": due - timedelta(days=56),
            "url": f"/support-plans/bench{n}/",
            "created_at": now,
            "updated_at": now,
        }


def _work_items(size: Size, today: date, now: datetime) -> Iterator[dict[str, Any]]:
    """One open piece of work for each plan, and two that are over."""
    for n in range(1, 3 * size.active + 1):
        over = n > size.active
        yield {
            "id": n,
            "person_id": (n - 1) % size.active + 1,
            "kind": ("monitoring", "assessment", "plan", "review")[n % 4],
            "stage": "active" if n % 3 else "waiting",
            "subject_type": "support_plans.supportplan",
            "subject_ref": f"bench{n}",
            "url": f"/support-plans/bench{n}/",
            "team_id": team_of(n, size),
            "owner_id": worker_of(n, size),
            "risk": ("high", "medium", "standard", "standard")[n % 4],
            "opened_on": today - timedelta(days=n % 120 + (200 if over else 0)),
            "closed_on": today - timedelta(days=100) if over else None,
            "next_contact_on": None if over else today + timedelta(days=n % 30 - 5),
            "last_activity_on": today - timedelta(days=100 if over else n % 25),
            "created_at": now,
            "updated_at": now,
        }


def _tasks(today: date, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(1, 52):
        yield {
            "id": n,
            "key": f"bench:{n}",
            "kind": "asked",
            "title": "Ring back",
            "why": "They rang on Tuesday.",
            "person_id": 31 if n == 51 else n % 30 + 1,
            "team_id": 1,
            "owner_id": QUIET if n == 51 else BUSY,
            "due_on": today + timedelta(days=n % 10 - 3),
            "url": f"/people/bench{n}/",
            "created_at": now,
            "updated_at": now,
        }


def _notes(size: Size, dice: random.Random, now: datetime) -> Iterator[dict[str, Any]]:
    words = "Rang and spoke for ten minutes about the week ahead, the visits and how the evenings go. "
    for n in range(1, size.notes + 1):
        person = 1 if n <= 2000 else dice.randrange(1, size.people + 1)
        at = now - timedelta(minutes=dice.randrange(1, 6_000_000))
        yield {
            "id": n,
            "person_id": person,
            "kind": "call",
            "occurred_at": at,
            "recorded_at": at,
            "author_id": 3,
            "text": words * 4,
        }


def _trail(size: Size, dice: random.Random, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(1, size.trail + 1):
        at = now - timedelta(minutes=dice.randrange(1, 6_000_000))
        yield {
            "id": n,
            "at": at,
            "occurred_on": at.date(),
            "code": "people.note.added",
            "by_id": 3,
            "subject_type": "people.casenote",
            "subject_ref": f"bench{n}",
            "person_id": dice.randrange(1, size.people + 1),
        }
