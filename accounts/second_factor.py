"""The second step of signing in: whether this session has taken it, and whether its owner has one to take."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from accounts import events
from audit import services as audit
from core import clock

# Recovery codes come with one of these and never stand alone.
PRIMARY = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
NAMES = {
    Authenticator.Type.TOTP: "app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


def is_done(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor: a code, a passkey, or the council's own sign-in where the
    council has said that it asks for one. In evaluation, the one-click sign-in counts."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    if any(record.get("method") == "mfa" for record in records):
        return True
    if settings.OIDC_PROVIDES_SECOND_FACTOR and any(r.get("method") == "socialaccount" for r in records):
        return True
    return bool(settings.EVALUATION and request.session.get("evaluation_sign_in"))


def is_set_up(user: Any) -> bool:
    """Whether the user has an app or a passkey that can be asked for."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=PRIMARY).exists()


def was_added(sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """Setting one up proves that the owner holds it, so it counts as done for this session."""
    if authenticator.type in PRIMARY:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    _record(events.FACTOR_ADDED, user, authenticator)


def was_removed(sender: Any, request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """Whoever removes the last one sets up another before the next page."""
    if not is_set_up(user):
        records = get_authentication_records(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record.get("method") != "mfa"
        ]
    _record(events.FACTOR_REMOVED, user, authenticator)


def _record(code: str, user: Any, authenticator: Authenticator) -> None:
    kind = NAMES[Authenticator.Type(authenticator.type)]
    audit.record(code, subject=user, person_id=None, by=user, at=clock.now(), kind=kind)
