"""What can be done to an assessment, in which state, by whom."""

from __future__ import annotations

from assessments.models import Assessment
from assessments.permissions import can_authorise, can_end, can_submit, can_write
from core.workflow import action

Status = Assessment.Status

# What was sent waits for its answer; it can be returned, then ended.
_ENDABLE = (Status.PLANNED, *Assessment.EDITABLE)

START = action("Start", (Status.PLANNED,), Status.STARTED, can_write)
SUBMIT = action("Send for authorisation", Assessment.EDITABLE, Status.SUBMITTED, can_submit)
AUTHORISE = action("Authorise", (Status.SUBMITTED,), Status.AUTHORISED, can_authorise)
RETURN = action("Return for changes", (Status.SUBMITTED,), Status.RETURNED, can_authorise)
ISSUE = action("Give to the person", (Status.AUTHORISED,), Status.ISSUED, can_end)
REFUSE = action("Record a refusal", _ENDABLE, Status.REFUSED, can_end)
ABANDON = action("Stop", _ENDABLE, Status.ABANDONED, can_end)

ACTIONS = {
    "start": START,
    "submit": SUBMIT,
    "authorise": AUTHORISE,
    "return_for_changes": RETURN,
    "issue": ISSUE,
    "refuse": REFUSE,
    "abandon": ABANDON,
}
