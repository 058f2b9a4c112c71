"""The working behind a figure: lines as they are printed, which add up to the figure that is printed below them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

POUNDS, POINTS, DAYS = "pounds", "points", "days"


class DoesNotAddUp(ArithmeticError):  # noqa: N818
    """Lines that come to another figure than the one below them: never shown to anybody."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a working. What takes away stands below nought."""

    label: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """How one figure of a result (`of`) comes about. Raises DoesNotAddUp."""

    of: str
    label: str
    lines: tuple[Line, ...]
    total: Decimal
    unit: str = POUNDS

    def __post_init__(self) -> None:
        found = sum((line.amount for line in self.lines), Decimal(0))
        if found != self.total:
            raise DoesNotAddUp(f"{self.label}: the lines come to {found} and not to {self.total}.")


def closed(
    of: str, label: str, lines: Iterable[Line], total: Decimal, *, because: str, unit: str = POUNDS
) -> Sum:
    """A sum with a last line for what a rule adds or takes away, where it does: a limit or a rounding."""
    lines = tuple(lines)
    rest = total - sum((line.amount for line in lines), Decimal(0))
    return Sum(of, label, (*lines, Line(because, rest)) if rest else lines, total, unit)
