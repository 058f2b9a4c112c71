"""How often a stranger may try, counted as sign-in is: by address, and by what is tried (settings.ACCOUNT_RATE_LIMITS)."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest


def allowed(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count one try. False when there were too many; the limits are wide, for a hospital or a library has one address."""
    return bool(ratelimit.consume(request, action=action, key=key))
