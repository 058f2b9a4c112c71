"""The rows behind each number. A number and the list it opens are the same query, so they cannot disagree."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from budgets.models import PersonalBudget
from budgets.permissions import Limits, approving_roles_of, within_limit
from core import clock, policy_settings
from people.models import CaseNote, Risk
from reablement.models import Episode
from reporting.models import KeptFigure
from reporting.scope import Scope
from reporting.timescales import ENDING_SOON, LAST_CONTACT_DAYS, SPANS
from safeguarding.models import Concern
from support_plans.models import PlanItem
from worklist.models import Task, WorkItem
from worklist.querysets import is_quiet
from worklist.timescales import NOTHING_HAPPENING_DAYS

WEEK = timedelta(days=7)
REVIEW_RULES = ("REVIEW_INITIAL", "REVIEW_ANNUAL")
APPROVALS, OVERDUE_REVIEWS, UNALLOCATED = "approvals", "overdue_review", "unallocated"
SAFEGUARDING, REABLEMENT_ENDING = "safeguarding", "reablement_ending"
# Work that people wait for, and the numbers above the waiting lists: each is counted by team every night. Concerns are
# in no kept figure: each has a list of its own, and a kept figure is the same for every reader.
WAITED_FOR = (
    WorkItem.Kind.CONTACT.value,
    WorkItem.Kind.ASSESSMENT.value,
    WorkItem.Kind.PLAN.value,
    WorkItem.Kind.REABLEMENT.value,
    WorkItem.Kind.BUDGET_REVIEW.value,
)
WAITING_LISTS = (*WAITED_FOR, APPROVALS, OVERDUE_REVIEWS)
FIGURES = (
    "high_risk_no_worker",
    "past_contact",
    "quiet",
    REABLEMENT_ENDING,
    UNALLOCATED,
    *WAITING_LISTS,
)


def open_work(scope: Scope) -> Any:
    return scope.known(WorkItem.objects.open())


def high_risk_without_worker() -> Q:
    """Open work at high risk that nobody holds."""
    return Q(owner=None, risk=Risk.HIGH)


def past_next_contact(today: date) -> Q:
    """Open work whose promised contact lies before today; what is promised for today is not past."""
    return Q(next_contact_on__lt=today)


def _contacts() -> Any:
    """What was noted of contacts with people. Notes with a list of their own do not count: who is not on it must not be
    able to tell that there is one."""
    return CaseNote.objects.filter(kind__in=CaseNote.IN_TOUCH, access_list=None)


def with_last_contact(rows: Any) -> Any:
    """Each row with the moment of the last contact with its person; none where none is recorded."""
    of_person = _contacts().filter(person=OuterRef("person"))
    latest = of_person.order_by("-occurred_at", "-pk").values("occurred_at")[:1]
    return rows.annotate(last_contact_at=Subquery(latest))


def silent(today: date) -> Q:
    """Work that has been open for the days after which somebody asks how a person is, and with whose person nobody has
    been in contact in that time."""
    days = silent_days(today)
    since = datetime.combine(today - timedelta(days=days - 1), time(), tzinfo=clock.LONDON)
    heard_of = _contacts().filter(occurred_at__gte=since).values("person")
    return Q(opened_on__lte=today - timedelta(days=days)) & ~Q(person__in=heard_of)


def silent_days(today: date) -> int:
    return int(policy_settings.value(LAST_CONTACT_DAYS, on=today))


def undecided_concerns(scope: Scope) -> Any:
    """Concerns on whose list the reader is and whose decision is still to be taken, each with its risk as `level`: as
    screened, else high in immediate danger, else that of the person."""
    level = Case(
        When(~Q(risk=""), then=F("risk")),
        When(immediate_danger=True, then=Value(Risk.HIGH.value)),
        When(person__isnull=False, then=F("person__risk")),
        default=Value(Risk.STANDARD.value),
        output_field=CharField(),
    )
    rows = Concern.objects.visible_to(scope.user).undecided().annotate(level=level)
    return scope.narrow(rows.annotate(received_on=TruncDate("received_at", tzinfo=clock.LONDON)))


def knows_of_concerns(scope: Scope) -> bool:
    """Whether the reader is on the list of any concern: nobody else is told how many there are."""
    return scope.opens_rows and Concern.objects.visible_to(scope.user).exists()


def ending_soon(rows: Any, today: date) -> Any:
    """Of these episodes of reablement, those whose planned end is near or past and on which nothing is decided."""
    return rows.undecided_by(today + ENDING_SOON)


def reablement_ending(scope: Scope, today: date) -> Any:
    return ending_soon(scope.known(Episode.objects), today)


def quiet(today: date, days: int) -> Q:
    """Open work with a worker and nothing happening for so many days."""
    return is_quiet(today - timedelta(days=days))


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


def budgets_to_decide(scope: Scope) -> Any:
    """Budgets that wait for a decision, whoever may take it."""
    return scope.known(PersonalBudget.objects.waiting())


def quiet_days(today: date) -> int:
    return int(policy_settings.value(NOTHING_HAPPENING_DAYS, on=today))


def counted_by_team(today: date) -> dict[tuple[int | None, str], int]:
    """Every figure that is not nought, by team and code, over standard records: what the night keeps."""
    work = WorkItem.objects.standard().open()
    rules = {
        "high_risk_no_worker": high_risk_without_worker(),
        "past_contact": past_next_contact(today),
        "quiet": quiet(today, quiet_days(today)),
        UNALLOCATED: Q(owner=None),
        **{kind: waiting() & Q(kind=kind) for kind in WAITED_FOR},
    }
    found: dict[tuple[int | None, str], int] = {}
    by_team = (
        work.order_by().values("team").annotate(**{code: Count("pk", filter=rules[code]) for code in rules})
    )
    for row in by_team:
        found |= {(row["team"], code): row[code] for code in rules if row[code]}
    for code, rows in (
        (APPROVALS, PersonalBudget.objects.standard().waiting()),
        (OVERDUE_REVIEWS, late_reviews(today).standard()),
        (REABLEMENT_ENDING, ending_soon(Episode.objects.standard(), today)),
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
