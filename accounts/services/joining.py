"""Becoming a user: an invitation with a link that works once, and the first password; and the machine's account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth import password_validation
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from accounts import events
from accounts.models import Invitation, Team, User
from accounts.permissions import can_invite
from accounts.services.rights import hold
from audit import services as audit
from core import clock, outbox
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
    invitation = new_link(user, by)
    held = user.memberships.filter(team=team, role=role, valid_to=None).exists()
    if team is not None and role is not None and not held:
        hold(user=user, team=team, role=role, on=clock.london_date(now), is_main=True)
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


def new_link(user: User, by: User | None) -> Invitation:
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
