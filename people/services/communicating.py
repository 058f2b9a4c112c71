"""How to communicate with the person: recorded once, flagged on every page (Accessible Information Standard), and
changed by the person themself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from audit import services as audit
from core import clock, knock_ons
from core.permissions import require
from core.workflow import WrongState
from people import events, national_lists, permissions
from people.models import CommunicationNeed, Person

FORMATS = {
    code: words
    for code, (category, words) in national_lists.COMMUNICATION.items()
    if category == CommunicationNeed.Category.FORMAT
}


@transaction.atomic
def add_communication_need(
    *, person: Person, code: str, by: User, now: datetime, detail: str = "", consent_to_share: bool = True
) -> CommunicationNeed:
    """Record a need, or confirm it again with a new detail when it is recorded already.

    Raises ValidationError for a code outside the list (DAPB1605).
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_change(by, person))
    if code not in national_lists.COMMUNICATION:
        raise ValidationError({"code": "Choose a need from the list"})
    category, words = national_lists.COMMUNICATION[code]
    need = CommunicationNeed.objects.filter(person=person, code=code, ended_on=None).first()
    if need is None:
        need = CommunicationNeed(person=person, code=code, category=category)
    need.detail, need.consent_to_share, need.reviewed_on = detail, consent_to_share, clock.london_date(now)
    need.save()
    audit.record(
        events.NEED_ADDED,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        need=words.lower(),
    )
    return need


@transaction.atomic
def end_communication_need(*, need: CommunicationNeed, by: User, now: datetime) -> CommunicationNeed:
    """Record that a need is no longer there. It stays in the history."""
    person = Person.objects.lock(need.person_id)
    require(permissions.can_change(by, person))
    need = CommunicationNeed.objects.lock(need.pk)
    if need.ended_on:
        raise WrongState("This need has ended already.")
    need.ended_on = clock.london_date(now)
    need.save(update_fields=["ended_on"])
    audit.record(
        events.NEED_ENDED,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        need=need.words.lower(),
    )
    return need


@transaction.atomic
def set_contact_preferences(
    *,
    person: Person,
    channel: str,
    safe_to_leave_message: bool,
    formats: Collection[str],
    version: int | None,
    by: User,
    now: datetime,
    safe_contact: str | None = None,
) -> Person:
    """How the person wants to be reached and in which formats they read; what was before stays in the history.

    `safe_contact` is left as it is where nothing is given: who acts for the person does not see it. The trail says
    what changed and by whom, and the named worker hears of it. Raises PermissionDenied, StaleVersion, ValidationError.
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_set_preferences(by, person))
    person.expect_version(version)
    unknown = set(formats) - set(FORMATS)
    if unknown:
        raise ValidationError({"formats": "Choose formats from the list"})
    if safe_contact is not None and not permissions.can_see_safe_contact(by, person):
        raise ValidationError({"safe_contact": "Only the person themself says how it is safe to reach them"})
    changed = []
    if person.preferred_channel != Person.Channel(channel):
        before = person.get_preferred_channel_display()
        person.preferred_channel = channel
        changed.append(f"reached by {before} before, now by {person.get_preferred_channel_display()}")
    if person.safe_to_leave_message != safe_to_leave_message:
        person.safe_to_leave_message = safe_to_leave_message
        changed.append("safe to leave a message" if safe_to_leave_message else "not safe to leave a message")
    if safe_contact is not None and person.safe_contact != safe_contact.strip():
        person.safe_contact = safe_contact.strip()
        changed.append("how it is safe to get in touch")
    changed += _set_formats(person, set(formats), now)
    if not changed:
        return person
    person.updated_at = now
    person.next_version()
    person.save(
        update_fields=["preferred_channel", "safe_to_leave_message", "safe_contact", "version", "updated_at"]
    )
    audit.record(
        events.PREFERENCES_SET,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        what=", ".join(changed),
    )
    knock_ons.happened("people.preferences_set", person_id=person.pk, by=by, now=now)
    return person


def _set_formats(person: Person, wanted: set[str], now: datetime) -> list[str]:
    """End the formats that are no longer wanted and add the new ones; what stays keeps its detail."""
    needs = CommunicationNeed.objects.filter(
        person=person, category=CommunicationNeed.Category.FORMAT, ended_on=None
    )
    present = {need.code: need for need in needs.order_by("pk")}
    today = clock.london_date(now)
    changed = []
    for code in sorted(present.keys() - wanted):
        present[code].ended_on = today
        present[code].save(update_fields=["ended_on"])
        changed.append(f"no longer {present[code].words.lower()}")
    for code in sorted(wanted - present.keys()):
        CommunicationNeed.objects.create(
            person=person, category=CommunicationNeed.Category.FORMAT, code=code, reviewed_on=today
        )
        changed.append(f"letters in {FORMATS[code].lower()}")
    return changed
