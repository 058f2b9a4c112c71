"""The pages of safeguarding on which something is written: who writes there, and on which case of the demo council."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from caseportal.tests.doors import Door, day, person, user
from core import clock
from safeguarding import services
from safeguarding.models import CausedEnquiry, Concern

NADIA, JOEL = "Nadia Rahman", "Joel Adams"


def do(service: Any, who: str, case: Concern, **facts: Any) -> Concern:
    changed: Concern = service(concern=case, version=None, by=user(who), now=clock.now(), **facts)
    return changed


def new() -> Concern:
    """What was told last night about Vera."""
    return Concern.objects.get(person=person("Lindqvist"))


def screened() -> Concern:
    return do(
        services.screen, JOEL, new(), immediate_action="Rang her.", risk="medium", crime="no", police_reference="",
        child_at_risk="no", child_referral="", referrer_acknowledged="Rang back",
    )  # fmt: skip


def heard() -> Concern:
    case = do(services.add_wish, JOEL, screened(), text="Stop", expressed_by="adult")
    case = do(
        services.record_voice, JOEL, case, spoken_to="yes", why_not_spoken_to="", outcomes_asked="expressed",
        consent="yes", consent_limits="", override="", override_reason="", told_of_override="",
    )  # fmt: skip
    return do(
        services.record_capacity, JOEL, case, capacity_doubted="no", lacked_capacity="no", capacity_supported="",
        advocacy="declined", advocacy_kind="", advocacy_reason="",
    )  # fmt: skip


def decided(limb_c: str = "no") -> Concern:
    return do(
        services.decide, NADIA, heard(), limb_a="yes", reason_a="a", limb_b="yes", reason_b="b", limb_c=limb_c,
        reason_c="c",
    )  # fmt: skip


def planned() -> Concern:
    return do(services.plan_enquiry, NADIA, decided("yes"), lead=user(JOEL), risk="medium", why_other="")


def in_enquiry() -> Concern:
    """Callum's, past its target; the bank has not answered."""
    return Concern.objects.get(person=person("Reece"))


def caused() -> CausedEnquiry:
    return CausedEnquiry.objects.get(concern=in_enquiry())


def assured() -> Concern:
    return do(
        services.record_report, JOEL, in_enquiry(), caused=caused(), received_on=clock.today(), report="List",
        quality="accepted", quality_reason="Whole",
    )  # fmt: skip


def concluded() -> Concern:
    case = assured()
    return do(
        services.conclude, JOEL, case, findings="He took it.", had_needs="yes", was_at_risk="yes", was_unable="yes",
        action_needed="yes", risk_result="RI_AT", risk_outcome="reduced", outcomes_asked="expressed",
        outcomes_achieved="fully", risks={row.ref: "reduced" for row in case.risks.all()},
        wishes={row.ref: "fully" for row in case.wishes.all()},
        alleged={row.ref: "Warned" for row in case.alleged.all()},
    )  # fmt: skip


def protected() -> Concern:
    return do(
        services.protect, NADIA, concluded(), steps="a", support="", service_changes="", justice="",
        ongoing_risk="b", action="c", action_outcome="d", action_owner="e", action_due_on=clock.today(),
        review_on=clock.today() + timedelta(days=40),
    )  # fmt: skip


def reviewed() -> Concern:
    return do(
        services.review,
        JOEL,
        protected(),
        held_on=clock.today(),
        result="continues",
        summary="s",
        adult_view="",
    )


def ready() -> Concern:
    case = do(services.do_without_plan, NADIA, concluded(), reason="Moved")
    case = do(services.tell, JOEL, case, adult_told="Rang", referrer_told="Wrote")
    return do(services.consider_review, NADIA, case, sar_considered="not_met", sar_reason="No")


def ended() -> Concern:
    return do(services.set_aside, NADIA, screened(), disposition="advice", end_reason="A hedge")


DOORS: dict[str, Door] = {
    "safeguarding:add-concern": Door(
        JOEL, lambda: None, lambda: {"adult_postcode": "", "source": "council"}, arguments=lambda record: []
    ),
    "safeguarding:screen": Door(JOEL, new, lambda: {"crime": "no", "child_at_risk": "no"}),
    "safeguarding:gather": Door(JOEL, screened),
    "safeguarding:set-aside": Door(NADIA, screened),
    "safeguarding:decide": Door(NADIA, heard),
    "safeguarding:no-further-action": Door(NADIA, decided),
    "safeguarding:plan": Door(NADIA, decided, lambda: {"lead": user(JOEL).ref}),
    "safeguarding:start": Door(NADIA, planned, lambda: day("discussed_on")),
    "safeguarding:ask-another": Door(JOEL, in_enquiry, lambda: day("due_on", ahead=5)),
    "safeguarding:record-report": Door(
        JOEL, caused, lambda: day("received_on"), arguments=lambda row: [row.concern.ref, row.ref]
    ),
    "safeguarding:outcomes": Door(
        JOEL, assured, lambda: {"risk_result": "NR_NA", "risk_outcome": "", "outcomes_achieved": "fully"}
    ),
    "safeguarding:protection-plan": Door(
        NADIA, concluded, lambda: {**day("action_due_on", ahead=3), **day("review_on", ahead=30)}
    ),
    "safeguarding:no-plan": Door(NADIA, concluded),
    "safeguarding:add-action": Door(JOEL, protected, lambda: day("due_on", ahead=3)),
    "safeguarding:review": Door(JOEL, protected, lambda: day("held_on")),
    "safeguarding:renew": Door(NADIA, reviewed, lambda: day("review_on", ahead=30)),
    "safeguarding:close": Door(NADIA, ready),
    "safeguarding:cease": Door(NADIA, in_enquiry),
    "safeguarding:transfer": Door(NADIA, in_enquiry),
    "safeguarding:duplicate": Door(NADIA, new),
    "safeguarding:reopen": Door(NADIA, ended),
    "safeguarding:add-risk": Door(JOEL, in_enquiry, lambda: {"kind": "PHY"}),
    "safeguarding:add-alleged": Door(JOEL, in_enquiry, lambda: {"user": "", "provider": ""}),
    "safeguarding:add-wish": Door(JOEL, in_enquiry),
    "safeguarding:record-voice": Door(JOEL, in_enquiry, lambda: {"override": ""}),
    "safeguarding:record-capacity": Door(JOEL, in_enquiry),
    "safeguarding:add-entry": Door(JOEL, in_enquiry, lambda: day("occurred_on")),
    "safeguarding:delay": Door(JOEL, in_enquiry),
    "safeguarding:tell": Door(JOEL, concluded),
    "safeguarding:consider-review": Door(NADIA, in_enquiry),
    "safeguarding:let-know": Door(NADIA, in_enquiry, lambda: {"user": user("Tom Bell").ref}),
    "safeguarding:bar": Door(NADIA, in_enquiry, lambda: {"user": user("Tom Bell").ref}),
}

WITHOUT_QUESTIONS = {
    "a list or a page to read": {
        "safeguarding:list-concerns", "safeguarding:show-concern", "safeguarding:list-people",
        "safeguarding:concern-sent",
    },
    "one press or a choice": {
        "safeguarding:finish-action", "safeguarding:take-off", "safeguarding:match-person",
    },
    "what is being typed, sent by the page itself": {
        "safeguarding:autosave-concern", "safeguarding:autosave-decision",
    },
}  # fmt: skip
