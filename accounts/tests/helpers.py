"""Signing in for tests: a session that stands where a real one stands after both factors."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.test import Client, override_settings
from django.urls import clear_url_caches
from rest_framework.test import APIClient

from accounts.models import User
from core import clock


def sign_in(client: Client, user: User, *, second_factor: bool = True, **session_facts: Any) -> Client:
    """Sign a test client in with password and one-time code; with `second_factor=False`, with the password only."""
    client.force_login(user)
    at = clock.real_now().timestamp()
    methods: list[dict[str, Any]] = [{"method": "password", "at": at, "email": user.email}]
    if second_factor:
        methods.append({"method": "mfa", "at": at, "type": "totp"})
    session = client.session
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    for name, fact in session_facts.items():
        session[name] = fact
    session.save()
    return client


def signed_in_client(user: User, **options: Any) -> Client:
    """A new browser in which the user is signed in with both factors."""
    return sign_in(Client(), user, **options)


def api_client(user: User, *, enforce_csrf_checks: bool = False, **options: Any) -> APIClient:
    """A client of the API with the user's session, both factors done; it sends and expects JSON."""
    client = APIClient(enforce_csrf_checks=enforce_csrf_checks)
    client.default_format = "json"
    sign_in(client, user, **options)
    return client


def app_code(secret: str, *, steps: int = 0) -> str:
    """The code that an authenticator app would show now, or some steps of 30 seconds later."""
    counter = next(iter(totp.yield_hotp_counters_from_time())) + steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up_app(user: User) -> str:
    """Give a user an authenticator app that was set up earlier. Returns the secret that the app holds."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def _reload_addresses() -> None:
    for name in ("accounts.urls", "caseportal.urls", settings.ROOT_URLCONF):
        importlib.reload(importlib.import_module(name))
    clear_url_caches()


@contextmanager
def evaluation_mode() -> Iterator[None]:
    """Evaluation switched on, with the addresses that exist only then; off again afterwards, addresses included."""
    try:
        with override_settings(EVALUATION=True):
            _reload_addresses()
            yield
    finally:
        _reload_addresses()
