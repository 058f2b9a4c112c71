"""Letters about accounts, sent by the outbox: invitation, new password, and what has changed. No case content."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import lost_second_step, services
from accounts.models import Invitation, User
from core import clock
from core.models import Outbox

# The text of each letter and its subject.
LETTERS = {
    "invitation": ("accounts/mail/invitation.txt", "Your invitation to adult social care online"),
    "password_reset_key": ("accounts/mail/password_reset_key.txt", "Choose a new password"),
    "password_changed": ("accounts/mail/password_changed.txt", "Your password was changed"),
    "password_reset": ("accounts/mail/password_reset.txt", "Your password was changed"),
    "totp_activated": ("accounts/mail/totp_activated.txt", "An app for codes was added to your account"),
    "totp_deactivated": (
        "accounts/mail/totp_deactivated.txt",
        "The app for codes was removed from your account",
    ),
    "webauthn_added": ("accounts/mail/webauthn_added.txt", "A passkey was added to your account"),
    "webauthn_removed": ("accounts/mail/webauthn_removed.txt", "A passkey was removed from your account"),
    "recovery_codes_generated": (
        "accounts/mail/recovery_codes_generated.txt",
        "New recovery codes were made for your account",
    ),
    "starting_again": ("accounts/mail/starting_again.txt", "Set up your account anew"),
    "second_step_lost": ("accounts/mail/second_step_lost.txt", "Your second step of signing in"),
    "second_step_asked": ("accounts/mail/second_step_asked.txt", "A colleague cannot sign in"),
    "closed_unused": ("accounts/mail/closed_unused.txt", "Your account was closed because nobody used it"),
}
# Nothing goes to a closed account but that it was closed.
TO_CLOSED = frozenset({"closed_unused"})


def join_url(token: str) -> str:
    return settings.PORTAL_URL.rstrip("/") + reverse("accounts:join", kwargs={"token": token})


def send_invitation(row: Outbox) -> None:
    """Send the link of an invitation. Sent twice, the second link is the one that works."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=row.payload["invitation"])
    )
    if invitation.used_at or invitation.expires_at <= clock.real_now() or not invitation.user.is_active:
        return
    url = join_url(services.renew_secret(invitation))
    template = "starting_again" if row.payload.get("again") else "invitation"
    _send(template, invitation.user, url=url, until=invitation.expires_at)


def send_letter(row: Outbox) -> None:
    """Send a letter about an account; to a closed one only that it is closed."""
    template = row.payload["template"]
    user = User.objects.filter(pk=row.payload["user"], is_system=False).first()
    if user is None or user.is_active == (template in TO_CLOSED):
        return
    facts: dict[str, Any] = {"at": row.created_at, **row.payload.get("facts", {})}
    if template == "password_reset_key":
        path = reverse(
            "account_reset_password_from_key",
            kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
        )
        facts["url"] = settings.PORTAL_URL.rstrip("/") + path
        facts["hours"] = settings.PASSWORD_RESET_TIMEOUT // 3600
    elif template == "second_step_lost":
        if not lost_second_step.can_be_lost(user):
            return
        facts["url"] = lost_second_step.link_for(user)
        facts["hours"] = settings.PASSWORD_RESET_TIMEOUT // 3600
    elif template == "second_step_asked":
        facts["url"] = (
            settings.PORTAL_URL.rstrip("/") + reverse("admin:accounts_user_changelist") + "?lost=yes"
        )
    _send(template, user, **facts)


def _send(template: str, user: User, **facts: Any) -> None:
    context = {
        "name": user.name,
        "is_staff": user.audience == User.Audience.STAFF,
        "council": settings.COUNCIL_NAME,
        "phone": settings.COUNCIL_PHONE,
        "portal": settings.PORTAL_URL,
        **facts,
    }
    text, subject = LETTERS[template]
    body = render_to_string(text, context)
    send_mail(f"{subject} – {settings.COUNCIL_NAME}", body, None, [user.email])
