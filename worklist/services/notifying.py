"""Telling somebody something: in the portal always, and by e-mail that there is something to see."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import AccessList, User
from core import outbox
from people.models import Person
from worklist import delivery
from worklist.models import Notification, Task


@transaction.atomic
def notify(
    *,
    template: str,
    recipient: User | None,
    key: str,
    now: datetime,
    person: Person | None = None,
    task: Task | None = None,
    url: str = "",
    access_list: AccessList | None = None,
) -> Notification | None:
    """Tell a user something, once for each key: a line in the portal, and an e-mail without case content.

    The sentence in the portal is the template's (worklist/messages.py). Nobody is told of a matter whose access list
    they are not on. Returns the line in the portal; None when there is nobody to tell.
    """
    if recipient is None or not recipient.is_active or recipient.is_system:
        return None
    if access_list is not None and not recipient.access_list_ids().filter(access_list=access_list).exists():
        return None
    line, made = Notification.objects.get_or_create(
        key=f"{key}:{recipient.pk}",
        defaults={
            "template": template,
            "channel": Notification.Channel.IN_APP,
            "recipient": recipient,
            "person": person,
            "task": task,
            "url": url,
            "status": Notification.Status.SENT,
            "created_at": now,
            "sent_at": now,
            "access_list": access_list,
        },
    )
    if made and recipient.email:
        mail = Notification.objects.create(
            key=f"{key}:{recipient.pk}:email",
            template=template,
            channel=Notification.Channel.EMAIL,
            recipient=recipient,
            created_at=now,
            access_list=access_list,
        )
        outbox.emit(
            delivery.KIND,
            key=f"{delivery.KIND}:{mail.ref}",
            payload={"notification": mail.ref},
            access_list_id=access_list.pk if access_list else None,
        )
    return line


@transaction.atomic
def mark_seen(*, by: User, now: datetime, ref: str | None = None, url: str | None = None) -> int:
    """The reader has seen one line, those that lead to one page, or every line shown to them. Returns how many were
    new."""
    lines = Notification.objects.visible_to(by).in_portal().unseen()
    if ref:
        lines = lines.filter(ref=ref)
    if url:
        lines = lines.at(url)
    return lines.update(seen_at=now)
