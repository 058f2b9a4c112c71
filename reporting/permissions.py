"""Who may take a list out of the portal, and who decides on a large one."""

from __future__ import annotations

from accounts.models import MANAGING_ROLES, User
from core import clock
from core.permissions import YES, Decision, no
from reporting import scope
from reporting.models import Export
from reporting.querysets import DECIDERS
from reporting.scope import READERS

# Tables hold numbers only, lists hold people.
TABLE = "table-"


def can_ask(user: User, code: str) -> Decision:
    """Lists: who manages a team. Tables of numbers: whoever reads the numbers"""
    if code.startswith(TABLE):
        return YES if user.has_role(*READERS) else no("Only those who read these numbers can take them out.")
    return YES if user.has_role(*MANAGING_ROLES) else no("Only managers can take a list of people out.")


def can_make(user: User, export: Export) -> Decision:
    """The machine alone: what may be in a file is worked out anew, with the rights of whoever asked"""
    return YES if user.is_system else no("A file is made by the machine, not by a person.")


def can_decide(user: User, export: Export) -> Decision:
    """Service managers and directors, and never whoever asked"""
    if export.asked_by_id == user.pk:
        return no("A large export is decided by a second manager, not by who asks for it.")
    if user.has_role(*DECIDERS):
        return YES
    return no("Only a service manager or a director decides on a large export.")


def can_fetch(user: User, export: Export) -> Decision:
    """Whoever asked, while they still have the right to what is in it"""
    if export.asked_by_id != user.pk:
        return no("Only whoever asked for a file can fetch it.")
    may = can_ask(user, export.code)
    if not may:
        return may
    present = scope.of(user, str(export.query.get("team", "")))
    mine = {team.pk for team in present.shown}
    if not present.everywhere and not (export.teams and mine.issuperset(export.teams)):
        return no("You no longer have the right to all that is in this file.")
    if export.expires_at is not None and export.expires_at <= clock.now():
        return no("The file has been taken away. Ask for a new one.")
    return YES
