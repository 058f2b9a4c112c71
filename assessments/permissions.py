"""Who may ask for, write, authorise and end an assessment."""

from __future__ import annotations

from accounts.models import ASSESSING_ROLES, CASE_ROLES, Role, Team, User
from assessments.models import Assessment
from core.permissions import YES, Decision, no
from people.authority import Part
from people.permissions import acts_for

NOT_AN_ASSESSOR = "They do not assess in that team. Choose somebody who does."


def can_request(user: User) -> Decision:
    if user.is_system or user.has_role(*CASE_ROLES):
        return YES
    return no("Only staff who work with people ask for an assessment.")


def may_assess_in(assessor: User, team: Team | int) -> bool:
    """Trained and competent people of the team (SI 2014/2827 reg 5)."""
    return assessor.is_active and assessor.has_role(*ASSESSING_ROLES, team=team)


def can_write(user: User, assessment: Assessment) -> Decision:
    """The assessor, and those who assess in the same team."""
    if user.pk == assessment.assessor_id or may_assess_in(user, assessment.team_id):
        return YES
    return no(f"Only those who assess in {assessment.team} can write in this assessment.")


def can_assign(user: User, assessment: Assessment) -> Decision:
    """The team's manager gives it to somebody; those who assess there may take it on."""
    if user.has_role(Role.TEAM_MANAGER, *ASSESSING_ROLES, team=assessment.team_id):
        return YES
    return no(f"Only {assessment.team} can say who assesses.")


def can_submit(user: User, assessment: Assessment) -> Decision:
    return can_write(user, assessment)


def can_comment(user: User, assessment: Assessment) -> Decision:
    """Who writes it puts down what the person said; the person, or somebody who acts for them, says it themself."""
    if can_write(user, assessment) or acts_for(user, assessment.person, Part.CARE):
        return YES
    return no(
        "Only the person, somebody who acts for them, or who assesses in the team can say what they think."
    )


def can_authorise(user: User, assessment: Assessment) -> Decision:
    """A manager of the team, never who assessed or sent it (care-act.md 15, 5)."""
    if user.pk in (assessment.assessor_id, assessment.submitted_by_id):
        return no("Whoever assessed or sent this cannot also authorise it.")
    if user.has_role(Role.TEAM_MANAGER, team=assessment.team_id):
        return YES
    return no(f"Only a manager of {assessment.team} can authorise or return this.")


def can_end(user: User, assessment: Assessment) -> Decision:
    """Record a refusal, or stop it: who writes it, or the team's manager."""
    if can_write(user, assessment) or user.has_role(Role.TEAM_MANAGER, team=assessment.team_id):
        return YES
    return no(f"Only {assessment.team} can end this assessment.")


def can_end_by_death(user: User, assessment: Assessment) -> Decision:
    """The machine alone, when a death is recorded."""
    return YES if user.is_system else no("An assessment ends by itself when the person’s death is recorded.")
