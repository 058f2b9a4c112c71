"""What an adult pays towards care each week, in the community or in a care home, from means and rates.

The steps are those of domain/money.md 6.2 (Care Act 2014 ss 14 and 17; SI 2014/2672). Amounts are pounds and pence a
week; income, capital and the charge are rounded down to the penny, in the adult's favour (reg 11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.calculators import disregards
from budgets.calculators.disregards import Disregards, LeftOut, Setting
from budgets.calculators.rates import Rates
from budgets.calculators.sums import Line, Sum, closed
from budgets.calculators.tariff import Tariff
from budgets.money import NOTHING, down_to_the_penny, written

FULL_COST, NIL, PARTIAL = "FULL_COST", "NIL", "PARTIAL"
# How an amount becomes a weekly one: times so much, divided by so many weeks (money.md 6.2, step 4).
FREQUENCIES: Mapping[str, tuple[int, int]] = {
    "weekly": (1, 1),
    "fortnightly": (1, 2),
    "four_weekly": (1, 4),
    "monthly": (12, 52),
    "quarterly": (4, 52),
    "annual": (1, 52),
}


@dataclass(frozen=True, slots=True)
class Income:
    """An income as it is paid: its type (disregards.py), pounds, and how often."""

    type: str
    amount: Decimal
    frequency: str

    @property
    def weekly(self) -> Decimal:
        """Pounds a week, rounded down to the penny for each income by itself (money.md 6.2, step 4)."""
        times, weeks = FREQUENCIES[self.frequency]
        return down_to_the_penny(self.amount * times / weeks)


@dataclass(frozen=True, slots=True)
class Capital:
    """Something owned: its type (disregards.py), its value in pounds, and the person's part of it, 0 to 1."""

    type: str
    value: Decimal
    share: Decimal = Decimal(1)
    occupied_by: str = disregards.NOBODY


@dataclass(frozen=True, slots=True)
class Charge:
    """What the adult pays and what the council pays, with each figure on the way to it and the working of each.

    Above the upper capital limit `tariff` and `max_contribution` are None, for the adult pays the whole cost. `pea` is
    None in the community, `mig` nothing in a care home.
    """

    gross_income: Decimal
    weekly_incomes: tuple[Decimal, ...]
    weekly_incomes_counted: tuple[Decimal, ...]
    assessed_capital: Decimal
    assessable_income: Decimal
    tariff: Decimal | None
    mig: Decimal
    pea: Decimal | None
    allowances: Decimal
    max_contribution: Decimal | None
    contribution: Decimal
    council_pays: Decimal
    status: str
    working: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """An income made weekly, and the part of it that counts."""

    line: Line
    weekly: Decimal
    counted: Decimal
    is_left_out: bool


def charge_community(
    *,
    rates: Rates,
    capital: Sequence[Capital],
    incomes: Sequence[Income],
    housing_costs_weekly: Decimal,
    dre_weekly: Decimal,
    chargeable_cost_weekly: Decimal,
    de_minimis: Decimal = NOTHING,
    rules: Disregards = disregards.NEWEST,
) -> Charge:
    """The charge for care outside a care home, which leaves the adult with the minimum income guarantee, housing
    costs and disability-related expenditure (money.md 6.2, step 6).

    A charge below `de_minimis` is not collected. The cost leaves out whatever is free.
    """
    mig_lines = tuple(Line(_words(name), amount) for name, amount in rates.mig_components.items())
    mig = sum(rates.mig_components.values(), NOTHING)
    return _charge(
        Setting.COMMUNITY,
        rates,
        capital=capital,
        incomes=incomes,
        spouse_at_home=False,
        mig=Sum("mig", "Minimum income guarantee", mig_lines, mig),
        allowances=(
            Line("Minimum income guarantee", mig),
            Line("Housing costs", housing_costs_weekly),
            Line("Disability-related expenditure", dre_weekly),
        ),
        cost=chargeable_cost_weekly,
        de_minimis=de_minimis,
        rules=rules,
    )


def charge_care_home(
    *,
    rates: Rates,
    capital: Sequence[Capital],
    incomes: Sequence[Income],
    spouse_at_home: bool,
    chargeable_cost_weekly: Decimal,
    de_minimis: Decimal = NOTHING,
    rules: Disregards = disregards.NEWEST,
) -> Charge:
    """The charge for care in a care home, which leaves the adult with the personal expenses allowance alone: no
    minimum income guarantee, housing costs or disability-related expenditure (money.md 6.2, step 6)."""
    return _charge(
        Setting.CARE_HOME,
        rates,
        capital=capital,
        incomes=incomes,
        spouse_at_home=spouse_at_home,
        mig=None,
        allowances=(Line("Personal expenses allowance", rates.pea),),
        cost=chargeable_cost_weekly,
        de_minimis=de_minimis,
        rules=rules,
    )


def _charge(
    setting: Setting,
    rates: Rates,
    *,
    capital: Sequence[Capital],
    incomes: Sequence[Income],
    spouse_at_home: bool,
    mig: Sum | None,
    allowances: tuple[Line, ...],
    cost: Decimal,
    de_minimis: Decimal,
    rules: Disregards,
) -> Charge:
    capital_sum = _assessed_capital(capital, setting, rules)
    found = [_count(income, setting, rates, spouse_at_home, rules) for income in incomes]
    gross = Sum(
        "gross_income",
        "Income, made weekly",
        tuple(Line(each.line.label, each.weekly) for each in found),
        sum((each.weekly for each in found), NOTHING),
    )
    income = Sum(
        "assessable_income",
        "Income that counts",
        tuple(each.line for each in found),
        sum((each.counted for each in found), NOTHING),
    )
    allowed = Sum(
        "allowances",
        "What the adult keeps",
        allowances,
        sum((line.amount for line in allowances), NOTHING),
    )
    from_capital = rates.tariff(capital_sum.total)
    most = _max_contribution(income.total, from_capital, allowed.total)
    contribution = (
        _limited(most.total, cost, de_minimis)
        if most
        else Sum("contribution", "What the adult pays", (Line("The whole cost", cost),), cost)
    )
    pays = contribution.total
    council = Sum(
        "council_pays",
        "What the council pays",
        (Line("Cost of the care", cost), Line("What the adult pays", -pays)),
        cost - pays,
    )
    every = (capital_sum, gross, income, from_capital.working, mig, allowed, most, contribution, council)
    return Charge(
        gross_income=gross.total,
        weekly_incomes=tuple(each.weekly for each in found),
        weekly_incomes_counted=tuple(each.counted for each in found if not each.is_left_out),
        assessed_capital=capital_sum.total,
        assessable_income=income.total,
        tariff=from_capital.weekly,
        mig=mig.total if mig else NOTHING,
        pea=None if mig else rates.pea,
        allowances=allowed.total,
        max_contribution=most.total if most else None,
        contribution=pays,
        council_pays=council.total,
        status=_status(from_capital, pays),
        working=tuple(each for each in every if each),
    )


def _assessed_capital(capital: Iterable[Capital], setting: Setting, rules: Disregards) -> Sum:
    """The person's part of everything that counts. The whole is rounded down to the penny, and no single part is."""
    lines, total = [], NOTHING
    for each in capital:
        rule = rules.capital[each.type]
        part = each.value * each.share
        if rule.leaves_out(setting, each.occupied_by):
            lines.append(Line(rule.label, NOTHING, f"{written(each.value)}: left out"))
        else:
            note = "" if each.share == 1 else f"{each.share.normalize():f} of {written(each.value)}"
            lines.append(Line(rule.label, part, note))
            total += part
    return closed(
        "assessed_capital",
        "Capital that counts",
        lines,
        down_to_the_penny(total),
        because="The fraction of a penny is left out",
    )


def _count(
    income: Income, setting: Setting, rates: Rates, spouse_at_home: bool, rules: Disregards
) -> _Counted:
    rule = rules.incomes[income.type]
    weekly = income.weekly
    left_out = rules.left_out(
        income.type,
        weekly,
        setting=setting,
        savings_credit=rates.savings_credit_disregard,
        spouse_at_home=spouse_at_home,
    )
    counted = weekly - left_out
    is_left_out = rule.in_setting(setting) == LeftOut.ALL or (not counted and bool(left_out))
    note = f"{written(weekly)}, of which {written(left_out)} is left out" if left_out else ""
    return _Counted(Line(rule.label, counted, note), weekly, counted, is_left_out)


def _max_contribution(income: Decimal, from_capital: Tariff, allowed: Decimal) -> Sum | None:
    """Step 7: what is left of income and tariff after what the adult keeps. None above the upper capital limit."""
    if from_capital.weekly is None:
        return None
    return closed(
        "max_contribution",
        "The most the adult can be asked for",
        (
            Line("Income that counts", income),
            Line("Tariff income", from_capital.weekly),
            Line("What the adult keeps", -allowed),
        ),
        down_to_the_penny(max(income + from_capital.weekly - allowed, NOTHING)),
        because="Never below nothing",
    )


def _limited(most: Decimal, cost: Decimal, de_minimis: Decimal) -> Sum:
    """Steps 8 and 9: never more than the care costs, and nothing where it is too little to collect."""
    pays = min(most, cost)
    lines = [Line("The most the adult can be asked for", most)]
    if pays < most:
        lines.append(Line("Never more than the care costs", pays - most))
    if pays < de_minimis:
        lines.append(Line(f"Less than {written(de_minimis)} is not collected", -pays))
        pays = NOTHING
    return Sum("contribution", "What the adult pays", tuple(lines), pays)


def _status(from_capital: Tariff, pays: Decimal) -> str:
    if from_capital.full_cost:
        return FULL_COST
    return PARTIAL if pays else NIL


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
