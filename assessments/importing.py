"""Assessments taken over from another system, many at a time. They are finished: their sections were never here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assessments.models import Assessment
from core import bulk
from people.models import Origin


@dataclass(frozen=True, slots=True)
class ImportedAssessment:
    """A finished assessment, as the return gives it, in the words of the national lists."""

    person_id: int
    team_id: int
    is_about_a_carer: bool
    started_on: date
    ended_on: date
    type: str
    outcome: str
    eligible: str
    method: str


def _facts(given: ImportedAssessment) -> dict[str, object]:
    return {
        "person_id": given.person_id,
        "kind": Assessment.Kind.CARER if given.is_about_a_carer else Assessment.Kind.NEEDS,
        "status": Assessment.Status.ISSUED,
        "requested_on": given.started_on,
        "started_on": given.started_on,
        "issued_on": given.ended_on,
        "ended_on": given.ended_on,
        "imported_type": given.type,
        "imported_outcome": given.outcome,
        "imported_eligible": given.eligible,
        "imported_method": given.method,
    }


def bulk_add_assessments(*, assessments: Sequence[ImportedAssessment], now: datetime) -> list[int]:
    """Record finished assessments. Returns their keys in the order given."""
    imported = {"origin": Origin.IMPORTED, "created_at": now, "updated_at": now}
    return bulk.insert_rows(
        Assessment, [imported | {"team_id": each.team_id} | _facts(each) for each in assessments]
    )


def bulk_change_assessments(*, changes: Sequence[tuple[int, ImportedAssessment]], now: datetime) -> None:
    """Bring imported assessments up to date with a newer return. The team stays as it is now."""
    wanted = dict(changes)
    rows = list(Assessment.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    fields: set[str] = {"version", "updated_at"}
    for row in rows:
        facts = _facts(wanted[row.pk]) | {"updated_at": now}
        for name, fact in facts.items():
            setattr(row, name, fact)
        row.next_version()
        fields |= facts.keys()
    bulk.update_rows(rows, sorted(fields))
