"""What can be written in the trail about plans and their reviews."""

from audit.catalogue import EventCode

DRAFTED = "support_plans.plan.drafted"
PART_SAVED = "support_plans.plan.part_saved"
ITEM_ADDED = "support_plans.item.added"
ITEM_CHANGED = "support_plans.item.changed"
ITEM_REMOVED = "support_plans.item.removed"
ITEM_SOURCED = "support_plans.item.sourced"
SENT_TO_PERSON = "support_plans.plan.sent_to_person"
TAKEN_BACK = "support_plans.plan.taken_back"
AGREED = "support_plans.plan.agreed"
DISAGREED = "support_plans.plan.disagreed"
SUBMITTED = "support_plans.plan.submitted"
APPROVED = "support_plans.plan.approved"
RETURNED = "support_plans.plan.returned"
COPY_GIVEN = "support_plans.plan.copy_given"
ACTIVATED = "support_plans.plan.activated"
SUPERSEDED = "support_plans.plan.superseded"
ENDED = "support_plans.plan.ended"
REVIEW_REQUESTED = "support_plans.review.requested"
REVIEW_INVITED = "support_plans.review.invited"
REVIEW_DECLINED = "support_plans.review.declined"
REVIEW_HELD = "support_plans.review.held"
REVIEW_WRITTEN_UP = "support_plans.review.written_up"
REVIEW_CLOSED = "support_plans.review.closed"

CODES = [
    EventCode(DRAFTED, "Support plan version {number} drafted", significant=True),
    EventCode(PART_SAVED, "Support plan changed: {what}"),
    EventCode(ITEM_ADDED, "Support added to the plan: {what}, £{weekly} a week"),
    EventCode(ITEM_CHANGED, "Support in the plan changed: {what}, £{weekly} a week"),
    EventCode(ITEM_REMOVED, "Support taken out of the plan: {what}, £{weekly} a week"),
    EventCode(ITEM_SOURCED, "Provider found for support: {what}, £{weekly} a week", significant=True),
    EventCode(SENT_TO_PERSON, "Support plan version {number} given to the person to read"),
    EventCode(TAKEN_BACK, "Support plan version {number} taken back to be changed"),
    EventCode(AGREED, "Support plan version {number} agreed by the person", significant=True),
    EventCode(DISAGREED, "Support plan version {number} not agreed by the person", significant=True),
    EventCode(SUBMITTED, "Support plan version {number} sent for approval", significant=True),
    EventCode(APPROVED, "Support plan version {number} approved", significant=True),
    EventCode(RETURNED, "Support plan version {number} returned for changes", significant=True),
    EventCode(COPY_GIVEN, "Copy of the support plan given to the person: {format}"),
    EventCode(ACTIVATED, "Support plan version {number} active from {starts_on}", significant=True),
    EventCode(SUPERSEDED, "Support plan version {number} replaced by a newer one"),
    EventCode(ENDED, "Support plan version {number} ended", significant=True),
    EventCode(REVIEW_REQUESTED, "Review of the plan asked for: {kind}", significant=True),
    EventCode(REVIEW_INVITED, "Invited to a review of the plan"),
    EventCode(REVIEW_DECLINED, "Review of the plan declined, with reasons", significant=True),
    EventCode(REVIEW_HELD, "Review of the plan held", significant=True),
    EventCode(REVIEW_WRITTEN_UP, "Review of the plan written up"),
    EventCode(REVIEW_CLOSED, "Review of the plan closed: {outcome}; next on {next_due_on}", significant=True),
]
