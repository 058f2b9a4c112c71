"""The charge for a week in which the free period ends: by the day (domain/reablement.md 4 and money.md 6.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from budgets.calculators.sums import DAYS, Line, Sum
from budgets.money import DAYS_IN_A_WEEK, down_to_the_penny, written

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PartWeek:
    """The last day that is free, the first that is not, and what one week of billing costs in pounds."""

    last_free_day: date
    first_chargeable_day: date
    chargeable_days_in_week: int
    charge: Decimal
    working: tuple[Sum, ...]


def part_week(
    *,
    weekly_charge: Decimal,
    episode_start: date,
    free_days: int,
    pause_days: int,
    billing_week_start: date,
    billing_week_days: int,
) -> PartWeek:
    """Day 1 is the day of the first visit; days of pauses that stop the clock are added to the free ones. Each day
    costs a seventh of the week's charge, and the whole is rounded down to the penny (design)."""
    last_free = episode_start + timedelta(days=free_days - 1 + pause_days)
    first_chargeable = last_free + ONE_DAY
    free = min(max((first_chargeable - billing_week_start).days, 0), billing_week_days)
    days = billing_week_days - free
    charge = down_to_the_penny(weekly_charge * days / DAYS_IN_A_WEEK)
    return PartWeek(
        last_free_day=last_free,
        first_chargeable_day=first_chargeable,
        chargeable_days_in_week=days,
        charge=charge,
        working=(
            Sum(
                "chargeable_days_in_week",
                "Days to be paid for",
                (
                    Line("Days of the week", Decimal(billing_week_days)),
                    Line("Days of it that are free", Decimal(-free)),
                ),
                Decimal(days),
                DAYS,
            ),
            Sum(
                "charge",
                "Charge for the week",
                (
                    Line(
                        f"{days} sevenths of {written(weekly_charge)}",
                        charge,
                        "a fraction of a penny is left out",
                    ),
                ),
                charge,
            ),
        ),
    )
