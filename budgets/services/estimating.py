"""The estimate that follows an authorised assessment, kept as it was worked out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q

import audit.services as audit
from accounts.models import User
from assessments.models import Assessment, EligibilityDetermination, OutcomeAnswer
from budgets import events
from budgets.calculators import allocation
from budgets.models import AllocationTable, IndicativeBudget
from core import clock

DOMAIN_OF = dict(allocation.DOMAINS)


def table_on(day: date) -> AllocationTable | None:
    """The points table in force on a day: the newest published one whose dates include it."""
    return (
        AllocationTable.objects.filter(valid_from__lte=day, published_at__isnull=False)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day))
        .order_by("-valid_from", "-number")
        .first()
    )


def answers_of(assessment: Assessment) -> dict[str, allocation.Answer]:
    """How much help is needed with each outcome, and the carer's share, as the assessment says. Where somebody
    manages, or the outcome does not apply, no help is needed."""
    rows = assessment.outcome_answers.filter(answer=OutcomeAnswer.Answer.UNABLE).order_by("code")
    return {
        DOMAIN_OF[row.code]: allocation.Answer(row.level or 0, row.carer_share or Decimal("0"))
        for row in rows
        if row.code in DOMAIN_OF
    }


@transaction.atomic
def make_indicative(*, assessment_id: int, by: User, now: datetime) -> IndicativeBudget | None:
    """Estimate the budget of an authorised assessment of an adult with eligible needs; a new row each time.

    Carers' assessments have no points. Returns None where there is nothing to estimate, or no table in force.
    """
    assessment = Assessment.objects.lock(assessment_id)
    if assessment.kind == Assessment.Kind.CARER:
        return None
    found = EligibilityDetermination.objects.filter(assessment=assessment).first()
    if found is None or found.result != EligibilityDetermination.Result.ELIGIBLE:
        return None
    table = table_on(clock.london_date(now))
    if table is None:
        return None
    result = allocation.estimate(allocation.Table.of(table), answers_of(assessment))
    last = IndicativeBudget.objects.filter(assessment=assessment).aggregate(last=Max("number"))["last"] or 0
    estimate = IndicativeBudget.objects.create(
        person_id=assessment.person_id,
        assessment=assessment,
        number=last + 1,
        table=table,
        method=table.method,
        lines=[line.as_row() for line in result.lines],
        raw_points=result.raw,
        score=result.score,
        band_from=result.band_from,
        band_to=result.band_to,
        weekly=result.weekly,
        annual=result.annual,
        calculated_at=now,
        calculated_by=by,
        access_list=assessment.access_list,
    )
    audit.record(
        events.ESTIMATED,
        subject=estimate,
        person_id=estimate.person_id,
        by=by,
        at=now,
        access_list_id=estimate.access_list_id,
        weekly=estimate.weekly,
        score=estimate.score,
        table=table.number,
    )
    return estimate
