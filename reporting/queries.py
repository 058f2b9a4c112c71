"""The rows behind each number. A number and the list it opens are the same query, so they cannot disagree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from budgets.models import PersonalBudget
from budgets.permissions import Limits, approving_roles_of, within_limit
from core import policy_settings
from people.models import Risk
from reporting.scope import Scope
from reporting.timescales import SPANS
from support_plans.models import PlanItem
from worklist.models import Task, WorkItem
from worklist.timescales import NOTHING_HAPPENING_DAYS

WEEK = timedelta(days=7)
REVIEW_RULES = ("REVIEW_INITIAL", "REVIEW_ANNUAL")


def open_work(scope: Scope) -> Any:
    return scope.narrow(WorkItem.objects.visible_to(scope.user).open())


def high_risk_without_worker() -> Q:
    """Open work at high risk that nobody holds."""
    return Q(owner=None, risk=Risk.HIGH)


def past_next_contact(today: date) -> Q:
    """Open work whose promised contact lies before today; what is promised for today is not past."""
    return Q(next_contact_on__lt=today)


def quiet(scope: Scope, today: date, days: int) -> Any:
    return open_work(scope).quiet_since(today - timedelta(days=days))


def waiting() -> Q:
    return Q(stage=WorkItem.Stage.WAITING)


def waited(code: str, today: date) -> Q:
    """Work that has waited as long as a span of the chart says."""
    span = next(span for span in SPANS if span.code == code)
    earliest, latest = span.opened(today)
    rule = Q(opened_on__lte=latest)
    return rule & Q(opened_on__gte=earliest) if earliest else rule


def overdue_reviews(scope: Scope, today: date) -> Any:
    """Reviews whose day to act by lies before today and which nobody has closed."""
    tasks = Task.objects.visible_to(scope.user).open().overdue(today).filter(kind__in=REVIEW_RULES)
    return scope.narrow(tasks)


def approvals(scope: Scope, today: date) -> list[PersonalBudget]:
    """Budgets waiting for a decision that this user may take: within the limit, and neither assessed, prepared nor
    costed by them. Longest waiting first."""
    user = scope.user
    touched = PlanItem.objects.standing().filter(plan=OuterRef("plan"), costed_by=user)
    rows = (
        scope.narrow(PersonalBudget.objects.visible_to(user).waiting())
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


def waiting_list(scope: Scope, kind: str) -> QuerySet:
    return open_work(scope).waiting().filter(kind=kind)
