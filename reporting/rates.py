"""Shares of a whole over the last twelve months, by team: how much of what was due was done in time.

Over standard records, so that a rate is the same for every reader (docs/decisions/0014).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate

from assessments.models import Assessment
from core import calendar, clock, policy_settings
from reablement.models import Episode
from reporting.scope import Scope
from reporting.timescales import ASSESSMENT_TARGET_DAYS
from support_plans.models import Review, SupportPlan

MONTHS = 12


@dataclass(frozen=True)
class Rate:
    """A share in words: what of what, and from where."""

    label: str
    definition: str
    source: str
    rows: Callable[[date], tuple[Any, Q]]


def _year_before(today: date) -> date:
    return calendar.add_months(today, -MONTHS)


def _yearly_reviews(today: date) -> tuple[Any, Q]:
    since = _year_before(today)
    held = Review.objects.filter(person=OuterRef("person"), held_on__gt=since, held_on__lte=today)
    plans = SupportPlan.objects.standard().filter(status=SupportPlan.Status.ACTIVE, starts_on__lt=since)
    return plans, Q(Exists(held))


def _ended_as_planned(today: date) -> tuple[Any, Q]:
    ended = Episode.objects.standard().finished().filter(planned_end_on__isnull=False)
    ended = ended.filter(ended_on__gt=_year_before(today), ended_on__lte=today)
    return ended, Q(ended_on__lte=F("planned_end_on"))


def _assessed_in_time(today: date) -> tuple[Any, Q]:
    target = timedelta(days=int(policy_settings.value(ASSESSMENT_TARGET_DAYS, on=today)))
    since = datetime.combine(_year_before(today) + timedelta(days=1), time(), tzinfo=clock.LONDON)
    done = Assessment.objects.standard().filter(authorised_at__gte=since)
    done = done.annotate(done_on=TruncDate("authorised_at", tzinfo=clock.LONDON))
    return done, Q(done_on__lte=F("requested_on") + target)


RATES = {
    "reviews_in_time": Rate(
        "Yearly reviews held",
        "Of the plans that have been active for more than 12 months, those whose person had a review held in the last "
        "12 months.",
        "Support plans, start, and reviews, day held",
        _yearly_reviews,
    ),
    "assessed_in_time": Rate(
        "Assessments within the target",
        "Of the assessments authorised in the last 12 months, those authorised within the target, in calendar days from "
        "the request.",
        "Assessments, day of the request and of the authorisation",
        _assessed_in_time,
    ),
    "ended_as_planned": Rate(
        "Reablement ended as planned",
        "Of the episodes that ended in the last 12 months, those that ended on the planned day or before it.",
        "Episodes of reablement, planned end and end",
        _ended_as_planned,
    ),
}


def by_team(code: str, scope: Scope, today: date) -> dict[int, tuple[int, int]]:
    """For each of the reader's teams that has any: how many of how many."""
    rows, done = RATES[code].rows(today)
    counted = scope.narrow(rows).order_by().values("team")
    found = counted.annotate(done=Count("pk", filter=done), whole=Count("pk"))
    return {row["team"]: (row["done"], row["whole"]) for row in found}
