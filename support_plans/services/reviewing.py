"""Reviews of a plan (Care Act 2014 s27): asked for, held, written up, closed with the next date.

A review is not a reassessment, and cannot by itself lower a budget.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import audit.services as audit
import worklist.services as worklist
from accounts.models import User
from assessments import services as assessments
from assessments.models import Assessment
from core import calendar, clock, policy_settings
from core.permissions import require
from core.workflow import WrongState
from support_plans import events, permissions, timescales, workflow
from support_plans.models import Review, SupportPlan
from support_plans.services.leading import lead_worker

ASKABLE = (Review.Kind.UNPLANNED, Review.Kind.REQUESTED, Review.Kind.SHORT_TERM, Review.Kind.DP)
CHANGED_TASK = "plan_to_change"
# Outcomes after which needs are looked at anew: less support never follows from a review alone (money.md 1).
NEEDS_ANEW = (Review.Outcome.REASSESSMENT, Review.Outcome.DECREASED)
# Outcomes after which somebody must change or end the plan: outcome to what the task says.
TO_CHANGE = {
    Review.Outcome.NURSING: "Draft a new plan version: a nursing home",
    Review.Outcome.RESIDENTIAL: "Draft a new plan version: a care home",
    Review.Outcome.COMMUNITY: "Draft a new plan version: support in the community",
    Review.Outcome.SHORT_TERM: "Arrange short-term support",
    Review.Outcome.INCREASED: "Draft a new plan version: more support",
    Review.Outcome.SUSPENDED: "Decide how long support is suspended",
    Review.Outcome.ENDED: "Decide whether to end the plan",
}


@transaction.atomic
def request_review(*, plan: SupportPlan, kind: str, reason: str, by: User, now: datetime) -> Review:
    """Ask for a review of a running plan, between the planned ones.

    Raises PermissionDenied, WrongState when the plan does not run or such a review is open already, ValidationError.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    require(permissions.can_request_review(by, plan))
    if plan.status != SupportPlan.Status.ACTIVE:
        raise WrongState(f"Only a running plan is reviewed; this one is now “{plan.get_status_display()}”.")
    if kind not in ASKABLE:
        raise ValidationError({"kind": "Select what kind of review you ask for"})
    if not reason.strip():
        raise ValidationError({"reason": "Say why a review is needed"})
    if plan.reviews.open().filter(kind=kind).exists():
        raise WrongState("A review of this kind is open already. Use that one.")
    today = clock.london_date(now)
    lead = lead_worker(plan.person, on=today)
    days = int(policy_settings.value(timescales.REQUESTED_HELD_DAYS, on=today))
    review = Review.objects.create(
        plan=plan,
        person=plan.person,
        team=plan.team,
        reviewer=lead,
        kind=kind,
        reason=reason,
        due_on=timescales.requested_review_due_on(requested_on=today, days=days),
        requested_on=today,
        requested_by=by,
        access_list=plan.access_list,
        created_at=now,
        updated_at=now,
    )
    worklist.set_anchor(
        rule="REVIEW_REQUESTED",
        subject=review,
        on=today,
        person=plan.person,
        team=plan.team,
        owner=lead,
        url=review.get_absolute_url(),
        now=now,
        access_list=plan.access_list,
    )
    worklist.open_work_item(
        person=plan.person,
        kind="review",
        subject=review,
        url=review.get_absolute_url(),
        team=plan.team,
        owner=lead,
        now=now,
        access_list=plan.access_list,
    )
    _record(events.REVIEW_REQUESTED, review, by=by, now=now, kind=kind)
    return review


@transaction.atomic
def invite(*, review: Review, version: int | None, by: User, now: datetime) -> Review:
    """The person, and whoever they want there, are invited; a request for a review is thereby accepted.

    Raises PermissionDenied, WrongState, StaleVersion.
    """
    review = Review.objects.lock(review.pk)
    workflow.INVITE.apply(review, by=by)
    review.expect_version(version)
    review.invited_on = clock.london_date(now)
    review.reviewer = review.reviewer or by
    _save(review, now)
    _answered(review, by=by, now=now)
    _record(events.REVIEW_INVITED, review, by=by, now=now)
    return review


@transaction.atomic
def decline_review(*, review: Review, because: str, version: int | None, by: User, now: datetime) -> Review:
    """A review that was asked for is declined, or the person does not want it: with reasons, given in writing.

    The next planned date stays; where this was the planned review itself, the next one is set a year on. Raises
    PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    review = Review.objects.lock(review.pk)
    plan = SupportPlan.objects.lock(review.plan_id)
    workflow.DECLINE.apply(review, by=by)
    review.expect_version(version)
    if not because.strip():
        raise ValidationError({"because": "Write the reasons, as they are given to the person"})
    review.declined_because = because
    planned = review.kind in (Review.Kind.INITIAL, Review.Kind.ANNUAL)
    if planned and plan.status == SupportPlan.Status.ACTIVE:
        review.next_due_on = timescales.yearly_review_due_on(from_day=clock.london_date(now))
    _save(review, now)
    _answered(review, by=by, now=now)
    worklist.close_work_item(kind="review", subject=review, now=now)
    if review.next_due_on:
        _set_next_review(plan, review, review.next_due_on, by=by, now=now)
    _record(events.REVIEW_DECLINED, review, by=by, now=now)
    return review


@transaction.atomic
def hold_review(*, review: Review, held_on: date, version: int | None, by: User, now: datetime) -> Review:
    """The review took place on a day. Raises PermissionDenied, WrongState, StaleVersion, ValidationError."""
    review = Review.objects.lock(review.pk)
    workflow.HOLD.apply(review, by=by)
    review.expect_version(version)
    if held_on > clock.london_date(now):
        raise ValidationError({"held_on": "The review cannot have been held in the future"})
    if review.plan.active_from and held_on < review.plan.active_from:
        raise ValidationError({"held_on": "The review cannot have been held before the plan started"})
    review.held_on, review.held_by = held_on, by
    review.reviewer = review.reviewer or by
    _save(review, now)
    _answered(review, by=by, now=now)
    worklist.open_work_item(
        person=review.person,
        kind="review",
        subject=review,
        url=review.get_absolute_url(),
        team=review.team,
        owner=review.reviewer,
        now=now,
        stage="active",
        access_list=review.access_list,
    )
    worklist.move_work_item(kind="review", subject=review, now=now, stage="active")
    _record(events.REVIEW_HELD, review, by=by, now=now, on=held_on)
    return review


@transaction.atomic
def write_up(
    *,
    review: Review,
    working: str,
    not_working: str,
    changed: str,
    person_words: str,
    achieved: str,
    budget_still_right: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Review:
    """Write up a review that was held: what works, what does not, what has changed, in the person's words too.

    Can be saved again until the review is closed. Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    review = Review.objects.lock(review.pk)
    workflow.WRITE_UP.apply(review, by=by)
    review.expect_version(version)
    problems: dict[str, str] = {}
    if not (working.strip() or not_working.strip()):
        problems["working"] = "Write what works, or what does not"
    if achieved not in Review.Achieved.values:
        problems["achieved"] = "Select how far the outcomes were achieved"
    if budget_still_right not in ("yes", "no"):
        problems["budget_still_right"] = "Say whether the budget is still right"
    if problems:
        raise ValidationError(problems)
    review.working, review.not_working, review.changed = working, not_working, changed
    review.person_words = person_words
    review.outcomes_achieved, review.budget_still_right = achieved, budget_still_right
    _save(review, now)
    worklist.move_work_item(kind="review", subject=review, now=now)
    _record(
        events.REVIEW_WRITTEN_UP,
        review,
        by=by,
        now=now,
        achieved=achieved,
        budget_still_right=budget_still_right,
    )
    return review


@transaction.atomic
def close_review(
    *,
    review: Review,
    outcome: str,
    version: int | None,
    by: User,
    now: datetime,
    achieved: str = "",
    budget_still_right: str = "",
    next_due_on: date | None = None,
) -> Review:
    """Close a written-up review with its outcome and the date of the next: twelve months on, or sooner.

    A reassessment, or less support, opens a new assessment; other changes open a task. The plan and its budget stay
    as they are until a new version is approved. Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    review = Review.objects.lock(review.pk)
    plan = SupportPlan.objects.lock(review.plan_id)
    workflow.CLOSE.apply(review, by=by)
    review.expect_version(version)
    if outcome not in Review.Outcome.values:
        raise ValidationError({"outcome": "Select what follows from the review"})
    held_on = review.held_on or clock.london_date(now)
    latest = timescales.yearly_review_due_on(from_day=held_on)
    next_due_on = next_due_on or latest
    if next_due_on > latest:
        raise ValidationError({"next_due_on": "The next review must be within 12 months of this one"})
    if next_due_on <= held_on:
        raise ValidationError({"next_due_on": "The next review must be after this one"})
    review.outcome = outcome
    review.outcomes_achieved = achieved or review.outcomes_achieved
    review.budget_still_right = budget_still_right or review.budget_still_right
    review.closed_at, review.closed_by = now, by
    running = plan.status == SupportPlan.Status.ACTIVE
    review.next_due_on = next_due_on if running else None
    _save(review, now)
    _answered(review, by=by, now=now)
    worklist.close_work_item(kind="review", subject=review, now=now)
    if running:
        _set_next_review(plan, review, next_due_on, by=by, now=now)
    _follow(plan, review, by=by, now=now)
    _record(
        events.REVIEW_CLOSED,
        review,
        by=by,
        now=now,
        outcome=outcome,
        next_due_on=review.next_due_on or "none",
    )
    return review


def _set_next_review(plan: SupportPlan, review: Review, due_on: date, *, by: User, now: datetime) -> None:
    """One planned review ahead, with its reminder. What stood before is put away or moved."""
    lead = lead_worker(plan.person, on=clock.london_date(now))
    ahead = plan.reviews.select_for_update(of=("self",)).filter(
        status=Review.Status.SCHEDULED, kind__in=(Review.Kind.INITIAL, Review.Kind.ANNUAL)
    )
    keeps_initial = review.kind not in (Review.Kind.INITIAL, Review.Kind.ANNUAL)
    initial_ahead = None
    annual = None
    for other in ahead.exclude(pk=review.pk).order_by("pk"):
        if other.kind == Review.Kind.ANNUAL:
            annual = other
        elif keeps_initial:
            initial_ahead = other
        else:
            other.status = Review.Status.CANCELLED
            _save(other, now)
    if annual is None:
        annual = Review(
            plan=plan,
            person=plan.person,
            team=plan.team,
            kind=Review.Kind.ANNUAL,
            access_list=plan.access_list,
            created_at=now,
        )
    else:
        annual.next_version()
    annual.due_on, annual.reviewer, annual.updated_at = due_on, lead or annual.reviewer, now
    annual.save()
    if initial_ahead is None:
        worklist.close_anchor(
            rule="REVIEW_INITIAL", subject=plan, now=now, because="the review was held", by=by
        )
    worklist.close_anchor(rule="REVIEW_ANNUAL", subject=plan, now=now, because="the next date was set", by=by)
    worklist.set_anchor(
        rule="REVIEW_ANNUAL",
        subject=plan,
        cycle=due_on.isoformat(),
        on=timescales.yearly_anchor_for(due_on=due_on),
        person=plan.person,
        team=plan.team,
        owner=lead,
        url=annual.get_absolute_url(),
        now=now,
        access_list=plan.access_list,
    )
    plan.next_review_on = min(due_on, initial_ahead.due_on) if initial_ahead else due_on
    plan.updated_at = now
    plan.next_version()
    plan.save()
    worklist.move_work_item(kind="monitoring", subject=plan, now=now, next_contact_on=plan.next_review_on)


def _follow(plan: SupportPlan, review: Review, *, by: User, now: datetime) -> None:
    """What a review's outcome sets going: an assessment, or a task for whoever changes the plan."""
    if review.outcome in NEEDS_ANEW:
        assess_anew(plan, by=by, now=now)
    elif review.outcome in TO_CHANGE:
        today = clock.london_date(now)
        worklist.open_task(
            key=f"{CHANGED_TASK}:{review.ref}",
            kind=CHANGED_TASK,
            title=TO_CHANGE[Review.Outcome(review.outcome)],
            why=f"The review ended with: {review.get_outcome_display().lower()}",
            person=plan.person,
            team=plan.team,
            owner=lead_worker(plan.person, on=today) or by,
            due_on=calendar.add_working_days(today, 10, calendar.england()),
            url=plan.get_absolute_url(),
            now=now,
            by=by,
            access_list=plan.access_list,
        )


def assess_anew(plan: SupportPlan, *, by: User, now: datetime) -> None:
    """Ask for a new assessment of the needs behind a plan, unless one is under way."""
    kind = Assessment.Kind.CARER if plan.kind == SupportPlan.Kind.CARER else Assessment.Kind.NEEDS
    if not Assessment.objects.open().filter(person=plan.person_id, kind=kind).exists():
        assessments.request_assessment(person=plan.person, team=plan.team, kind=kind, by=by, now=now)


def _answered(review: Review, *, by: User, now: datetime) -> None:
    """Whoever asked for a review has had their answer (rule 16)."""
    worklist.close_anchor(rule="REVIEW_REQUESTED", subject=review, now=now, because="answered", by=by)


def _save(review: Review, now: datetime) -> None:
    review.updated_at = now
    review.next_version()
    review.save()


def _record(code: str, review: Review, *, by: User, now: datetime, **detail: Any) -> None:
    audit.record(
        code,
        subject=review,
        person_id=review.person_id,
        by=by,
        at=now,
        access_list_id=review.access_list_id,
        **detail,
    )
