"""What a service costs a week, from the way its price is written (D-11 and D-12 of the department's method).

Sums are exact until the end and then rounded to the penny, halves up (``to_the_penny``).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

WEEKS_IN_A_YEAR = 52  # D-11 divides by 52, never by 52.14 or 365

# Share of one price that falls in a week, for prices that stand for a stretch of time.
WEEKLY_SHARE = {
    "weekly": Fraction(1),
    "fortnightly": Fraction(1, 2),
    "four_weekly": Fraction(1, 4),
    "monthly": Fraction(12, WEEKS_IN_A_YEAR),
    "quarterly": Fraction(4, WEEKS_IN_A_YEAR),
    "annually": Fraction(1, WEEKS_IN_A_YEAR),
}
BY_UNIT = frozenset({"per_session", "hourly", "daily"})
NOT_WEEKLY = frozenset({"one_off", "no_charge"})


class NoWeeklyAmount(ValueError):
    """The price is for a unit, and how many units a week is not known (rule K03)."""


def to_the_penny(amount: Fraction) -> Decimal:
    """Pounds rounded to the penny, halves up."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _weekly(unit_cost: Decimal, frequency: str, planned_units: Decimal | None) -> Fraction | None:
    price = abs(Fraction(unit_cost))  # minus signs are ignored nationally
    if frequency in NOT_WEEKLY:
        return None
    if frequency in BY_UNIT:
        if not planned_units:
            raise NoWeeklyAmount("Give the planned units a week.")
        return price * abs(Fraction(planned_units))
    return price * WEEKLY_SHARE[frequency]


def weekly_equivalent(
    *, unit_cost: Decimal, frequency: str, planned_units: Decimal | None = None
) -> Decimal | None:
    """Pounds a week, to the penny. None for a one-off price and for no charge: neither is weekly.

    Raises NoWeeklyAmount for a price by the session, hour or day without planned units.
    """
    weekly = _weekly(unit_cost, frequency, planned_units)
    return None if weekly is None else to_the_penny(weekly)


def cost_in_period(
    *,
    unit_cost: Decimal,
    frequency: str,
    planned_units: Decimal | None = None,
    active_from: date,
    active_to: date,
) -> Decimal:
    """Pounds for the days from one date to another, both counted: weekly amount × days ÷ 7.

    A one-off price counts once, whole.
    """
    weekly = _weekly(unit_cost, frequency, planned_units)
    if weekly is None:
        return to_the_penny(abs(Fraction(unit_cost))) if frequency == "one_off" else Decimal("0.00")
    days = (active_to - active_from).days + 1
    return to_the_penny(weekly * days / 7) if days > 0 else Decimal("0.00")
