"""The decision under s42(1), and what follows where there is no enquiry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from people.models import Risk
from safeguarding import events, workflow
from safeguarding.models import Concern, S42Decision
from safeguarding.services import clocks
from safeguarding.services.acting import lock, need, record, require_review_considered, save

Result = S42Decision.Result


def worked_out(limb_a: str, limb_b: str, limb_c: str) -> str:
    """What three answers come to: section 42 where all are yes, gather where one is not known, else not met."""
    limbs = (limb_a, limb_b, limb_c)
    if all(limb == "yes" for limb in limbs):
        return Result.S42
    return Result.GATHER if "not_known" in limbs else Result.NOT_MET


def latest_decision(concern: Concern) -> S42Decision | None:
    return S42Decision.objects.filter(concern=concern).select_related("decided_by").order_by("-pk").first()


@transaction.atomic
def decide(
    *,
    concern: Concern,
    limb_a: str,
    reason_a: str,
    limb_b: str,
    reason_b: str,
    limb_c: str,
    reason_c: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """Answer the three limbs apart, each with its reason. What is not known yet is gathered and never closed.

    Neither consent nor eligibility is part of it. Raises ValidationError for what is missing: capacity and advocacy
    answered, the adult spoken to or the reason not.
    """
    concern = lock(concern, version=version, action=workflow.DECIDE, by=by)
    missing: dict[str, tuple[Any, str]] = {}
    for letter, limb, reason in (("a", limb_a, reason_a), ("b", limb_b, reason_b), ("c", limb_c, reason_c)):
        missing[f"limb_{letter}"] = (limb, "Answer this part from what is known today")
        missing[f"reason_{letter}"] = (reason, "Give your reason for this part")
    need(**missing)
    if concern.person is None:
        raise ValidationError("Say first whose record this is about, or make one.")
    result = worked_out(limb_a, limb_b, limb_c)
    if result != Result.GATHER:
        before = []
        if not concern.spoken_to:
            before.append("whether somebody has spoken to the person, or why not")
        if not (concern.lacked_capacity and concern.advocacy):
            before.append("capacity and advocacy")
        if before:
            raise ValidationError(f"Record first {' and '.join(before)}.")
    decision = S42Decision.objects.create(
        concern=concern,
        limb_a=limb_a,
        reason_a=reason_a,
        limb_b=limb_b,
        reason_b=reason_b,
        limb_c=limb_c,
        reason_c=reason_c,
        result=result,
        decided_at=now,
        decided_by=by,
    )
    if result == Result.GATHER:
        concern.status = Concern.Status.INFO_GATHERING
        if not concern.rule:
            clocks.run(concern, clocks.DECISION, on=clock.london_date(now), now=now)
    else:
        urgent = concern.risk == Risk.HIGH
        rule = clocks.PLANNING_URGENT if urgent else clocks.PLANNING
        clocks.run(concern, rule, on=clock.london_date(now), now=now)
    save(concern, now=now)
    record(events.DECIDED, concern, by=by, now=now, result=decision.get_result_display())
    return concern


@transaction.atomic
def set_aside(
    *,
    concern: Concern,
    disposition: str,
    end_reason: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """It is no safeguarding matter: why, and what is done instead."""
    concern = lock(concern, version=version, action=workflow.SET_ASIDE, by=by)
    return _without_enquiry(concern, events.SET_ASIDE, disposition, end_reason, by=by, now=now)


@transaction.atomic
def no_further_action(
    *,
    concern: Concern,
    disposition: str,
    end_reason: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """The duty does not apply, and no other enquiry is thought necessary. Refused where all three parts are yes."""
    concern = lock(concern, version=version, action=workflow.NO_FURTHER_ACTION, by=by)
    decision = latest_decision(concern)
    if decision is not None and decision.result == Result.S42:
        raise ValidationError("All three parts are yes: the council must make enquiries. Plan the enquiry.")
    return _without_enquiry(concern, events.NO_FURTHER_ACTION, disposition, end_reason, by=by, now=now)


def _without_enquiry(
    concern: Concern, code: str, disposition: str, end_reason: str, *, by: User, now: datetime
) -> Concern:
    need(
        disposition=(disposition, "Choose what is done instead"),
        end_reason=(end_reason, "Say why there is no enquiry"),
    )
    require_review_considered(concern)
    concern.disposition, concern.end_reason = disposition, end_reason
    end(concern, by=by, now=now)
    save(concern, now=now, fields=("disposition", "end_reason", "ended_at", "ended_by"))
    record(code, concern, by=by, now=now, disposition=concern.get_disposition_display())
    return concern


def end(concern: Concern, *, by: User, now: datetime) -> None:
    """What every ending does: no target runs, the work is off the lists, and people are told."""
    concern.ended_at, concern.ended_by = now, by
    clocks.stop(concern, now=now, by=by)
    clocks.close_item(concern, now=now)
    clocks.ask_for_feedback(concern, now=now)
