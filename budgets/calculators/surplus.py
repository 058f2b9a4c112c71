"""What has gathered in a direct payment account above what may stay there (domain/money.md 4.3, design)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budgets.calculators.sums import Line, Sum, closed
from budgets.money import NOTHING, written


@dataclass(frozen=True, slots=True)
class Surplus:
    """Pounds a week that go into the account, and pounds: what may stay, what is above it, and to whom it goes."""

    base: Decimal
    reserve: Decimal
    surplus: Decimal
    refund: Decimal
    reclaim: Decimal
    working: tuple[Sum, ...]


def surplus(
    *,
    net_weekly: Decimal,
    contribution_weekly: Decimal,
    reserve_weeks: int,
    balance: Decimal,
    unpaid_commitments: Decimal,
    ring_fenced: Decimal,
    contribution_overpaid: Decimal,
) -> Surplus:
    """Above the unpaid bills, what was put aside, and so many weeks of the gross payment, the person first gets back
    what they overpaid and the council the rest. Below it nothing is reclaimed; the surplus is then below nought.

    No rounding: sums of pounds and pence.
    """
    base = net_weekly + contribution_weekly
    reserve = base * reserve_weeks
    above = balance - unpaid_commitments - ring_fenced - reserve
    there = max(above, NOTHING)
    refund = min(there, contribution_overpaid)
    reclaim = there - refund
    return Surplus(
        base=base,
        reserve=reserve,
        surplus=above,
        refund=refund,
        reclaim=reclaim,
        working=(
            Sum(
                "base",
                "Goes into the account each week",
                (Line("Paid by the council", net_weekly), Line("Paid in by the person", contribution_weekly)),
                base,
            ),
            Sum(
                "reserve", "May stay", (Line(f"{reserve_weeks} weeks of {written(base)}", reserve),), reserve
            ),
            Sum(
                "surplus",
                "Above what may stay",
                (
                    Line("Balance", balance),
                    Line("Unpaid bills", -unpaid_commitments),
                    Line("Put aside for a purpose", -ring_fenced),
                    Line("May stay", -reserve),
                ),
                above,
            ),
            closed(
                "refund",
                "Goes back to the person",
                (Line("Overpaid by the person", contribution_overpaid),),
                refund,
                because="Never more than is above what may stay",
            ),
            closed(
                "reclaim",
                "Goes back to the council",
                (Line("Above what may stay", above), Line("Goes back to the person", -refund)),
                reclaim,
                because="Nothing is above what may stay",
            ),
        ),
    )
