"""Who may record, screen, decide and answer."""

from __future__ import annotations

from accounts.models import ASSESSING_ROLES, CASE_ROLES, Role, User
from contacts.models import Contact, Handover, OnlineRequest
from core.permissions import YES, Decision, no

FRONT_DOOR_ROLES = (*ASSESSING_ROLES, Role.TEAM_MANAGER)

_ANSWERING = {
    Handover.Kind.ASSESSMENT: FRONT_DOOR_ROLES,
    Handover.Kind.CARER_ASSESSMENT: FRONT_DOOR_ROLES,
    Handover.Kind.REABLEMENT: (Role.REABLEMENT_LEAD, Role.TEAM_MANAGER),
    Handover.Kind.SAFEGUARDING: (Role.SAFEGUARDING_MANAGER, Role.TEAM_MANAGER),
}


def can_record_contact(user: User) -> Decision:
    """Anyone who works with people takes down a request: nobody is told to ring somebody else."""
    if user.is_system or user.has_role(*CASE_ROLES):
        return YES
    return no("Only staff who work with people record a contact.")


def can_work_contact(user: User, contact: Contact) -> Decision:
    """Screen, decide, pass on and close: the duty worker or the manager of the front-door team that holds it."""
    if user.has_role(*FRONT_DOOR_ROLES, team=contact.team_id):
        return YES
    return no(f"Only a duty worker or the manager of {contact.team} can do this.")


def can_decide_online_request(user: User, online_request: OnlineRequest) -> Decision:
    """Match what came from the website, or set it aside: as for a contact; the machine where the match is exact."""
    if user.is_system or user.has_role(*FRONT_DOOR_ROLES, team=online_request.team_id):
        return YES
    return no(f"Only a duty worker or the manager of {online_request.team} can do this.")


def can_end_by_death(user: User, contact: Contact) -> Decision:
    """The machine alone, when a death is recorded."""
    return YES if user.is_system else no("A contact ends by itself when the person’s death is recorded.")


def can_answer_handover(user: User, handover: Handover) -> Decision:
    """Accept or return: the receiving team, and never whoever passed it on."""
    if user.pk == handover.passed_by_id:
        return no("Whoever passed this on cannot also answer for the receiving team.")
    # The machine returns what is open when the person has died.
    if user.is_system or user.has_role(*_ANSWERING[Handover.Kind(handover.kind)], team=handover.to_team_id):
        return YES
    return no(f"Only {handover.to_team} can accept or return this hand-over.")
