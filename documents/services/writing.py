"""A letter is made from its record: every word from there, none typed into it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core import clock
from core.permissions import require
from core.workflow import WrongState
from documents import events, formats, kinds, timescales, workflow
from documents.formats import Format
from documents.models import Letter
from documents.permissions import can_write
from documents.services.around import record, worker_of
from people.models import Person
from people.pages import home_for
from worklist import services as worklist

NOT_ASKED_FOR = "The record asks for another format. Say why the person wants this one"


@transaction.atomic
def write_letter(
    *,
    person: Person,
    kind: str,
    subject_ref: str,
    format: str,  # noqa: A002 the word of the law and of the column
    by: User,
    now: datetime,
    why_this_format: str = "",
) -> Letter:
    """Make a letter from a record, in the person's format; it is a draft until it is given.

    A format that people make (braille, easy read …) opens a task to have it made. Raises PermissionDenied,
    ValidationError for a format that the record does not ask for without a reason, WrongState while another version
    is in preparation, LookupError for a record that is not there to write about.
    """
    require(can_write(by, person))
    Person.objects.lock(person.pk)
    of_kind = kinds.find(kind)
    text = of_kind.build(person, by, subject_ref)
    if not formats.suits(format, formats.wanted(person)) and not why_this_format.strip():
        raise ValidationError({"why_this_format": NOT_ASKED_FOR})
    earlier = Letter.objects.about(kind=kind, subject_ref=subject_ref)
    if earlier.filter(status=Letter.Status.DRAFT).exists():
        raise WrongState(
            "This letter is in preparation already. Give it, or throw it away, before a new one."
        )
    letter = Letter(
        person=person,
        kind=kind,
        title=text.title,
        subject_ref=subject_ref,
        number=(earlier.aggregate(last=Max("number"))["last"] or 0) + 1,
        format=Format(format),
        why_this_format=why_this_format.strip(),
        content=_whole(text, person, by),
        holds_assessment=of_kind.holds_assessment,
        written_by=by,
        access_list=person.access_list,
        created_at=now,
        updated_at=now,
    )
    letter.save()
    if letter.is_made_by_people:
        _ask_to_make(letter, by=by, now=now)
    _record(events.WRITTEN, letter, by=by, now=now, format=letter.get_format_display())
    return letter


@transaction.atomic
def make_again(*, letter: Letter, version: int | None, by: User, now: datetime) -> Letter:
    """The record has changed since: the draft is made from it anew. Raises PermissionDenied, WrongState, StaleVersion,
    LookupError."""
    letter = Letter.objects.lock(letter.pk)
    workflow.MAKE_AGAIN.apply(letter, by=by)
    letter.expect_version(version)
    text = kinds.find(letter.kind).build(letter.person, by, letter.subject_ref)
    letter.title, letter.content = text.title, _whole(text, letter.person, by)
    _save(letter, now)
    _record(events.MADE_AGAIN, letter, by=by, now=now)
    return letter


@transaction.atomic
def throw_away(*, letter: Letter, version: int | None, by: User, now: datetime) -> Letter:
    """The draft is not wanted. A letter that was given is never thrown away. Raises PermissionDenied, WrongState,
    StaleVersion."""
    letter = Letter.objects.lock(letter.pk)
    workflow.THROW_AWAY.apply(letter, by=by)
    letter.expect_version(version)
    _save(letter, now)
    worklist.close_tasks(subject_key_prefix=f"documents.make:{letter.ref}", now=now, by=by)
    _record(events.THROWN_AWAY, letter, by=by, now=now)
    return letter


def _whole(text: kinds.Text, person: Person, by: User) -> dict[str, Any]:
    """The text with its head: to whom, from whom, which record. A home that the writer may not see is left out."""
    home, _is_hidden = home_for(person, by)
    return {
        "title": text.title,
        "to": [person.full_name, *[line.strip() for line in home.split(",") if line.strip()]],
        "from": settings.COUNCIL_NAME,
        "phone": settings.COUNCIL_PHONE,
        "number": person.local_number,
        "blocks": [dict(block) for block in text.blocks],
    }


def _ask_to_make(letter: Letter, *, by: User, now: datetime) -> None:
    team, worker = worker_of(letter.person)
    worklist.open_task(
        key=f"documents.make:{letter.ref}",
        kind="make_letter",
        title=f"Have a letter made: {letter.get_format_display().lower()}",
        why=letter.title,
        person=letter.person,
        team=team,
        owner=worker or by,
        due_on=timescales.due_on(timescales.OTHER_FORMAT, today=clock.london_date(now)),
        url=letter.get_absolute_url(),
        now=now,
        by=by,
        access_list=letter.access_list,
    )


def _save(letter: Letter, now: datetime) -> None:
    letter.updated_at = now
    letter.next_version()
    letter.save()


def _record(code: str, letter: Letter, *, by: User, now: datetime, **detail: Any) -> None:
    record(code, letter, by=by, now=now, title=letter.title, number=letter.number, **detail)
