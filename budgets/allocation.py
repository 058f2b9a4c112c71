"""From help needed to an estimate of money: the reference allocation. Pure: a table and answers in, a result out.

The figures are the council's own (`AllocationTable`); those shipped with the product are for demonstration. An
estimate is a starting point and never the entitlement: the agreed sum must be enough to meet the eligible needs
(domain/money.md 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

# The ten outcomes (SI 2015/313 reg 2(2)) and the keys by which a table names them, in the order they are shown.
DOMAINS: tuple[tuple[str, str], ...] = (
    ("A", "nutrition"),
    ("B", "hygiene"),
    ("C", "toilet"),
    ("D", "clothed"),
    ("E", "home_safe"),
    ("F", "habitable"),
    ("G", "relationships"),
    ("H", "work"),
    ("I", "community"),
    ("J", "child"),
)
# Shares of the help that a carer who is able and willing may give.
CARER_SHARES = (Decimal("0"), Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal("1"))
LEVELS = (0, 1, 2, 3)
WEEKS_IN_A_YEAR = 52  # money.md 2.1, step 4
PENNY = Decimal("0.01")


class UnusableTable(Exception):  # noqa: N818
    """A table that has no figure for an answer, so nothing can be worked out with it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How much help is needed with one outcome (0 to 3), and what share of it a carer gives (0 to 1)."""

    level: int
    carer_share: Decimal = Decimal("0")


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome of the working: points for the help needed, and the points that count after the carer's share."""

    domain: str
    code: str
    level: int
    points: Decimal
    carer_share: Decimal
    counted: Decimal

    def as_row(self) -> dict[str, Any]:
        """The line as it is kept with the estimate; decimals as text."""
        return {
            "domain": self.domain,
            "code": self.code,
            "level": self.level,
            "points": _text(self.points),
            "carer_share": _text(self.carer_share),
            "counted": _text(self.counted),
        }


@dataclass(frozen=True, slots=True)
class Estimate:
    """The result with its working: pounds per week and per year of 52 weeks."""

    lines: tuple[Line, ...]
    raw: Decimal
    score: int
    band_from: int | None
    band_to: int | None
    weekly: Decimal
    annual: Decimal

    @property
    def points(self) -> Decimal:
        """All points, before what the carer does."""
        return sum((line.points for line in self.lines), Decimal("0"))


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of one version: points by domain and level, and pounds per week by band or by the point."""

    method: str
    points: Mapping[str, tuple[Decimal, ...]]
    bands: tuple[tuple[int, int, Decimal], ...] = ()
    rate_per_point: Decimal | None = None

    @classmethod
    def of(cls, row: Any) -> Table:
        """The figures of an `AllocationTable`."""
        return cls(
            method=row.method,
            points={key: tuple(Decimal(str(each)) for each in levels) for key, levels in row.points.items()},
            bands=tuple(
                (int(band["from"]), int(band["to"]), Decimal(str(band["weekly"]))) for band in row.bands
            ),
            rate_per_point=row.rate_per_point,
        )


def whole_points(raw: Decimal) -> int:
    """Half a point and more counts as a whole one (money.md 2.1, step 2)."""
    return int(raw.quantize(Decimal("1"), rounding=ROUND_HALF_UP))


def to_the_penny(amount: Decimal) -> Decimal:
    """Half a penny and more counts as a whole one."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def estimate(table: Table, answers: Mapping[str, Answer]) -> Estimate:
    """Work out the estimate from answers by domain key. A domain without an answer needs no help.

    Raises UnusableTable where the table has no points, band or rate for the answers, and ValueError for an answer
    outside its list.
    """
    lines = tuple(_line(table, code, domain, answers.get(domain, Answer(0))) for code, domain in DOMAINS)
    raw = sum((line.counted for line in lines), Decimal("0"))
    score = whole_points(raw)
    band_from: int | None = None
    band_to: int | None = None
    if table.method == "per_point":
        if table.rate_per_point is None:
            raise UnusableTable("The table has no rate for a point.")
        weekly = to_the_penny(score * table.rate_per_point)
    else:
        band_from, band_to, weekly = _band(table, score)
        weekly = to_the_penny(weekly)
    return Estimate(
        lines=lines,
        raw=raw,
        score=score,
        band_from=band_from,
        band_to=band_to,
        weekly=weekly,
        annual=weekly * WEEKS_IN_A_YEAR,
    )


def _line(table: Table, code: str, domain: str, answer: Answer) -> Line:
    if answer.level not in LEVELS:
        raise ValueError(f"The level of {domain} must be 0 to 3.")
    if answer.carer_share not in CARER_SHARES:
        raise ValueError(
            f"The carer's share of {domain} must be a quarter, a half, three quarters, all or none."
        )
    try:
        points = table.points[domain][answer.level]
    except (KeyError, IndexError) as error:
        raise UnusableTable(f"The table has no points for {domain} at level {answer.level}.") from error
    return Line(domain, code, answer.level, points, answer.carer_share, points * (1 - answer.carer_share))


def _band(table: Table, score: int) -> tuple[int, int, Decimal]:
    for low, high, weekly in table.bands:
        if low <= score <= high:
            return low, high, weekly
    raise UnusableTable(f"The table has no band for {score} points.")


def _text(number: Decimal) -> str:
    """A decimal without trailing noughts, never with an exponent: 8, 3.75, 0.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
