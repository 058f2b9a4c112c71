"""Everything that changes a contact, a hand-over, or what was sent from the website. One function for each action."""

from contacts.services.dying import death_recorded, end_by_death, keep_after_death
from contacts.services.online import match, match_to_new, send, set_aside
from contacts.services.untouched import tell_of_untouched
from contacts.services.working import (
    ANSWER_TASK,
    SCREENING,
    close_with_advice,
    handover_accepted,
    handover_returned,
    mark_urgent,
    pass_on,
    receive,
    screen,
)

__all__ = [
    "ANSWER_TASK",
    "SCREENING",
    "close_with_advice",
    "death_recorded",
    "end_by_death",
    "handover_accepted",
    "handover_returned",
    "keep_after_death",
    "mark_urgent",
    "match",
    "match_to_new",
    "pass_on",
    "receive",
    "screen",
    "send",
    "set_aside",
    "tell_of_untouched",
]
