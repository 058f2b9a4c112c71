"""Who is around a person. Next of kin gives no legal power (domain/people.md 6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from audit import services as audit
from core import clock
from core.permissions import require
from core.workflow import WrongState
from people import events, permissions
from people.models import Person, Relationship

FACTS = (
    "other_name",
    "other_phone",
    "kind",
    "what_they_do",
    "may_talk",
    "is_carer",
    "is_main_carer",
    "hours_caring_weekly",
    "lives_with",
    "next_of_kin",
    "emergency_contact",
    "key_holder",
)


def _set(relationship: Relationship, facts: Mapping[str, Any]) -> None:
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"not a fact of a relationship: {', '.join(sorted(unknown))}")
    for name, fact in facts.items():
        setattr(relationship, name, fact)
    if relationship.is_main_carer:
        relationship.is_carer = True
    if not relationship.is_carer:
        relationship.hours_caring_weekly = None
    if relationship.other_person_id is None and not relationship.other_name.strip():
        raise ValidationError({"other_name": "Enter who this is"})


def _one_main_carer(relationship: Relationship, now: datetime) -> None:
    """There is one main carer at a time; the one before stays a carer."""
    others = Relationship.objects.filter(person=relationship.person_id, is_main_carer=True, valid_to=None)
    for other in others.exclude(pk=relationship.pk).order_by("pk"):
        other.is_main_carer = False
        other.next_version()
        other.updated_at = now
        other.save(update_fields=["is_main_carer", "version", "updated_at"])


def _mark_carer(relationship: Relationship, now: datetime) -> None:
    """Someone who cares for another, and has a record here, is a carer in the returns as well."""
    if not (relationship.is_carer and relationship.other_person_id):
        return
    carer = Person.objects.lock(relationship.other_person_id)
    if not carer.is_carer:
        carer.is_carer = True
        carer.next_version()
        carer.updated_at = now
        carer.save(update_fields=["is_carer", "version", "updated_at"])


def _written(code: str, relationship: Relationship, person: Person, by: User, now: datetime) -> None:
    audit.record(
        code,
        subject=relationship,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        kind=relationship.get_kind_display().lower(),
    )


@transaction.atomic
def add_relationship(
    *,
    person: Person,
    facts: dict[str, Any],
    by: User,
    now: datetime,
    other_person: Person | None = None,
    valid_from: date | None = None,
) -> Relationship:
    """Add someone to the person's network: a person with a record here, or someone known by name.

    Raises PermissionDenied, or ValidationError when nobody is named, or when they are linked already.
    """
    person = Person.objects.lock(person.pk)
    require(permissions.can_change(by, person))
    if other_person is not None and other_person.pk == person.pk:
        raise ValidationError("A person cannot be in their own network. Choose someone else.")
    if (
        other_person is not None
        and Relationship.objects.filter(
            person=person, other_person=other_person, valid_to=None, kind=facts.get("kind")
        ).exists()
    ):
        raise ValidationError({"kind": "They are in the network already, as this"})
    relationship = Relationship(
        person=person,
        other_person=other_person,
        valid_from=valid_from or clock.london_date(now),
        created_at=now,
        updated_at=now,
    )
    _set(relationship, facts)
    if relationship.is_main_carer:
        _one_main_carer(relationship, now)
    relationship.save()
    _mark_carer(relationship, now)
    _written(events.RELATIONSHIP_ADDED, relationship, person, by, now)
    return relationship


@transaction.atomic
def change_relationship(
    *, relationship: Relationship, facts: dict[str, Any], version: int | None, by: User, now: datetime
) -> Relationship:
    """Change what is known of someone in the network. Raises PermissionDenied, StaleVersion or WrongState."""
    person = Person.objects.lock(relationship.person_id)
    relationship = Relationship.objects.lock(relationship.pk)
    require(permissions.can_change(by, person))
    relationship.expect_version(version)
    if relationship.valid_to is not None:
        raise WrongState("This entry in the network has ended. Add a new one.")
    _set(relationship, facts)
    if relationship.is_main_carer:
        _one_main_carer(relationship, now)
    relationship.next_version()
    relationship.updated_at = now
    relationship.save()
    _mark_carer(relationship, now)
    _written(events.RELATIONSHIP_CHANGED, relationship, person, by, now)
    return relationship


@transaction.atomic
def end_relationship(
    *, relationship: Relationship, on: date, by: User, now: datetime, version: int | None = None
) -> Relationship:
    """Say that someone is no longer part of the network from a day on. They stay in the history."""
    person = Person.objects.lock(relationship.person_id)
    relationship = Relationship.objects.lock(relationship.pk)
    require(permissions.can_change(by, person))
    relationship.expect_version(version)
    if relationship.valid_to is not None:
        raise WrongState("This entry in the network has ended already.")
    if on < relationship.valid_from or on > clock.london_date(now):
        raise ValidationError({"on": "The day must be between the day they were added and today"})
    relationship.valid_to = on
    relationship.next_version()
    relationship.updated_at = now
    relationship.save(update_fields=["valid_to", "version", "updated_at"])
    _written(events.RELATIONSHIP_ENDED, relationship, person, by, now)
    return relationship
