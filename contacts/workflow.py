"""What can be done to a contact and to a hand-over, in which state, by whom."""

from __future__ import annotations

from contacts.models import Contact, Handover, OnlineRequest
from contacts.permissions import (
    can_answer_handover,
    can_decide_online_request,
    can_end_by_death,
    can_work_contact,
)
from core.workflow import action

Status = Contact.Status

MARK_URGENT = action("Mark as urgent", (Status.RECEIVED, Status.SCREENED), Status.URGENT, can_work_contact)
SCREEN = action("Screen", (Status.RECEIVED, Status.URGENT), Status.SCREENED, can_work_contact)
PASS_ON = action("Pass on", (Status.SCREENED,), Status.WAITING, can_work_contact)
CLOSE = action("Close", (Status.SCREENED,), Status.CLOSED_IA, can_work_contact)
# What was passed on comes back first.
DEATH = action(
    "End, for the person has died",
    (Status.RECEIVED, Status.URGENT, Status.SCREENED),
    Status.CLOSED_IA,
    can_end_by_death,
)

ACTIONS = {
    "mark_urgent": MARK_URGENT,
    "screen": SCREEN,
    "pass_on": PASS_ON,
    "close_with_advice": CLOSE,
    "end_by_death": DEATH,
}

ACCEPT = action("Accept", (Handover.Status.OPEN,), Handover.Status.ACCEPTED, can_answer_handover)
RETURN = action("Return", (Handover.Status.OPEN,), Handover.Status.RETURNED, can_answer_handover)

HANDOVER_ACTIONS = {"accept": ACCEPT, "return": RETURN}

Online = OnlineRequest.Status

MATCH = action("Match to a person", (Online.RECEIVED,), Online.MATCHED, can_decide_online_request)
SET_ASIDE = action("Set aside", (Online.RECEIVED,), Online.SET_ASIDE, can_decide_online_request)

ONLINE_REQUEST_ACTIONS = {"match": MATCH, "set_aside": SET_ASIDE}
