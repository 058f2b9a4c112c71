"""Who may do what with money. Approval goes by limit, and never to whoever assessed or costed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from accounts.models import ASSESSING_ROLES, CASE_ROLES, Role, Team, User
from budgets.models import ApprovalLimit, BudgetReview, PersonalBudget
from core import clock
from core.permissions import YES, Decision, no
from people.authority import Part
from people.permissions import acts_for
from support_plans.permissions import can_prepare_in, leads

# Who sits for the panel where a cost departs far from its estimate (money.md 2.1).
PANEL_ROLES = (Role.SERVICE_MANAGER, Role.DIRECTOR)
APPROVING_ROLES = (Role.TEAM_MANAGER, *PANEL_ROLES)


@dataclass(frozen=True)
class Limits:
    """Up to how many pounds a year each role may approve on a day; None is no limit."""

    by_role: dict[str, Decimal | None] = field(default_factory=dict)

    @classmethod
    def on(cls, day: date) -> Limits:
        rows = (
            ApprovalLimit.objects.filter(valid_from__lte=day)
            .filter(Q(valid_to=None) | Q(valid_to__gte=day))
            .order_by("valid_from", "pk")
        )
        return cls({row.role: row.yearly for row in rows})

    def allow(self, roles: frozenset[str], yearly: Decimal) -> bool:
        """Whether one of these roles may approve so many pounds a year."""
        return any(
            role in self.by_role and ((limit := self.by_role[role]) is None or yearly <= limit)
            for role in roles
        )

    def words(self, roles: frozenset[str]) -> str:
        limits = [self.by_role[role] for role in roles if role in self.by_role]
        if not limits:
            return "no limit has been set for your role, so you cannot approve"
        if None in limits:
            return "your role has no limit"
        return f"your limit is £{max(limit for limit in limits if limit is not None):,.2f} a year"


def approving_roles_of(user: User, team: Team) -> frozenset[str]:
    """The roles in which a user may decide for a team: there, in its service, or as director."""
    held = set()
    for membership in user.live_memberships:
        same_service = bool(team.service) and membership.team.service == team.service
        if membership.role == Role.DIRECTOR:
            held.add(Role.DIRECTOR.value)
        elif membership.role == Role.SERVICE_MANAGER and (membership.team_id == team.pk or same_service):
            held.add(Role.SERVICE_MANAGER.value)
        elif membership.role == Role.TEAM_MANAGER and membership.team_id == team.pk:
            held.add(Role.TEAM_MANAGER.value)
    return frozenset(held)


def can_cost(user: User, budget: PersonalBudget) -> Decision:
    """Whoever may prepare the plan, and finance officers for the contribution."""
    if can_prepare_in(user, budget.team) or user.has_role(Role.FINANCE_OFFICER):
        return YES
    return no("Only a worker or a broker of the team, or a finance officer, can cost the plan.")


def can_set_contribution(user: User, budget: PersonalBudget) -> Decision:
    """What a person pays on a decided budget is finance's to confirm or change, for every team."""
    if user.has_role(Role.FINANCE_OFFICER):
        return YES
    return no("Only a finance officer confirms or changes what a person pays on a budget that is decided.")


def can_submit(user: User, budget: PersonalBudget) -> Decision:
    """The budget goes with its plan, sent by a worker of the team."""
    if user.is_system or user.has_role(*ASSESSING_ROLES, team=budget.team):
        return YES
    return no("Only a worker of the team that holds the plan can send it for approval.")


def can_decide(user: User, budget: PersonalBudget) -> Decision:
    """Another pair of eyes with a managing role for the team. Returning for changes needs no limit."""
    if user.pk == budget.assessed_by_id:
        return no("Somebody else must decide: you made the assessment.")
    if user.pk == budget.costed_by_id or user.pk == budget.contribution_entered_by_id:
        return no("Somebody else must decide: you entered the costs.")
    if user.pk in (budget.plan.prepared_by_id, budget.plan.submitted_by_id):
        return no("Somebody else must decide: you prepared the plan or sent it for approval.")
    if budget.plan.items.standing().filter(costed_by=user).exists():
        return no("Somebody else must decide: you entered costs of the plan.")
    if not approving_roles_of(user, budget.team):
        return no("Only a manager of the team that holds the plan can decide.")
    return YES


def can_approve(user: User, budget: PersonalBudget, limits: Limits | None = None) -> Decision:
    """As `can_decide`, and the gross yearly cost is within the limit; far from the estimate, as the panel."""
    decision = can_decide(user, budget)
    if not decision:
        return decision
    return within_limit(user, budget, limits or Limits.on(clock.today()))


def within_limit(user: User, budget: PersonalBudget, limits: Limits) -> Decision:
    """The part of an approval that is about the sum alone."""
    roles = approving_roles_of(user, budget.team)
    if budget.route == PersonalBudget.Route.PANEL:
        roles = roles & {role.value for role in PANEL_ROLES}
        if not roles:
            return no("The cost departs too far from the estimate for a team manager: it goes to the panel.")
    if not limits.allow(roles, budget.total_annual):
        return no(f"£{budget.total_annual:,.2f} a year is above your limit: {limits.words(roles)}.")
    return YES


def can_acknowledge(user: User, budget: PersonalBudget) -> Decision:
    """The person acknowledges the figures, or a worker records that they did."""
    if can_submit(user, budget) or acts_for(user, budget.person, Part.MONEY, deciding=True):
        return YES
    return no(
        "Only the person, somebody who acts for them, or a worker of the team can acknowledge the figures."
    )


def can_ask_for_review(user: User, budget: PersonalBudget) -> Decision:
    """Anyone who works with people, the person, or who acts for them."""
    if user.is_system or user.has_role(*CASE_ROLES, Role.FINANCE_OFFICER):
        return YES
    if acts_for(user, budget.person, Part.MONEY):
        return YES
    return no(
        "Only the person, somebody who acts for them, or staff who work with people can say that it looks wrong."
    )


def can_put_in_force(user: User, budget: PersonalBudget) -> Decision:
    """A budget follows its plan; whoever may start or end the plan moves it."""
    if can_submit(user, budget) or leads(user, budget.team):
        return YES
    return no("Only a worker or manager of the team that holds the plan can do this.")


def can_handle_review(user: User, review: BudgetReview) -> Decision:
    """Acknowledge, decide support meanwhile, tell the person."""
    if user.is_system or user.has_role(*ASSESSING_ROLES, team=review.team) or leads(user, review.team):
        return YES
    return no("Only a worker or manager of the team that holds the plan can answer this.")


def can_decide_review(user: User, review: BudgetReview) -> Decision:
    """A manager who did not ask for it."""
    if user.pk == review.requested_by_id:
        return no("Somebody else must decide: you said that the budget looks wrong.")
    if leads(user, review.team):
        return YES
    return no("Only a manager of the team that holds the plan can decide a budget review.")
