"""What a measure comes to, and for each person why they count as they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

PER_CENT = 100
RATE = 100_000  # people


class Counted(StrEnum):
    """Where a person stands. Whoever is in the numerator is in the denominator too, but of 2B and 2C."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """One person, or in 2A one episode, in one part of a measure."""

    measure: str
    person: str
    why: str
    counted: Counted

    def as_dict(self) -> dict[str, str]:
        return {
            "measure": self.measure,
            "person": self.person,
            "counted": self.counted.value,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Result:
    """One part of a measure. Without a denominator there is no value."""

    measure: str
    numerator: int
    denominator: int | None
    per: int = PER_CENT

    @property
    def value(self) -> Decimal | None:
        """Percentage, or rate per 100,000, to one decimal with halves up."""
        if not self.denominator:
            return None
        tenths = (2 * 10 * self.per * self.numerator + self.denominator) // (2 * self.denominator)
        return Decimal(f"{tenths // 10}.{tenths % 10}")

    def as_dict(self) -> dict[str, object]:
        value = self.value
        return {
            "measure": self.measure,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": None if value is None else str(value),
        }


def share(part: str, standings: Iterable[Standing]) -> Result:
    """A percentage: those in the numerator of all who count."""
    counts = [each.counted for each in standings if each.measure == part]
    numerator = counts.count(Counted.NUMERATOR)
    return Result(part, numerator, numerator + counts.count(Counted.DENOMINATOR))


def rate(part: str, standings: Iterable[Standing], populations: Mapping[str, int | None]) -> Result:
    """People per 100,000 of a population that is given from outside; none given, no rate."""
    counts = [each.counted for each in standings if each.measure == part]
    return Result(part, counts.count(Counted.NUMERATOR), populations.get(part), RATE)
