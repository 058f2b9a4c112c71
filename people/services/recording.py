"""The record itself: made, corrected, moved home, restricted, and closed by a death."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import nhs_number
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AccessList, User
from audit import services as audit
from core import clock, knock_ons
from core.permissions import require
from core.workflow import WrongState
from people import events, names, permissions
from people.models import Address, Person, Risk
from people.numbering import next_local_numbers

# What may be given when a record is made, and corrected afterwards.
FACTS = (
    "given_names",
    "family_name",
    "preferred_name",
    "pronouns",
    "date_of_birth",
    "date_of_birth_accuracy",
    "nhs_number",
    "nhs_number_status",
    "gender",
    "ethnicity",
    "first_language",
    "interpreter_needed",
    "primary_support_reason",
    "accommodation_status",
    "employment_status",
    "client_funding_status",
    "autism",
    "visual_impairment",
    "hearing_impairment",
    "dementia",
    "gp_practice_name",
    "gp_practice_code",
    "phone",
    "email",
    "preferred_channel",
    "safe_to_leave_message",
    "safe_contact",
    "is_carer",
    "is_service_user",
)
HOME = ("address_lines", "postcode", "no_fixed_abode", "is_confidential")
NUMBER_CANNOT_BE_USED = (
    "We cannot put this NHS number on the record. Check each digit. If it is right, leave it out and ask the people "
    "who look after records to check it."
)


def _fill_search(person: Person) -> None:
    person.name_sort = names.name_sort(family_name=person.family_name, given_names=person.given_names)
    person.search_text = names.search_text(
        names=[person.given_names, person.family_name, person.preferred_name],
        numbers=[person.local_number, person.external_id],
    )


def _check(person: Person, today: date) -> None:
    """Refuse what cannot be true of anyone. Raises ValidationError with the questions it is about."""
    problems: dict[str, str] = {}
    if not names.fold(person.given_names):
        problems["given_names"] = "Enter at least one given name"
    if not names.fold(person.family_name):
        problems["family_name"] = "Enter a family name"
    if person.date_of_birth and person.date_of_birth > today:
        problems["date_of_birth"] = "Date of birth must be today or in the past"
    if person.date_of_birth and person.date_of_death and person.date_of_birth > person.date_of_death:
        problems["date_of_birth"] = "Date of birth must be before the date of death"
    if person.nhs_number:
        if not nhs_number.is_valid(person.nhs_number) or len(set(person.nhs_number)) == 1:
            problems["nhs_number"] = "That is not a real NHS number. Check each digit"
        elif Person.objects.filter(nhs_number=person.nhs_number).exclude(pk=person.pk).exists():
            problems["nhs_number"] = NUMBER_CANNOT_BE_USED
    if not (person.is_service_user or person.is_carer):
        problems["is_service_user"] = "Say whether the person needs support, cares for someone, or both"
    if problems:
        raise ValidationError(problems)


def _settle(person: Person) -> None:
    """Facts that follow from others: a number without a status, an unknown birthday."""
    status = Person.NhsNumberStatus
    if person.nhs_number and person.nhs_number_status in (status.NOT_KNOWN, status.DECLINED):
        person.nhs_number_status = status.UNVERIFIED
    if not person.nhs_number and person.nhs_number_status in (status.VERIFIED, status.UNVERIFIED):
        person.nhs_number_status = status.NOT_KNOWN
    if person.date_of_birth is None:
        person.date_of_birth_accuracy = "UUU"
    elif person.date_of_birth_accuracy == "UUU":
        person.date_of_birth_accuracy = "AAA"


def _set(person: Person, facts: Mapping[str, Any]) -> list[str]:
    unknown = set(facts) - set(FACTS) - set(HOME)
    if unknown:
        raise TypeError(f"not a fact of a person: {', '.join(sorted(unknown))}")
    changed = [name for name in FACTS if name in facts and getattr(person, name) != facts[name]]
    for name in changed:
        setattr(person, name, facts[name])
    return changed


def _save(person: Person) -> None:
    """Save, or say what the database says where two people give one NHS number at the same moment."""
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        if "people_one_person_per_nhs_number" not in str(error):
            raise
        raise ValidationError({"nhs_number": NUMBER_CANNOT_BE_USED}) from error


@transaction.atomic
def register(*, facts: dict[str, Any], by: User, now: datetime) -> Person:
    """Make the record of someone the council did not know, with their home when it is given.

    Raises PermissionDenied, or ValidationError naming the questions to look at again. Whoever calls has looked for
    duplicates first (`find_duplicates`).
    """
    require(permissions.can_register(by))
    person = Person(created_at=now, updated_at=now)
    _set(person, facts)
    _settle(person)
    _check(person, clock.london_date(now))
    person.local_number = next_local_numbers(1)[0]
    _fill_search(person)
    _save(person)
    if any(facts.get(name) for name in HOME):
        _new_home(person, {name: facts.get(name) or False for name in HOME}, clock.london_date(now), now)
    audit.record(events.REGISTERED, subject=person, person_id=person.pk, by=by, at=now)
    return person


@transaction.atomic
def correct(*, person: Person, facts: dict[str, Any], version: int | None, by: User, now: datetime) -> Person:
    """Change facts about a person. The old ones stay in the history.

    Raises PermissionDenied, StaleVersion, or ValidationError naming the questions to look at again.
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_change(by, person))
    person.expect_version(version)
    changed = _set(person, facts)
    if not changed:
        return person
    _settle(person)
    _check(person, clock.london_date(now))
    _fill_search(person)
    person.next_version()
    person.updated_at = now
    _save(person)
    audit.record(
        events.CORRECTED,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        what=", ".join(name.replace("_", " ") for name in changed),
    )
    return person


def _new_home(person: Person, home: Mapping[str, Any], on: date, now: datetime) -> Address:
    return Address.objects.create(
        person=person,
        use=Address.Use.HOME,
        lines=home.get("address_lines") or "",
        postcode=home.get("postcode") or "",
        no_fixed_abode=bool(home.get("no_fixed_abode")),
        is_confidential=bool(home.get("is_confidential")),
        valid_from=on,
        created_at=now,
        updated_at=now,
    )


@transaction.atomic
def change_home(
    *,
    person: Person,
    address_lines: str,
    postcode: str,
    no_fixed_abode: bool,
    is_confidential: bool,
    moved_on: date,
    version: int | None,
    by: User,
    now: datetime,
) -> Address:
    """Record where the person lives from a day on. The home before it is kept, ended on that day.

    A day at or before the start of the present home corrects that home instead of ending it.
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_change(by, person))
    person.expect_version(version)
    if not (address_lines or postcode or no_fixed_abode):
        raise ValidationError(
            {"address_lines": "Enter an address, or say that the person has no fixed abode"}
        )
    if moved_on > clock.london_date(now):
        raise ValidationError({"moved_on": "The day they moved must be today or in the past"})
    home = {
        "address_lines": address_lines,
        "postcode": postcode,
        "no_fixed_abode": no_fixed_abode,
        "is_confidential": is_confidential,
    }
    present = Address.objects.filter(person=person, use=Address.Use.HOME, valid_to=None).first()
    if present and moved_on <= present.valid_from:
        present.lines, present.postcode = address_lines, postcode
        present.no_fixed_abode, present.is_confidential = no_fixed_abode, is_confidential
        present.valid_from, present.updated_at = moved_on, now
        present.save()
        address = present
    else:
        if present:
            present.valid_to, present.updated_at = moved_on, now
            present.save(update_fields=["valid_to", "updated_at"])
        address = _new_home(person, home, moved_on, now)
    _touch(person, now)
    audit.record(
        events.MOVED,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        occurred_on=moved_on,
        access_list_id=person.access_list_id,
    )
    return address


def _touch(person: Person, now: datetime) -> None:
    """The record changed, so that a page opened before notices."""
    person.next_version()
    person.updated_at = now
    person.save(update_fields=["version", "updated_at"])


@transaction.atomic
def set_what_matters(
    *, person: Person, text: str, on: date, version: int | None, by: User, now: datetime
) -> Person:
    """Write down, in the person's own words, what matters to them, and on which day they said it."""
    person = Person.objects.lock(person.pk)
    require(permissions.can_change(by, person))
    person.expect_version(version)
    person.what_matters, person.what_matters_on = text, on if text else None
    person.next_version()
    person.updated_at = now
    person.save(update_fields=["what_matters", "what_matters_on", "version", "updated_at"])
    audit.record(
        events.WHAT_MATTERS_SET,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        occurred_on=on,
        access_list_id=person.access_list_id,
    )
    return person


@transaction.atomic
def set_risk(*, person: Person, risk: str, version: int | None, by: User, now: datetime) -> Person:
    """Say how much risk the person is at now: high, medium or standard."""
    person = Person.objects.lock(person.pk)
    require(permissions.can_change(by, person))
    person.expect_version(version)
    old, person.risk = person.risk, Risk(risk)
    if old == person.risk:
        return person
    person.next_version()
    person.updated_at = now
    person.save(update_fields=["risk", "version", "updated_at"])
    audit.record(
        events.RISK_SET,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        old=old,
        new=person.risk.value,
    )
    return person


@transaction.atomic
def set_level(
    *,
    person: Person,
    level: str,
    access_list: AccessList | None,
    version: int | None,
    by: User,
    now: datetime,
) -> Person:
    """Say who may open the record: everyone with a case role, or only those on a list.

    Raises ValidationError when a restricted level comes without a list, or with one that the actor is not on:
    nobody may lock a record and be the first who cannot open it.
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_set_level(by, person))
    person.expect_version(version)
    level = Person.Level(level)
    restricted = level in (Person.Level.NAMED_USERS, Person.Level.SEALED)
    if restricted and access_list is None:
        raise ValidationError({"members": "Choose who may open the record"})
    if restricted and not by.is_system and not by.access_list_ids().filter(access_list=access_list).exists():
        raise ValidationError({"members": "You must be one of those who may open the record"})
    old = person.level
    person.level, person.access_list = level, access_list if restricted else None
    person.next_version()
    person.updated_at = now
    person.save(update_fields=["level", "access_list", "version", "updated_at"])
    audit.record(
        events.LEVEL_SET,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        old=old,
        new=level.value,
    )
    return person


@transaction.atomic
def record_death(
    *, person: Person, date_of_death: date | None, by: User, now: datetime, version: int | None = None
) -> Person:
    """Record that the person has died, with the day when it is known. What follows elsewhere follows at once.

    Raises WrongState when a death is recorded already, ValidationError for a day that cannot be.
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_change(by, person))
    person.expect_version(version)
    if person.is_deceased:
        raise WrongState("This person’s death is recorded already.")
    if date_of_death and date_of_death > clock.london_date(now):
        raise ValidationError({"date_of_death": "Date of death must be today or in the past"})
    if date_of_death and person.date_of_birth and date_of_death < person.date_of_birth:
        raise ValidationError({"date_of_death": "Date of death must be after the date of birth"})
    person.is_deceased, person.date_of_death = True, date_of_death
    person.next_version()
    person.updated_at = now
    person.save(update_fields=["is_deceased", "date_of_death", "version", "updated_at"])
    knock_ons.happened("people.death_recorded", person_id=person.pk, by=by, now=now)
    audit.record(
        events.DEATH_RECORDED,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        occurred_on=date_of_death,
        access_list_id=person.access_list_id,
    )
    return person


@transaction.atomic
def withdraw_death(*, person: Person, by: User, now: datetime, version: int | None = None) -> Person:
    """Undo a death recorded in error. What was ended because of it is started again by hand.

    Raises PermissionDenied unless by a manager, WrongState when no death is recorded.
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_withdraw_death(by, person))
    person.expect_version(version)
    if not person.is_deceased:
        raise WrongState("No death is recorded for this person.")
    person.is_deceased, person.date_of_death = False, None
    person.next_version()
    person.updated_at = now
    person.save(update_fields=["is_deceased", "date_of_death", "version", "updated_at"])
    audit.record(
        events.DEATH_WITHDRAWN,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
    )
    return person
