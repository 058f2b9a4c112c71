"""Somebody who uses the person's own pages has lost the second step of signing in: a task for the team that invited them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.models import CASE_ROLES, Role, Team, User
from core import calendar, clock, policy_settings
from people.models import Person, PortalAccess
from worklist.models import Task
from worklist.services.named_worker import who_answers
from worklist.services.notifying import notify
from worklist.services.tasks import close_tasks, open_task
from worklist.timescales import SECOND_STEP_WORKING_DAYS

KIND = "second_step_lost"
MESSAGE = "worklist.second_step_lost"


def _prefix(user: User) -> str:
    return f"{KIND}:{user.ref}:"


@transaction.atomic
def second_step_lost(*, user_id: int, now: datetime, **_: Any) -> Task | None:
    """Ask the team that invited somebody to check who is asking, and to let them join anew; once while it is open.

    The caller holds the lock of the account. Nothing is opened for an account that was never given anyone's pages.
    """
    user = User.objects.get(pk=user_id)
    access = (
        PortalAccess.objects.filter(user=user)
        .select_related("person__access_list", "granted_by")
        .order_by("-valid_from", "-pk")
        .first()
    )
    if access is None or Task.objects.open().filter(key__startswith=_prefix(user)).exists():
        return None
    today = clock.london_date(now)
    team = _team_of(access, now)
    inviter = access.granted_by
    owner = (
        inviter if team and inviter.has_role(*CASE_ROLES, team=team) and _may_know(inviter, access) else None
    )
    days = int(policy_settings.value(SECOND_STEP_WORKING_DAYS, on=today))
    task, _made = open_task(
        key=f"{_prefix(user)}{now.isoformat()}",
        kind=KIND,
        title="Second step lost: check who is asking and reset",
        why="Somebody who uses the person’s own pages cannot sign in, and says so by a link in their mail",
        person=access.person,
        team=team,
        owner=owner,
        due_on=calendar.add_working_days(today, days, calendar.england()),
        url=reverse("people:list-portal-access", args=[access.person.ref]),
        now=now,
        access_list=access.person.access_list,
    )
    for recipient in [owner] if owner else _others_to_tell(team, access, now):
        notify(
            template=MESSAGE,
            recipient=recipient,
            key=f"task:{task.ref}:{KIND}",
            now=now,
            person=access.person,
            task=task,
            url=task.url,
            access_list=access.person.access_list,
        )
    return task


@transaction.atomic
def second_step_given_anew(*, user_id: int, by: User, now: datetime, **_: Any) -> int:
    """They were let in anew, so the task is done. Returns how many were closed."""
    prefix = _prefix(User.objects.get(pk=user_id))
    return close_tasks(
        now=now, kind=KIND, subject_key_prefix=prefix, by=by, because="the account was set up anew"
    )


def _team_of(access: PortalAccess, now: datetime) -> Team | None:
    """The team in which whoever gave the access works with people; when they have moved on, the named worker's team,
    else the front door."""
    for held in access.granted_by.live_memberships:
        if held.role in CASE_ROLES:
            return held.team
    team, _ = who_answers(access.person, now)
    return team


def _may_know(user: User, access: PortalAccess) -> bool:
    return Person.objects.visible_to(user).filter(pk=access.person_id).exists()


def _others_to_tell(team: Team | None, access: PortalAccess, now: datetime) -> list[User]:
    """Of those who may know the person: who leads the team; where nobody does, everyone in it; and where nobody of the
    team may know, those who are on the record's list."""
    today = clock.london_date(now)
    members = [user for user in User.objects.in_team(team, today) if _may_know(user, access)] if team else []
    leading = [user for user in members if user.has_role(Role.TEAM_MANAGER, team=team)]
    if leading or members or access.person.access_list is None:
        return leading or members
    listed = access.person.access_list.members.live_on(today).values("user")
    return list(User.objects.staff().filter(pk__in=listed).order_by("name", "pk"))
