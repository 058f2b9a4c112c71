"""A budget paid in several ways: from which of them the person's contribution is taken (domain/money.md 5, design)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.calculators.sums import Line, Sum
from budgets.money import NOTHING

# Ways of paying, and the order in which the contribution is taken from them. Stored values of support_plans' Mode.
MODES: Mapping[str, str] = {
    "direct_payment": "Direct payment",
    "isf": "Individual service fund",
    "council_managed": "Arranged by the council",
}
COLLECTION_ORDER = tuple(MODES)


@dataclass(frozen=True, slots=True)
class Share:
    """What goes by one way of paying: all of it, the person's part, the council's part. Pounds per week."""

    mode: str
    gross: Decimal
    person: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class MixedBudget:
    """Each way of paying with both parts, and what the council pays in all. Pounds per week."""

    shares: tuple[Share, ...]
    council_total: Decimal
    working: tuple[Sum, ...]

    @property
    def contribution_by_mode(self) -> dict[str, Decimal]:
        return {share.mode: share.person for share in self.shares}

    @property
    def council_pays_by_mode(self) -> dict[str, Decimal]:
        return {share.mode: share.net for share in self.shares}


def share_out(
    by_mode: Mapping[str, Decimal], contribution: Decimal, order: Sequence[str] = COLLECTION_ORDER
) -> list[Share]:
    """Take the person's contribution from the ways of paying, in order, none going below nought.

    Raises ValueError where the contribution is below nought or more than the whole, or the order leaves out a way.
    """
    if missing := [mode for mode in by_mode if mode not in order]:
        raise ValueError(f"The order must name each way of paying: {missing[0]} is missing.")
    total = sum(by_mode.values(), NOTHING)
    if not NOTHING <= contribution <= total:
        raise ValueError("The contribution must be between nothing and the whole cost.")
    left = contribution
    shares = []
    for mode in order:
        if mode not in by_mode:
            continue
        gross = by_mode[mode]
        person = min(left, gross)
        left -= person
        shares.append(Share(str(mode), gross, person, gross - person))
    return shares


def mixed_budget(
    *,
    total_weekly: Decimal,
    contribution: Decimal,
    by_mode: Mapping[str, Decimal],
    order: Sequence[str] = COLLECTION_ORDER,
) -> MixedBudget:
    """The parts of a budget by way of paying. Raises ValueError as `share_out` does, and where the ways of paying do
    not come to the whole (money.md 1, invariant 2)."""
    if sum(by_mode.values(), NOTHING) != total_weekly:
        raise ValueError("The ways of paying must come to the whole of the budget.")
    shares = tuple(share_out(by_mode, contribution, order))
    council = total_weekly - contribution
    return MixedBudget(
        shares,
        council,
        (
            Sum(
                "contribution",
                "What the person pays",
                tuple(Line(f"From: {MODES[share.mode].lower()}", share.person) for share in shares),
                contribution,
            ),
            *(
                Sum(
                    share.mode,
                    MODES[share.mode],
                    (Line("All of it", share.gross), Line("What the person pays", -share.person)),
                    share.net,
                )
                for share in shares
            ),
            Sum(
                "council_total",
                "What the council pays",
                tuple(Line(MODES[share.mode], share.net) for share in shares),
                council,
            ),
        ),
    )
