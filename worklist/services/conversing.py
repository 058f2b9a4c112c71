"""Messages between the person and us: written on their own pages, answered on the record, never left without a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import audit.services as audit
from accounts.models import Team, User
from core import clock
from core.permissions import require
from people.models import Person, PortalAccess
from worklist import events, workflow
from worklist.models import Conversation, Message
from worklist.permissions import can_write_message
from worklist.services.anchors import close_anchor, set_anchor
from worklist.services.named_worker import who_answers
from worklist.services.notifying import notify
from worklist.services.work_items import touch

RULE = "MESSAGE_REPLY"
ANSWERED = "worklist.message_answered"


@transaction.atomic
def write_message(
    *,
    person: Person,
    subject_line: str,
    text: str,
    by: User,
    now: datetime,
    about: str = Conversation.About.MESSAGE,
    url: str = "",
    to: User | None = None,
    team: Team | None = None,
) -> Conversation:
    """Begin a conversation from the person's own pages: it lands with the named worker, as a task with the day promised.

    `to` and `team` say who answers instead, for example whoever prepared the plan that a comment is about. Raises
    PermissionDenied, and ValidationError for a message without words.
    """
    person = Person.objects.lock(person.pk)
    require(can_write_message(by, person))
    _in_words(subject_line=subject_line, text=text)
    conversation = Conversation(
        person=person,
        about=Conversation.About(about),
        subject_line=subject_line.strip(),
        url=url,
        begun_by=by,
        status=Conversation.Status.WAITING,
        reply_by=clock.london_date(now),
        last_at=now,
        created_at=now,
        updated_at=now,
    )
    conversation.save()
    _promise(conversation, now=now, to=to, team=team)
    _say(conversation, text, by=by, now=now)
    _record(events.MESSAGE_WRITTEN, conversation, by=by, now=now, reply_by=conversation.reply_by)
    return conversation


@transaction.atomic
def write_again(*, conversation: Conversation, text: str, by: User, now: datetime) -> Conversation:
    """Add to a conversation. One that waits keeps the day promised; an answered one waits again, with a new day.

    Raises PermissionDenied, WrongState for one that is closed, ValidationError.
    """
    conversation = Conversation.objects.lock(conversation.pk)
    waits = conversation.status == Conversation.Status.WAITING
    workflow.WRITE_AGAIN.apply(conversation, by=by)
    _in_words(text=text)
    conversation.next_version()
    if waits:
        _moved(conversation, now)
    else:
        conversation.reply_by = clock.london_date(now)
        _moved(conversation, now)
        _promise(conversation, now=now)
    _say(conversation, text, by=by, now=now)
    _record(events.MESSAGE_WRITTEN, conversation, by=by, now=now, reply_by=conversation.reply_by)
    return conversation


@transaction.atomic
def answer_message(*, conversation: Conversation, text: str, by: User, now: datetime) -> Conversation:
    """Answer on the record: the task closes, and whoever wrote is told, without a word of what it is about.

    Raises PermissionDenied, WrongState, ValidationError.
    """
    conversation = Conversation.objects.lock(conversation.pk)
    workflow.ANSWER.apply(conversation, by=by)
    _in_words(text=text)
    conversation.reply_by = None
    conversation.next_version()
    _moved(conversation, now)
    message = _say(conversation, text, by=by, now=now)
    close_anchor(rule=RULE, subject=conversation, now=now, because="answered", by=by)
    touch(person=conversation.person, now=now)
    _tell(conversation, message, now=now)
    _record(events.MESSAGE_ANSWERED, conversation, by=by, now=now)
    return conversation


@transaction.atomic
def close_conversation(
    *, conversation: Conversation, by: User, now: datetime, version: int | None = None
) -> Conversation:
    """Nothing more is to be said. Whoever wrote begins a new conversation for something else.

    Raises PermissionDenied, WrongState for one that waits for our reply, StaleVersion.
    """
    conversation = Conversation.objects.lock(conversation.pk)
    conversation.expect_version(version)
    workflow.CLOSE.apply(conversation, by=by)
    conversation.closed_at, conversation.closed_by = now, by
    conversation.next_version()
    _moved(conversation, now)
    _record(events.CONVERSATION_CLOSED, conversation, by=by, now=now)
    return conversation


def end_conversations(*, person: Person, by: User, now: datetime) -> int:
    """After a death nobody waits for an answer. Within a transaction; returns how many were closed."""
    return (
        Conversation.objects.filter(person=person)
        .exclude(status=Conversation.Status.CLOSED)
        .update(status=Conversation.Status.CLOSED, reply_by=None, closed_at=now, closed_by=by, updated_at=now)
    )


def _in_words(**texts: str) -> None:
    empty = {name: "Write your message" for name, text in texts.items() if not text.strip()}
    if empty:
        raise ValidationError(empty)


def _say(conversation: Conversation, text: str, *, by: User, now: datetime) -> Message:
    return Message.objects.create(conversation=conversation, written_by=by, written_at=now, text=text.strip())


def _moved(conversation: Conversation, now: datetime) -> None:
    conversation.last_at = conversation.updated_at = now
    conversation.save(
        update_fields=[
            "status", "reply_by", "last_at", "closed_at", "closed_by", "version", "updated_at"
        ]
    )  # fmt: skip


def _promise(
    conversation: Conversation, *, now: datetime, to: User | None = None, team: Team | None = None
) -> None:
    """Begin a reminder for this question, and keep the day it gives as the day promised."""
    person = conversation.person
    if to is None and team is None:
        team, to = who_answers(person, now)
    anchor = set_anchor(
        rule=RULE,
        subject=conversation,
        on=clock.london_date(now),
        person=person,
        team=team,
        owner=to,
        url=conversation.get_absolute_url(),
        now=now,
        cycle=str(conversation.version),
        access_list=person.access_list,
    )
    conversation.reply_by = anchor.due_on
    conversation.save(update_fields=["reply_by"])


def _tell(conversation: Conversation, message: Message, *, now: datetime) -> None:
    """The person, and whoever began it, while they may still see it."""
    rights = PortalAccess.objects.live(clock.london_date(now)).filter(person=conversation.person)
    for right in rights.select_related("user").order_by("pk"):
        if right.is_own or right.user_id == conversation.begun_by_id:
            notify(
                template=ANSWERED,
                recipient=right.user,
                key=f"message:{message.ref}",
                now=now,
                person=conversation.person,
                url=f"/my/messages/{conversation.ref}/",
            )


def _record(code: str, conversation: Conversation, *, by: User, now: datetime, **detail: Any) -> None:
    audit.record(
        code,
        subject=conversation,
        person_id=conversation.person_id,
        by=by,
        at=now,
        access_list_id=conversation.person.access_list_id,
        about=conversation.about,
        **detail,
    )
