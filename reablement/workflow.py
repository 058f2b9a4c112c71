"""What can be done to an episode: from which states, to which, and who may (reablement.md 2)."""

from __future__ import annotations

from core.workflow import action
from reablement import permissions
from reablement.models import Episode, Goal

Status = Episode.Status

TRIAGE = action("Look at the referral", (Status.REFERRED,), Status.TRIAGED, permissions.can_coordinate)
ACCEPT = action("Accept", (Status.TRIAGED,), Status.ACCEPTED, permissions.can_coordinate)
DECLINE = action("Decline", (Status.TRIAGED,), Status.DECLINED, permissions.can_coordinate)
REDIRECT = action("Send elsewhere", (Status.TRIAGED,), Status.REDIRECTED, permissions.can_coordinate)
START = action("Start", (Status.ACCEPTED,), Status.STARTED, permissions.can_lead)
PAUSE = action("Pause", (Status.STARTED, Status.EXTENDED), Status.PAUSED, permissions.can_lead)
RESUME = action("Take up again", (Status.PAUSED,), Status.STARTED, permissions.can_lead)
RESUME_EXTENDED = action(
    "Take up again, with more time", (Status.PAUSED,), Status.EXTENDED, permissions.can_lead
)
EXTEND = action(
    "Give more time",
    (Status.STARTED, Status.EXTENDED, Status.END_REVIEW),
    Status.EXTENDED,
    permissions.can_extend,
)
REVIEW_END = action(
    "Write up the end review",
    (Status.STARTED, Status.EXTENDED, Status.END_REVIEW),
    Status.END_REVIEW,
    permissions.can_lead,
)
END = action("End", (Status.END_REVIEW,), Status.ENDED, permissions.can_end)
END_EARLY = action("End early", Episode.OPEN, Status.EARLY_END, permissions.can_end)

ACTIONS = {
    "triage": TRIAGE,
    "accept": ACCEPT,
    "decline": DECLINE,
    "redirect": REDIRECT,
    "start": START,
    "pause": PAUSE,
    "resume": RESUME,
    "resume_extended": RESUME_EXTENDED,
    "extend": EXTEND,
    "review_end": REVIEW_END,
    "end": END,
    "end_early": END_EARLY,
}


GOAL_ACTIONS = {
    "achieved": action("Achieved", (Goal.Status.OPEN,), Goal.Status.ACHIEVED, permissions.can_close_goal),
    "partly": action("Partly achieved", (Goal.Status.OPEN,), Goal.Status.PARTLY, permissions.can_close_goal),
    "not": action("Not achieved", (Goal.Status.OPEN,), Goal.Status.NOT, permissions.can_close_goal),
    "dropped": action("Drop", (Goal.Status.OPEN,), Goal.Status.DROPPED, permissions.can_close_goal),
}
