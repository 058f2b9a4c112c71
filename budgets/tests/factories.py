"""Budgets for tests: valid by default, with a trait for each state."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from accounts.tests.factories import UserFactory
from budgets.models import AllocationTable, BudgetAllocation, BudgetReview, IndicativeBudget, PersonalBudget
from core import clock
from support_plans.models import Mode
from support_plans.tests.factories import SupportPlanFactory, finished_assessment

Status = PersonalBudget.Status
# The state of the plan that goes with each state of the budget.
PLAN_OF = {
    Status.DRAFT: "draft",
    Status.COSTED: "with_person",
    Status.SUBMITTED: "submitted",
    Status.RETURNED: "returned",
    Status.REJECTED: "returned",
    Status.APPROVED: "approved",
    Status.AGREED_WITH_PERSON: "approved",
    Status.ACTIVE: "active",
    Status.UNDER_REVIEW: "active",
    Status.SUSPENDED: "active",
    Status.SUPERSEDED: "superseded",
    Status.ENDED: "ended",
}
DECIDED = (
    Status.APPROVED,
    Status.AGREED_WITH_PERSON,
    Status.ACTIVE,
    Status.UNDER_REVIEW,
    Status.SUSPENDED,
    Status.SUPERSEDED,
    Status.REJECTED,
)


class IndicativeBudgetFactory(DjangoModelFactory):
    class Meta:
        model = IndicativeBudget

    person = factory.SelfAttribute("assessment.person")
    table = factory.LazyFunction(lambda: AllocationTable.objects.get(number=1))
    method = "band"
    lines = factory.LazyFunction(list)
    raw_points = Decimal("20")
    score = 20
    band_from = 20
    band_to = 29
    weekly = Decimal("95.00")
    annual = Decimal("4940.00")
    calculated_at = factory.LazyFunction(clock.now)
    calculated_by = factory.SubFactory(UserFactory)


class PersonalBudgetFactory(DjangoModelFactory):
    """A budget of £90.00 a week by direct payment, £25.00 of it paid by the person, with its plan in step."""

    class Meta:
        model = PersonalBudget
        skip_postgeneration_save = True

    status = Status.DRAFT
    plan = factory.LazyAttribute(lambda budget: SupportPlanFactory(**{PLAN_OF[Status(budget.status)]: True}))
    person = factory.SelfAttribute("plan.person")
    team = factory.SelfAttribute("plan.team")
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)
    total_weekly = factory.LazyAttribute(lambda budget: _sum(budget, "90.00"))
    person_weekly = factory.LazyAttribute(lambda budget: _sum(budget, "25.00"))
    council_weekly = factory.LazyAttribute(lambda budget: _sum(budget, "65.00"))
    contribution_source = "Financial assessment of 2 November 2026"
    costed_by = factory.LazyAttribute(lambda budget: budget.plan.prepared_by)
    costed_at = factory.LazyAttribute(lambda budget: clock.now())
    contribution_entered_by = factory.SelfAttribute("costed_by")
    contribution_entered_at = factory.SelfAttribute("costed_at")
    submitted_at = factory.LazyAttribute(
        lambda budget: clock.now() if budget.status == Status.SUBMITTED else None
    )
    route = factory.LazyAttribute(lambda budget: "manager" if budget.status == Status.SUBMITTED else "")
    decided_at = factory.LazyAttribute(lambda budget: clock.now() if budget.status in DECIDED else None)
    decided_by = factory.LazyAttribute(
        lambda budget: UserFactory(manager_of=budget.team) if budget.status in DECIDED else None
    )
    decision_reasons = "Enough to meet the needs"

    @factory.post_generation
    def allocations(self, create: bool, given: object, **_: object) -> None:
        if create and self.total_weekly:
            BudgetAllocation.objects.create(
                budget=self,
                mode=Mode.DIRECT_PAYMENT,
                gross_weekly=self.total_weekly,
                person_weekly=self.person_weekly,
                net_weekly=self.council_weekly,
            )


def _sum(budget: object, amount: str) -> Decimal:
    return Decimal("0.00") if budget.status == Status.DRAFT else Decimal(amount)


class BudgetReviewFactory(DjangoModelFactory):
    class Meta:
        model = BudgetReview

    budget = factory.SubFactory(PersonalBudgetFactory, status=Status.UNDER_REVIEW)
    person = factory.SelfAttribute("budget.person")
    team = factory.SelfAttribute("budget.team")
    what_looks_wrong = "The evening visits cost more than you say"
    requested_at = factory.LazyFunction(clock.now)
    requested_by = factory.LazyAttribute(lambda review: UserFactory(worker_in=review.team))
    answer_by = factory.LazyFunction(lambda: clock.today() + timedelta(days=7))
    old_weekly = Decimal("90.00")
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        acknowledged = factory.Trait(
            status=BudgetReview.Status.ACKNOWLEDGED,
            acknowledged_at=factory.LazyFunction(clock.now),
            acknowledged_by=factory.SubFactory(UserFactory),
        )
        interim = factory.Trait(
            acknowledged=True,
            status=BudgetReview.Status.INTERIM_SUPPORT_DECIDED,
            interim_support="One more visit on Saturdays until the decision",
        )
        reassessment = factory.Trait(acknowledged=True, status=BudgetReview.Status.REASSESSMENT)
        decided = factory.Trait(
            acknowledged=True,
            status=BudgetReview.Status.DECIDED,
            decision=BudgetReview.Decision.UNCHANGED,
            reasons="The figure is right: it pays for all visits",
            decided_at=factory.LazyFunction(clock.now),
            decided_by=factory.SubFactory(UserFactory),
        )
        notified = factory.Trait(
            decided=True, status=BudgetReview.Status.NOTIFIED, notified_on=factory.LazyFunction(clock.today)
        )


__all__ = [
    "BudgetReviewFactory",
    "IndicativeBudgetFactory",
    "PersonalBudgetFactory",
    "finished_assessment",
]
