"""Tariff income: what capital between the two limits counts for (SI 2014/2672; money.md 6.2, steps 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budgets.calculators.sums import Line, Sum
from budgets.money import NOTHING, written


@dataclass(frozen=True, slots=True)
class Tariff:
    """What one sum of capital counts for: pounds a week, or None where it is above the upper limit."""

    capital: Decimal
    weekly: Decimal | None
    working: Sum | None

    @property
    def full_cost(self) -> bool:
        return self.weekly is None


def tariff(capital: Decimal, *, lower: Decimal, upper: Decimal, step: Decimal, per_step: Decimal) -> Tariff:
    """Pounds a week for each step, or part of one, by which capital is above the lower limit.

    Capital of exactly the upper limit still has a tariff: the regulation speaks of capital that exceeds it (reg 12;
    money.md 6.2, to be verified). Limits and step in pounds; no rounding, for a part counts as a whole step.
    """
    if capital > upper:
        return Tariff(capital, None, None)
    steps, part = divmod(max(capital - lower, NOTHING), step)
    lines = [Line(f"{int(steps)} × {written(step)} above {written(lower)}", steps * per_step)]
    weekly = steps * per_step
    if part:
        lines.append(Line(f"{written(part)} more: part of a step counts as a whole one", per_step))
        weekly += per_step
    return Tariff(capital, weekly, Sum("tariff", "Tariff income", tuple(lines), weekly))
