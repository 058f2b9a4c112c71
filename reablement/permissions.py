"""Who may do what with an episode. Whether they may know of it at all is `visible_to`."""

from __future__ import annotations

from accounts.models import CASE_ROLES, Role, Team, User
from core.permissions import YES, Decision, no
from people.authority import Part
from people.permissions import acts_for
from reablement.models import Episode, Goal

COORDINATING = (Role.REABLEMENT_LEAD, Role.TEAM_MANAGER)
# Those of a team who visit and write up the weeks.
VISITING = (Role.REABLEMENT_WORKER, Role.REABLEMENT_LEAD, Role.OCCUPATIONAL_THERAPIST)
LEADING = (*VISITING, Role.TEAM_MANAGER)


def manages(user: User, team: Team) -> bool:
    """A manager of the team, a service manager of its service, or a director."""
    if user.has_role(Role.TEAM_MANAGER, Role.SERVICE_MANAGER, team=team) or user.has_role(Role.DIRECTOR):
        return True
    return any(
        membership.role == Role.SERVICE_MANAGER and team.service and membership.team.service == team.service
        for membership in user.live_memberships
    )


def can_refer(user: User) -> Decision:
    """Anyone who works with people refers to reablement: there is no means test and no gate before it."""
    if user.is_system or user.has_role(*CASE_ROLES):
        return YES
    return no("Only staff who work with people refer to reablement.")


def can_coordinate(user: User, episode: Episode) -> Decision:
    """The reablement lead or the manager of the team looks at referrals and decides."""
    if user.has_role(*COORDINATING, team=episode.team_id):
        return YES
    return no(f"Only a reablement lead or the manager of {episode.team} can do this.")


def may_lead_in(user: User, team: Team | int) -> bool:
    """Whether somebody can lead an episode there: active staff who visit for the team, or its manager."""
    return user.is_active and user.has_role(*LEADING, team=team)


def can_lead(user: User, episode: Episode) -> Decision:
    """The lead worker of the episode, or who coordinates in its team."""
    if user.is_system or user.has_role(*COORDINATING, team=episode.team_id):
        return YES
    if user.pk == episode.lead_worker_id and may_lead_in(user, episode.team_id):
        return YES
    return no(f"Only who leads this episode, or a reablement lead of {episode.team}, can do this.")


def can_write(user: User, episode: Episode) -> Decision:
    """Those who visit for the team write goals and weeks."""
    if can_lead(user, episode) or user.has_role(*VISITING, team=episode.team_id):
        return YES
    return no(f"Only those who work in {episode.team} can write here.")


def can_close_goal(user: User, goal: Goal) -> Decision:
    """Those who visit for the team say how a goal turned out."""
    return can_write(user, goal.episode)


def can_extend(user: User, episode: Episode) -> Decision:
    """A manager of the team decides on more time, for it decides on money too."""
    if manages(user, episode.team):
        return YES
    return no("Only a manager of the team can give more time.")


def can_end(user: User, episode: Episode) -> Decision:
    """A manager of the team, or who leads the episode, ends it."""
    if can_lead(user, episode) or manages(user, episode.team):
        return YES
    return no("Only who leads this episode, or a manager of the team, can end it.")


def can_comment(user: User, episode: Episode) -> Decision:
    """The person, or somebody who acts for them, says how the week went."""
    if acts_for(user, episode.person, Part.CARE):
        return YES
    return no("Only the person, or somebody who acts for them, can say how the week went here.")
