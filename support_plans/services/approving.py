"""From approval to a plan that runs. Approving itself is called by budgets: plan and money are one decision."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

import worklist.services as worklist
from accounts.models import User
from accounts.services import system_user
from core import clock, knock_ons
from core.permissions import require
from core.workflow import WrongState
from people.models import Origin
from support_plans import events, permissions, timescales, workflow
from support_plans.models import Review, SupportPlan
from support_plans.services.agreeing import RETURNED_TASK
from support_plans.services.drafting import _record, _save
from support_plans.services.leading import lead_worker

TO_START = (SupportPlan.Status.APPROVED,)


@transaction.atomic
def approve(*, plan: SupportPlan, by: User, now: datetime) -> SupportPlan:
    """Approve the plan together with its budget. Called by budgets.services.approve alone.

    Raises PermissionDenied (whoever prepared or sent it cannot) or WrongState.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    workflow.APPROVE.apply(plan, by=by)
    plan.approved_at, plan.approved_by = now, by
    _save(plan, now)
    worklist.move_work_item(kind="plan", subject=plan, now=now, stage="active")
    _record(events.APPROVED, plan, by=by, now=now, number=plan.number)
    return plan


@transaction.atomic
def return_plan(*, plan: SupportPlan, reason: str, by: User, now: datetime) -> SupportPlan:
    """Send the plan back to be changed, with the reason. Called by budgets alone. Raises as `approve`."""
    plan = SupportPlan.objects.lock(plan.pk)
    workflow.RETURN.apply(plan, by=by)
    if not reason.strip():
        raise ValidationError({"reasons": "Write what has to change"})
    plan.return_reason = reason
    submitted_by = plan.submitted_by
    plan.submitted_at = plan.submitted_by = None
    _save(plan, now)
    owner = submitted_by or lead_worker(plan.person, on=clock.london_date(now))
    worklist.move_work_item(kind="plan", subject=plan, now=now, stage="active")
    worklist.open_task(
        key=f"{RETURNED_TASK}:{plan.ref}:{plan.version}",
        kind=RETURNED_TASK,
        title="Change the support plan and send it again",
        why="The approver has returned it with reasons",
        person=plan.person,
        team=plan.team,
        owner=owner,
        due_on=clock.london_date(now),
        url=plan.get_absolute_url(),
        now=now,
        by=by,
        access_list=plan.access_list,
    )
    _record(events.RETURNED, plan, by=by, now=now, number=plan.number)
    return plan


@transaction.atomic
def give_copy(
    *, plan: SupportPlan, format: str, on: date, by: User, now: datetime, version: int | None = None
) -> SupportPlan:
    """Record that the person was given a copy of the approved plan, in which format and on which day.

    When all else is done and the start has come, the plan starts. Raises PermissionDenied, WrongState,
    ValidationError.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    require(permissions.can_work_on(by, plan))
    plan.expect_version(version)
    if plan.status not in (*TO_START, SupportPlan.Status.ACTIVE):
        raise WrongState(
            f"A copy is given once the plan is approved; it is now “{plan.get_status_display()}”."
        )
    if not format.strip():
        raise ValidationError({"format": "Say in which format the copy was given"})
    if on > clock.london_date(now):
        raise ValidationError({"on": "The day on which the copy was given cannot be in the future"})
    plan.copy_given_on, plan.copy_format = on, format
    _save(plan, now)
    _record(events.COPY_GIVEN, plan, by=by, now=now, format=format, on=on)
    return activate_when_ready(plan=plan, now=now)


@transaction.atomic
def record_figures_acknowledged(*, plan: SupportPlan, on: date | None, now: datetime) -> SupportPlan:
    """The person has acknowledged the figures of the budget; without a day, they have to anew, for the figures have
    changed. Called by budgets alone, which records who and how."""
    plan = SupportPlan.objects.lock(plan.pk)
    if plan.status not in TO_START:
        raise WrongState(
            f"Figures are acknowledged once approved; the plan is now “{plan.get_status_display()}”."
        )
    plan.figures_acknowledged_on = on
    _save(plan, now)
    return plan


def waits_for(plan: SupportPlan, *, today: date) -> list[str]:
    """What an approved plan still waits for before it can start."""
    waiting = []
    if plan.copy_given_on is None:
        waiting.append("the person has not been given a copy of the plan")
    if plan.figures_acknowledged_on is None:
        waiting.append("the person has not acknowledged the figures")
    if plan.starts_on is None or plan.starts_on > today:
        waiting.append("its start date has not come")
    return waiting


@transaction.atomic
def activate(*, plan: SupportPlan, by: User, now: datetime, version: int | None = None) -> SupportPlan:
    """Start an approved plan: it replaces the present one, and its first and yearly reviews are set.

    Needs a copy given, the figures acknowledged and its start reached. Raises PermissionDenied, WrongState,
    ValidationError.
    """
    today = clock.london_date(now)
    list(
        SupportPlan.objects.active()
        .filter(person=plan.person_id, kind=plan.kind)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    plan = SupportPlan.objects.lock(plan.pk)
    workflow.ACTIVATE.apply(plan, by=by)
    plan.expect_version(version)
    waiting = waits_for(plan, today=today)
    if waiting or plan.starts_on is None:
        raise ValidationError([f"The plan cannot start yet: {each}." for each in waiting])
    _replace_present(plan, by=by, now=now)
    plan.active_from = plan.starts_on
    plan.next_review_on = timescales.initial_review_due_on(starts_on=plan.starts_on)
    _save(plan, now)
    _schedule_first_reviews(plan, now=now)
    lead = lead_worker(plan.person, on=today)
    worklist.close_work_item(kind="plan", subject=plan, now=now)
    worklist.open_work_item(
        person=plan.person,
        kind="monitoring",
        subject=plan,
        url=plan.get_absolute_url(),
        team=plan.team,
        owner=lead,
        now=now,
        stage="active",
        next_contact_on=plan.next_review_on,
        access_list=plan.access_list,
    )
    knock_ons.happened("support_plans.activated", plan_id=plan.pk, by=by, now=now)
    _record(events.ACTIVATED, plan, by=by, now=now, number=plan.number, starts_on=plan.starts_on)
    return plan


def _replace_present(plan: SupportPlan, *, by: User, now: datetime) -> None:
    for present in (
        SupportPlan.objects.active().filter(person=plan.person_id, kind=plan.kind).exclude(pk=plan.pk)
    ):
        present.status = SupportPlan.Status.SUPERSEDED
        present.ended_on, present.end_reason = plan.starts_on, "Replaced by a newer version"
        present.next_review_on = None
        _save(present, now)
        stop_watching(present, now=now, because="replaced by a newer plan", by=by)
        cancel_reviews(present, now=now, begun=False)
        _record(events.SUPERSEDED, present, by=by, now=now, number=present.number)


def stop_watching(plan: SupportPlan, *, now: datetime, because: str, by: User | None) -> None:
    """No reminder and no piece of work of this plan stays open."""
    for rule in ("REVIEW_INITIAL", "REVIEW_ANNUAL"):
        worklist.close_anchor(rule=rule, subject=plan, now=now, because=because, by=by)
    for kind in ("plan", "monitoring"):
        worklist.close_work_item(kind=kind, subject=plan, now=now)


def cancel_reviews(plan: SupportPlan, *, now: datetime, begun: bool) -> None:
    """Reviews that will not take place. One that was held goes on to its end unless `begun` is true as well."""
    states = Review.OPEN if begun else (Review.Status.SCHEDULED, Review.Status.INVITED)
    for review in plan.reviews.select_for_update(of=("self",)).filter(status__in=states).order_by("pk"):
        review.status = Review.Status.CANCELLED
        review.updated_at = now
        review.next_version()
        review.save()
        worklist.close_anchor(rule="REVIEW_REQUESTED", subject=review, now=now, because="no longer needed")
        worklist.close_work_item(kind="review", subject=review, now=now)


def _schedule_first_reviews(plan: SupportPlan, *, now: datetime) -> None:
    """The light-touch review at six weeks, and the yearly one, by themselves (rules 14 and 15)."""
    starts_on = plan.starts_on
    if starts_on is None:
        raise ValueError("A plan without a start has no reviews")
    lead = lead_worker(plan.person, on=clock.london_date(now))
    Review.objects.create(
        plan=plan,
        person=plan.person,
        team=plan.team,
        reviewer=lead,
        kind=Review.Kind.INITIAL,
        due_on=timescales.initial_review_due_on(starts_on=starts_on),
        latest_on=timescales.initial_review_latest_on(starts_on=starts_on),
        access_list=plan.access_list,
        created_at=now,
        updated_at=now,
    )
    for rule in ("REVIEW_INITIAL", "REVIEW_ANNUAL"):
        worklist.set_anchor(
            rule=rule,
            subject=plan,
            on=starts_on,
            person=plan.person,
            team=plan.team,
            owner=lead,
            url=plan.get_absolute_url(),
            now=now,
            access_list=plan.access_list,
        )


@transaction.atomic
def activate_when_ready(*, plan: SupportPlan, now: datetime) -> SupportPlan:
    """Start a plan in the machine's name once nothing is waited for any more; otherwise leave it as it is."""
    plan = SupportPlan.objects.lock(plan.pk)
    if plan.status in TO_START and not waits_for(plan, today=clock.london_date(now)):
        return activate(plan=plan, by=system_user(), now=now)
    return plan


def activate_due_plans(*, today: date) -> int:
    """Start the approved plans whose day has come. Daily; safe to run twice, late and in parallel."""
    now = clock.now()
    due = SupportPlan.objects.starting_by(today).filter(
        copy_given_on__isnull=False, figures_acknowledged_on__isnull=False, origin=Origin.PORTAL
    )
    started = 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            plan = activate_when_ready(plan=SupportPlan.objects.get(pk=pk), now=now)
            started += plan.status == SupportPlan.Status.ACTIVE
    return started


def start_for_the_day(*, day: date, **_more_facts: object) -> None:
    """The evaluation clock was moved: plans whose start was passed over start now."""
    activate_due_plans(today=day)
