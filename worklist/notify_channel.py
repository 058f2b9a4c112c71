"""GOV.UK Notify: one call of its public interface, signed as its documentation asks.

The key is `name-serviceid-secret` with two identifiers of 36 characters; each call carries a token signed with the
secret (HS256) that names the service and the moment.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib import error, request

from django.conf import settings

from core import clock

ADDRESS = "https://api.notifications.service.gov.uk"
TIMEOUT_SECONDS = 10


class Refused(Exception):  # noqa: N818
    """Notify will never take this message: the address is wrong, or not on the list of a trial service."""


class Unavailable(Exception):  # noqa: N818
    """Notify did not take the message now: it is busy, away, or our key is wrong. Try again later."""


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def token(key: str, *, issued_at: int) -> str:
    """A signed token from an API key. Raises ValueError when the key has not Notify's form."""
    if len(key) < 73:
        raise ValueError("NOTIFY_API_KEY has not the form of a GOV.UK Notify key.")
    service, secret = key[-73:-37], key[-36:]
    head = _part(json.dumps({"typ": "JWT", "alg": "HS256"}, separators=(",", ":")).encode())
    body = _part(json.dumps({"iss": service, "iat": issued_at}, separators=(",", ":")).encode())
    signature = hmac.new(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{_part(signature)}"


def send_email(*, to: str, reference: str, facts: Mapping[str, str]) -> str:
    """Hand one e-mail over. Returns Notify's identifier. Raises Refused or Unavailable."""
    content = {
        "email_address": to,
        "template_id": settings.NOTIFY_TEMPLATE_ID,
        "personalisation": dict(facts),
        "reference": reference,
    }
    call = request.Request(  # noqa: S310 the address comes from our settings
        ADDRESS + "/v2/notifications/email",
        data=json.dumps(content).encode(),
        headers={
            "Authorization": "Bearer "
            + token(settings.NOTIFY_API_KEY, issued_at=int(clock.real_now().timestamp())),
            "Content-Type": "application/json",
        },
        method="POST",
    )
    try:
        with request.urlopen(call, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 # nosec B310
            return str(json.load(answer)["id"])
    except error.HTTPError as problem:
        with problem:
            if problem.code == 400:
                raise Refused from problem
            raise Unavailable(f"HTTP {problem.code}") from problem
    except (error.URLError, TimeoutError) as problem:
        raise Unavailable from problem
