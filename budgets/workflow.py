"""What can be done to a budget and to a review of one: from which states, to which, and who may."""

from __future__ import annotations

from budgets import permissions
from budgets.models import BudgetReview, PersonalBudget
from core.workflow import action

Budget = PersonalBudget.Status
Asked = BudgetReview.Status

COST = action(
    "Cost the plan",
    (Budget.DRAFT, Budget.COSTED, Budget.RETURNED, Budget.REJECTED),
    Budget.COSTED,
    permissions.can_cost,
)
SUBMIT = action("Send for approval", (Budget.COSTED,), Budget.SUBMITTED, permissions.can_submit)
APPROVE = action("Approve", (Budget.SUBMITTED,), Budget.APPROVED, permissions.can_approve)
RETURN = action("Return for changes", (Budget.SUBMITTED,), Budget.RETURNED, permissions.can_decide)
REJECT = action("Do not approve", (Budget.SUBMITTED,), Budget.REJECTED, permissions.can_decide)
ACKNOWLEDGE = action(
    "Acknowledge the figures", (Budget.APPROVED,), Budget.AGREED_WITH_PERSON, permissions.can_acknowledge
)
CHANGE_FIGURES = action(
    "Change what the person pays",
    (Budget.AGREED_WITH_PERSON,),
    Budget.APPROVED,
    permissions.can_set_contribution,
)
ACTIVATE = action("Put in force", (Budget.AGREED_WITH_PERSON,), Budget.ACTIVE, permissions.can_put_in_force)
PUT_UNDER_REVIEW = action(
    "Review the budget", (Budget.ACTIVE,), Budget.UNDER_REVIEW, permissions.can_ask_for_review
)
SETTLE = action("Settle the review", (Budget.UNDER_REVIEW,), Budget.ACTIVE, permissions.can_put_in_force)
SUPERSEDE = action(
    "Replace",
    (Budget.ACTIVE, Budget.UNDER_REVIEW, Budget.SUSPENDED),
    Budget.SUPERSEDED,
    permissions.can_put_in_force,
)
LIVE = tuple(state for state in Budget if state not in (Budget.SUPERSEDED, Budget.ENDED))
END = action("End the budget", LIVE, Budget.ENDED, permissions.can_put_in_force)

ACTIONS = {
    "cost": COST,
    "submit": SUBMIT,
    "approve": APPROVE,
    "return": RETURN,
    "reject": REJECT,
    "acknowledge": ACKNOWLEDGE,
    "change_figures": CHANGE_FIGURES,
    "activate": ACTIVATE,
    "put_under_review": PUT_UNDER_REVIEW,
    "settle": SETTLE,
    "supersede": SUPERSEDE,
    "end": END,
}

REVIEW_ACKNOWLEDGE = action(
    "Acknowledge", (Asked.REQUESTED,), Asked.ACKNOWLEDGED, permissions.can_handle_review
)
REVIEW_INTERIM = action(
    "Decide support meanwhile",
    (Asked.ACKNOWLEDGED, Asked.INTERIM_SUPPORT_DECIDED),
    Asked.INTERIM_SUPPORT_DECIDED,
    permissions.can_handle_review,
)
REVIEW_DECIDE = action(
    "Decide",
    (Asked.ACKNOWLEDGED, Asked.INTERIM_SUPPORT_DECIDED, Asked.REASSESSMENT),
    Asked.DECIDED,
    permissions.can_decide_review,
)
REVIEW_NOTIFY = action(
    "Record that the person was told", (Asked.DECIDED,), Asked.NOTIFIED, permissions.can_handle_review
)

REVIEW_ACTIONS = {
    "acknowledge": REVIEW_ACKNOWLEDGE,
    "decide_interim": REVIEW_INTERIM,
    "decide": REVIEW_DECIDE,
    "notify": REVIEW_NOTIFY,
}
