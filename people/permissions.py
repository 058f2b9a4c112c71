"""Who may do what with a person's record. Whether they may know of it at all is `visible_to`."""

from __future__ import annotations

from datetime import date

from accounts.models import CASE_ROLES, MANAGING_ROLES, Team, User
from accounts.querysets import live_on
from core import clock
from core.permissions import YES, Decision, no
from people.authority import SPEAKING_ONLY, Kind, Part
from people.models import Allocation, CaseNote, Person, PortalAccess, Warning

CASE_WORK = "Only staff who work with people can do this."


def acts_for(user: User, person: Person, part: str | None = None, *, deciding: bool = False) -> bool:
    """The person themself on their own pages, or somebody with recorded authority to act for them.

    With a part given (people.authority.Part), the authority must reach to it; deciding leaves out an advocate, who
    speaks up beside the person and agrees to nothing in their place.
    """
    if user.audience != User.Audience.PUBLIC or not user.is_active:
        return False
    rows = PortalAccess.objects.live(clock.today()).acting().filter(user=user, person=person)
    if part is not None:
        rows = rows.covering(part)
    if deciding:
        rows = rows.exclude(kind__in=SPEAKING_ONLY)
    return rows.exists()


def is_own_record(user: User, person: Person) -> bool:
    """Whether the user is the person themself, on their own pages."""
    rows = PortalAccess.objects.live(clock.today()).filter(user=user, person=person)
    return rows.filter(relation=PortalAccess.Relation.SELF).exists()


def can_read_case(user: User) -> Decision:
    """Assessments, plans, notes and risks. Money staff see who a person is and their money, and no more (README of
    the shelf, 9)."""
    return YES if user.is_system or user.has_role(*CASE_ROLES) else no(CASE_WORK)


def can_register(user: User) -> Decision:
    return YES if user.is_system or user.has_role(*CASE_ROLES) else no(CASE_WORK)


def can_change(user: User, person: Person) -> Decision:
    """Details, network, warnings and notes are kept by everyone with a case role who may open the record."""
    return YES if user.is_system or user.has_role(*CASE_ROLES) else no(CASE_WORK)


def can_add_note(user: User, person: Person) -> Decision:
    return can_change(user, person)


def can_correct_note(user: User, note: CaseNote) -> Decision:
    if note.author_id == user.pk:
        return YES
    if user.has_role(*MANAGING_ROLES):
        return YES
    return no("Only the author of a note, or a manager, can correct it. You can write a note of your own.")


def can_allocate(
    user: User, person: Person, team: Team, worker: User | None, lead: Allocation | None
) -> Decision:
    """A manager of the team that gives or takes. A worker may take on someone of their own team who has no worker,
    hand their own work to their own team, and place someone whom nobody has yet with their own team."""
    if user.is_system or user.has_role(*MANAGING_ROLES, team=team):
        return YES
    if lead is not None and user.has_role(*MANAGING_ROLES, team=lead.team_id):
        return YES
    in_own_team = user.has_role(*CASE_ROLES, team=team)
    if in_own_team and lead is None and (worker is None or worker.pk == user.pk):
        return YES
    if in_own_team and lead is not None and lead.team_id == team.pk:
        takes_on = lead.worker_id is None and worker is not None and worker.pk == user.pk
        gives_back = lead.worker_id == user.pk and worker is None
        if takes_on or gives_back:
            return YES
    return no(
        "Only a manager of the team that gives or takes the work can allocate it. "
        "You can take on someone of your own team who has no named worker."
    )


def can_end_allocation(user: User, allocation: Allocation) -> Decision:
    if user.is_system or user.has_role(*MANAGING_ROLES, team=allocation.team_id):
        return YES
    return no("Only a manager of the team can end an allocation.")


def is_worker_of(worker: User, team: Team, day: date) -> bool:
    """Whether someone can be a named worker there: active staff with a case role in the team on the day."""
    return (
        worker.is_active
        and worker.audience == User.Audience.STAFF
        and worker.memberships.filter(live_on(day), team=team, role__in=CASE_ROLES).exists()
    )


def can_close_warning(user: User, warning: Warning) -> Decision:
    """Whoever made a warning does not judge alone that it is over, unless they lead (domain/people.md 7)."""
    if user.has_role(*MANAGING_ROLES) or warning.created_by_id != user.pk:
        return YES
    return no("Ask a colleague or your manager to close a warning that you made yourself.")


def can_set_level(user: User, person: Person) -> Decision:
    if user.is_system or user.has_role(*MANAGING_ROLES):
        return YES
    return no("Only a manager can change who may open a record.")


def can_see_who_looked(user: User, person: Person) -> Decision:
    return can_change(user, person)


def can_grant_portal_access(user: User, person: Person) -> Decision:
    return can_change(user, person)


def can_end_portal_access(user: User, access: PortalAccess) -> Decision:
    """Staff who work with people; the person themself, for a permission that they gave."""
    if user.is_system or user.has_role(*CASE_ROLES):
        return YES
    if access.kind == Kind.CONSENT and is_own_record(user, access.person):
        return YES
    return no("Only your worker can end this: it does not rest on your permission alone.")


def can_set_preferences(user: User, person: Person) -> Decision:
    """The person, who acts for them in this, or staff who work with people."""
    if can_change(user, person) or acts_for(user, person, Part.DETAILS):
        return YES
    return no("Only the person, somebody who acts for them in this, or their worker can change it.")


def can_see_safe_contact(user: User, person: Person) -> Decision:
    """What the person says about contact that is safe is between them and us: whoever acts for them may be whom they
    fear."""
    if can_change(user, person) or is_own_record(user, person):
        return YES
    return no("Only the person themself says how it is safe to reach them.")


def can_withdraw_death(user: User, person: Person) -> Decision:
    if user.has_role(*MANAGING_ROLES):
        return YES
    return no("Only a manager can withdraw a death that was recorded in error.")


def can_see_confidential_home(user: User, person: Person, lead: Allocation | None) -> Decision:
    """A refuge is for the named worker, their manager, and those on the record's list (domain/people.md 1)."""
    if lead is not None and (lead.worker_id == user.pk or user.has_role(*MANAGING_ROLES, team=lead.team_id)):
        return YES
    if person.access_list_id and user.access_list_ids().filter(access_list=person.access_list_id).exists():
        return YES
    return no("This address is confidential. Ask the named worker.")
