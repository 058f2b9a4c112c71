"""What can be written in the trail about assessments."""

from audit.catalogue import EventCode

REQUESTED = "assessments.assessment.requested"
ACCEPTED = "assessments.assessment.accepted"
ASSIGNED = "assessments.assessment.assigned"
STARTED = "assessments.assessment.started"
METHOD_CHANGED = "assessments.assessment.method_changed"
SECTION_SAVED = "assessments.section.saved"
MARKED_COMPLETE = "assessments.assessment.marked_complete"
SHARED = "assessments.assessment.shared"
COMMENTED = "assessments.assessment.commented"
SUBMITTED = "assessments.assessment.submitted"
RETURNED = "assessments.assessment.returned"
AUTHORISED = "assessments.assessment.authorised"
ISSUED = "assessments.assessment.issued"
REFUSED = "assessments.assessment.refused"
ABANDONED = "assessments.assessment.abandoned"
ENDED_BY_DEATH = "assessments.assessment.ended_by_death"

CODES = [
    EventCode(REQUESTED, "{kind} asked for"),
    EventCode(ACCEPTED, "{kind} taken on by {team}"),
    EventCode(ASSIGNED, "Assessment given to {assessor}"),
    EventCode(STARTED, "{kind} started", significant=True),
    EventCode(METHOD_CHANGED, "Way of assessing changed from {before} to {after}"),
    EventCode(SECTION_SAVED, "Assessment written: {section}"),
    EventCode(MARKED_COMPLETE, "Draft of the assessment complete"),
    EventCode(SHARED, "Draft of the assessment shared with the person: {how}", significant=True),
    EventCode(COMMENTED, "What the person said about the assessment: {view}"),
    EventCode(SUBMITTED, "Assessment sent for authorisation: {result}"),
    EventCode(RETURNED, "Assessment returned for changes"),
    EventCode(AUTHORISED, "Assessment authorised: {result}", significant=True),
    EventCode(ISSUED, "Assessment given to the person: {format}", significant=True),
    EventCode(REFUSED, "Assessment refused by the person", significant=True),
    EventCode(ABANDONED, "Assessment stopped"),
    EventCode(ENDED_BY_DEATH, "{kind} ended: the person has died", significant=True),
]
