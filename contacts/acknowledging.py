"""Telling whoever sent a request that it has come in: by e-mail, or by text. Neutral words, no name, no reference."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from audit import services as audit
from contacts import events
from contacts.models import OnlineRequest
from core import clock
from core.models import Outbox
from worklist import notify_channel

SUBJECT = "We have what you sent us"
BODY = (
    "Hello\n\n"
    "We have what you sent to {council}.\n\n"
    "To see what happens next, use the reference you were given at:\n{address}\n\n"
    "For your safety this e-mail says nothing about what it is. If you did not send us anything, you need do nothing.\n"
)


def acknowledge(row: Outbox) -> None:
    """Send one acknowledgement, once. An address that is refused for good is let be: the sender has the reference."""
    online_request = OnlineRequest.objects.select_for_update(of=("self",)).get(
        ref=row.payload["online_request"]
    )
    if online_request.acknowledged_at:
        return
    try:
        if not _send(online_request):
            return
    except (smtplib.SMTPRecipientsRefused, notify_channel.Refused):
        return
    online_request.acknowledged_at = clock.real_now()
    online_request.save(update_fields=["acknowledged_at"])
    audit.record(
        events.ONLINE_ACKNOWLEDGED,
        subject=online_request,
        person_id=online_request.person_id,
        by=None,
        at=clock.now(),
    )


def _send(online_request: OnlineRequest) -> bool:
    """By e-mail where there is an address, else by text where the council has Notify. False when there is no way."""
    address = settings.PORTAL_URL.rstrip("/") + reverse("track")
    mail, phone = online_request.reply_email, online_request.reply_phone
    if mail and settings.NOTIFY_API_KEY:
        notify_channel.send_email(to=mail, reference=f"ack-{online_request.ref}", facts={"address": address})
    elif mail:
        # The same identifier each time, so that a message sent twice after a crash is known as one.
        identifier = f"<ack-{online_request.ref}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
        EmailMessage(
            f"{SUBJECT} – {settings.COUNCIL_NAME}",
            BODY.format(council=settings.COUNCIL_NAME, address=address),
            to=[mail],
            headers={"Message-ID": identifier, "Auto-Submitted": "auto-generated"},
        ).send()
    elif phone and settings.NOTIFY_API_KEY and settings.NOTIFY_TEXT_TEMPLATE_ID:
        notify_channel.send_text(to=phone, reference=f"ack-{online_request.ref}", facts={"address": address})
    else:
        return False
    return True
