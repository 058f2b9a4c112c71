"""Who may invite, give and take rights, and say who may know of a matter."""

from __future__ import annotations

from accounts.models import CASE_ROLES, AccessList, Role, User
from core import clock
from core.permissions import YES, Decision, no


def can_invite(by: User, audience: str) -> Decision:
    """Administrators invite staff; those who work with people invite the people and who acts for them."""
    if audience == User.Audience.STAFF:
        return YES if by.has_role(Role.ADMINISTRATOR) else no("Only an administrator invites staff.")
    if by.has_role(*CASE_ROLES, Role.ADMINISTRATOR):
        return YES
    return no("Only those who work with people invite a person to their own pages.")


def can_change_rights(by: User, user: User) -> Decision:
    """Administrators change the rights of others. Nobody changes their own."""
    if not by.has_role(Role.ADMINISTRATOR):
        return no("Only an administrator changes roles and accounts.")
    if by.pk == user.pk:
        return no("Nobody changes their own rights. Ask another administrator.")
    if user.is_system:
        return no("This is the account in whose name the machine acts. It has no rights to change.")
    return YES


def can_start_again(by: User, user: User) -> Decision:
    """Whoever may invite somebody may let them join anew; nobody does it for themselves."""
    if user.audience == User.Audience.STAFF:
        return can_change_rights(by, user)
    return can_invite(by, user.audience)


def can_open_again(by: User, user: User) -> Decision:
    """Whoever may let somebody join anew may also open their account after it was closed."""
    return can_start_again(by, user)


def can_make_access_list(by: User) -> Decision:
    if by.is_system or by.has_role(*CASE_ROLES, Role.INFORMATION_OFFICER):
        return YES
    return no("Only those who work with people say who may know of a matter.")


def can_change_access_list(by: User, access_list: AccessList) -> Decision:
    """Only someone who is on the list may add to it or take off; a list nobody is on is for its maker."""
    live = access_list.members.live_on(clock.today())
    if by.is_system or live.filter(user=by).exists():
        return YES
    if access_list.created_by_id == by.pk and not live.exists():
        return YES
    return no("Only someone who is on the list may change it.")
