"""From the draft to the approver: given to the person, agreed or not, sent on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

import worklist.services as worklist
from accounts.models import User
from core import calendar, clock, knock_ons, policy_settings
from core.permissions import require
from core.workflow import WrongState
from support_plans import completeness, events, timescales, workflow
from support_plans.models import PlanItem, SupportPlan
from support_plans.permissions import can_comment
from support_plans.services.drafting import _record, _save
from support_plans.services.leading import lead_worker
from worklist.models import Conversation


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
    plan.answered_at, plan.answered_by = None, None
    _save(plan, now)
    worklist.close_tasks(subject_key_prefix=_disagreed_key(plan), now=now, by=by)
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
    plan.answered_at, plan.answered_by = None, None
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
    the budget, for they are part of the plan. An answer given on the person's own pages goes to the planner. Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
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
    plan.agreed_how, plan.answered_at, plan.answered_by = how, now, by
    _save(plan, now)
    worklist.move_work_item(kind="plan", subject=plan, now=now, stage="active")
    _record(events.AGREED if agreed else events.DISAGREED, plan, by=by, now=now, number=plan.number)
    if by.audience == User.Audience.PUBLIC:
        _pass_on_answer(plan, agreed=agreed, now=now)
    return plan


def _pass_on_answer(plan: SupportPlan, *, agreed: bool, now: datetime) -> None:
    """The planner hears of an answer given on the person's own pages; one who does not agree is a task."""
    today = clock.london_date(now)
    planner = _planner(plan, today)
    task = None
    if not agreed:
        days = int(policy_settings.value(timescales.REPLY_WORKING_DAYS, on=today))
        task, _made = worklist.open_task(
            key=f"{_disagreed_key(plan)}{plan.version}",
            kind=DISAGREED_TASK,
            title="Talk about the plan: the person does not agree",
            why="They said so on their own pages; what they object to stands on the plan",
            person=plan.person,
            team=plan.team,
            owner=planner,
            due_on=timescales.reply_due_on(
                requested_on=today, working_days=days, holidays=calendar.england()
            ),
            url=plan.get_absolute_url(),
            now=now,
            access_list=plan.access_list,
        )
    worklist.notify(
        template=ANSWERED,
        recipient=planner,
        key=f"plan-answer:{plan.ref}:{plan.version}",
        now=now,
        person=plan.person,
        task=task,
        url=plan.get_absolute_url(),
        access_list=plan.access_list,
    )


@transaction.atomic
def comment_on_plan(*, plan: SupportPlan, text: str, by: User, now: datetime) -> Conversation:
    """A question or a comment on a plan that the person reads, before they answer: a message to the planner.

    Raises PermissionDenied, WrongState for a plan that is not with the person, ValidationError.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    require(can_comment(by, plan))
    if plan.status != SupportPlan.Status.WITH_PERSON:
        raise WrongState("The plan is not with you to read any more. Write a message instead.")
    planner = _planner(plan, clock.london_date(now))
    return worklist.write_message(
        person=plan.person,
        subject_line=f"The support plan, version {plan.number}",
        text=text,
        about=Conversation.About.PLAN,
        url=plan.get_absolute_url(),
        to=planner,
        team=plan.team,
        by=by,
        now=now,
    )


def _planner(plan: SupportPlan, on: date) -> User | None:
    """Whoever prepared the plan, while they work here; else the named worker."""
    prepared_by = plan.prepared_by
    if prepared_by is not None and prepared_by.is_active and not prepared_by.is_system:
        return prepared_by
    return lead_worker(plan.person, on=on)


def _disagreed_key(plan: SupportPlan) -> str:
    return f"{DISAGREED_TASK}:{plan.ref}:"


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


RETURNED_TASK, DISAGREED_TASK = "plan_returned", "plan_disagreed"
ANSWERED = "support_plans.answered"


def _items(plan: SupportPlan) -> list[PlanItem]:
    return list(plan.items.for_plan())


def _refuse(missing: Sequence[completeness.Missing]) -> None:
    if missing:
        raise ValidationError([f"Missing: {each.text}" for each in missing])
