"""The rates of charging: what a year's set of them holds, and the part of it that one adult's charge needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budgets.calculators.tariff import Tariff, tariff
from budgets.money import NOTHING

PEA = "pea"
# Weekly amounts of a set by their codes, in the order of money.md 6.1: parts of the minimum income guarantee (SI
# 2014/2672 reg 7), the personal expenses allowance (reg 6) and the savings credit disregard.
LABELS: Mapping[str, str] = {
    "single_18_24": "Single, 18 to 24",
    "single_25": "Single, 25 to pension credit age",
    "single_pension_age": "Single, pension credit age",
    "lone_parent": "Lone parent, 18 or over",
    "couple_18": "Member of a couple, 18 or over",
    "couple_pension_age": "Member of a couple, pension credit age",
    "dependent_child": "Each dependent child",
    "disability_single": "Disability premium, single",
    "disability_couple": "Disability premium, couple",
    "enhanced_disability_single": "Enhanced disability premium, single",
    "enhanced_disability_couple": "Enhanced disability premium, couple",
    "carer": "Carer premium",
    PEA: "Personal expenses allowance in a care home",
    "savings_credit_single": "Savings credit disregard, single",
    "savings_credit_couple": "Savings credit disregard, couple",
}


@dataclass(frozen=True, slots=True)
class Rates:
    """The figures of one year: capital limits in pounds, the rest in pounds a week.

    `mig_components` are the parts of the minimum income guarantee that apply to the adult (reg 7), by their names;
    `pea` is the personal expenses allowance in a care home (reg 6).
    """

    lower_capital: Decimal
    upper_capital: Decimal
    tariff_step: Decimal
    tariff_per_step: Decimal
    pea: Decimal = NOTHING
    mig_components: Mapping[str, Decimal] = field(default_factory=dict)
    savings_credit_disregard: Decimal = NOTHING

    @classmethod
    def of(cls, row: Any, *, mig: Iterable[str], savings_credit: str = "") -> Rates:
        """The figures of a `ChargingRateSet` for an adult to whom these parts of the minimum income guarantee apply,
        and this rate of savings credit, if any. Raises LookupError for a part without a figure in that year."""
        parts = {code: _figure(row, code) for code in mig}
        return cls(
            lower_capital=row.lower_capital,
            upper_capital=row.upper_capital,
            tariff_step=row.tariff_step,
            tariff_per_step=row.tariff_per_step,
            pea=_figure(row, PEA),
            mig_components=parts,
            savings_credit_disregard=_figure(row, savings_credit) if savings_credit else NOTHING,
        )

    def tariff(self, capital: Decimal) -> Tariff:
        return tariff(
            capital,
            lower=self.lower_capital,
            upper=self.upper_capital,
            step=self.tariff_step,
            per_step=self.tariff_per_step,
        )


def _figure(row: Any, code: str) -> Decimal:
    if code not in row.amounts:
        raise LookupError(f"The rates of {row.year} have no figure for: {LABELS.get(code, code)}.")
    return Decimal(row.amounts[code])
