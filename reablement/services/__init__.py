"""Everything that changes an episode of reablement. One function for each action."""

from reablement.services.common import reablement_teams
from reablement.services.ending import (
    book_end_review,
    death_recorded,
    end,
    end_early,
    missing_before_end,
    record_whereabouts,
    review_end,
)
from reablement.services.referring import (
    accept,
    accept_handover,
    change_lead,
    decline,
    redirect,
    refer,
    triage,
)
from reablement.services.running import extend, keep_time, keep_time_for_the_day, pause, resume, start
from reablement.services.weekly import add_goal, change_goal, close_goal, comment, write_week

__all__ = [
    "accept",
    "accept_handover",
    "add_goal",
    "book_end_review",
    "change_goal",
    "change_lead",
    "close_goal",
    "comment",
    "death_recorded",
    "decline",
    "end",
    "end_early",
    "extend",
    "keep_time",
    "keep_time_for_the_day",
    "missing_before_end",
    "pause",
    "reablement_teams",
    "record_whereabouts",
    "redirect",
    "refer",
    "resume",
    "review_end",
    "start",
    "triage",
    "write_week",
]
