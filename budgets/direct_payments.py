"""Direct payments by person: to set up, running, to be looked at again, or ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum

from accounts.models import User
from budgets import timescales
from budgets.models import BudgetAllocation, PersonalBudget
from core import calendar
from people.models import Origin
from support_plans.models import Mode, PlanItem, Review, SupportPlan
from support_plans.services import waits_for

SHOW = {
    "set_up": ("To set up", "Approved, before the first payment", "approved_at"),
    "running": ("Running", "Paid now", "active_from"),
    "review": ("Review due", "In the next 6 weeks, or late", "active_from"),
    "ended": ("Ended", "In the last 90 days, for the last check", "ended_on"),
}
Status = SupportPlan.Status


@dataclass(frozen=True)
class DirectPayment:
    """One person's direct payment: its state in words, and pounds a week. Without a day to review by: the return it
    was taken over from says nothing of a review."""

    plan: SupportPlan
    state: str
    colour: str
    because: str
    gross: Decimal
    person: Decimal | None
    net: Decimal | None
    review_by: date | None

    @property
    def ref(self) -> str:
        return self.plan.ref


def of(user: User) -> Any:
    """Plans with support that is paid for by direct payment, whoever holds them, with what is paid.

    `gross`, `person_pays` and `net` come from the budget; `listed` from the plan's lines, for plans taken over from
    another system, which have no budget. `reviewed_on`: when the plan was last looked at.
    """
    lines = PlanItem.objects.standing().filter(plan=OuterRef("pk"), mode=Mode.DIRECT_PAYMENT).order_by()
    paid = BudgetAllocation.objects.filter(budget__plan=OuterRef("pk"), mode=Mode.DIRECT_PAYMENT)
    held = Review.objects.filter(plan=OuterRef("pk"), held_on__isnull=False).order_by()
    return (
        SupportPlan.objects.visible_to(user)
        .filter(Exists(lines))
        .annotate(
            gross=Subquery(paid.values("gross_weekly")[:1]),
            person_pays=Subquery(paid.values("person_weekly")[:1]),
            net=Subquery(paid.values("net_weekly")[:1]),
            listed=Subquery(lines.values("plan").annotate(sum=Sum("cost_weekly")).values("sum")),
            reviewed_on=Subquery(
                held.values("plan").annotate(last=Max("held_on")).values("last"), output_field=DateField()
            ),
            budget_status=Subquery(PersonalBudget.objects.filter(plan=OuterRef("pk")).values("status")[:1]),
        )
    )


def _rule(show: str, today: date) -> Q:
    until = today + timescales.DIRECT_PAYMENT_REVIEW_LEAD
    first = calendar.add_months(until, -timescales.FIRST_DIRECT_PAYMENT_REVIEW_MONTHS)
    again = calendar.add_months(until, -timescales.NEXT_DIRECT_PAYMENT_REVIEW_MONTHS)
    return {
        "set_up": Q(status=Status.APPROVED),
        "running": Q(status=Status.ACTIVE),
        "review": Q(status=Status.ACTIVE)
        & (Q(reviewed_on__lte=again) | Q(reviewed_on=None, active_from__lte=first)),
        "ended": Q(status=Status.ENDED, ended_on__gte=today - timescales.DIRECT_PAYMENT_ENDED_SHOWN),
    }[show]


def rows(user: User, show: str, today: date) -> QuerySet:
    return of(user).filter(_rule(show, today)).select_related("person", "team")


def counted(user: User, today: date) -> dict[str, int]:
    return of(user).aggregate(**{show: Count("pk", filter=_rule(show, today)) for show in SHOW})


def described(plan: Any, today: date) -> DirectPayment:
    """The state of a direct payment in words, from its plan and its budget."""
    because, review_by = "", None
    if plan.status == Status.APPROVED:
        state, colour = "To set up", "blue"
        waiting = waits_for(plan, today=today)
        because = f"Waits: {'; '.join(waiting)}" if waiting else "Everything is there to begin"
    elif plan.status == Status.ACTIVE:
        state, colour = "Running", "green"
        if plan.budget_status == PersonalBudget.Status.UNDER_REVIEW:
            because = "Somebody says that the budget looks wrong. It is paid as before"
        elif plan.budget_status is None:
            because = "Taken over, without a budget here"
        elif plan.budget_status == PersonalBudget.Status.SUSPENDED:
            state, colour = "Suspended", "orange"
        if plan.reviewed_on or plan.origin != Origin.IMPORTED:
            review_by = timescales.direct_payment_review_by(
                paid_from=plan.active_from, reviewed_on=plan.reviewed_on
            )
    else:
        state, colour = "Ended", "grey"
        because = "The person has died" if plan.person.is_deceased else plan.end_reason
    gross = plan.gross if plan.gross is not None else plan.listed
    return DirectPayment(plan, state, colour, because, gross, plan.person_pays, plan.net, review_by)
