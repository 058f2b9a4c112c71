"""Who may do what with a plan and its reviews. Whether they may know of it at all is `visible_to`."""

from __future__ import annotations

from accounts.models import ASSESSING_ROLES, CASE_ROLES, Role, Team, User
from core.permissions import YES, Decision, no
from people.authority import Part
from people.permissions import acts_for
from support_plans.models import Review, SupportPlan

PREPARING_ROLES = ASSESSING_ROLES | {Role.BROKER}


def leads(user: User, team: Team) -> bool:
    """A team manager in the team, a service manager of its service, or a director (README of the shelf, 9)."""
    if user.has_role(Role.TEAM_MANAGER, Role.SERVICE_MANAGER, team=team) or user.has_role(Role.DIRECTOR):
        return True
    return any(
        membership.role == Role.SERVICE_MANAGER and team.service and membership.team.service == team.service
        for membership in user.live_memberships
    )


def can_prepare_in(user: User, team: Team) -> Decision:
    """Workers and brokers of the team prepare its plans."""
    if user.is_system or user.has_role(*PREPARING_ROLES, team=team):
        return YES
    return no("Only a worker or a broker of the team that holds the plan can prepare it.")


def can_prepare(user: User, plan: SupportPlan) -> Decision:
    return can_prepare_in(user, plan.team)


def can_source(user: User, plan: SupportPlan) -> Decision:
    """Brokers find providers for every team; workers of the team that holds the plan may do it themselves."""
    if user.has_role(Role.BROKER) or user.has_role(*ASSESSING_ROLES, team=plan.team):
        return YES
    return no("Only a broker, or a worker of the team that holds the plan, can record who gives the support.")


def can_work_on(user: User, plan: SupportPlan) -> Decision:
    """What a worker does with the person: give it to them, send it on, give a copy. Not a broker's."""
    if user.is_system or user.has_role(*ASSESSING_ROLES, team=plan.team):
        return YES
    return no("Only a worker of the team that holds the plan can do this.")


def can_record_agreement(user: User, plan: SupportPlan) -> Decision:
    """A worker writes down what the person said, or the person says it on their own pages."""
    if can_work_on(user, plan) or acts_for(user, plan.person, Part.CARE, deciding=True):
        return YES
    return no("Only the person, somebody who acts for them, or a worker of the team can record the answer.")


def can_comment(user: User, plan: SupportPlan) -> Decision:
    """The person, or somebody who acts for them, an advocate among them."""
    if acts_for(user, plan.person, Part.CARE):
        return YES
    return no("Only the person, or somebody who acts for them, comments on the plan here.")


def can_decide(user: User, plan: SupportPlan) -> Decision:
    """The part of an approval that is the plan's: another pair of eyes. The money's part is in budgets."""
    if user.pk in (plan.prepared_by_id, plan.submitted_by_id):
        return no("Somebody else must decide: you prepared this plan or sent it for approval.")
    if leads(user, plan.team):
        return YES
    return no("Only a manager of the team that holds the plan can decide.")


def can_activate(user: User, plan: SupportPlan) -> Decision:
    if can_work_on(user, plan) or leads(user, plan.team):
        return YES
    return no("Only a worker or manager of the team that holds the plan can start it.")


def can_end(user: User, plan: SupportPlan) -> Decision:
    if user.is_system or leads(user, plan.team):
        return YES
    return no("Only a manager of the team that holds the plan can end it.")


def can_request_review(user: User, plan: SupportPlan) -> Decision:
    """Anyone who works with people, the person, or who acts for them (Care Act 2014 s27(1)(b))."""
    if user.is_system or user.has_role(*CASE_ROLES) or acts_for(user, plan.person, Part.CARE):
        return YES
    return no(
        "Only the person, somebody who acts for them, or staff who work with people can ask for a review."
    )


def can_review(user: User, review: Review) -> Decision:
    if user.is_system or user.has_role(*ASSESSING_ROLES, team=review.team) or leads(user, review.team):
        return YES
    return no("Only a worker or manager of the team that holds the plan can do this with its reviews.")
