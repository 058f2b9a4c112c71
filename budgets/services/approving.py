"""One approval for plan and money; the person's word on the figures; and the budget in force with its plan."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

import support_plans.services as support_plans
import worklist.services as worklist
from accounts.models import User
from budgets import events, workflow
from budgets.models import PersonalBudget
from budgets.services.costing import _record, lock_with_plan, near_estimate, save
from core import clock
from core.permissions import require
from core.workflow import Action, WrongState
from support_plans.models import SupportPlan

APPROVAL = "PLAN_APPROVE"


@transaction.atomic
def plan_submitted(*, plan_id: int, by: User, now: datetime) -> PersonalBudget:
    """A plan was sent for approval: its budget goes with it, to a team manager or to the panel.

    Raises WrongState when the budget is not costed.
    """
    budget = PersonalBudget.objects.lock(PersonalBudget.objects.only("pk").get(plan=plan_id).pk)
    workflow.SUBMIT.apply(budget, by=by)
    budget.submitted_at = now
    near = near_estimate(budget, total=budget.total_weekly, now=now)
    budget.route = PersonalBudget.Route.MANAGER if near else PersonalBudget.Route.PANEL
    save(budget, now)
    worklist.set_anchor(
        rule=APPROVAL,
        subject=budget,
        cycle=f"v{budget.version}",
        on=clock.london_date(now),
        person=budget.person,
        team=budget.team,
        owner=None,
        url=f"/support-plans/{budget.plan.ref}/approve/",
        now=now,
        access_list=budget.access_list,
    )
    _record(events.SUBMITTED, budget, by=by, now=now, total=budget.total_weekly, route=budget.route)
    return budget


@transaction.atomic
def approve(
    *, budget: PersonalBudget, reasons: str, version: int | None, by: User, now: datetime
) -> PersonalBudget:
    """Approve plan and money together, within the limit, by neither assessor nor coster.

    Raises PermissionDenied, WrongState saying who decided before, StaleVersion, ValidationError.
    """
    budget = lock_with_plan(budget)
    _apply(workflow.APPROVE, budget, by=by)
    budget.expect_version(version)
    if budget.route == PersonalBudget.Route.PANEL and not reasons.strip():
        raise ValidationError({"reasons": "Write the panel's reasons: the cost departs from the estimate"})
    budget.decided_at, budget.decided_by, budget.decision_reasons = now, by, reasons
    save(budget, now)
    plan = support_plans.approve(plan=budget.plan, by=by, now=now)
    budget.plan = plan
    _decided(budget, by=by, now=now, because="approved")
    _tell_worker(budget, template="budgets.approved", now=now)
    _record(events.APPROVED, budget, by=by, now=now, total=budget.total_weekly)
    return budget


@transaction.atomic
def return_for_changes(
    *, budget: PersonalBudget, reasons: str, version: int | None, by: User, now: datetime
) -> PersonalBudget:
    """Send plan and money back to be changed, with the reasons. Raises as `approve`; no limit is needed."""
    budget = _turn_down(budget, workflow.RETURN, reasons=reasons, version=version, by=by)
    budget.decided_at = budget.decided_by = None
    save(budget, now)
    budget.plan = support_plans.return_plan(plan=budget.plan, reason=reasons, by=by, now=now)
    _decided(budget, by=by, now=now, because="returned")
    _tell_worker(budget, template="budgets.returned", now=now)
    _record(events.RETURNED, budget, by=by, now=now, total=budget.total_weekly)
    return budget


@transaction.atomic
def reject(
    *, budget: PersonalBudget, reasons: str, version: int | None, by: User, now: datetime
) -> PersonalBudget:
    """Do not approve the money, with written reasons: the case goes back to planning, never to closed (money.md 3)."""
    budget = _turn_down(budget, workflow.REJECT, reasons=reasons, version=version, by=by)
    budget.decided_at, budget.decided_by = now, by
    save(budget, now)
    budget.plan = support_plans.return_plan(plan=budget.plan, reason=reasons, by=by, now=now)
    _decided(budget, by=by, now=now, because="not approved")
    _tell_worker(budget, template="budgets.returned", now=now)
    _record(events.REJECTED, budget, by=by, now=now, total=budget.total_weekly)
    return budget


def _turn_down(
    budget: PersonalBudget, action: Action, *, reasons: str, version: int | None, by: User
) -> PersonalBudget:
    budget = lock_with_plan(budget)
    _apply(action, budget, by=by)
    budget.expect_version(version)
    if not reasons.strip():
        raise ValidationError({"reasons": "Write the reasons, so that the worker knows what to change"})
    budget.decision_reasons = reasons
    return budget


def _apply(action: Action, budget: PersonalBudget, *, by: User) -> None:
    """As `action.apply`, saying who decided where somebody was quicker."""
    if not action.fits(budget) and budget.decided_by and budget.decided_at:
        require(workflow.RETURN.allowed(by, budget))
        raise WrongState(
            f"{budget.decided_by.name} has decided already, on {clock.london_date(budget.decided_at):%d %B %Y}: "
            f"the budget is now “{budget.get_status_display()}”."
        )
    action.apply(budget, by=by)


def _decided(budget: PersonalBudget, *, by: User, now: datetime, because: str) -> None:
    worklist.close_anchor(rule=APPROVAL, subject=budget, now=now, because=because, by=by)


def _tell_worker(budget: PersonalBudget, *, template: str, now: datetime) -> None:
    recipient = support_plans.lead_worker(budget.person, on=clock.london_date(now)) or budget.plan.prepared_by
    worklist.notify(
        template=template,
        recipient=recipient,
        key=f"{template}:{budget.ref}:{budget.version}",
        now=now,
        person=budget.person,
        url=budget.plan.get_absolute_url(),
        access_list=budget.access_list,
    )


@transaction.atomic
def acknowledge_figures(
    *, budget: PersonalBudget, how: str, by: User, now: datetime, version: int | None = None
) -> PersonalBudget:
    """The person has seen and acknowledged the figures, on their own pages or by a worker's record of how.

    The plan starts when nothing else is waited for. Raises PermissionDenied, WrongState, StaleVersion,
    ValidationError.
    """
    budget = lock_with_plan(budget)
    workflow.ACKNOWLEDGE.apply(budget, by=by)
    budget.expect_version(version)
    if not how.strip():
        raise ValidationError({"how": "Say how the person acknowledged the figures"})
    budget.acknowledged_on, budget.acknowledged_how = clock.london_date(now), how
    save(budget, now)
    plan = support_plans.record_figures_acknowledged(plan=budget.plan, on=budget.acknowledged_on, now=now)
    _record(events.ACKNOWLEDGED, budget, by=by, now=now)
    support_plans.activate_when_ready(plan=plan, now=now)
    budget.refresh_from_db()
    return budget


@transaction.atomic
def plan_activated(*, plan_id: int, by: User, now: datetime) -> None:
    """A plan has started: its budget is in force, and the one before it no longer is."""
    plan = SupportPlan.objects.select_related("person", "team").get(pk=plan_id)
    starts_on = plan.active_from
    budget = PersonalBudget.objects.filter(plan=plan).first()
    before = PersonalBudget.objects.filter(person=plan.person, plan__kind=plan.kind).exclude(plan=plan)
    for old in before.filter(status__in=workflow.SUPERSEDE.sources).order_by("pk"):
        old = PersonalBudget.objects.lock(old.pk)
        workflow.SUPERSEDE.apply(old, by=by)
        old.valid_to = starts_on
        save(old, now)
        _record(events.SUPERSEDED, old, by=by, now=now)
    if budget is None:
        return
    budget = PersonalBudget.objects.lock(budget.pk)
    workflow.ACTIVATE.apply(budget, by=by)
    budget.valid_from = starts_on
    save(budget, now)
    _record(events.ACTIVATED, budget, by=by, now=now, total=budget.total_weekly, valid_from=starts_on)


@transaction.atomic
def plan_ended(*, plan_id: int, on: date, by: User, now: datetime) -> None:
    """A plan has ended, by decision or by death: its budget ends with it."""
    found = PersonalBudget.objects.filter(plan=plan_id, status__in=workflow.END.sources).first()
    if found is None:
        return
    budget = PersonalBudget.objects.lock(found.pk)
    workflow.END.apply(budget, by=by)
    budget.valid_to = on if budget.valid_from else None
    save(budget, now)
    worklist.close_anchor(rule=APPROVAL, subject=budget, now=now, because="the plan has ended", by=by)
    _record(events.ENDED, budget, by=by, now=now, on=on)
