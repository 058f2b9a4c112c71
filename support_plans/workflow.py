"""What can be done to a plan and to a review: from which states, to which, and who may."""

from __future__ import annotations

from core.workflow import action
from support_plans import permissions
from support_plans.models import Review, SupportPlan

Plan = SupportPlan.Status
Held = Review.Status

SEND = action(
    "Give to the person",
    (Plan.DRAFT, Plan.DISAGREED, Plan.RETURNED),
    Plan.WITH_PERSON,
    permissions.can_work_on,
)
TAKE_BACK = action("Take back", (Plan.WITH_PERSON, Plan.AGREED), Plan.DRAFT, permissions.can_work_on)
AGREE = action("Record agreement", (Plan.WITH_PERSON,), Plan.AGREED, permissions.can_record_agreement)
DISAGREE = action(
    "Record disagreement", (Plan.WITH_PERSON,), Plan.DISAGREED, permissions.can_record_agreement
)
SUBMIT = action("Send for approval", (Plan.AGREED,), Plan.SUBMITTED, permissions.can_work_on)
APPROVE = action("Approve", (Plan.SUBMITTED,), Plan.APPROVED, permissions.can_decide)
RETURN = action("Return for changes", (Plan.SUBMITTED,), Plan.RETURNED, permissions.can_decide)
ACTIVATE = action("Start the plan", (Plan.APPROVED,), Plan.ACTIVE, permissions.can_activate)
SUPERSEDE = action("Replace", (Plan.ACTIVE,), Plan.SUPERSEDED, permissions.can_activate)
END = action("End the plan", (*SupportPlan.OPEN, Plan.APPROVED, Plan.ACTIVE), Plan.ENDED, permissions.can_end)

ACTIONS = {
    "send_to_person": SEND,
    "take_back": TAKE_BACK,
    "agree": AGREE,
    "disagree": DISAGREE,
    "submit": SUBMIT,
    "approve": APPROVE,
    "return": RETURN,
    "activate": ACTIVATE,
    "supersede": SUPERSEDE,
    "end": END,
}

INVITE = action("Invite the person", (Held.SCHEDULED,), Held.INVITED, permissions.can_review)
DECLINE = action("Decline the review", (Held.SCHEDULED, Held.INVITED), Held.DECLINED, permissions.can_review)
HOLD = action("Record that it was held", (Held.SCHEDULED, Held.INVITED), Held.HELD, permissions.can_review)
WRITE_UP = action("Write up", (Held.HELD, Held.WRITTEN_UP), Held.WRITTEN_UP, permissions.can_review)
CLOSE = action("Close the review", (Held.WRITTEN_UP, Held.APPROVED), Held.CLOSED, permissions.can_review)

REVIEW_ACTIONS = {"invite": INVITE, "decline": DECLINE, "hold": HOLD, "write_up": WRITE_UP, "close": CLOSE}
