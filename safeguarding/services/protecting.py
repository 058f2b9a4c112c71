"""The protection plan: made, its actions, looked at again within three months, continued or ended."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from safeguarding import events, timescales, workflow
from safeguarding.models import Concern, Enquiry, PlanAction, PlanReview, ProtectionPlan
from safeguarding.services import clocks
from safeguarding.services.acting import lock, need, record, save


def plan_in_force(concern: Concern) -> ProtectionPlan:
    return ProtectionPlan.objects.select_for_update().get(concern=concern, ended_on=None)


def _check_review(review_on: date | None, today: date) -> date:
    if review_on is None:
        raise ValidationError({"review_on": "Say when the plan is looked at again"})
    if review_on <= today:
        raise ValidationError({"review_on": "The review must be on a later day than today"})
    latest = timescales.latest_review(today)
    if review_on > latest:
        raise ValidationError(
            {"review_on": f"The review must be within 3 months, by {latest:%-d %B %Y} at the latest"}
        )
    return review_on


@transaction.atomic
def protect(
    *,
    concern: Concern,
    steps: str,
    support: str,
    service_changes: str,
    justice: str,
    ongoing_risk: str,
    action: str,
    action_outcome: str,
    action_owner: str,
    action_due_on: date,
    review_on: date,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """Make a protection plan with its first action and the day it is looked at again, three months on at the latest."""
    concern = lock(concern, version=version, action=workflow.PROTECT, by=by)
    need(
        steps=(steps, "Say what makes the person safer"),
        ongoing_risk=(ongoing_risk, "Say how the risk that stays is watched"),
        action=(action, "A plan has at least one action"),
        action_outcome=(action_outcome, "Say what the action is to achieve"),
        action_owner=(action_owner, "Say who does it"),
        action_due_on=(action_due_on, "Say by when"),
    )
    today = clock.london_date(now)
    review_on = _check_review(review_on, today)
    enquiry = Enquiry.objects.get(concern=concern, ended_at=None)
    plan = ProtectionPlan.objects.create(
        concern=concern,
        enquiry=enquiry,
        steps=steps,
        support=support,
        service_changes=service_changes,
        justice=justice,
        ongoing_risk=ongoing_risk,
        agreed_on=today,
        review_on=review_on,
        signed_off_by=by,
        created_at=now,
        updated_at=now,
    )
    PlanAction.objects.create(
        concern=concern,
        plan=plan,
        action=action,
        outcome=action_outcome,
        owner=action_owner,
        due_on=action_due_on,
    )
    clocks.run(concern, clocks.PLAN_REVIEW, on=review_on, now=now, cycle=f"{concern.round}:{plan.ref}")
    save(concern, now=now)
    record(events.PLAN_MADE, concern, by=by, now=now, review_on=review_on)
    return concern


@transaction.atomic
def do_without_plan(
    *, concern: Concern, reason: str, version: int | None, by: User, now: datetime
) -> Concern:
    """Say why no protection plan is needed."""
    concern = lock(concern, version=version, action=workflow.DO_WITHOUT_PLAN, by=by)
    need(reason=(reason, "Say why no protection plan is needed"))
    Enquiry.objects.filter(concern=concern, ended_at=None).update(no_plan_reason=reason, updated_at=now)
    save(concern, now=now)
    record(events.NO_PLAN, concern, by=by, now=now)
    return concern


@transaction.atomic
def add_plan_action(
    *,
    concern: Concern,
    action: str,
    outcome: str,
    owner: str,
    due_on: date,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """One more action: what, what for, by whom, by when."""
    concern = lock(concern, version=version, action=workflow.ADD_PLAN_ACTION, by=by)
    need(
        action=(action, "Say what is to be done"),
        outcome=(outcome, "Say what it is to achieve"),
        owner=(owner, "Say who does it"),
        due_on=(due_on, "Say by when"),
    )
    PlanAction.objects.create(
        concern=concern,
        plan=plan_in_force(concern),
        action=action,
        outcome=outcome,
        owner=owner,
        due_on=due_on,
    )
    save(concern, now=now)
    record(events.PLAN_ACTION_ADDED, concern, by=by, now=now, due_on=due_on)
    return concern


@transaction.atomic
def do_plan_action(
    *, concern: Concern, action: PlanAction, version: int | None, by: User, now: datetime
) -> Concern:
    """An action is done. Done twice is done once."""
    concern = lock(concern, version=version, action=workflow.DO_PLAN_ACTION, by=by)
    row = PlanAction.objects.select_for_update().get(pk=action.pk, concern=concern)
    if row.done_on:
        return concern
    row.done_on = clock.london_date(now)
    row.save(update_fields=["done_on"])
    save(concern, now=now)
    record(events.PLAN_ACTION_DONE, concern, by=by, now=now)
    return concern


@transaction.atomic
def review(
    *,
    concern: Concern,
    held_on: date,
    result: str,
    summary: str,
    adult_view: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Concern:
    """The plan was looked at again: it continues, or is no longer required."""
    concern = lock(concern, version=version, action=workflow.REVIEW, by=by)
    need(
        held_on=(held_on, "Say when it was reviewed"),
        result=(result, "Say whether the plan continues"),
        summary=(summary, "Say what the review found"),
    )
    if held_on > clock.london_date(now):
        raise ValidationError({"held_on": "The day cannot be in the future"})
    plan = plan_in_force(concern)
    held = PlanReview.objects.create(
        concern=concern,
        plan=plan,
        held_on=held_on,
        result=result,
        summary=summary,
        adult_view=adult_view,
        at=now,
        by=by,
    )
    clocks.stop(concern, now=now, by=by)
    clocks.run(concern, clocks.OUTCOMES, on=held_on, now=now, cycle=f"{concern.round}:{held.ref}")
    if result == PlanReview.Result.NOT_NEEDED:
        plan.ended_on = clock.london_date(now)
        plan.updated_at = now
        plan.save(update_fields=["ended_on", "updated_at"])
    save(concern, now=now)
    record(events.PLAN_REVIEWED, concern, by=by, now=now, result=held.get_result_display())
    return concern


@transaction.atomic
def renew(*, concern: Concern, review_on: date, version: int | None, by: User, now: datetime) -> Concern:
    """The plan continues until a new day, again three months on at the latest."""
    concern = lock(concern, version=version, action=workflow.RENEW, by=by)
    today = clock.london_date(now)
    review_on = _check_review(review_on, today)
    plan = ProtectionPlan.objects.select_for_update().filter(concern=concern, ended_on=None).first()
    if plan is None:
        raise ValidationError(
            "The plan was found to be no longer required. Close the case, or reopen it later."
        )
    following = ProtectionPlan(
        concern=concern,
        enquiry_id=plan.enquiry_id,
        steps=plan.steps,
        support=plan.support,
        service_changes=plan.service_changes,
        justice=plan.justice,
        ongoing_risk=plan.ongoing_risk,
        agreed_on=today,
        review_on=review_on,
        signed_off_by=by,
        created_at=now,
        updated_at=now,
    )
    plan.ended_on, plan.updated_at = today, now
    plan.save(update_fields=["ended_on", "updated_at"])
    following.save()
    PlanAction.objects.filter(plan=plan, done_on=None).update(plan=following)
    clocks.run(concern, clocks.PLAN_REVIEW, on=review_on, now=now, cycle=f"{concern.round}:{following.ref}")
    save(concern, now=now)
    record(events.PLAN_RENEWED, concern, by=by, now=now, review_on=review_on)
    return concern
