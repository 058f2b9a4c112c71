"""From the draft to the approver: given to the person, agreed or not, sent on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

import worklist.services as worklist
from accounts.models import User
from core import clock, knock_ons
from support_plans import completeness, events, workflow
from support_plans.models import PlanItem, SupportPlan
from support_plans.services.drafting import _record, _save


@transaction.atomic
def send_to_person(*, plan: SupportPlan, version: int | None, by: User, now: datetime) -> SupportPlan:
    """Give the draft to the person to read. Every eligible need is met by a line, or help with it declined.

    Raises PermissionDenied, WrongState, StaleVersion, and ValidationError with what is missing.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    workflow.SEND.apply(plan, by=by)
    plan.expect_version(version)
    _refuse(completeness.before_sending(plan, _items(plan)))
    plan.agreed_on, plan.agreed_how, plan.disagreement = None, "", ""
    _save(plan, now)
    worklist.move_work_item(kind="plan", subject=plan, now=now, stage="with_others")
    _record(events.SENT_TO_PERSON, plan, by=by, now=now, number=plan.number)
    return plan


@transaction.atomic
def take_back(*, plan: SupportPlan, version: int | None, by: User, now: datetime) -> SupportPlan:
    """Take a plan back from the person to change it; what they agreed to no longer counts.

    Raises PermissionDenied, WrongState, StaleVersion.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    workflow.TAKE_BACK.apply(plan, by=by)
    plan.expect_version(version)
    plan.agreed_on, plan.agreed_how = None, ""
    _save(plan, now)
    worklist.move_work_item(kind="plan", subject=plan, now=now, stage="active")
    _record(events.TAKEN_BACK, plan, by=by, now=now, number=plan.number)
    return plan


@transaction.atomic
def record_agreement(
    *,
    plan: SupportPlan,
    agreed: bool,
    how: str,
    version: int | None,
    by: User,
    now: datetime,
    disagreement: str = "",
) -> SupportPlan:
    """Write down whether the person agrees with how their needs are met (s25(5)), and in what way they said so.

    Where they do not, `disagreement` holds what they object to and the steps taken. Agreement needs the figures of
    the budget, for they are part of the plan. Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    (workflow.AGREE if agreed else workflow.DISAGREE).apply(plan, by=by)
    plan.expect_version(version)
    if not how.strip():
        raise ValidationError({"how": "Say how the person gave their answer"})
    if agreed:
        if not plan.is_costed:
            raise ValidationError(
                "Cost the plan first: the person agrees to the plan together with its figures."
            )
        plan.agreed_on, plan.disagreement = clock.london_date(now), ""
    else:
        if not disagreement.strip():
            raise ValidationError(
                {"disagreement": "Write what the person does not agree with, and the steps taken"}
            )
        plan.agreed_on, plan.disagreement = None, disagreement
    plan.agreed_how = how
    _save(plan, now)
    worklist.move_work_item(kind="plan", subject=plan, now=now, stage="active")
    _record(events.AGREED if agreed else events.DISAGREED, plan, by=by, now=now, number=plan.number)
    return plan


@transaction.atomic
def submit(*, plan: SupportPlan, version: int | None, by: User, now: datetime) -> SupportPlan:
    """Send the agreed plan for approval, the money with it. It must hold all of s25(1)(a) to (f).

    Raises PermissionDenied, WrongState, StaleVersion, and ValidationError with what is missing.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    workflow.SUBMIT.apply(plan, by=by)
    plan.expect_version(version)
    _refuse(completeness.before_approval(plan, _items(plan)))
    plan.submitted_at, plan.submitted_by, plan.return_reason = now, by, ""
    _save(plan, now)
    worklist.close_tasks(kind=RETURNED_TASK, person=plan.person, now=now, by=by)
    worklist.move_work_item(kind="plan", subject=plan, now=now, stage="with_others")
    knock_ons.happened("support_plans.submitted", plan_id=plan.pk, by=by, now=now)
    _record(events.SUBMITTED, plan, by=by, now=now, number=plan.number)
    return plan


RETURNED_TASK = "plan_returned"


def _items(plan: SupportPlan) -> list[PlanItem]:
    return list(plan.items.for_plan())


def _refuse(missing: Sequence[completeness.Missing]) -> None:
    if missing:
        raise ValidationError([f"Missing: {each.text}" for each in missing])
