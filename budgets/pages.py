"""What every page of money begins with: may it be opened, and who looks is written down."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404

from accounts.requests import SignedInRequest
from budgets import timescales
from budgets.models import BudgetReview, PersonalBudget
from core import clock, policy_settings
from support_plans.pages import with_identity, written_down


def open_budget_page(request: SignedInRequest, **which: Any) -> PersonalBudget:
    """The budget behind a reference of its own or of its plan. Raises Http404 for one the user may not know of."""
    budgets = PersonalBudget.objects.visible_to(request.user).for_page()
    budget = get_object_or_404(budgets.select_related("plan__prepared_by", "plan__submitted_by"), **which)
    written_down(request, budget)
    with_identity(budget)
    budget.plan.person = budget.person
    return budget


def open_budget_review(request: SignedInRequest, ref: str) -> BudgetReview:
    """The budget review behind a reference. Raises Http404 for one the user may not know of."""
    reviews = BudgetReview.objects.visible_to(request.user).select_related(
        "budget", "budget__plan", "team", "requested_by", "acknowledged_by", "decided_by"
    )
    review = get_object_or_404(reviews, ref=ref)
    written_down(request, review)
    with_identity(review)
    review.budget.person = review.person
    return review


def variance_limit() -> Decimal:
    """Within this many per cent of the estimate a team manager decides."""
    return Decimal(str(policy_settings.value(timescales.VARIANCE_PERCENT, on=clock.today())))
