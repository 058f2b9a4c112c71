"""What can be done to a concern, in which state, by whom (domain/safeguarding.md 2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.permissions import Decision
from core.workflow import Action, action
from safeguarding.models import Concern
from safeguarding.permissions import (
    can_close,
    can_conclude,
    can_decide,
    can_enquire,
    can_manage,
    can_plan_enquiry,
    can_sign_off_plan,
    can_work,
)

Status = Concern.Status
OPEN = tuple(status for status in Status if status not in Concern.ENDED)
BEFORE_DECISION = (Status.SCREENED, Status.INFO_GATHERING, Status.REOPENED)
BEFORE_ENQUIRY = (Status.CONCERN_RECEIVED, *BEFORE_DECISION, Status.S42_DECISION)
IN_ENQUIRY = (Status.ENQUIRY_PLANNING, Status.ENQUIRY)
AFTER_ENQUIRY = (Status.OUTCOMES, Status.PLAN_ACTIVE, Status.PLAN_REVIEW)


@dataclass(frozen=True)
class InPlace(Action):
    """Something written down that leaves the case in the state it is in."""

    def apply(self, record: Any, *, by: Any) -> None:
        held = getattr(record, self.field)
        super().apply(record, by=by)
        setattr(record, self.field, held)


def in_place(label: str, sources: tuple[str, ...], allowed: Callable[[Any, Any], Decision]) -> InPlace:
    return InPlace(label, frozenset(sources), "", allowed)


SCREEN = action("Screen", (Status.CONCERN_RECEIVED,), Status.SCREENED, can_work)
GATHER = action(
    "Gather information",
    (Status.SCREENED, Status.REOPENED, Status.S42_DECISION),
    Status.INFO_GATHERING,
    can_work,
)
SET_ASIDE = action(
    "Not a safeguarding matter", (Status.SCREENED, Status.INFO_GATHERING), Status.NOT_SAFEGUARDING, can_decide
)
DECIDE = action("Decide under section 42", BEFORE_DECISION, Status.S42_DECISION, can_decide)
NO_FURTHER_ACTION = action("No further action", (Status.S42_DECISION,), Status.NFA, can_decide)
PLAN_ENQUIRY = action("Plan an enquiry", (Status.S42_DECISION,), Status.ENQUIRY_PLANNING, can_plan_enquiry)
START_ENQUIRY = action("Start the enquiry", (Status.ENQUIRY_PLANNING,), Status.ENQUIRY, can_plan_enquiry)
CONCLUDE = action("Record outcomes", (Status.ENQUIRY,), Status.OUTCOMES, can_conclude)
PROTECT = action("Make a protection plan", (Status.OUTCOMES,), Status.PLAN_ACTIVE, can_sign_off_plan)
REVIEW = action("Review the protection plan", (Status.PLAN_ACTIVE,), Status.PLAN_REVIEW, can_enquire)
RENEW = action("Continue the protection plan", (Status.PLAN_REVIEW,), Status.PLAN_ACTIVE, can_sign_off_plan)
CLOSE = action("Close", (Status.OUTCOMES, Status.PLAN_REVIEW), Status.CLOSED, can_close)
CEASE = action(
    "Cease at the person’s request",
    (Status.INFO_GATHERING, Status.S42_DECISION, *IN_ENQUIRY, Status.OUTCOMES),
    Status.CEASED_AT_REQUEST,
    can_close,
)
TRANSFER = action("Transfer to another council", OPEN, Status.TRANSFERRED_LA, can_decide)
MARK_DUPLICATE = action("Mark as a duplicate", BEFORE_ENQUIRY, Status.DUPLICATE, can_manage)
REOPEN = action("Reopen", tuple(Concern.ENDED), Status.REOPENED, can_manage)

ACTIONS = {
    "screen": SCREEN,
    "gather": GATHER,
    "set_aside": SET_ASIDE,
    "decide": DECIDE,
    "no_further_action": NO_FURTHER_ACTION,
    "plan_enquiry": PLAN_ENQUIRY,
    "start_enquiry": START_ENQUIRY,
    "conclude": CONCLUDE,
    "protect": PROTECT,
    "review": REVIEW,
    "renew": RENEW,
    "close": CLOSE,
    "cease": CEASE,
    "transfer": TRANSFER,
    "mark_duplicate": MARK_DUPLICATE,
    "reopen": REOPEN,
}

MATCH = in_place("Say who it is about", (Status.CONCERN_RECEIVED, *BEFORE_DECISION), can_work)
ADD_RISK = in_place("Add a risk", tuple(s for s in OPEN if s != Status.CONCERN_RECEIVED), can_work)
ADD_ALLEGED = in_place("Add a person alleged to have caused harm", OPEN, can_work)
ADD_WISH = in_place("Add what the person wants", OPEN, can_work)
RECORD_VOICE = in_place("Record the person’s part", OPEN, can_work)
RECORD_CAPACITY = in_place("Record capacity and advocacy", OPEN, can_work)
ADD_ENTRY = in_place("Add an entry", tuple(Status), can_work)
GIVE_DELAY = in_place("Say why a target was passed", OPEN, can_work)
ASK_ANOTHER = in_place("Ask another agency", IN_ENQUIRY, can_enquire)
RECORD_REPORT = in_place("Record what an agency reported", IN_ENQUIRY, can_enquire)
DO_WITHOUT_PLAN = in_place("Say why no protection plan is needed", (Status.OUTCOMES,), can_sign_off_plan)
ADD_PLAN_ACTION = in_place("Add an action", (Status.PLAN_ACTIVE,), can_enquire)
DO_PLAN_ACTION = in_place("An action is done", (Status.PLAN_ACTIVE, Status.PLAN_REVIEW), can_enquire)
TELL = in_place("Record who was told", (*AFTER_ENQUIRY, *Concern.ENDED), can_work)
CONSIDER_REVIEW = in_place("Consider a safeguarding adults review", tuple(Status), can_manage)
LET_KNOW = in_place("Let somebody know", tuple(Status), can_manage)
TAKE_OFF = in_place("Take somebody off the list", tuple(Status), can_manage)
BAR = in_place("Record a conflict of interest", tuple(Status), can_manage)

IN_PLACE_ACTIONS = {
    "match": MATCH,
    "add_risk": ADD_RISK,
    "add_alleged": ADD_ALLEGED,
    "add_wish": ADD_WISH,
    "record_voice": RECORD_VOICE,
    "record_capacity": RECORD_CAPACITY,
    "add_entry": ADD_ENTRY,
    "give_delay": GIVE_DELAY,
    "ask_another": ASK_ANOTHER,
    "record_report": RECORD_REPORT,
    "do_without_plan": DO_WITHOUT_PLAN,
    "add_plan_action": ADD_PLAN_ACTION,
    "do_plan_action": DO_PLAN_ACTION,
    "tell": TELL,
    "consider_review": CONSIDER_REVIEW,
    "let_know": LET_KNOW,
    "take_off": TAKE_OFF,
    "bar": BAR,
}
