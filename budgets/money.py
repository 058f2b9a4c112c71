"""Pounds and pence: each rounding of the money has its name and its reason here, and nowhere else. Pure, in Decimal."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")
WEEKS_IN_A_YEAR = 52  # money.md 2.1, step 4, and 3
DAYS_IN_A_WEEK = 7


def to_the_penny(amount: Decimal) -> Decimal:
    """Half a penny and more counts as a whole one: for what a council pays or allocates (money.md 2.1, step 3)."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def down_to_the_penny(amount: Decimal) -> Decimal:
    """A fraction of a penny goes in the adult's favour: for income, capital and charges
    (SI 2014/2672 reg 11; money.md 6.2, wording to be verified)."""
    return amount.quantize(PENNY, rounding=ROUND_DOWN)


def whole_points(raw: Decimal) -> int:
    """Half a point and more counts as a whole one (money.md 2.1, step 2)."""
    return int(raw.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_two_places(percent: Decimal) -> Decimal:
    """A percentage as it is shown: two decimal places, half up. Tests of a limit use the exact figure."""
    return percent.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def yearly(*, weekly: Decimal, one_off: Decimal = NOTHING) -> Decimal:
    """Gross pounds a year: weekly × 52 and the one-offs (money.md 3)."""
    return weekly * WEEKS_IN_A_YEAR + one_off


def written(amount: Decimal) -> str:
    """Pounds for a reader: £1,234.50, and below nought -£1,234.50."""
    return f"{'-' if amount < 0 else ''}£{abs(amount):,.2f}"
