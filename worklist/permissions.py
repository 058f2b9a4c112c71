"""Who may finish, cancel or hand on a task, and who sees a team's list."""

from __future__ import annotations

from accounts.models import CASE_ROLES, MANAGING_ROLES, Role, Team, User
from core.permissions import YES, Decision, no
from people.models import Person
from people.permissions import acts_for, can_change, is_own_record
from worklist.models import Conversation, Task

BELONGS_TO_A_REMINDER = (
    "This task closes by itself when the work is recorded, so that no date set by law can be ticked away."
)


def _holds(user: User, task: Task) -> bool:
    """The task is theirs, they asked for it, or they belong to or manage the team it lies with."""
    if user.is_system or user.pk in (task.owner_id, task.asked_by_id):
        return True
    if task.team_id is None:
        return user.has_role(*MANAGING_ROLES)
    return user.has_role(*CASE_ROLES, team=task.team_id) or user.has_role(Role.SERVICE_MANAGER, Role.DIRECTOR)


def can_finish_task(user: User, task: Task) -> Decision:
    """Whether a task may be marked as done by hand."""
    if not _holds(user, task):
        return no("Only whoever the task belongs to, or its team, can finish it.")
    if task.anchor_id and not user.is_system:
        return no(BELONGS_TO_A_REMINDER)
    return YES


def can_cancel_task(user: User, task: Task) -> Decision:
    """Whether a task may be set aside as no longer needed, with a reason."""
    if not _holds(user, task):
        return no("Only whoever the task belongs to, or its team, can cancel it.")
    if task.anchor_id and not user.is_system:
        return no(BELONGS_TO_A_REMINDER)
    return YES


def can_ask_colleague(user: User, task: Task) -> Decision:
    """Whether a task may be handed to a colleague."""
    if task.status != Task.Status.OPEN:
        return no("The task is no longer open.")
    if not _holds(user, task):
        return no("Only whoever the task belongs to, or its team, can ask a colleague.")
    return YES


def can_see_team(user: User, team: Team) -> Decision:
    """Whether a team's list is open to the user: its members and managers, and those who manage all teams."""
    if user.has_role(*CASE_ROLES, team=team) or user.has_role(Role.SERVICE_MANAGER, Role.DIRECTOR):
        return YES
    return no("You can see the list of a team that you belong to.")


def can_add_task(user: User) -> Decision:
    """Whether a task may be written on a person's record."""
    if user.is_system or user.has_role(*CASE_ROLES):
        return YES
    return no("Only staff who work with people can add a task.")


def can_write_message(user: User, person: Person) -> Decision:
    """The person, or somebody who acts for them, on the person's own pages."""
    if acts_for(user, person):
        return YES
    return no("Only the person, and who acts for them, write from these pages.")


def can_write_again(user: User, conversation: Conversation) -> Decision:
    """The person in every conversation about them; whoever acts for them in one that they began."""
    own = conversation.begun_by_id == user.pk or is_own_record(user, conversation.person)
    if own and acts_for(user, conversation.person):
        return YES
    return no("Only the person, and who began the conversation, write in it.")


def can_answer(user: User, conversation: Conversation) -> Decision:
    """Staff who work with people and may open the record: an answer is not left waiting for one colleague."""
    return can_change(user, conversation.person)
