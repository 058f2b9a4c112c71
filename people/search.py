"""One box to find a person: an NHS number in any spacing, our own number, a birthday, a name or the start of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from core import clock
from people import names
from people.models import Person

MOST_SHOWN = 100
# With fewer exact hits than this, names that only sound or look alike are shown too, after them.
FEW = 10
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|\d{2})\b"),
    re.compile(
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.\-]*(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
        r"[\s.,\-]*(?P<year>\d{4}|\d{2})\b"
    ),
    re.compile(r"\b(?P<day>\d{1,2})\s+(?P<month>\d{1,2})\s+(?P<year>\d{4})\b"),
    re.compile(r"^(?P<day>\d{2})(?P<month>\d{2})(?P<year>(?:18|19|20)\d{2})$"),
)


@dataclass(frozen=True)
class PeopleFound:
    """At most a hundred people, the exact ones first; `more` when there are others beyond."""

    rows: list[Person]
    more: bool
    has_alike: bool = False


@dataclass(frozen=True)
class Wanted:
    """What somebody typed, taken apart."""

    numbers: tuple[str, ...] = ()
    born: tuple[date, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.numbers or self.born or self.words)


def _year(text: str, today: date) -> list[int]:
    """Two digits mean this century or the last, whichever has been."""
    year = int(text)
    if len(text) == 4:
        return [year]
    return [full for full in (1900 + year, 2000 + year) if full <= today.year]


def read_birth_dates(text: str, today: date) -> tuple[tuple[date, ...], str]:
    """The days that a text may mean, and the text without them. “14.3.44” is 14 March 1944."""
    for pattern in _DATES:
        found = pattern.search(text)
        if not found:
            continue
        month = found["month"]
        number = _MONTHS.index(month[:3]) + 1 if month.isalpha() else int(month)
        days = []
        for year in _year(found["year"], today):
            try:
                days.append(date(year, number, int(found["day"])))
            except ValueError:
                continue
        days = [day for day in days if day <= today]
        if days:
            return tuple(days), (text[: found.start()] + " " + text[found.end() :]).strip()
    return (), text


def read(text: str, today: date) -> Wanted:
    """Take apart what was typed into the box."""
    text = text.replace("\x00", " ").strip().lower()[:200]
    digits = re.sub(r"[\s\-]", "", text)
    if digits.isascii() and digits.isdigit() and len(digits) == 10:
        return Wanted(numbers=(digits,))
    born, rest = read_birth_dates(text, today)
    compact = names.fold(rest).replace(" ", "")
    numbers = (compact,) if re.fullmatch(r"[a-z]{0,6}\d{3,12}", compact) else ()
    if numbers:
        return Wanted(numbers=numbers, born=born)
    return Wanted(born=born, words=tuple(names.fold(rest).split()[:6]))


def _exactly(wanted: Wanted) -> Q:
    condition = Q()
    for number in wanted.numbers:
        either = Q(search_text__contains=f" {number}")
        if len(number) == 10 and number.isdigit():
            either |= Q(nhs_number=number)
        condition &= either
    if wanted.born:
        condition &= Q(date_of_birth__in=wanted.born)
    if wanted.words and all(len(word) <= 2 for word in wanted.words):
        first, *others = wanted.words
        condition &= Q(name_sort__startswith=first)
        for word in others:
            condition &= Q(search_text__contains=f" {word}")
    else:
        for word in wanted.words:
            condition &= Q(search_text__contains=f" {word}")
    return condition


def _alike(wanted: Wanted) -> Q:
    """Sounds the same, or nearly the same letters."""
    condition = Q(date_of_birth__in=wanted.born) if wanted.born else Q()
    for word in wanted.words:
        either = Q(search_text__contains=f" {word}")
        # A long word with a short sound is mostly vowels: it would sound like too many.
        if len(heard := names.sound(word)) >= (2 if len(word) <= 5 else 3):
            either |= Q(search_text__contains=names.sounds_like(heard))
        if len(word) >= 4:
            either |= Q(search_text__trigram_word_similar=word)
        condition &= either
    return condition


def search(user: Any, text: str) -> PeopleFound:
    """People the user may know of who fit what was typed. At most two queries, however many fit."""
    wanted = read(text, clock.today())
    if not wanted:
        return PeopleFound([], False)
    people = Person.objects.visible_to(user).with_identity().order_by("name_sort", "pk")
    rows = list(people.filter(_exactly(wanted))[: MOST_SHOWN + 1])
    alike: list[Person] = []
    if len(rows) < FEW and any(len(word) >= 3 for word in wanted.words):
        known = [person.pk for person in rows]
        alike = list(people.filter(_alike(wanted)).exclude(pk__in=known)[: MOST_SHOWN + 1 - len(rows)])
    found = rows + alike
    return PeopleFound(found[:MOST_SHOWN], len(found) > MOST_SHOWN, bool(alike))
