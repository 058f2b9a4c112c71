"""From help needed to an estimate of money: the reference allocation. Pure: a table and answers in, a result out.

The figures are the council's own (`AllocationTable`); those shipped with the product are for demonstration. An
estimate is a starting point and never the entitlement: the agreed sum must be enough to meet the eligible needs
(domain/money.md 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgets.calculators.sums import POINTS, Line, Sum, closed
from budgets.money import NOTHING, to_the_penny, to_two_places, whole_points, written, yearly

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
# The words of our pages for them.
LABELS: Mapping[str, str] = {
    "nutrition": "Eating and drinking",
    "hygiene": "Personal hygiene",
    "toilet": "Using the toilet",
    "clothed": "Getting dressed",
    "home_safe": "Being safe at home",
    "habitable": "Keeping the home",
    "relationships": "Relationships",
    "work": "Work and learning",
    "community": "Out and about",
    "child": "Caring for a child",
}
# Shares of the help that a carer who is able and willing may give.
CARER_SHARES = (Decimal("0"), Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal("1"))
LEVELS = (0, 1, 2, 3)
BAND, PER_POINT = "band", "per_point"
# Within this many per cent of the estimate a team manager decides, otherwise a panel (money.md 2.1, design).
WITHIN_PERCENT = 10


class UnusableTable(Exception):  # noqa: N818
    """A table that has no figure for an answer, so nothing can be worked out with it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How much help is needed with one outcome (0 to 3), and what share of it a carer gives (0 to 1)."""

    level: int
    carer_share: Decimal = Decimal("0")


@dataclass(frozen=True, slots=True)
class Outcome:
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

    lines: tuple[Outcome, ...]
    raw: Decimal
    score: int
    band_from: int | None
    band_to: int | None
    weekly: Decimal
    annual: Decimal
    working: tuple[Sum, ...]

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


# The table of domain/money.md 2.1: demonstration figures, for whoever has not loaded their own.
DEMONSTRATION = Table(
    method=BAND,
    points={
        domain: tuple(Decimal(points) for points in levels)
        for domain, levels in {
            "nutrition": (0, 4, 8, 14),
            "hygiene": (0, 3, 7, 12),
            "toilet": (0, 4, 9, 16),
            "clothed": (0, 2, 5, 8),
            "home_safe": (0, 4, 9, 16),
            "habitable": (0, 2, 4, 6),
            "relationships": (0, 2, 4, 6),
            "work": (0, 2, 5, 8),
            "community": (0, 2, 5, 8),
            "child": (0, 2, 4, 6),
        }.items()
    },
    bands=(
        (0, 9, Decimal("0.00")),
        (10, 19, Decimal("45.00")),
        (20, 29, Decimal("95.00")),
        (30, 39, Decimal("150.00")),
        (40, 49, Decimal("215.00")),
        (50, 59, Decimal("290.00")),
        (60, 69, Decimal("375.00")),
        (70, 79, Decimal("470.00")),
        (80, 89, Decimal("590.00")),
        (90, 100, Decimal("740.00")),
    ),
)


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
    if table.method == PER_POINT:
        if table.rate_per_point is None:
            raise UnusableTable("The table has no rate for a point.")
        exact = score * table.rate_per_point
        priced = Line(f"{score} points at £{_text(table.rate_per_point)} a point", exact)
    else:
        band_from, band_to, exact = _band(table, score)
        priced = Line(f"{band_from} to {band_to} points", exact)
    weekly = to_the_penny(exact)
    annual = yearly(weekly=weekly)
    return Estimate(
        lines=lines,
        raw=raw,
        score=score,
        band_from=band_from,
        band_to=band_to,
        weekly=weekly,
        annual=annual,
        working=(
            Sum("raw", "Points that count", tuple(_points_line(line) for line in lines), raw, POINTS),
            closed(
                "score",
                "Whole points",
                (Line("Points that count", raw),),
                Decimal(score),
                because="Rounded to a whole point, half a point up",
                unit=POINTS,
            ),
            closed(
                "weekly", "Pounds a week", (priced,), weekly, because="Rounded to the penny, half a penny up"
            ),
            Sum("annual", "Pounds a year", (Line(f"52 weeks of {written(weekly)}", annual),), annual),
        ),
    )


def variance_percent(*, estimate: Decimal | None, total: Decimal) -> Decimal | None:
    """By how many per cent the cost departs from the estimate, to two places; None where there is nothing to compare
    with."""
    if not estimate:
        return None
    return to_two_places((total - estimate) * 100 / estimate)


def is_within(
    *, estimate: Decimal | None, total: Decimal, percent: Decimal = Decimal(WITHIN_PERCENT)
) -> bool:
    """Whether a cost is near enough to its estimate for a team manager to decide (money.md 2.1, moderation rule).

    By the exact figures, not by the percentage that is shown. Without an estimate, or with one of nought, only a cost
    of nought is.
    """
    if not estimate:
        return total == NOTHING
    return abs(total - estimate) * 100 <= percent * estimate


def _line(table: Table, code: str, domain: str, answer: Answer) -> Outcome:
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
    return Outcome(domain, code, answer.level, points, answer.carer_share, points * (1 - answer.carer_share))


def _points_line(line: Outcome) -> Line:
    note = (
        f"{_text(line.points)} points, of which a carer meets {line.carer_share:.0%}"
        if line.carer_share
        else ""
    )
    return Line(LABELS[line.domain], line.counted, note)


def _band(table: Table, score: int) -> tuple[int, int, Decimal]:
    for low, high, weekly in table.bands:
        if low <= score <= high:
            return low, high, weekly
    raise UnusableTable(f"The table has no band for {score} points.")


def _text(number: Decimal) -> str:
    """A decimal without trailing noughts, never with an exponent: 8, 3.75, 0.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
