"""Who may put files on a record, write letters, and record that they were given."""

from __future__ import annotations

from accounts.models import CASE_ROLES, User
from core.permissions import YES, Decision, no
from documents.models import Document, Letter
from people.models import Person
from people.permissions import acts_for

CASE_WORK = "Only staff who work with people can do this."


def can_upload(user: User, person: Person) -> Decision:
    """Staff who work with people; the person, or somebody who acts for them, on their own pages."""
    if user.is_system or user.has_role(*CASE_ROLES) or acts_for(user, person):
        return YES
    return no("Only the person, somebody who acts for them, or staff who work with people can add a file.")


def can_check(user: User, document: Document) -> Decision:
    """The machine alone judges a file: nobody lets one through by hand."""
    return YES if user.is_system else no("A file is checked by the machine, not by a person.")


def can_write(user: User, person: Person) -> Decision:
    """Staff who work with people."""
    return YES if user.is_system or user.has_role(*CASE_ROLES) else no(CASE_WORK)


def can_give(user: User, letter: Letter) -> Decision:
    """Staff who work with people; the record it is made from has the last word on its own date."""
    return can_write(user, letter.person)


def can_ask_other_format(user: User, person: Person) -> Decision:
    """The person, somebody who acts for them, or staff on their behalf."""
    return can_upload(user, person)
