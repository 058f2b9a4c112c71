"""In which format somebody reads: from the record's communication needs (DAPB1605), and what we can make ourselves."""

from __future__ import annotations

from django.db import models

from people.models import CommunicationNeed, Person


class Format(models.TextChoices):
    """The formats of the record's list, by its codes, and the one for everybody without a need."""

    STANDARD = "standard", "Standard print"
    LARGE_PRINT = "large_print", "Large print"
    COLOURED_PAPER = "coloured_paper", "Coloured paper"
    EASY_READ = "easy_read", "Easy read"
    BRAILLE = "braille", "Braille"
    AUDIO = "audio", "Audio"
    BSL_VIDEO = "bsl_video", "British Sign Language video"


# Made by people, from the text that we write: the letter cannot count as given before it is there.
MADE_BY_PEOPLE = frozenset({Format.EASY_READ, Format.BRAILLE, Format.AUDIO, Format.BSL_VIDEO})
# Points of print (RNIB's clear print: 12 at least; large print: 16 to 18).
POINTS = {Format.LARGE_PRINT: 18}
STANDARD_POINTS = 12


def is_made_by_people(code: str) -> bool:
    return code in MADE_BY_PEOPLE


def points(code: str) -> int:
    """The size of print in points."""
    return POINTS.get(Format(code), STANDARD_POINTS)


def wanted(person: Person) -> list[Format]:
    """The formats that the record asks for today, the oldest need first. None means standard print."""
    codes = (
        person.communication_needs.filter(category=CommunicationNeed.Category.FORMAT, ended_on=None)
        .order_by("pk")
        .values_list("code", flat=True)
    )
    return [Format(code) for code in codes if code in Format.values]


def suits(code: str, formats: list[Format]) -> bool:
    """Whether a letter in this format is one that the record asks for."""
    return code in formats if formats else code == Format.STANDARD
