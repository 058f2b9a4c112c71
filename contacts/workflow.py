"""What can be done to a contact and to a hand-over, in which state, by whom."""

from __future__ import annotations

from contacts.models import Contact, Handover, OnlineRequest
from contacts.permissions import can_answer_handover, can_decide_online_request, can_work_contact
from core.workflow import action

Status = Contact.Status

MARK_URGENT = action("Mark as urgent", (Status.RECEIVED, Status.SCREENED), Status.URGENT, can_work_contact)
SCREEN = action("Screen", (Status.RECEIVED, Status.URGENT), Status.SCREENED, can_work_contact)
PASS_ON = action("Pass on", (Status.SCREENED,), Status.WAITING, can_work_contact)
CLOSE = action("Close", (Status.SCREENED,), Status.CLOSED_IA, can_work_contact)

ACTIONS = {"mark_urgent": MARK_URGENT, "screen": SCREEN, "pass_on": PASS_ON, "close_with_advice": CLOSE}

ACCEPT = action("Accept", (Handover.Status.OPEN,), Handover.Status.ACCEPTED, can_answer_handover)
RETURN = action("Return", (Handover.Status.OPEN,), Handover.Status.RETURNED, can_answer_handover)

HANDOVER_ACTIONS = {"accept": ACCEPT, "return": RETURN}

Online = OnlineRequest.Status

MATCH = action("Match to a person", (Online.RECEIVED,), Online.MATCHED, can_decide_online_request)
SET_ASIDE = action("Set aside", (Online.RECEIVED,), Online.SET_ASIDE, can_decide_online_request)

ONLINE_REQUEST_ACTIONS = {"match": MATCH, "set_aside": SET_ASIDE}
