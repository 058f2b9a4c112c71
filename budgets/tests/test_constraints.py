"""What the database itself refuses, by the name of each rule."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.tests.factories import UserFactory
from budgets.models import ApprovalLimit, BudgetAllocation, BudgetReview, PersonalBudget
from budgets.tests.factories import (
    BudgetReviewFactory,
    IndicativeBudgetFactory,
    PersonalBudgetFactory,
)
from core import clock
from people.tests.factories import PersonFactory
from support_plans.tests.factories import finished_assessment, traits

pytestmark = pytest.mark.django_db


def refused(rule: str, do) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        do()


@pytest.mark.parametrize("status", PersonalBudget.Status.values)
def test_a_budget_of_each_state_is_valid(status):
    budget = PersonalBudgetFactory(status=status)

    budget.full_clean()
    connection.check_constraints()


@pytest.mark.parametrize("trait", traits(BudgetReviewFactory))
def test_a_budget_review_of_each_state_is_valid(trait):
    BudgetReviewFactory(**{trait: True}).full_clean()


def test_budgets_total_is_both_parts():
    budget = PersonalBudgetFactory(status="costed")
    refused(
        "budgets_total_is_both_parts",
        lambda: PersonalBudget.objects.filter(pk=budget.pk).update(total_weekly=Decimal("91.00")),
    )


@pytest.mark.parametrize("part", ["assessed_by", "costed_by"])
def test_budgets_decided_by_neither_assessor_nor_coster(part):
    budget = PersonalBudgetFactory(status="approved")
    refused(
        "budgets_decided_by_neither_assessor_nor_coster",
        lambda: PersonalBudget.objects.filter(pk=budget.pk).update(**{part: budget.decided_by}),
    )


def test_budgets_decision_has_who_and_when():
    budget = PersonalBudgetFactory(status="submitted")
    refused(
        "budgets_decision_has_who_and_when",
        lambda: PersonalBudget.objects.filter(pk=budget.pk).update(status="approved"),
    )


def test_budgets_rejected_with_reasons():
    budget = PersonalBudgetFactory(status="rejected")
    refused(
        "budgets_rejected_with_reasons",
        lambda: PersonalBudget.objects.filter(pk=budget.pk).update(decision_reasons=""),
    )


def test_budgets_contribution_has_a_source():
    budget = PersonalBudgetFactory(status="costed")
    refused(
        "budgets_contribution_has_a_source",
        lambda: PersonalBudget.objects.filter(pk=budget.pk).update(contribution_source=""),
    )


def test_budgets_allocations_sum_to_total():
    budget = PersonalBudgetFactory(status="costed")
    parts = BudgetAllocation.objects.filter(budget=budget)

    def change_one_part_only() -> None:
        parts.update(gross_weekly=Decimal("80.00"), net_weekly=Decimal("55.00"))
        connection.check_constraints()

    refused("must sum to its total", change_one_part_only)


def test_budgets_allocation_adds_up():
    budget = PersonalBudgetFactory(status="costed")
    refused("budgets_allocation_adds_up", lambda: budget.allocations.update(net_weekly=Decimal("66.00")))


def test_budgets_one_allocation_per_mode():
    budget = PersonalBudgetFactory(status="costed")
    refused(
        "budgets_one_allocation_per_mode",
        lambda: BudgetAllocation.objects.create(
            budget=budget, mode="direct_payment", gross_weekly=0, person_weekly=0, net_weekly=0
        ),
    )


def test_budgets_one_open_review_per_budget():
    review = BudgetReviewFactory()
    refused("budgets_one_open_review_per_budget", lambda: BudgetReviewFactory(budget=review.budget))


def test_a_second_review_is_possible_once_the_person_was_told_of_the_first():
    review = BudgetReviewFactory(notified=True)

    assert BudgetReviewFactory(budget=review.budget).pk


def test_budgets_review_decided_with_reasons():
    review = BudgetReviewFactory(decided=True)
    refused(
        "budgets_review_decided_with_reasons",
        lambda: BudgetReview.objects.filter(pk=review.pk).update(reasons=""),
    )


def test_budgets_review_decided_by_somebody_else():
    review = BudgetReviewFactory(decided=True)
    refused(
        "budgets_review_decided_by_somebody_else",
        lambda: BudgetReview.objects.filter(pk=review.pk).update(decided_by=review.requested_by),
    )


def test_budgets_one_limit_per_role_and_start():
    day = clock.today()
    ApprovalLimit.objects.create(role="director", valid_from=day, source="Test")
    refused(
        "budgets_one_limit_per_role_and_start",
        lambda: ApprovalLimit.objects.create(role="director", valid_from=day, source="Test"),
    )


def test_an_estimate_is_52_weeks_a_year_and_one_row_a_run():
    person = PersonFactory()
    team = UserFactory().main_team or PersonalBudgetFactory().team
    assessment = finished_assessment(person=person, team=team)
    IndicativeBudgetFactory(assessment=assessment)

    refused("budgets_one_estimate_per_run", lambda: IndicativeBudgetFactory(assessment=assessment))
    refused(
        "budgets_estimate_annual_is_52_weeks",
        lambda: IndicativeBudgetFactory(assessment=assessment, number=2, annual=Decimal("1.00")),
    )
