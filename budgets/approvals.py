"""Which budgets wait for a decision that somebody may take: for the list, for the number that managers see."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q

from accounts.models import Role, User
from budgets.models import BudgetQuerySet, PersonalBudget
from budgets.permissions import Limits
from core import clock
from support_plans.models import PlanItem

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


def _by_role(user: User) -> list[tuple[str, Q]]:
    """For each managing role, the budgets over which it is held."""
    own = {role: [m.team_id for m in user.live_memberships if m.role == role] for role in Role}
    services = {
        m.team.service for m in user.live_memberships if m.role == Role.SERVICE_MANAGER and m.team.service
    }
    held: list[tuple[str, Q]] = []
    if own[Role.TEAM_MANAGER]:
        held.append((Role.TEAM_MANAGER, Q(team__in=own[Role.TEAM_MANAGER])))
    if own[Role.SERVICE_MANAGER]:
        held.append(
            (Role.SERVICE_MANAGER, Q(team__in=own[Role.SERVICE_MANAGER]) | Q(team__service__in=services))
        )
    if own[Role.DIRECTOR]:
        held.append((Role.DIRECTOR, EVERYTHING))
    return held


def _within(role: str, limit: Decimal | None) -> Q:
    rule = Q() if limit is None else Q(yearly__lte=limit)
    return rule & Q(route=PersonalBudget.Route.MANAGER) if role == Role.TEAM_MANAGER else rule


def waiting_for(user: User, *, limits: Limits | None = None) -> BudgetQuerySet:
    """Budgets sent for approval over which the user has a managing role.

    `yearly` is the gross cost in pounds; `is_involved` says that the user assessed, prepared or costed; `is_mine`
    that the user may approve it: within the limit, and not involved.
    """
    limits = limits or Limits.on(clock.today())
    held = _by_role(user)
    seen, mine = NOTHING, NOTHING
    for role, over in held:
        seen |= over
        if role in limits.by_role:
            mine |= over & _within(role, limits.by_role[role])
    lines = PlanItem.objects.filter(plan=OuterRef("plan"), removed_at=None, costed_by=user)
    involved = (
        Q(assessed_by=user)
        | Q(costed_by=user)
        | Q(contribution_entered_by=user)
        | Q(plan__prepared_by=user)
        | Q(plan__submitted_by=user)
        | Exists(lines)
    )
    rows: Any = PersonalBudget.objects.visible_to(user).waiting().filter(seen)
    return (
        rows.annotate(yearly=F("total_weekly") * 52 + F("one_off"))
        .annotate(is_involved=ExpressionWrapper(involved, output_field=BooleanField()))
        .annotate(is_mine=ExpressionWrapper(mine & Q(is_involved=False), output_field=BooleanField()))
    )
