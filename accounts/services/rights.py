"""Roles that are held in a team: given from a day on, and taken away."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import events
from accounts.models import Membership, Role, Team, User
from accounts.permissions import can_change_rights
from audit import services as audit
from core import clock
from core.permissions import require


@transaction.atomic
def grant_role(
    *, user: User, team: Team, role: str, by: User | None, now: datetime, is_main: bool = False
) -> Membership:
    """Give a role in a team from today on. Raises PermissionDenied for one's own rights, ValidationError when the
    role is held there already, the account is not staff's, or the team is closed."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if by is not None:
        require(can_change_rights(by, user))
    if user.audience != User.Audience.STAFF or not user.is_active:
        raise ValidationError({"user": "Only staff with an open account hold roles."})
    if not team.is_active:
        raise ValidationError({"team": "This team is closed."})
    membership = hold(user=user, team=team, role=Role(role), on=clock.london_date(now), is_main=is_main)
    audit.record(
        events.ROLE_GRANTED,
        subject=user,
        person_id=None,
        by=by,
        at=now,
        role=str(Role(role).label),
        team=team.name,
    )
    return membership


def hold(*, user: User, team: Team, role: str, on: date, is_main: bool) -> Membership:
    if user.memberships.filter(team=team, role=role, valid_to=None).exists():
        raise ValidationError({"role": "This role is held in this team already."})
    if is_main:
        user.memberships.filter(is_main=True).update(is_main=False)
    return Membership.objects.create(user=user, team=team, role=role, is_main=is_main, valid_from=on)


@transaction.atomic
def withdraw_role(*, user: User, team: Team, role: str, by: User, now: datetime) -> None:
    """Take a role away: the next page that needs it is refused. Raises ValidationError when it is not held."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_change_rights(by, user))
    membership = user.memberships.filter(team=team, role=role, valid_to=None).first()
    if membership is None:
        raise ValidationError({"role": "This role is not held in this team."})
    end_membership(membership, on=clock.london_date(now))
    audit.record(
        events.ROLE_WITHDRAWN,
        subject=user,
        person_id=None,
        by=by,
        at=now,
        role=str(Role(role).label),
        team=team.name,
    )


def end_membership(membership: Membership, *, on: date) -> None:
    """Yesterday was the last day. A role given only today leaves no day behind; the trail keeps that it was given."""
    last = on - timedelta(days=1)
    if membership.valid_from > last:
        membership.delete()
    else:
        membership.valid_to = last
        membership.save(update_fields=["valid_to"])
