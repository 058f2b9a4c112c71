"""Is somebody like this on record already? Asked before a record is made (domain/people.md 1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from people import names
from people.models import Address, Person

SAME, LIKELY, POSSIBLE = "same", "likely", "possible"
_ORDER = {SAME: 0, LIKELY: 1, POSSIBLE: 2}
# How alike two spellings must be to count as one name, of 100 (design).
ALIKE = 82
MOST_SHOWN = 10
MOST_LOOKED_AT = 300


@dataclass
class Match:
    """Someone on record who may be the same human being, how sure that is, and why."""

    person: Person
    strength: str
    reasons: list[str] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        return self.strength == SAME


def _alike(one: str, other: str) -> bool:
    """One name in two spellings: the same letters nearly, or the same sound."""
    one, other = names.fold(one), names.fold(other)
    if not one or not other:
        return False
    sounds = {names.sound(word) for word in one.split()} & {names.sound(word) for word in other.split()}
    return fuzz.ratio(one, other) >= ALIKE or any(len(heard) >= 2 for heard in sounds) or one == other


def _same_name(person: Person, given_names: str, family_name: str) -> bool:
    called = f"{person.given_names} {person.preferred_name}"
    given = any(_alike(word, known) for word in given_names.split() for known in called.split())
    initials = (
        given_names[:1].casefold() == person.given_names[:1].casefold()
        and min(len(given_names.strip()), len(person.given_names.strip())) == 1
    )
    return (given or initials) and _alike(person.family_name, family_name)


def _nearly_same_day(one: date | None, other: date | None) -> bool:
    """One digit wrong, or day and month the other way round."""
    if one is None or other is None:
        return False
    swapped = (one.day, one.month, one.year) == (other.month, other.day, other.year)
    return swapped or Levenshtein.distance(one.isoformat(), other.isoformat()) == 1


def find_duplicates(
    *,
    given_names: str,
    family_name: str,
    date_of_birth: date | None,
    nhs_number: str,
    user: Any,
    postcode: str = "",
    but: Person | None = None,
) -> list[Match]:
    """People already on record who may be the same, the surest first. Only those the user may know of.

    The same NHS number is certain. A like name with the same birthday, or at the same postcode, is likely; a like
    name with a birthday nearly the same or not known is possible.
    """
    people = Person.objects.visible_to(user).with_identity()
    if but is not None:
        people = people.exclude(pk=but.pk)
    found: dict[int, Match] = {}

    def add(person: Person, strength: str, reason: str) -> None:
        match = found.setdefault(person.pk, Match(person, strength))
        if _ORDER[strength] < _ORDER[match.strength]:
            match.strength = strength
        match.reasons.append(reason)

    if nhs_number:
        for person in people.filter(nhs_number=nhs_number).order_by("pk"):
            add(person, SAME, "The same NHS number")
    for person in _like_by_name(people, given_names, family_name, date_of_birth):
        if not _same_name(person, given_names, family_name):
            continue
        if date_of_birth and person.date_of_birth == date_of_birth:
            add(person, LIKELY, "A like name and the same date of birth")
        elif _nearly_same_day(person.date_of_birth, date_of_birth):
            add(person, POSSIBLE, "A like name and nearly the same date of birth")
        elif person.date_of_birth is None or date_of_birth is None:
            add(person, POSSIBLE, "A like name; the date of birth is not known")
    if postcode:
        homes = Address.objects.filter(postcode=postcode, valid_to=None, is_confidential=False).values(
            "person"
        )
        for person in people.filter(pk__in=homes).order_by("name_sort", "pk")[:MOST_LOOKED_AT]:
            if _same_name(person, given_names, family_name):
                add(person, LIKELY, "A like name at the same postcode")
    ordered = sorted(
        found.values(), key=lambda match: (_ORDER[match.strength], match.person.name_sort, match.person.pk)
    )
    return ordered[:MOST_SHOWN]


def _like_by_name(people: Any, given_names: str, family_name: str, born: date | None) -> Iterable[Person]:
    """Those worth comparing: the same birthday, or a family name that reads or sounds the same."""
    family = Q()
    for word in names.fold(family_name).split():
        family |= Q(search_text__contains=f" {word}")
        if len(heard := names.sound(word)) >= 2:
            family |= Q(search_text__contains=names.sounds_like(heard))
    given = Q()
    for word in names.fold(given_names).split():
        given |= Q(search_text__contains=f" {word}")
        if len(heard := names.sound(word)) >= 2:
            given |= Q(search_text__contains=names.sounds_like(heard))
    wanted = Q(family & given) if family and given else Q(pk__in=[])
    if born:
        wanted |= Q(date_of_birth=born)
    return people.filter(wanted).order_by("name_sort", "pk")[:MOST_LOOKED_AT]
