"""What the person pays on a budget that is decided: confirmed, or changed, by finance."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

import support_plans.services as support_plans
from accounts.models import User
from budgets import events, permissions, workflow
from budgets.calculators import mixed_budget
from budgets.models import BudgetAllocation, PersonalBudget
from budgets.services.approving import _tell_worker
from budgets.services.costing import _record, lock_with_plan, save
from core import clock
from core.permissions import require
from core.workflow import WrongState

Status = PersonalBudget.Status
IN_FORCE = (Status.ACTIVE, Status.UNDER_REVIEW)
DECIDED = (Status.APPROVED, Status.AGREED_WITH_PERSON, *IN_FORCE)


@transaction.atomic
def set_contribution(
    *,
    budget: PersonalBudget,
    contribution: Decimal,
    contribution_source: str,
    applies_from: date | None,
    told_on: date | None,
    version: int | None,
    by: User,
    now: datetime,
) -> PersonalBudget:
    """Confirm what the person pays each week, with where the figure comes from, or change it. The cost of the plan stays.

    A change before the plan has begun is shown to the person, who acknowledges the figures anew. A change while the
    budget is in force says from when it applies and when the person was told; nobody pays more from a day before that.
    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    budget = lock_with_plan(budget)
    require(permissions.can_set_contribution(by, budget))
    if budget.status not in DECIDED:
        raise WrongState(
            f"What the person pays is set here once the budget is decided: it is now “{budget.get_status_display()}”."
        )
    budget.expect_version(version)
    before, source = budget.person_weekly, contribution_source.strip()
    changes, in_force = contribution != before, budget.status in IN_FORCE
    _check(
        budget,
        contribution=contribution,
        source=source,
        applies_from=applies_from,
        told_on=told_on,
        dated=changes and in_force,
        today=clock.london_date(now),
    )
    if changes and workflow.CHANGE_FIGURES.fits(budget):
        workflow.CHANGE_FIGURES.apply(budget, by=by)
        budget.acknowledged_on, budget.acknowledged_how = None, ""
        budget.plan = support_plans.record_figures_acknowledged(plan=budget.plan, on=None, now=now)
    budget.person_weekly = contribution
    budget.council_weekly = budget.total_weekly - contribution
    budget.contribution_source = source
    budget.contribution_entered_by, budget.contribution_entered_at = by, now
    if changes:
        budget.contribution_from = applies_from if in_force else None
        budget.contribution_told_on = told_on if in_force else None
    save(budget, now)
    if not changes:
        _record(events.CONTRIBUTION_CONFIRMED, budget, by=by, now=now, person=contribution)
        return budget
    _share_out(budget)
    support_plans.record_budget(
        plan=budget.plan,
        indicative=budget.plan.indicative_weekly,
        total=budget.total_weekly,
        council_amount=budget.council_weekly,
        person_amount=contribution,
        budget_ref=budget.ref,
        version=budget.version,
        now=now,
    )
    _tell_worker(budget, template="budgets.contribution_changed", now=now)
    _record(events.CONTRIBUTION_CHANGED, budget, by=by, now=now, person=contribution, before=before)
    return budget


def _share_out(budget: PersonalBudget) -> None:
    """Take the new figure from the ways of paying, in the same order as when the plan was costed."""
    parts = {part.mode: part for part in budget.allocations.select_for_update().order_by("pk")}
    shares = mixed_budget.share_out(
        {mode: part.gross_weekly for mode, part in parts.items()}, budget.person_weekly
    )
    for share in shares:
        part = parts[share.mode]
        part.person_weekly, part.net_weekly = share.person, share.net
    BudgetAllocation.objects.bulk_update(parts.values(), ["person_weekly", "net_weekly"])


def _check(
    budget: PersonalBudget,
    *,
    contribution: Decimal,
    source: str,
    applies_from: date | None,
    told_on: date | None,
    dated: bool,
    today: date,
) -> None:
    problems: dict[str, str] = {}
    total = budget.total_weekly
    if contribution < 0:
        problems["contribution"] = "What the person pays cannot be less than nothing"
    elif contribution > total:
        problems["contribution"] = f"What the person pays cannot be more than the cost, £{total:,.2f} a week"
    if not source:
        problems["contribution_source"] = (
            "Say where the figure comes from, for example the financial assessment of a day"
        )
    if dated:
        if applies_from is None:
            problems["applies_from"] = "Enter the day from which the new figure applies"
        elif applies_from > today:
            problems["applies_from"] = "Enter the new figure on or after the day from which it applies"
        elif budget.valid_from and applies_from < budget.valid_from:
            problems["applies_from"] = (
                f"The budget is in force from {budget.valid_from:%-d %B %Y}: not before that"
            )
        if told_on is None:
            problems["told_on"] = "Enter the day on which the person was told of the new figure"
        elif told_on > today:
            problems["told_on"] = "The day on which the person was told cannot lie ahead"
        elif applies_from and contribution > budget.person_weekly and told_on > applies_from:
            problems["applies_from"] = "Nobody pays more from a day before they were told"
    if problems:
        raise ValidationError(problems)
