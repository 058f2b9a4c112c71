"""What can be done to an assessment, in which state, by whom."""

from __future__ import annotations

from assessments.models import Assessment
from assessments.permissions import (
    can_authorise,
    can_comment,
    can_end,
    can_end_by_death,
    can_submit,
    can_write,
)
from core.workflow import action

Status = Assessment.Status

# What was sent waits for its answer; it can be returned, then ended.
_ENDABLE = (Status.PLANNED, *Assessment.EDITABLE)

START = action("Start", (Status.PLANNED,), Status.STARTED, can_write)
# The person reads the draft and is asked what they think before anybody decides on it (care-act.md 4.7). What was
# returned may go back at once, or be shared anew.
MARK_COMPLETE = action(
    "Mark the draft complete", (Status.STARTED, Status.RETURNED), Status.DRAFT_COMPLETE, can_write
)
SHARE = action("Share with the person", (Status.DRAFT_COMPLETE,), Status.SHARED_WITH_PERSON, can_write)
RECORD_COMMENTS = action(
    "Record the person’s comments", (Status.SHARED_WITH_PERSON,), Status.COMMENTS_RECEIVED, can_comment
)
SUBMIT = action(
    "Send for authorisation", (Status.COMMENTS_RECEIVED, Status.RETURNED), Status.SUBMITTED, can_submit
)
AUTHORISE = action("Authorise", (Status.SUBMITTED,), Status.AUTHORISED, can_authorise)
RETURN = action("Return for changes", (Status.SUBMITTED,), Status.RETURNED, can_authorise)
ISSUE = action("Give to the person", (Status.AUTHORISED,), Status.ISSUED, can_end)
REFUSE = action("Record a refusal", _ENDABLE, Status.REFUSED, can_end)
ABANDON = action("Stop", _ENDABLE, Status.ABANDONED, can_end)
# Whatever waits for somebody ends with the person; what was decided stands.
DEATH = action("End, for the person has died", Assessment.OPEN, Status.ABANDONED, can_end_by_death)

ACTIONS = {
    "start": START,
    "mark_complete": MARK_COMPLETE,
    "share": SHARE,
    "record_comments": RECORD_COMMENTS,
    "submit": SUBMIT,
    "authorise": AUTHORISE,
    "return_for_changes": RETURN,
    "issue": ISSUE,
    "refuse": REFUSE,
    "abandon": ABANDON,
    "end_by_death": DEATH,
}
