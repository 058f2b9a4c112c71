"""How to communicate with the person: recorded once, flagged on every page (Accessible Information Standard)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from audit import services as audit
from core import clock
from core.permissions import require
from core.workflow import WrongState
from people import events, national_lists, permissions
from people.models import CommunicationNeed, Person


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
