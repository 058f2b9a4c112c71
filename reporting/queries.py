"""The rows behind each number. A number and the list it opens are the same query, so they cannot disagree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from budgets.models import PersonalBudget
from budgets.permissions import Limits, approving_roles_of, within_limit
from core import policy_settings
from people.models import Risk
from reporting.models import KeptFigure
from reporting.scope import Scope
from reporting.timescales import SPANS
from support_plans.models import PlanItem
from worklist.models import Task, WorkItem
from worklist.timescales import NOTHING_HAPPENING_DAYS

WEEK = timedelta(days=7)
REVIEW_RULES = ("REVIEW_INITIAL", "REVIEW_ANNUAL")
OVERDUE_REVIEWS = "overdue_review"
# Work that people wait for, and the numbers above the waiting lists: each is counted by team every night.
WAITED_FOR = (
    WorkItem.Kind.CONTACT.value,
    WorkItem.Kind.ASSESSMENT.value,
    WorkItem.Kind.PLAN.value,
    WorkItem.Kind.BUDGET_REVIEW.value,
)
WAITING_LISTS = (*WAITED_FOR, OVERDUE_REVIEWS)
FIGURES = ("approvals", "high_risk_no_worker", "past_contact", "quiet", *WAITING_LISTS)


def open_work(scope: Scope) -> Any:
    return scope.known(WorkItem.objects.open())


def high_risk_without_worker() -> Q:
    """Open work at high risk that nobody holds."""
    return Q(owner=None, risk=Risk.HIGH)


def past_next_contact(today: date) -> Q:
    """Open work whose promised contact lies before today; what is promised for today is not past."""
    return Q(next_contact_on__lt=today)


def quiet(rows: Any, today: date, days: int) -> Any:
    """Of these open pieces of work, those with a worker and nothing happening."""
    return rows.quiet_since(today - timedelta(days=days))


def waiting() -> Q:
    return Q(stage=WorkItem.Stage.WAITING)


def waited(code: str, today: date) -> Q:
    """Work that has waited as long as a span of the chart says."""
    span = next(span for span in SPANS if span.code == code)
    earliest, latest = span.opened(today)
    rule = Q(opened_on__lte=latest)
    return rule & Q(opened_on__gte=earliest) if earliest else rule


def late_reviews(today: date) -> Any:
    """Reviews whose day to act by lies before today and which nobody has closed."""
    return Task.objects.open().overdue(today).filter(kind__in=REVIEW_RULES)


def overdue_reviews(scope: Scope, today: date) -> Any:
    return scope.known(late_reviews(today))


def approvals(scope: Scope, today: date) -> list[PersonalBudget]:
    """Budgets waiting for a decision that this user may take: within the limit, and neither assessed, prepared nor
    costed by them. Longest waiting first."""
    user = scope.user
    touched = PlanItem.objects.standing().filter(plan=OuterRef("plan"), costed_by=user)
    rows = (
        scope.known(PersonalBudget.objects.waiting())
        .exclude(
            Q(assessed_by=user)
            | Q(costed_by=user)
            | Q(contribution_entered_by=user)
            | Q(plan__prepared_by=user)
            | Q(plan__submitted_by=user)
        )
        .filter(~Exists(touched))
    )
    limits = Limits.on(today)
    return [
        budget
        for budget in rows.for_list()
        if approving_roles_of(user, budget.team) and within_limit(user, budget, limits)
    ]


def quiet_days(today: date) -> int:
    return int(policy_settings.value(NOTHING_HAPPENING_DAYS, on=today))


def counted_by_team(today: date) -> dict[tuple[int | None, str], int]:
    """Every figure that is not nought, by team and code, over standard records: what the night keeps."""
    work = WorkItem.objects.standard().open()
    rules = {
        "high_risk_no_worker": high_risk_without_worker(),
        "past_contact": past_next_contact(today),
        "quiet": Q(pk__in=quiet(work, today, quiet_days(today)).values("pk")),
        **{kind: waiting() & Q(kind=kind) for kind in WAITED_FOR},
    }
    found: dict[tuple[int | None, str], int] = {}
    by_team = (
        work.order_by().values("team").annotate(**{code: Count("pk", filter=rules[code]) for code in rules})
    )
    for row in by_team:
        found |= {(row["team"], code): row[code] for code in rules if row[code]}
    for code, rows in (
        ("approvals", PersonalBudget.objects.standard().waiting()),
        (OVERDUE_REVIEWS, late_reviews(today).standard()),
    ):
        for team, number in rows.order_by().values_list("team").annotate(Count("pk")):
            found[team, code] = number
    return found


def kept(scope: Scope, days: list[date]) -> dict[tuple[date, str], int]:
    """The figures that were kept on these days for the teams chosen, by day and code."""
    rows = scope.narrow(KeptFigure.objects.filter(counted_day__day__in=days))
    found = rows.order_by().values_list("counted_day__day", "code").annotate(Sum("number"))
    return {(day, code): number for day, code, number in found}


def waiting_list(scope: Scope, kind: str) -> QuerySet:
    return open_work(scope).waiting().filter(kind=kind)
