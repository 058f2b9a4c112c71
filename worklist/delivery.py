"""Sending e-mails that say only that there is something to see: by the mail server, or by GOV.UK Notify.

The text never holds case content, a name or a reference. Runs from the outbox, and is safe to run twice.
"""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from core import clock
from core.models import Outbox
from worklist import notify_channel
from worklist.models import Notification

KIND = "worklist.deliver"
DAILY = "worklist.daily"

SUBJECT = "There is something new for you in the adult social care portal"
BODY = (
    "Hello\n\n"
    "There is something new for you in the adult social care portal of {council}.\n\n"
    "To see it, sign in at:\n{address}\n\n"
    "For your safety this e-mail says nothing about what it is. We will never ask you for your password.\n"
)


def address_for(notification: Notification) -> str:
    """Where the reader signs in and finds it: never an address of a record."""
    recipient = notification.recipient
    page = "/worklist/notifications/" if recipient.audience == recipient.Audience.STAFF else "/my/"
    return settings.PORTAL_URL.rstrip("/") + page


def deliver(row: Outbox) -> None:
    """Send one waiting e-mail. An address that the carrier refuses for good is marked as failed; anything else is
    raised, so that the outbox tries again."""
    mail = (
        Notification.objects.select_for_update(of=("self",))
        .select_related("recipient")
        .get(ref=row.payload["notification"])
    )
    if mail.status != Notification.Status.WAITING:
        return
    if not mail.recipient.is_active or not mail.recipient.email:
        mail.status = Notification.Status.FAILED
        mail.save(update_fields=["status"])
        return
    try:
        mail.provider_reference = _send(mail)
        mail.status, mail.sent_at = Notification.Status.SENT, clock.real_now()
    except (smtplib.SMTPRecipientsRefused, notify_channel.Refused):
        mail.status = Notification.Status.FAILED
    mail.save(update_fields=["status", "sent_at", "provider_reference"])


def _send(mail: Notification) -> str:
    address = address_for(mail)
    if settings.NOTIFY_API_KEY:
        return notify_channel.send_email(
            to=mail.recipient.email, reference=mail.ref, facts={"address": address}
        )
    # The same identifier each time, so that a message sent twice after a crash is known as one.
    identifier = f"<{mail.ref}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
    EmailMessage(
        SUBJECT,
        BODY.format(council=settings.COUNCIL_NAME, address=address),
        to=[mail.recipient.email],
        headers={"Message-ID": identifier, "Auto-Submitted": "auto-generated"},
    ).send()
    return ""
