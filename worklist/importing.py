"""Pieces of work that came with imported records, many at a time. Nobody is notified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core import bulk, clock
from worklist.models import WorkItem


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """One piece of work. The waiting or running time counts from `opened_on`."""

    kind: str
    stage: str
    subject_type: str
    subject_ref: str
    person_id: int
    team_id: int
    url: str
    opened_on: date
    risk: str
    next_contact_on: date | None = None


def bulk_open_work_items(*, items: Sequence[WorkFacts], now: datetime) -> int:
    """Put pieces of work on the lists; those that are open already stay as they are. Returns how many are new."""
    today = clock.london_date(now)
    open_now = set(
        WorkItem.objects.open()
        .filter(subject_ref__in=[each.subject_ref for each in items])
        .order_by()
        .values_list("kind", "subject_type", "subject_ref")
    )
    fresh = [each for each in items if (each.kind, each.subject_type, each.subject_ref) not in open_now]
    bulk.insert_rows(
        WorkItem,
        [
            {
                "kind": each.kind,
                "stage": each.stage,
                "subject_type": each.subject_type,
                "subject_ref": each.subject_ref,
                "person_id": each.person_id,
                "team_id": each.team_id,
                "url": each.url,
                "risk": each.risk,
                "opened_on": each.opened_on,
                "next_contact_on": each.next_contact_on,
                "last_activity_on": today,
                "created_at": now,
                "updated_at": now,
            }
            for each in fresh
        ],
    )
    return len(fresh)
