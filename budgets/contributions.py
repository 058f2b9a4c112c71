"""A finance officer's day: what people pay, to be entered, confirmed or looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from budgets import timescales
from budgets.models import BudgetQuerySet, PersonalBudget
from budgets.services.contributing import DECIDED
from core import calendar, clock, policy_settings
from support_plans.models import PlanItem, Stream, SupportPlan

BEING_COSTED = (*SupportPlan.EDITABLE, SupportPlan.Status.WITH_PERSON)


@dataclass(frozen=True)
class List:
    """One list of the page: its words, the moment by which it is in order, and what stands in it."""

    code: str
    label: str
    hint: str
    field: str
    rule: Q


def months(today: date) -> int:
    """After how many months a contribution is looked at again."""
    return int(policy_settings.value(timescales.CONTRIBUTION_MONTHS, on=today))


def _entered_before(today: date) -> datetime:
    """The moment before which a figure must have been entered to be due for another look within the lead time."""
    lead = timedelta(days=int(policy_settings.value(timescales.CONTRIBUTION_LEAD_DAYS, on=today)))
    last = calendar.add_months(today + lead, -months(today))
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=clock.LONDON)


def lists(today: date) -> dict[str, List]:
    costs = PlanItem.objects.standing().filter(plan=OuterRef("plan"), stream=Stream.ASC, cost_weekly__gt=0)
    decided = Q(status__in=DECIDED, total_weekly__gt=0)
    nobody_said = Q(person_weekly=0, contribution_source="")
    return {
        each.code: each
        for each in (
            List(
                "enter",
                "To enter",
                "Plans being costed, without a figure",
                "created_at",
                Q(Exists(costs), costed_at=None, plan__status__in=BEING_COSTED, plan__origin="portal"),
            ),
            List(
                "confirm",
                "To confirm",
                "Approved at nothing, with no source",
                "decided_at",
                decided & nobody_said,
            ),
            List(
                "again",
                "To look at again",
                f"{months(today)} months after they were entered",
                "contribution_entered_at",
                decided & ~nobody_said & Q(contribution_entered_at__lt=_entered_before(today)),
            ),
        )
    }


def rows(user: User, chosen: List) -> BudgetQuerySet:
    """The budgets of one list that the user may know of, whichever team holds the plan."""
    budgets = PersonalBudget.objects.visible_to(user).filter(chosen.rule)
    return budgets.select_related("person", "plan", "team", "contribution_entered_by")


def counted(user: User, every: dict[str, List]) -> dict[str, int]:
    return PersonalBudget.objects.visible_to(user).aggregate(
        **{code: Count("pk", filter=each.rule) for code, each in every.items()}
    )
