"""“This looks wrong”: asked, acknowledged, support meanwhile, decided with reasons, the person told (money.md 8).

The budget in force stays as it is throughout. A lower figure never takes effect by a review: it needs changed needs,
shown by a new assessment, and a new plan.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import audit.services as audit
import support_plans.services as support_plans
import worklist.services as worklist
from accounts.models import User
from budgets import events, money, timescales, workflow
from budgets.models import BudgetReview, PersonalBudget
from budgets.permissions import Limits, approving_roles_of, can_ask_for_review
from budgets.services.costing import lock_with_plan, save
from core import calendar, clock, policy_settings
from core.permissions import require
from core.workflow import WrongState

ACKNOWLEDGE = "BUDGET_REVIEW_ACK"
CORRECT_TASK = "budget_to_correct"
KEPT = "The budget and the support stay as they are until this is decided."
# Figures that somebody can question: those approved, whether or not yet in force.
QUESTIONABLE = (
    PersonalBudget.Status.APPROVED,
    PersonalBudget.Status.AGREED_WITH_PERSON,
    PersonalBudget.Status.ACTIVE,
    PersonalBudget.Status.SUSPENDED,
)


@transaction.atomic
def ask_for_review(*, budget: PersonalBudget, what_looks_wrong: str, by: User, now: datetime) -> BudgetReview:
    """Say that a budget looks wrong, in one's own words. It gets an answer within the council's working days.

    Raises PermissionDenied, WrongState when a review is open or the budget is not an approved one, ValidationError.
    """
    budget = lock_with_plan(budget)
    require(can_ask_for_review(by, budget))
    if not what_looks_wrong.strip():
        raise ValidationError({"what_looks_wrong": "Tell us what looks wrong"})
    open_one = budget.reviews.open().first()
    if open_one:
        raise WrongState(
            f"Somebody has said already that this budget looks wrong. An answer is due by "
            f"{open_one.answer_by.day} {open_one.answer_by:%B %Y}."
        )
    if budget.status not in QUESTIONABLE:
        raise WrongState(
            f"Only an approved budget can be reviewed; this one is now “{budget.get_status_display()}”."
        )
    if workflow.PUT_UNDER_REVIEW.fits(budget):
        workflow.PUT_UNDER_REVIEW.apply(budget, by=by)
        save(budget, now)
    holidays = calendar.england()
    today = clock.london_date(now)
    days = int(policy_settings.value(timescales.ANSWER_WORKING_DAYS, on=today))
    asked_on = timescales.asked_on(moment=now, holidays=holidays)
    review = BudgetReview.objects.create(
        budget=budget,
        person=budget.person,
        team=budget.team,
        what_looks_wrong=what_looks_wrong,
        requested_at=now,
        requested_by=by,
        answer_by=timescales.answer_by(asked_on=asked_on, working_days=days, holidays=holidays),
        old_weekly=budget.total_weekly,
        access_list=budget.access_list,
        created_at=now,
        updated_at=now,
    )
    lead = support_plans.lead_worker(budget.person, on=today)
    worklist.set_anchor(
        rule=ACKNOWLEDGE,
        subject=review,
        on=asked_on,
        person=budget.person,
        team=budget.team,
        owner=lead,
        url=review.get_absolute_url(),
        now=now,
        access_list=budget.access_list,
    )
    worklist.open_work_item(
        person=budget.person,
        kind="budget_review",
        subject=review,
        url=review.get_absolute_url(),
        team=budget.team,
        owner=lead,
        now=now,
        next_contact_on=review.answer_by,
        access_list=budget.access_list,
    )
    if lead and lead.pk != by.pk:
        worklist.notify(
            template="budgets.review_asked",
            recipient=lead,
            key=f"budgets.review_asked:{review.ref}",
            now=now,
            person=budget.person,
            url=review.get_absolute_url(),
            access_list=budget.access_list,
        )
    _record(events.REVIEW_ASKED, review, by=by, now=now, answer_by=review.answer_by)
    return review


@transaction.atomic
def acknowledge_review(*, review: BudgetReview, version: int | None, by: User, now: datetime) -> BudgetReview:
    """The person has been answered that it is being looked at; support goes on unchanged meanwhile.

    Raises PermissionDenied, WrongState, StaleVersion.
    """
    review = BudgetReview.objects.lock(review.pk)
    workflow.REVIEW_ACKNOWLEDGE.apply(review, by=by)
    review.expect_version(version)
    review.acknowledged_at, review.acknowledged_by = now, by
    review.interim_support = review.interim_support or KEPT
    _save(review, now)
    worklist.close_anchor(rule=ACKNOWLEDGE, subject=review, now=now, because="acknowledged", by=by)
    worklist.move_work_item(kind="budget_review", subject=review, now=now, stage="active")
    _record(events.REVIEW_ACKNOWLEDGED, review, by=by, now=now)
    return review


@transaction.atomic
def decide_interim_support(
    *, review: BudgetReview, interim_support: str, version: int | None, by: User, now: datetime
) -> BudgetReview:
    """What support there is meanwhile: as now, or more for a time where the risk has risen; never less.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    review = BudgetReview.objects.lock(review.pk)
    workflow.REVIEW_INTERIM.apply(review, by=by)
    review.expect_version(version)
    if not interim_support.strip():
        raise ValidationError({"interim_support": "Say what support there is until the decision"})
    review.interim_support = interim_support
    _save(review, now)
    worklist.move_work_item(kind="budget_review", subject=review, now=now)
    _record(events.REVIEW_INTERIM, review, by=by, now=now)
    return review


@transaction.atomic
def decide_review(
    *,
    review: BudgetReview,
    decision: str,
    reasons: str,
    version: int | None,
    by: User,
    now: datetime,
    new_weekly: Decimal | None = None,
    interim_support: str = "",
) -> BudgetReview:
    """Decide with reasons: the budget stays; was wrong and is put right; or needs have changed and are assessed anew.

    A budget that was wrong can only turn out higher here: the plan is then changed and approved in the usual way, with
    a task for it. Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    review = BudgetReview.objects.lock(review.pk)
    budget = lock_with_plan(review.budget)
    workflow.REVIEW_DECIDE.apply(review, by=by)
    review.expect_version(version)
    _check(review, decision=decision, reasons=reasons, new_weekly=new_weekly, by=by, now=now)
    review.decision, review.reasons = decision, reasons
    review.new_weekly = review.old_weekly if decision == BudgetReview.Decision.UNCHANGED else new_weekly
    review.interim_support = interim_support or review.interim_support or KEPT
    review.decided_at, review.decided_by = now, by
    _save(review, now)
    if workflow.SETTLE.fits(budget):
        workflow.SETTLE.apply(budget, by=by)
        save(budget, now)
    worklist.move_work_item(kind="budget_review", subject=review, now=now, stage="active")
    _follow(review, budget, by=by, now=now)
    _record(
        events.REVIEW_DECIDED,
        review,
        by=by,
        now=now,
        decision=decision,
        new_weekly=review.new_weekly or "none",
    )
    return review


def _check(
    review: BudgetReview, *, decision: str, reasons: str, new_weekly: Decimal | None, by: User, now: datetime
) -> None:
    kinds = BudgetReview.Decision
    problems: dict[str, str] = {}
    if decision not in kinds.values:
        problems["decision"] = "Select what you decide"
    if not reasons.strip():
        problems["reasons"] = "Write the reasons, as they are given to the person"
    if decision == kinds.CORRECTED:
        if new_weekly is None:
            problems["new_weekly"] = "Enter the weekly figure that is right"
        elif new_weekly <= review.old_weekly:
            problems["new_weekly"] = (
                f"A review cannot lower a budget. Enter more than £{review.old_weekly:,.2f} a week, "
                "or choose that needs have changed, so that they are assessed again"
            )
        else:
            roles = approving_roles_of(by, review.team)
            limits = Limits.on(clock.london_date(now))
            if not limits.allow(roles, money.yearly(weekly=new_weekly)):
                problems["new_weekly"] = (
                    f"£{money.yearly(weekly=new_weekly):,.2f} a year: {limits.words(roles)}"
                )
    elif new_weekly is not None and decision in kinds.values:
        problems["new_weekly"] = "Leave this empty unless the budget was wrong and is put right"
    if problems:
        raise ValidationError(problems)


def _follow(review: BudgetReview, budget: PersonalBudget, *, by: User, now: datetime) -> None:
    """What a decision sets going: a new assessment, or a task to change the plan."""
    plan = budget.plan
    today = clock.london_date(now)
    if review.decision == BudgetReview.Decision.REPLAN:
        support_plans.assess_anew(plan, by=by, now=now)
    elif review.decision == BudgetReview.Decision.CORRECTED:
        worklist.open_task(
            key=f"{CORRECT_TASK}:{review.ref}",
            kind=CORRECT_TASK,
            title="Draft a new plan version with the corrected budget",
            why="A budget review found that the budget was too low",
            person=review.person,
            team=review.team,
            owner=support_plans.lead_worker(review.person, on=today),
            due_on=calendar.add_working_days(today, 5, calendar.england()),
            url=plan.get_absolute_url(),
            now=now,
            by=by,
            access_list=review.access_list,
        )


@transaction.atomic
def notify_decision(
    *, review: BudgetReview, on: date, version: int | None, by: User, now: datetime
) -> BudgetReview:
    """Record the day on which the person was told: old figure, new figure, reasons, start, and how to complain.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    review = BudgetReview.objects.lock(review.pk)
    workflow.REVIEW_NOTIFY.apply(review, by=by)
    review.expect_version(version)
    if on > clock.london_date(now):
        raise ValidationError({"on": "The day cannot be in the future"})
    review.notified_on = on
    _save(review, now)
    worklist.close_work_item(kind="budget_review", subject=review, now=now)
    if review.requested_by.audience == User.Audience.PUBLIC:
        worklist.notify(
            template="budgets.review_decided",
            recipient=review.requested_by,
            key=f"budgets.review_decided:{review.ref}",
            now=now,
            person=review.person,
            url="/my/budget/",
            access_list=review.access_list,
        )
    _record(events.REVIEW_NOTIFIED, review, by=by, now=now, on=on)
    return review


def _save(review: BudgetReview, now: datetime) -> None:
    review.updated_at = now
    review.next_version()
    review.save()


def _record(code: str, review: BudgetReview, *, by: User, now: datetime, **detail: Any) -> None:
    audit.record(
        code,
        subject=review,
        person_id=review.person_id,
        by=by,
        at=now,
        access_list_id=review.access_list_id,
        **detail,
    )
