"""System checks: the product refuses to start in a state that would be unsafe."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

LOCAL_HOSTS = {"", "localhost", "127.0.0.1", "::1"}


@register()
def evaluation_stays_at_home(**_: Any) -> list[CheckMessage]:
    """Evaluation mode, with its one-click sign-in and movable clock, only with embedded services on this machine."""
    if not settings.EVALUATION:
        return []
    host = str(settings.DATABASES["default"].get("HOST", ""))
    problems: list[CheckMessage] = []
    if not (host in LOCAL_HOSTS or host.startswith("/")):
        problems.append(Error("Evaluation mode needs the embedded database on this machine.", id="core.E001"))
    if "@127.0.0.1" not in settings.REDIS_URL and "//127.0.0.1" not in settings.REDIS_URL:
        problems.append(Error("Evaluation mode needs the embedded broker on this machine.", id="core.E002"))
    if set(settings.ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]"}:
        problems.append(Error("Evaluation mode answers on localhost only.", id="core.E003"))
    return problems


@register()
def keys_are_long(**_: Any) -> list[CheckMessage]:
    if len(settings.SECRET_KEY) < 40 or "change-me" in settings.SECRET_KEY:
        return [Error("SECRET_KEY must be a secret of at least 40 characters.", id="core.E004")]
    return []
