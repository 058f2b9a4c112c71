"""What the database itself refuses, by the name of each rule."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from core import clock
from support_plans.models import PlanItem, Review, SupportPlan
from support_plans.tests.factories import (
    PlanItemFactory,
    ProviderFactory,
    ReviewFactory,
    SupportPlanFactory,
    traits,
)

pytestmark = pytest.mark.django_db


def refused(rule: str, do) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        do()


@pytest.mark.parametrize(
    "factory,trait",
    [
        (factory, trait)
        for factory in (SupportPlanFactory, PlanItemFactory, ReviewFactory, ProviderFactory)
        for trait in ["", *traits(factory)]
    ],
)
def test_a_record_of_each_state_is_valid(factory, trait):
    factory(**({trait: True} if trait else {})).full_clean()


def plans(plan: SupportPlan):
    return SupportPlan.objects.filter(pk=plan.pk)


def test_support_plans_one_active_per_person():
    plan = SupportPlanFactory(active=True)
    refused(
        "support_plans_one_active_per_person", lambda: SupportPlanFactory(active=True, person=plan.person)
    )


def test_a_carer_who_is_also_cared_for_has_a_plan_of_each_kind():
    plan = SupportPlanFactory(active=True)

    assert SupportPlanFactory(active=True, person=plan.person, kind="carer").pk


def test_support_plans_one_in_preparation_per_person():
    plan = SupportPlanFactory(agreed=True)
    refused("support_plans_one_in_preparation_per_person", lambda: SupportPlanFactory(person=plan.person))


def test_support_plans_no_active_plan_without_a_next_date():
    plan = SupportPlanFactory(active=True)
    refused(
        "support_plans_no_active_plan_without_a_next_date", lambda: plans(plan).update(next_review_on=None)
    )


@pytest.mark.parametrize(
    "part,nothing",
    [
        ("needs", []),
        ("what_matters", ""),
        ("advice_meeting_needs", ""),
        ("advice_preventing_needs", ""),
        ("total_weekly", None),
        ("starts_on", None),
    ],
)
def test_support_plans_complete_before_approval(part, nothing):
    plan = SupportPlanFactory(submitted=True)
    refused("support_plans_complete_before_approval", lambda: plans(plan).update(**{part: nothing}))


@pytest.mark.parametrize("part", ["copy_given_on", "figures_acknowledged_on"])
def test_support_plans_active_only_with_copy_and_figures(part):
    plan = SupportPlanFactory(active=True)
    refused("support_plans_active_only_with_copy_and_figures", lambda: plans(plan).update(**{part: None}))


@pytest.mark.parametrize("part", ["prepared_by", "submitted_by"])
def test_support_plans_approved_by_somebody_else(part):
    plan = SupportPlanFactory(approved=True)
    refused("support_plans_approved_by_somebody_else", lambda: plans(plan).update(**{part: plan.approved_by}))


def test_support_plans_approved_at_and_by_together():
    plan = SupportPlanFactory(approved=True)
    refused("support_plans_approved_at_and_by_together", lambda: plans(plan).update(approved_at=None))


def test_support_plans_money_adds_up():
    plan = SupportPlanFactory(agreed=True)
    refused("support_plans_money_adds_up", lambda: plans(plan).update(total_weekly=Decimal("91.00")))


def items(item: PlanItem):
    return PlanItem.objects.filter(pk=item.pk)


def test_support_plans_cost_not_negative():
    item = PlanItemFactory()
    refused("support_plans_cost_not_negative", lambda: items(item).update(cost_weekly=Decimal("-0.01")))


def test_support_plans_item_ends_after_it_starts():
    item = PlanItemFactory(starts_on=clock.today())
    refused(
        "support_plans_item_ends_after_it_starts",
        lambda: items(item).update(ends_on=clock.today() - timedelta(days=1)),
    )


def test_support_plans_council_money_has_a_mode():
    item = PlanItemFactory()
    refused("support_plans_council_money_has_a_mode", lambda: items(item).update(mode=""))


def test_support_plans_reablement_is_not_charged():
    item = PlanItemFactory()
    refused("support_plans_reablement_is_not_charged", lambda: items(item).update(by="reablement"))


def test_support_plans_one_open_review_of_a_kind():
    review = ReviewFactory()
    refused("support_plans_one_open_review_of_a_kind", lambda: ReviewFactory(plan=review.plan, invited=True))


def test_support_plans_review_closed_with_outcome():
    review = ReviewFactory(closed=True)
    refused(
        "support_plans_review_closed_with_outcome",
        lambda: Review.objects.filter(pk=review.pk).update(outcome=""),
    )


def test_support_plans_review_declined_with_reasons():
    review = ReviewFactory(declined=True)
    refused(
        "support_plans_review_declined_with_reasons",
        lambda: Review.objects.filter(pk=review.pk).update(declined_because=""),
    )
