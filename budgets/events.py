"""What can be written in the trail about money, and what people are told of it."""

from audit.catalogue import EventCode

ESTIMATED = "budgets.estimate.made"
OPENED = "budgets.budget.opened"
COSTED = "budgets.budget.costed"
CONTRIBUTION_CONFIRMED = "budgets.contribution.confirmed"
CONTRIBUTION_CHANGED = "budgets.contribution.changed"
SUBMITTED = "budgets.budget.submitted"
APPROVED = "budgets.budget.approved"
RETURNED = "budgets.budget.returned"
REJECTED = "budgets.budget.rejected"
ACKNOWLEDGED = "budgets.budget.acknowledged"
ACTIVATED = "budgets.budget.activated"
SUPERSEDED = "budgets.budget.superseded"
ENDED = "budgets.budget.ended"
REVIEW_ASKED = "budgets.review.asked"
REVIEW_ACKNOWLEDGED = "budgets.review.acknowledged"
REVIEW_INTERIM = "budgets.review.interim_decided"
REVIEW_DECIDED = "budgets.review.decided"
REVIEW_NOTIFIED = "budgets.review.notified"

CODES = [
    EventCode(ESTIMATED, "Weekly budget estimated at £{weekly}: {score} points", significant=True),
    EventCode(OPENED, "Personal budget opened"),
    EventCode(COSTED, "Personal budget costed at £{total} a week, of which the person pays £{person}"),
    EventCode(CONTRIBUTION_CONFIRMED, "Confirmed that the person pays £{person} a week"),
    EventCode(CONTRIBUTION_CHANGED, "The person pays £{person} a week, before £{before}", significant=True),
    EventCode(SUBMITTED, "Personal budget of £{total} a week sent for approval", significant=True),
    EventCode(APPROVED, "Personal budget of £{total} a week approved", significant=True),
    EventCode(RETURNED, "Personal budget of £{total} a week returned for changes", significant=True),
    EventCode(REJECTED, "Personal budget of £{total} a week not approved, with reasons", significant=True),
    EventCode(ACKNOWLEDGED, "Figures of the personal budget acknowledged by the person", significant=True),
    EventCode(ACTIVATED, "Personal budget of £{total} a week in force from {valid_from}", significant=True),
    EventCode(SUPERSEDED, "Personal budget replaced by a newer one"),
    EventCode(ENDED, "Personal budget ended", significant=True),
    EventCode(REVIEW_ASKED, "Said that the budget looks wrong; answer by {answer_by}", significant=True),
    EventCode(REVIEW_ACKNOWLEDGED, "Budget review acknowledged"),
    EventCode(REVIEW_INTERIM, "Support meanwhile decided for the budget review"),
    EventCode(REVIEW_DECIDED, "Budget review decided: {decision}", significant=True),
    EventCode(REVIEW_NOTIFIED, "Told the person the decision of the budget review", significant=True),
]

SENTENCES = {
    "budgets.review_asked": "Someone says that a budget looks wrong",
    "budgets.review_decided": "A budget review has been decided",
    "budgets.returned": "A support plan and its budget were returned for changes",
    "budgets.contribution_changed": "What a person pays towards their support has changed",
    "budgets.approved": "A support plan and its budget were approved",
}
