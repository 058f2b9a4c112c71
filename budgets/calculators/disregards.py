"""Which income and capital is left out of account, by its type and by where care is given: dated, with the source.

The table is that of domain/money.md 6.3 (SI 2014/2672 schs 1 and 2; Care and Support Statutory Guidance annexes B and
C). A row that was not checked against its source says so; the council confirms it before live use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum

from budgets.money import NOTHING, down_to_the_penny


class Setting(StrEnum):
    """Where care is given: the rules differ."""

    COMMUNITY = "community"
    CARE_HOME = "care_home"


class LeftOut(Enum):
    """How much of a weekly income is left out of account."""

    NOTHING = "counted in full"
    ALL = "left out in full"
    FIRST_POUNDS = "the first pounds are left out"
    SAVINGS_CREDIT = "left out up to the savings credit rate"
    HALF_TO_PARTNER = "half passed to the partner at home is left out"


@dataclass(frozen=True, slots=True)
class IncomeRule:
    """One type of income: its name, and what is left out in each setting."""

    label: str
    community: LeftOut
    care_home: LeftOut
    source: str
    confirmed: bool = False

    def in_setting(self, setting: Setting) -> LeftOut:
        return self.community if setting == Setting.COMMUNITY else self.care_home


@dataclass(frozen=True, slots=True)
class CapitalRule:
    """One type of capital: its name, whether it is left out, and whether it must be lived in for that."""

    label: str
    community: bool
    care_home: bool
    source: str
    only_if_occupied: bool = False
    confirmed: bool = False

    def leaves_out(self, setting: Setting, occupied_by: str) -> bool:
        """Whether it is left out. Living in it matters in a care home alone."""
        if setting == Setting.COMMUNITY:
            return self.community
        return self.care_home and (not self.only_if_occupied or occupied_by in PROTECTED_OCCUPIERS)


# Who must live in the main home of somebody in a care home for it to be left out (money.md 6.3).
PROTECTED_OCCUPIERS = ("spouse", "relative_60_plus", "incapacitated_relative", "dependent_child")
NOBODY = "nobody"
OCCUPIERS = (*PROTECTED_OCCUPIERS, NOBODY)

_COUNTED = "money.md 6.2: a type without a rule counts in full"
_M34 = "money.md 6.3, M34: Wirral, “How we work out charges for residential care”, 2025/26"
TO_VERIFY = "money.md 6.3: background, verify"


def _counted(label: str, source: str = _COUNTED) -> IncomeRule:
    return IncomeRule(label, LeftOut.NOTHING, LeftOut.NOTHING, source)


def _left_out(label: str, source: str = TO_VERIFY) -> IncomeRule:
    return IncomeRule(label, LeftOut.ALL, LeftOut.ALL, source, confirmed=source == _M34)


def _pension(label: str) -> IncomeRule:
    return IncomeRule(label, LeftOut.NOTHING, LeftOut.HALF_TO_PARTNER, _M34, confirmed=True)


@dataclass(frozen=True, slots=True)
class Disregards:
    """The rules in force from one day on, until the next ones."""

    valid_from: date
    incomes: Mapping[str, IncomeRule]
    capital: Mapping[str, CapitalRule]
    first_pounds: Decimal

    def left_out(
        self, type_: str, weekly: Decimal, *, setting: Setting, savings_credit: Decimal, spouse_at_home: bool
    ) -> Decimal:
        """Pounds a week of an income that are not counted. What is left of a halved pension is rounded down to the
        penny, in the adult's favour."""
        match self.incomes[type_].in_setting(setting):
            case LeftOut.ALL:
                return weekly
            case LeftOut.FIRST_POUNDS:
                return min(weekly, self.first_pounds)
            case LeftOut.SAVINGS_CREDIT:
                return min(weekly, savings_credit)
            case LeftOut.HALF_TO_PARTNER if spouse_at_home:
                return weekly - down_to_the_penny(weekly / 2)
        return NOTHING


# In order of their first day. A change of the law is a new entry, never an edit.
BY_DATE: tuple[Disregards, ...] = (
    Disregards(
        valid_from=date(2015, 4, 1),  # the Care Act 2014 came into force
        incomes={
            "state_pension": _counted("State Pension"),
            "occupational_pension": _pension("Occupational pension"),
            "private_pension": _pension("Private pension"),
            "pension_credit_guarantee": _counted("Pension Credit, guarantee credit"),
            "savings_credit": IncomeRule(
                "Pension Credit, savings credit",
                LeftOut.SAVINGS_CREDIT,
                LeftOut.SAVINGS_CREDIT,
                TO_VERIFY,
            ),
            "universal_credit": _counted("Universal Credit"),
            "attendance_allowance": _counted("Attendance Allowance", TO_VERIFY),
            "pip_daily_living": _counted("PIP, daily living", TO_VERIFY),
            "pip_mobility": _left_out("PIP, mobility", _M34),
            "dla_care": _counted("DLA, care", TO_VERIFY),
            "dla_mobility": _left_out("DLA, mobility", _M34),
            "esa": _counted("Employment and Support Allowance"),
            "carers_allowance": _counted("Carer’s Allowance"),
            "housing_benefit": _left_out("Housing Benefit"),
            "council_tax_support": _left_out("Council Tax support"),
            "child_benefit": _left_out("Child Benefit"),
            "child_tax_credit": _left_out("Child Tax Credit"),
            "christmas_bonus": _left_out("Christmas bonus"),
            "winter_fuel_payment": _left_out("Winter Fuel Payment"),
            "social_fund": _left_out("Social Fund payment"),
            "earnings": _left_out("Earnings"),
            "self_employment": _left_out("Earnings from self-employment"),
            "direct_payment": _left_out("Direct payment", _M34),
            "war_widows_pension": IncomeRule(
                "War widow’s or widower’s pension", LeftOut.FIRST_POUNDS, LeftOut.FIRST_POUNDS, _M34, True
            ),
            "war_pension": _left_out("War Pension Scheme payment", _M34),
            "constant_attendance_allowance": _counted("War pension, constant attendance", _M34),
            "guaranteed_income_payment": _left_out("Guaranteed Income Payment", _M34),
            "annuity": _counted("Annuity"),
            "rental": _counted("Rent received"),
            "trust_income": _counted("Income from a trust"),
            "charitable": _left_out("Charitable or voluntary payment", _M34),
            "other": _counted("Other income"),
        },
        capital={
            "savings": CapitalRule("Savings", False, False, _COUNTED),
            "investments": CapitalRule("Investments", False, False, _COUNTED),
            "property": CapitalRule("Other property", False, False, _COUNTED),
            "main_home": CapitalRule("Main home", True, True, TO_VERIFY, only_if_occupied=True),
            "personal_possessions": CapitalRule("Personal possessions", True, True, TO_VERIFY),
            "life_policy": CapitalRule("Surrender value of a life policy", True, True, TO_VERIFY),
            "personal_injury_trust": CapitalRule("Personal injury trust", True, True, TO_VERIFY),
            "funeral_plan": CapitalRule("Funeral plan", True, True, TO_VERIFY),
            "notional": CapitalRule("Notional capital", False, False, "money.md 6.3: deprivation of assets"),
        },
        first_pounds=Decimal("10.00"),
    ),
)
NEWEST = BY_DATE[-1]


def on(day: date) -> Disregards:
    """The rules in force on a day. Raises LookupError before the first of them."""
    for rules in reversed(BY_DATE):
        if rules.valid_from <= day:
            return rules
    raise LookupError(f"There are no rules about income and capital on {day}.")
