"""What the plan costs, who pays which part of it, and by which ways it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import audit.services as audit
import support_plans.services as support_plans
from accounts.models import User
from budgets import events, money, timescales, workflow
from budgets.calculators import allocation, mixed_budget
from budgets.models import BudgetAllocation, IndicativeBudget, PersonalBudget
from core import clock, policy_settings
from core.permissions import require
from core.workflow import WrongState
from support_plans.models import Mode, PlanItem, SupportPlan
from support_plans.permissions import can_prepare


@transaction.atomic
def open_budget(*, plan: SupportPlan, by: User, now: datetime) -> PersonalBudget:
    """The personal budget of a plan, made where there is none yet, with the newest estimate of its assessment.

    Raises PermissionDenied.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    present = PersonalBudget.objects.filter(plan=plan).first()
    if present:
        return present
    require(can_prepare(by, plan))
    estimate = (
        IndicativeBudget.objects.filter(assessment=plan.assessment_id).order_by("-number").first()
        if plan.assessment_id
        else None
    )
    budget = PersonalBudget.objects.create(
        person=plan.person,
        plan=plan,
        team=plan.team,
        indicative=estimate,
        assessed_by=plan.assessment.assessor if plan.assessment else None,
        access_list=plan.access_list,
        created_at=now,
        updated_at=now,
    )
    support_plans.record_budget(
        plan=plan,
        indicative=estimate.weekly if estimate else None,
        total=None,
        council_amount=None,
        person_amount=None,
        budget_ref=budget.ref,
        version=budget.version,
        now=now,
    )
    _record(events.OPENED, budget, by=by, now=now)
    return budget


def plan_drafted(*, plan_id: int, by: User, now: datetime) -> None:
    """A plan was drafted: its budget stands ready, so that the estimate is seen while planning."""
    open_budget(plan=SupportPlan.objects.select_related("assessment").get(pk=plan_id), by=by, now=now)


def sums_by_mode(items: Sequence[PlanItem]) -> dict[str, Decimal]:
    """Pounds a week by who holds the money; only lines of adult social care are part of the budget (money.md 5)."""
    sums: dict[str, Decimal] = {}
    for item in items:
        if item.is_means_tested and item.cost_weekly:
            mode = item.mode or Mode.COUNCIL_MANAGED.value
            sums[mode] = sums.get(mode, money.NOTHING) + item.cost_weekly
    return sums


@transaction.atomic
def cost(
    *,
    budget: PersonalBudget,
    contribution: Decimal,
    contribution_source: str,
    version: int | None,
    by: User,
    now: datetime,
    variance_reason: str = "",
    variance_note: str = "",
) -> PersonalBudget:
    """Take the plan's lines together into the budget, with what the person pays and where that figure comes from.

    The contribution is taken from the direct payment first, then an individual service fund, then care we arrange.
    A cost that departs from the estimate by more than the council's per cent needs a reason. Raises PermissionDenied,
    WrongState once the plan is agreed, StaleVersion, ValidationError.
    """
    budget = lock_with_plan(budget)
    plan = budget.plan
    workflow.COST.apply(budget, by=by)
    budget.expect_version(version)
    if plan.status not in (*SupportPlan.EDITABLE, SupportPlan.Status.WITH_PERSON):
        raise WrongState(
            f"The plan can no longer be costed: it is now “{plan.get_status_display()}”. Take it back first."
        )
    items = list(plan.items.for_plan())
    sums = sums_by_mode(items)
    total = sum(sums.values(), money.NOTHING)
    estimate = budget.indicative.weekly if budget.indicative else None
    _check(
        budget,
        total=total,
        contribution=contribution,
        source=contribution_source,
        reason=variance_reason,
        note=variance_note,
        now=now,
    )
    budget.total_weekly, budget.person_weekly = total, contribution
    budget.council_weekly = total - contribution
    budget.one_off = sum((item.cost_one_off for item in items if item.is_means_tested), money.NOTHING)
    budget.contribution_source = contribution_source
    budget.contribution_entered_by, budget.contribution_entered_at = by, now
    budget.contribution_from = budget.contribution_told_on = None
    budget.variance_percent = allocation.variance_percent(estimate=estimate, total=total)
    budget.variance_reason, budget.variance_note = variance_reason, variance_note
    budget.costed_at, budget.costed_by = now, by
    budget.decided_at, budget.decided_by, budget.route = None, None, ""
    save(budget, now)
    BudgetAllocation.objects.filter(budget=budget).delete()
    BudgetAllocation.objects.bulk_create(
        BudgetAllocation(
            budget=budget,
            mode=share.mode,
            gross_weekly=share.gross,
            person_weekly=share.person,
            net_weekly=share.net,
        )
        for share in mixed_budget.share_out(sums, contribution)
    )
    support_plans.record_budget(
        plan=plan,
        indicative=estimate,
        total=total,
        council_amount=budget.council_weekly,
        person_amount=contribution,
        budget_ref=budget.ref,
        version=budget.version,
        now=now,
    )
    _record(events.COSTED, budget, by=by, now=now, total=total, person=contribution)
    return budget


def _check(
    budget: PersonalBudget,
    *,
    total: Decimal,
    contribution: Decimal,
    source: str,
    reason: str,
    note: str,
    now: datetime,
) -> None:
    problems: dict[str, str] = {}
    if contribution < 0:
        problems["contribution"] = "What the person pays cannot be less than nothing"
    elif contribution > total:
        problems["contribution"] = f"What the person pays cannot be more than the cost, £{total:,.2f} a week"
    if contribution and not source.strip():
        problems["contribution_source"] = (
            "Say where the figure comes from, for example the financial assessment of a day"
        )
    if reason and reason not in PersonalBudget.Reason.values:
        problems["variance_reason"] = "Select a reason from the list"
    if not near_estimate(budget, total=total, now=now):
        if not reason:
            problems["variance_reason"] = "Select why the cost departs so far from the estimate"
        if not note.strip():
            problems["variance_note"] = "Explain in a sentence why the cost departs from the estimate"
    if problems:
        raise ValidationError(problems)


def near_estimate(budget: PersonalBudget, *, total: Decimal, now: datetime) -> bool:
    """Whether a team manager may decide the cost, by the council's per cent."""
    percent = Decimal(str(policy_settings.value(timescales.VARIANCE_PERCENT, on=clock.london_date(now))))
    estimate = budget.indicative.weekly if budget.indicative else None
    return allocation.is_within(estimate=estimate, total=total, percent=percent)


def lock_with_plan(budget: PersonalBudget) -> PersonalBudget:
    """Hold the plan first, then its budget: always in this order, so that two people never wait for each other."""
    plan = SupportPlan.objects.lock(budget.plan_id)
    budget = PersonalBudget.objects.lock(budget.pk)
    budget.plan = plan
    return budget


def save(budget: PersonalBudget, now: datetime) -> None:
    budget.updated_at = now
    budget.next_version()
    budget.save()


def _record(code: str, budget: PersonalBudget, *, by: User, now: datetime, **detail: Any) -> None:
    audit.record(
        code,
        subject=budget,
        person_id=budget.person_id,
        by=by,
        at=now,
        access_list_id=budget.access_list_id,
        **detail,
    )
