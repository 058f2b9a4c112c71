"""GOV.UK Notify: one e-mail or text message handed over by the published client, and what its refusals mean to us."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any

from django.conf import settings
from notifications_python_client import NotificationsAPIClient
from notifications_python_client.errors import APIError

ADDRESS = "https://api.notifications.service.gov.uk"
TIMEOUT_SECONDS = 10
# `name-serviceid-secret`, the last two of 36 characters each.
SHORTEST_KEY = 36 + 1 + 36


class Refused(Exception):  # noqa: N818
    """Notify will never take this message: the address is wrong, or not on the list of a trial service."""


class Unavailable(Exception):  # noqa: N818
    """Notify did not take the message now: it is busy, away, or our key is wrong. Try again later."""


def send_email(*, to: str, reference: str, facts: Mapping[str, str]) -> str:
    """Hand one e-mail over. Returns Notify's identifier. Raises Refused or Unavailable, or ValueError when the key
    has not Notify's form."""
    return _hand_over(
        "send_email_notification",
        email_address=to,
        template_id=settings.NOTIFY_TEMPLATE_ID,
        personalisation=dict(facts),
        reference=reference,
    )


def send_text(*, to: str, reference: str, facts: Mapping[str, str]) -> str:
    """Hand one text message over, in the same way."""
    return _hand_over(
        "send_sms_notification",
        phone_number=to,
        template_id=settings.NOTIFY_TEXT_TEMPLATE_ID,
        personalisation=dict(facts),
        reference=reference,
    )


def _hand_over(how: str, **message: Any) -> str:
    if len(settings.NOTIFY_API_KEY) < SHORTEST_KEY:
        raise ValueError("NOTIFY_API_KEY has not the form of a GOV.UK Notify key.")
    client = NotificationsAPIClient(settings.NOTIFY_API_KEY, base_url=ADDRESS, timeout=TIMEOUT_SECONDS)
    with closing(client.request_session):
        try:
            return str(getattr(client, how)(**message)["id"])
        except APIError as problem:
            if problem.status_code == 400:
                raise Refused from problem
            raise Unavailable(f"HTTP {problem.status_code}") from problem
