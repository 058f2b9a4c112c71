"""Everything that changes an estimate, a personal budget or a review of one. One function for each action."""

from budgets.services.approving import (
    acknowledge_figures,
    approve,
    plan_activated,
    plan_ended,
    plan_submitted,
    reject,
    return_for_changes,
)
from budgets.services.contributing import set_contribution
from budgets.services.costing import cost, open_budget, plan_drafted
from budgets.services.estimating import make_indicative
from budgets.services.reviewing import (
    QUESTIONABLE,
    acknowledge_review,
    ask_for_review,
    decide_interim_support,
    decide_review,
    notify_decision,
)

__all__ = [
    "QUESTIONABLE",
    "acknowledge_figures",
    "acknowledge_review",
    "approve",
    "ask_for_review",
    "cost",
    "decide_interim_support",
    "decide_review",
    "make_indicative",
    "notify_decision",
    "open_budget",
    "plan_activated",
    "plan_drafted",
    "plan_ended",
    "plan_submitted",
    "reject",
    "return_for_changes",
    "set_contribution",
]
