"""What is done to accounts: invite, join, give and take roles, close; and who may know of one matter."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from accounts import events
from accounts.models import AccessList, AccessListMember, Invitation, Membership, Role, Team, User
from accounts.permissions import (
    can_change_access_list,
    can_change_rights,
    can_invite,
    can_make_access_list,
    can_start_again,
)
from accounts.querysets import live_on
from audit import services as audit
from core import clock, knock_ons, outbox
from core.permissions import require

# How long the address in an invitation works. The council's own choice; seven days lets a week of leave pass.
INVITATION_LASTS = timedelta(days=7)
SYSTEM_EMAIL = "caseportal@system.invalid"


class InvitationNotValid(Exception):  # noqa: N818
    """The address is unknown, was used before, is too old, or its account is closed."""


def system_user() -> User:
    """The account in whose name the machine acts. It has no password and no role, so nobody signs in with it."""
    try:
        return User.objects.get(email=SYSTEM_EMAIL)
    except ObjectDoesNotExist:
        user, _ = User.objects.get_or_create(
            email=SYSTEM_EMAIL,
            defaults={
                "name": "Caseportal",
                "audience": User.Audience.STAFF,
                "is_system": True,
                "password": "!",  # Django's mark for "no password fits"
            },
        )
        return user


def digest(token: str) -> str:
    """What is kept of the secret in an invitation's address."""
    return hashlib.sha256(token.encode()).hexdigest()


# --- Invitations -------------------------------------------------------------------------------------------------


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    audience: str,
    by: User | None,
    now: datetime,
    team: Team | None = None,
    role: str | None = None,
) -> Invitation:
    """Make an account that has no password yet, and send its owner a link by e-mail.

    Someone who has not joined yet is sent a new link, and the old one stops working. With `team` and `role`, the role
    is given at once. `by` is nobody only for the command that invites the first administrator. Raises
    ValidationError when the address already belongs to somebody who has joined, or to the other audience.
    """
    invitation = _invited(email=email, name=name, audience=audience, by=by, now=now, team=team, role=role)
    outbox.emit(
        "accounts.invitation",
        key=f"accounts.invitation:{invitation.ref}",
        payload={"invitation": invitation.pk},
    )
    return invitation


@transaction.atomic
def invite_by_link(*, email: str, name: str, team: Team, role: str, now: datetime) -> tuple[Invitation, str]:
    """Invite from the command line: no e-mail; the link's secret is handed back once. Returns (invitation, secret)."""
    invitation = _invited(
        email=email, name=name, audience=User.Audience.STAFF, by=None, now=now, team=team, role=role
    )
    return invitation, renew_secret(invitation)


def _invited(
    *,
    email: str,
    name: str,
    audience: str,
    by: User | None,
    now: datetime,
    team: Team | None,
    role: str | None,
) -> Invitation:
    if by is not None:
        require(can_invite(by, audience))
    email = email.strip().lower()
    user = User.objects.select_for_update().filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email=email, name=name.strip(), audience=audience)
    elif user.audience != audience:
        raise ValidationError({"email": "This address already belongs to another kind of account."})
    elif user.has_usable_password() or user.is_system or not user.is_active:
        raise ValidationError({"email": "This address already has an account."})
    invitation = _new_link(user, by)
    held = user.memberships.filter(team=team, role=role, valid_to=None).exists()
    if team is not None and role is not None and not held:
        _hold(user=user, team=team, role=role, on=clock.london_date(now), is_main=True)
    audit.record(
        events.INVITED,
        subject=user,
        person_id=None,
        by=by,
        at=now,
        audience=audience,
        role=role or "",
        team=team.name if team else "",
    )
    return invitation


def _new_link(user: User, by: User | None) -> Invitation:
    """An invitation whose secret is made when it is written down; older ones stop working."""
    sent = clock.real_now()
    user.invitations.filter(used_at=None, expires_at__gt=sent).update(expires_at=sent)
    return Invitation.objects.create(
        user=user,
        token_digest=digest(secrets.token_urlsafe(32)),
        sent_at=sent,
        expires_at=sent + INVITATION_LASTS,
        sent_by=by,
    )


def renew_secret(invitation: Invitation) -> str:
    """A fresh secret for an unused invitation, at the moment its link is written down; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest(token)
    invitation.save(update_fields=["token_digest"])
    return token


def find_invitation(token: str) -> Invitation:
    """The invitation behind a link. Raises InvitationNotValid, without saying which of the reasons it is."""
    invitation = Invitation.objects.select_related("user").filter(token_digest=digest(token)).first()
    if (
        invitation is None
        or invitation.used_at
        or invitation.expires_at <= clock.real_now()
        or not invitation.user.is_active
    ):
        raise InvitationNotValid
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, password: str, now: datetime) -> User:
    """Set the first password and use the link up. Raises InvitationNotValid, or ValidationError for a poor password."""
    found = find_invitation(token)
    user = User.objects.select_for_update().get(pk=found.user_id)
    invitation = find_invitation(token)
    password_validation.validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.used_at = clock.real_now()
    invitation.save(update_fields=["used_at"])
    audit.record(events.JOINED, subject=user, person_id=None, by=user, at=now)
    return user


# --- Roles ---------------------------------------------------------------------------------------------------------


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
    membership = _hold(user=user, team=team, role=Role(role), on=clock.london_date(now), is_main=is_main)
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


def _hold(*, user: User, team: Team, role: str, on: date, is_main: bool) -> Membership:
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
    _end(membership, on=clock.london_date(now))
    audit.record(
        events.ROLE_WITHDRAWN,
        subject=user,
        person_id=None,
        by=by,
        at=now,
        role=str(Role(role).label),
        team=team.name,
    )


def _end(membership: Membership, *, on: date) -> None:
    """Yesterday was the last day. A role given only today leaves no day behind; the trail keeps that it was given."""
    last = on - timedelta(days=1)
    if membership.valid_from > last:
        membership.delete()
    else:
        membership.valid_to = last
        membership.save(update_fields=["valid_to"])


# --- Closing -------------------------------------------------------------------------------------------------------


@transaction.atomic
def change_details(*, user: User, name: str, phone: str, job_title: str, by: User, now: datetime) -> User:
    """Correct how a colleague is named and reached."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_change_rights(by, user))
    user.name, user.phone, user.job_title = name, phone, job_title
    user.save(update_fields=["name", "phone", "job_title"])
    audit.record(events.CHANGED, subject=user, person_id=None, by=by, at=now)
    return user


@transaction.atomic
def deactivate(*, user: User, by: User, now: datetime, reason: str = "") -> User:
    """Close an account: its sessions end with their next request, its roles end, its invitations stop working.
    `reason` is a short code, for example "left" or "lost_device"."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_change_rights(by, user))
    user.is_active = False
    user.save(update_fields=["is_active"])
    for membership in user.memberships.filter(valid_to=None):
        _end(membership, on=clock.london_date(now))
    user.invitations.filter(used_at=None).update(expires_at=clock.real_now())
    audit.record(events.DEACTIVATED, subject=user, person_id=None, by=by, at=now, reason=reason)
    return user


@transaction.atomic
def reactivate(*, user: User, by: User, now: datetime) -> User:
    """Open a closed account again. Its roles do not come back: each is given anew."""
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_change_rights(by, user))
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(events.REACTIVATED, subject=user, person_id=None, by=by, at=now)
    return user


@transaction.atomic
def start_again(*, user: User, by: User, now: datetime) -> Invitation:
    """Let someone who lost their second step join anew, after they were recognised in person or by phone.

    Password and second steps go together, so that a stolen password cannot set up a second step of its own. All
    sessions end, and a new link is sent to their address.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    require(can_start_again(by, user))
    Authenticator.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    invitation = _new_link(user, by)
    outbox.emit(
        "accounts.invitation",
        key=f"accounts.invitation:{invitation.ref}",
        payload={"invitation": invitation.pk},
    )
    audit.record(events.STARTED_AGAIN, subject=user, person_id=None, by=by, at=now)
    return invitation


# --- Who may know --------------------------------------------------------------------------------------------------


@transaction.atomic
def make_access_list(
    *, purpose: str, members: Iterable[User], by: User, now: datetime, reason: str
) -> AccessList:
    """Say who may know of one matter, from today on, and why each of them. The maker is on it only when named."""
    require(can_make_access_list(by))
    chosen = {user.pk: user for user in members}
    if not chosen:
        raise ValidationError({"members": "Choose at least one person who may know."})
    access_list = AccessList.objects.create(purpose=purpose, created_at=now, created_by=by)
    AccessListMember.objects.bulk_create(
        AccessListMember(access_list=access_list, user=user, valid_from=clock.london_date(now), reason=reason)
        for user in chosen.values()
    )
    audit.record(
        events.LIST_MADE,
        subject=access_list,
        person_id=None,
        by=by,
        at=now,
        access_list_id=access_list.pk,
        members=len(chosen),
    )
    return access_list


@transaction.atomic
def add_to_access_list(
    *, access_list: AccessList, user: User, reason: str, by: User, now: datetime
) -> AccessListMember:
    """Let one more person know. Raises ValidationError when they are on the list already."""
    access_list = AccessList.objects.select_for_update().get(pk=access_list.pk)
    require(can_change_access_list(by, access_list))
    today = clock.london_date(now)
    if access_list.members.filter(live_on(today), user=user).exists():
        raise ValidationError({"user": "They are on the list already."})
    member = AccessListMember.objects.create(
        access_list=access_list, user=user, valid_from=today, reason=reason
    )
    _record_on_list(events.LIST_JOINED, access_list, user, by, now)
    return member


@transaction.atomic
def remove_from_access_list(*, access_list: AccessList, user: User, by: User, now: datetime) -> None:
    """Take somebody off the list; they know nothing more from the next page on."""
    access_list = AccessList.objects.select_for_update().get(pk=access_list.pk)
    require(can_change_access_list(by, access_list))
    today = clock.london_date(now)
    member = access_list.members.filter(live_on(today), user=user).first()
    if member is None:
        raise ValidationError({"user": "They are not on the list."})
    if not access_list.members.filter(live_on(today)).exclude(pk=member.pk).exists():
        raise ValidationError({"user": "Somebody must stay on the list. Add another person first."})
    if member.valid_from >= today:
        member.delete()
    else:
        member.valid_to = today - timedelta(days=1)
        member.save(update_fields=["valid_to"])
    _record_on_list(events.LIST_LEFT, access_list, user, by, now)


def _record_on_list(code: str, access_list: AccessList, user: User, by: User, now: datetime) -> None:
    audit.record(
        code,
        subject=access_list,
        person_id=None,
        by=by,
        at=now,
        access_list_id=access_list.pk,
        member=user.ref,
    )


# --- The evaluation clock ------------------------------------------------------------------------------------------


@transaction.atomic
def move_clock(*, day: date, by: User) -> None:
    """Move the product's clock to a day and do what that day's morning would have done. Evaluation only."""
    if not settings.EVALUATION:
        raise RuntimeError("The clock moves only in evaluation.")
    clock.move_to(day)
    audit.record(events.CLOCK_MOVED, subject=by, person_id=None, by=by, at=clock.now(), day=day.isoformat())
    knock_ons.happened("accounts.clock_moved", day=day)
