"""A concern is raised: by staff, or by anybody on the public pages. Acknowledged after the commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from core import clock, outbox
from people.models import Person
from people.names import name_sort
from safeguarding import events, workflow
from safeguarding.models import AbuseType, Concern, ConcernRisk, Location, RiskSource
from safeguarding.services import clocks, knowing
from safeguarding.services.acting import lock, record, save

RECEIVED = "safeguarding.received"
"""The outbox's word for: tell those on duty, and acknowledge to whoever reported it."""


def exact_match(*, given_names: str, family_name: str, date_of_birth: date | None) -> Person | None:
    """The one person on record with exactly this name and birthday; nobody where two have them."""
    if not (given_names.strip() and family_name.strip() and date_of_birth):
        return None
    sort = name_sort(family_name=family_name, given_names=given_names)
    found = list(Person.objects.filter(name_sort=sort, date_of_birth=date_of_birth).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def raise_concern(
    *,
    what_happened: str,
    source: str,
    consent: str,
    now: datetime,
    by: User | None = None,
    channel: str = Concern.Channel.STAFF,
    person: Person | None = None,
    adult_given_names: str = "",
    adult_family_name: str = "",
    adult_date_of_birth: date | None = None,
    adult_age: str = "",
    adult_address: str = "",
    adult_postcode: str = "",
    adult_phone: str = "",
    immediate_danger: bool = False,
    location: str = "",
    kinds: Collection[str] = (),
    happened_on: date | None = None,
    when_words: str = "",
    alleged_words: str = "",
    others_at_risk: str = "",
    consent_limits: str = "",
    views_and_wishes: str = "",
    police_reference: str = "",
    referrer_name: str = "",
    referrer_role: str = "",
    referrer_phone: str = "",
    referrer_email: str = "",
) -> Concern:
    """Take in a concern about an adult in the council's area, wherever they live, whoever says it.

    Nothing here refuses one: neither eligibility nor consent is part of the test (Care Act s42(1)). The adult is found
    by name and birthday where that is certain, else the duty team says who it is. Raises ValidationError when nothing
    was said, or a date has not come yet.
    """
    if not what_happened.strip():
        raise ValidationError({"what_happened": "Say what has happened, or what worries you"})
    if happened_on and happened_on > clock.london_date(now):
        raise ValidationError({"happened_on": "The day it happened cannot be in the future"})
    found = person or exact_match(
        given_names=adult_given_names, family_name=adult_family_name, date_of_birth=adult_date_of_birth
    )
    team = knowing.duty_team()
    concern = Concern(
        access_list=knowing.make_list(team=team, barred=(), now=now),
        team=team,
        person=found,
        channel=channel,
        source=source,
        raised_by=by,
        received_at=now,
        immediate_danger=immediate_danger,
        what_happened=what_happened,
        location=location,
        happened_on=happened_on,
        when_words=when_words,
        alleged_words=alleged_words,
        others_at_risk=others_at_risk,
        consent=consent,
        consent_limits=consent_limits,
        views_and_wishes=views_and_wishes,
        police_reference=police_reference,
        adult_given_names=adult_given_names,
        adult_family_name=adult_family_name,
        adult_date_of_birth=adult_date_of_birth,
        adult_age=adult_age,
        adult_address=adult_address,
        adult_postcode=adult_postcode,
        adult_phone=adult_phone,
        referrer_name=referrer_name,
        referrer_role=referrer_role,
        referrer_phone=referrer_phone,
        referrer_email=referrer_email,
        created_at=now,
        updated_at=now,
    )
    concern.save()
    # What the reporter ticked is a first account; the duty team completes where and by whom.
    ConcernRisk.objects.bulk_create(
        ConcernRisk(
            concern=concern,
            kind=AbuseType(kind),
            location=location or Location.OTHER,
            source=RiskSource.KNOWN if alleged_words.strip() else RiskSource.UNKNOWN,
            detail="As reported; to be confirmed",
        )
        for kind in dict.fromkeys(kinds)
    )
    _begin(concern, now=now)
    concern.save(update_fields=["rule", "due_on"])
    outbox.emit(
        RECEIVED,
        key=f"{RECEIVED}:{concern.ref}",
        payload={"concern": concern.ref},
        access_list_id=concern.access_list_id,
    )
    record(events.RAISED, concern, by=by, now=now, source=concern.get_source_display())
    return concern


def _begin(concern: Concern, *, now: datetime) -> None:
    """The first target runs; and where the adult is on record, reminders and the lists of work know of it."""
    day = clocks.day_received(concern)
    clocks.run(concern, clocks.SCREEN_NOW if concern.immediate_danger else clocks.SCREEN, on=day, now=now)
    clocks.remind(concern, clocks.DECISION, on=day, now=now)
    clocks.open_item(concern, now=now)


@transaction.atomic
def match(*, concern: Concern, person: Person, version: int | None, by: User, now: datetime) -> Concern:
    """Say whose record a concern is about. From then on reminders run, from the day it came in."""
    concern = lock(concern, version=version, action=workflow.MATCH, by=by)
    if concern.person_id == person.pk:
        return concern
    if concern.person is not None:
        _forget(concern, now=now, by=by)
    concern.person = person
    if concern.status == Concern.Status.CONCERN_RECEIVED:
        _begin(concern, now=now)
    else:
        day = clocks.day_received(concern)
        clocks.run(concern, clocks.DECISION, on=day, now=now)
        clocks.open_item(concern, now=now)
    save(concern, now=now, fields=("person",))
    record(events.MATCHED, concern, by=by, now=now)
    return concern


def _forget(concern: Concern, *, now: datetime, by: User) -> None:
    """It was about somebody else: their reminders and work go, with nothing left on their record."""
    clocks.stop(concern, now=now, by=by)
    clocks.close_item(concern, now=now)
