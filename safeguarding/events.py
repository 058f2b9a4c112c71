"""What can be written in the trail about concerns. Every line carries the access list of its concern."""

from audit.catalogue import EventCode

RAISED = "safeguarding.concern.raised"
MATCHED = "safeguarding.concern.matched"
SCREENED = "safeguarding.concern.screened"
GATHERING = "safeguarding.concern.gathering"
SET_ASIDE = "safeguarding.concern.set_aside"
DECIDED = "safeguarding.concern.decided"
NO_FURTHER_ACTION = "safeguarding.concern.no_further_action"
CEASED = "safeguarding.concern.ceased"
TRANSFERRED = "safeguarding.concern.transferred"
DUPLICATE = "safeguarding.concern.duplicate"
CLOSED = "safeguarding.concern.closed"
REOPENED = "safeguarding.concern.reopened"
RISK_ADDED = "safeguarding.concern.risk_added"
ALLEGED_ADDED = "safeguarding.concern.alleged_added"
WISH_ADDED = "safeguarding.concern.wish_added"
VOICE_RECORDED = "safeguarding.concern.voice_recorded"
CAPACITY_RECORDED = "safeguarding.concern.capacity_recorded"
ENTRY_ADDED = "safeguarding.concern.entry_added"
DELAY_GIVEN = "safeguarding.concern.delay_given"
TOLD = "safeguarding.concern.told"
REVIEW_CONSIDERED = "safeguarding.concern.review_considered"
CONFLICT_RECORDED = "safeguarding.concern.conflict_recorded"
LET_KNOW = "safeguarding.concern.let_know"
TAKEN_OFF = "safeguarding.concern.taken_off"
ESCALATED = "safeguarding.concern.escalated"
DEATH_NOTED = "safeguarding.concern.death_noted"
ENQUIRY_PLANNED = "safeguarding.enquiry.planned"
ENQUIRY_STARTED = "safeguarding.enquiry.started"
ANOTHER_ASKED = "safeguarding.enquiry.another_asked"
REPORT_RECORDED = "safeguarding.enquiry.report_recorded"
CONCLUDED = "safeguarding.enquiry.concluded"
NO_PLAN = "safeguarding.plan.not_needed"
PLAN_MADE = "safeguarding.plan.made"
PLAN_ACTION_ADDED = "safeguarding.plan.action_added"
PLAN_ACTION_DONE = "safeguarding.plan.action_done"
PLAN_REVIEWED = "safeguarding.plan.reviewed"
PLAN_RENEWED = "safeguarding.plan.renewed"

VIEWED = "safeguarding.concern.viewed"

CODES = [
    EventCode(RAISED, "Safeguarding concern raised: {source}", significant=True),
    EventCode(VIEWED, "Safeguarding concern looked at: {page}"),
    EventCode(MATCHED, "Safeguarding concern: the record it is about was named"),
    EventCode(SCREENED, "Safeguarding concern screened: {risk}"),
    EventCode(GATHERING, "Safeguarding concern: information to be gathered"),
    EventCode(SET_ASIDE, "Not a safeguarding matter: {disposition}", significant=True),
    EventCode(DECIDED, "Decision under section 42: {result}", significant=True),
    EventCode(NO_FURTHER_ACTION, "No further action under safeguarding: {disposition}", significant=True),
    EventCode(CEASED, "Safeguarding ceased at the person’s request", significant=True),
    EventCode(TRANSFERRED, "Safeguarding concern transferred to another council", significant=True),
    EventCode(DUPLICATE, "Safeguarding concern marked as a duplicate"),
    EventCode(CLOSED, "Safeguarding case closed", significant=True),
    EventCode(REOPENED, "Safeguarding case reopened", significant=True),
    EventCode(RISK_ADDED, "Safeguarding risk added: {kind}, {where}"),
    EventCode(ALLEGED_ADDED, "Person alleged to have caused harm added"),
    EventCode(WISH_ADDED, "What the person wants was written down"),
    EventCode(VOICE_RECORDED, "The person’s part in the safeguarding case recorded"),
    EventCode(CAPACITY_RECORDED, "Capacity and advocacy recorded for the safeguarding case"),
    EventCode(ENTRY_ADDED, "Entry in the safeguarding case: {kind}"),
    EventCode(DELAY_GIVEN, "Target of {due_on} passed: {reason}"),
    EventCode(TOLD, "Recorded who was told how the safeguarding case went"),
    EventCode(REVIEW_CONSIDERED, "Safeguarding adults review considered: {result}"),
    EventCode(CONFLICT_RECORDED, "Conflict of interest recorded in a safeguarding case"),
    EventCode(LET_KNOW, "Somebody was let know of a safeguarding case"),
    EventCode(TAKEN_OFF, "Somebody was taken off the list of a safeguarding case"),
    EventCode(ESCALATED, "Safeguarding concern that nobody had looked at brought to the {to}"),
    EventCode(DEATH_NOTED, "Safeguarding case stays open after the death until a review is considered"),
    EventCode(ENQUIRY_PLANNED, "Safeguarding enquiry to be planned: {kind}", significant=True),
    EventCode(ENQUIRY_STARTED, "Safeguarding enquiry started", significant=True),
    EventCode(ANOTHER_ASKED, "Another agency caused to enquire, due {due_on}"),
    EventCode(REPORT_RECORDED, "What an agency found was received: {quality}"),
    EventCode(CONCLUDED, "Safeguarding enquiry concluded: {result}", significant=True),
    EventCode(NO_PLAN, "No protection plan is needed"),
    EventCode(PLAN_MADE, "Protection plan made, to be reviewed by {review_on}", significant=True),
    EventCode(PLAN_ACTION_ADDED, "Action added to the protection plan, due {due_on}"),
    EventCode(PLAN_ACTION_DONE, "Action of the protection plan done"),
    EventCode(PLAN_REVIEWED, "Protection plan reviewed: {result}", significant=True),
    EventCode(PLAN_RENEWED, "Protection plan continues, to be reviewed by {review_on}"),
]
