"""The person has the letter: the day, the way and the format are kept, and the letter never changes again."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock
from core.permissions import require
from documents import events, kinds, pdf, timescales, vault, workflow
from documents.formats import Format
from documents.models import Letter
from documents.permissions import can_ask_other_format
from documents.services.around import record, worker_of
from people.models import PortalAccess
from worklist import services as worklist

NOT_MADE = "Tick this once the letter has been made in that format"


@transaction.atomic
def give_letter(
    *,
    letter: Letter,
    how: str,
    on: date,
    is_made: bool,
    version: int | None,
    by: User,
    now: datetime,
) -> Letter:
    """Record that the person has the letter, and freeze it with its PDF.

    The record it is made from is told (the assessment is issued, the copy of the plan is given). `is_made`: a format
    that people make is there. Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    letter = Letter.objects.lock(letter.pk)
    workflow.GIVE.apply(letter, by=by)
    letter.expect_version(version)
    wrong = {}
    if on > clock.london_date(now):
        wrong["on"] = "The date cannot be in the future"
    elif on < clock.london_date(letter.created_at):
        wrong["on"] = "It cannot have been given before it was written"
    if letter.is_made_by_people and not is_made:
        wrong["is_made"] = NOT_MADE
    if wrong:
        raise ValidationError(wrong)

    printed = pdf.printed(letter, on=on)
    letter.given_on, letter.given_how, letter.given_at, letter.given_by = on, Letter.How(how), now, by
    letter.pdf_name, letter.pdf_digest = vault.keep(printed), vault.digest_of(printed)
    letter.updated_at = now
    letter.next_version()
    letter.save()

    for prefix in ("documents.make", "documents.other_format"):
        worklist.close_tasks(subject_key_prefix=f"{prefix}:{_thread(letter, prefix)}", now=now, by=by)
    _tell_own_pages(letter, now=now)
    kinds.find(letter.kind).given(
        subject_ref=letter.subject_ref, format=kinds.in_words(letter.format), on=on, by=by, now=now
    )
    record(
        events.GIVEN,
        letter,
        by=by,
        now=now,
        title=letter.title,
        number=letter.number,
        format=letter.get_format_display(),
        how=letter.get_given_how_display().lower(),
    )
    return letter


def _thread(letter: Letter, prefix: str) -> str:
    """Tasks to make hang on one letter; wishes for another format on its record, and end with a letter in that one."""
    return letter.ref if prefix == "documents.make" else f"{letter.subject_ref}:{letter.format}"


def _tell_own_pages(letter: Letter, *, now: datetime) -> None:
    rights = PortalAccess.objects.live(clock.london_date(now)).filter(person=letter.person)
    part = kinds.find(letter.kind).part
    for right in rights.covering(part).select_related("user").order_by("pk"):
        if letter.holds_assessment and not right.reads_assessments:
            continue
        worklist.notify(
            template="documents.letter_given",
            recipient=right.user,
            key=f"documents.letter_given:{letter.ref}:{right.ref}",
            now=now,
            person=letter.person,
            url="/my/documents/",
            access_list=letter.access_list,
        )


@transaction.atomic
def ask_other_format(
    *,
    letter: Letter,
    format: str,  # noqa: A002 the word of the law and of the column
    by: User,
    now: datetime,
) -> date:
    """The person cannot read it as it is: a task for their worker. Asking twice asks once. Returns by when it is done.

    Raises PermissionDenied, and ValidationError for the format they have.
    """
    require(can_ask_other_format(by, letter.person))
    chosen = Format(format)
    if chosen == letter.format:
        raise ValidationError({"format": "You have it in this format. Choose another one"})
    team, worker = worker_of(letter.person)
    due_on = timescales.due_on(timescales.OTHER_FORMAT, today=clock.london_date(now))
    task, _is_new = worklist.open_task(
        key=f"documents.other_format:{letter.subject_ref}:{chosen}:{letter.number}",
        kind="other_format",
        title=f"The person asks for a letter in another format: {chosen.label.lower()}",
        why=letter.title,
        person=letter.person,
        team=team,
        owner=worker,
        due_on=due_on,
        url=letter.get_absolute_url(),
        now=now,
        by=by,
        access_list=letter.access_list,
    )
    record(events.OTHER_FORMAT_ASKED, letter, by=by, now=now, title=letter.title, format=chosen.label)
    return task.due_on
