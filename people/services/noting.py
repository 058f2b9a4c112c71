"""What happened, written down once and for good."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import AccessList, User
from audit import services as audit
from core import clock, knock_ons
from core.permissions import require
from people import events, permissions
from people.models import CaseNote, Person


def add_note(
    *,
    person: Person,
    kind: str,
    occurred_at: datetime,
    text: str,
    by: User,
    now: datetime,
    person_words: str = "",
    involved: str = "",
    is_significant: bool = False,
    is_third_party: bool = False,
    corrects: CaseNote | None = None,
    access_list: AccessList | None = None,
) -> CaseNote:
    """Write a note that nobody changes any more. A correction is a new note that names the one it corrects.

    Raises PermissionDenied, or ValidationError for a moment still to come or a note about somebody else.
    """
    require(permissions.can_add_note(by, person))
    if occurred_at > now:
        raise ValidationError({"occurred_on": "The note must be about something that has happened"})
    if not text.strip():
        raise ValidationError({"text": "Write what happened"})
    if corrects is not None:
        if corrects.person_id != person.pk:
            raise ValidationError("A correction must be about the same person.")
        require(permissions.can_correct_note(by, corrects))
        access_list = access_list or corrects.access_list
    # Refused above, so no savepoint of its own is needed (performance P10).
    with transaction.atomic(savepoint=False):
        note = CaseNote.objects.create(
            person=person,
            kind=CaseNote.Kind(kind),
            occurred_at=occurred_at,
            recorded_at=now,
            author=by,
            text=text,
            person_words=person_words,
            involved=involved,
            is_significant=is_significant,
            is_third_party=is_third_party,
            corrects=corrects,
            access_list=access_list,
        )
        knock_ons.happened("people.note_added", person=person, now=now)
        audit.record(
            events.NOTE_CORRECTED if corrects else events.NOTE_ADDED,
            subject=note,
            person_id=person.pk,
            by=by,
            at=now,
            occurred_on=clock.london_date(occurred_at),
            access_list_id=access_list.pk if access_list else person.access_list_id,
            kind=note.get_kind_display().lower(),
        )
    return note
