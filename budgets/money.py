"""Sums of a personal budget. Pure and in Decimal: pounds per week in, pounds per week out; rounding in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from support_plans.models import Mode

NOTHING = Decimal("0.00")
# The contribution is taken from each way of paying in turn, none going below nought (money.md 5, design).
COLLECTION_ORDER = (Mode.DIRECT_PAYMENT, Mode.ISF, Mode.COUNCIL_MANAGED)


@dataclass(frozen=True, slots=True)
class Share:
    """What goes by one way of paying: all of it, the person's part, the council's part. Pounds per week."""

    mode: str
    gross: Decimal
    person: Decimal
    net: Decimal


def share_out(by_mode: Mapping[str, Decimal], contribution: Decimal) -> list[Share]:
    """Take the person's contribution from the ways of paying, in order.

    Raises ValueError where the contribution is below nought or more than the whole.
    """
    total = sum(by_mode.values(), NOTHING)
    if not NOTHING <= contribution <= total:
        raise ValueError("The contribution must be between nothing and the whole cost.")
    left = contribution
    shares = []
    for mode in COLLECTION_ORDER:
        gross = by_mode.get(mode, NOTHING)
        if not gross:
            continue
        person = min(left, gross)
        left -= person
        shares.append(Share(str(mode), gross, person, gross - person))
    return shares


def variance_percent(*, estimate: Decimal | None, total: Decimal) -> Decimal | None:
    """By how many per cent the cost departs from the estimate; None where there is nothing to compare with."""
    if not estimate:
        return None
    return ((total - estimate) * 100 / estimate).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def is_within(*, estimate: Decimal | None, total: Decimal, percent: Decimal) -> bool:
    """Whether a cost is near enough to its estimate for a team manager to decide (money.md 2.1, moderation rule).

    Without an estimate, or with one of nought, only a cost of nought is.
    """
    if not estimate:
        return total == NOTHING
    return abs(total - estimate) * 100 <= percent * estimate


def yearly(*, weekly: Decimal, one_off: Decimal = NOTHING) -> Decimal:
    """Gross pounds a year: weekly × 52 and the one-offs (money.md 3)."""
    return weekly * 52 + one_off
