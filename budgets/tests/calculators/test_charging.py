"""The charge at its edges: what counts, what is left out, what is rounded down, and what is never asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assessments.models import OutcomeCode
from budgets.calculators import allocation, disregards, mixed_budget
from budgets.calculators.charging import (
    FREQUENCIES,
    Capital,
    Income,
    charge_care_home,
    charge_community,
)
from budgets.calculators.disregards import LeftOut, Setting
from budgets.calculators.rates import Rates
from budgets.calculators.sums import DoesNotAddUp, Line, Sum, closed
from budgets.money import down_to_the_penny, to_the_penny, to_two_places, written, yearly
from support_plans.models import Mode

D = Decimal
RATES = Rates(
    lower_capital=D("14250.00"),
    upper_capital=D("23250.00"),
    tariff_step=D("250.00"),
    tariff_per_step=D("1.00"),
    pea=D("30.65"),
    mig_components={"basic_single_pc_age": D("200.00")},
    savings_credit_disregard=D("6.95"),
)


def at_home(incomes=(), capital=(), cost="500.00", **more):
    asked = {"housing_costs_weekly": D("0.00"), "dre_weekly": D("0.00"), **more}
    return charge_community(
        rates=RATES, incomes=incomes, capital=capital, chargeable_cost_weekly=D(cost), **asked
    )


def in_a_home(incomes=(), capital=(), cost="900.00", spouse=False, **more):
    return charge_care_home(
        rates=RATES,
        incomes=incomes,
        capital=capital,
        spouse_at_home=spouse,
        chargeable_cost_weekly=D(cost),
        **more,
    )


def pension(amount, frequency="weekly"):
    return Income("state_pension", D(amount), frequency)


def savings(value, share="1"):
    return Capital("savings", D(value), D(share))


@pytest.mark.parametrize(
    "frequency,amount,weekly",
    [
        ("weekly", "100.01", "100.01"),
        ("fortnightly", "100.01", "50.00"),
        ("four_weekly", "100.03", "25.00"),
        ("monthly", "809.64", "186.84"),
        ("quarterly", "100.00", "7.69"),
        ("annual", "100.00", "1.92"),
    ],
)
def test_each_income_is_made_weekly_by_itself_and_rounded_down(frequency, amount, weekly):
    assert pension(amount, frequency).weekly == D(weekly)


def test_every_frequency_is_in_the_table_above():
    assert set(FREQUENCIES) == {"weekly", "fortnightly", "four_weekly", "monthly", "quarterly", "annual"}


def test_two_incomes_lose_a_fraction_of_a_penny_each():
    charge = at_home([pension("0.03", "fortnightly"), pension("0.03", "fortnightly")])

    assert charge.weekly_incomes == (D("0.01"), D("0.01"))
    assert charge.gross_income == D("0.02")


@pytest.mark.parametrize(
    "capital,tariff,status",
    [
        ("14250.00", "0.00", "NIL"),
        ("14250.01", "1.00", "PARTIAL"),
        ("23250.00", "36.00", "PARTIAL"),
        ("23250.01", None, "FULL_COST"),
    ],
)
def test_exactly_the_upper_limit_has_a_tariff_and_a_penny_more_pays_the_whole_cost(capital, tariff, status):
    charge = in_a_home([pension("30.65")], [savings(capital)])

    assert (charge.tariff, charge.status) == (D(tariff) if tariff else None, status)
    if status == "FULL_COST":
        assert (charge.max_contribution, charge.contribution, charge.council_pays) == (
            None,
            D("900.00"),
            D(0),
        )
        assert charge.allowances == D("30.65")


def test_half_of_a_joint_account_counts_and_half_a_penny_of_it_does_not():
    charge = at_home(capital=[savings("46500.01", "0.5")])

    assert charge.assessed_capital == D("23250.00")
    assert charge.tariff == D("36.00")
    assert [line.amount for line in charge.working[0].lines] == [D("23250.005"), D("-0.005")]


def test_two_half_pennies_of_capital_are_a_penny_for_only_the_whole_is_rounded():
    charge = at_home(capital=[savings("0.01", "0.5"), savings("0.01", "0.5")])

    assert charge.assessed_capital == D("0.01")


def test_the_charge_is_never_more_than_the_cost_and_never_below_nothing():
    assert at_home([pension("800.00")], cost="500.00").contribution == D("500.00")
    assert at_home([pension("800.00")], cost="600.00").contribution == D("600.00")
    assert at_home([pension("199.99")]).max_contribution == D("0.00")
    assert at_home([pension("200.01")]).contribution == D("0.01")


def test_a_person_who_pays_all_of_it_from_income_still_pays_a_part():
    charge = at_home([pension("800.00")])

    assert (charge.council_pays, charge.status) == (D("0.00"), "PARTIAL")


@pytest.mark.parametrize(
    "least,pays,status", [("5.00", "5.00", "PARTIAL"), ("5.01", "0.00", "NIL"), (None, "5.00", "PARTIAL")]
)
def test_a_charge_below_the_least_that_is_collected_is_nothing(least, pays, status):
    more = {"de_minimis": D(least)} if least else {}

    for charge in (at_home([pension("205.00")], **more), in_a_home([pension("35.65")], **more)):
        assert (charge.contribution, charge.status) == (D(pays), status)
        assert charge.max_contribution == D("5.00")


def test_what_is_too_little_to_collect_is_asked_of_the_cost_too():
    charge = at_home([pension("800.00")], cost="4.00", de_minimis=D("5.00"))

    assert (charge.contribution, charge.council_pays) == (D("0.00"), D("4.00"))


def test_housing_costs_and_disability_related_expenditure_are_kept_in_the_community():
    charge = at_home([pension("400.00")], housing_costs_weekly=D("50.00"), dre_weekly=D("16.75"))

    assert (charge.mig, charge.allowances) == (D("200.00"), D("266.75"))
    assert (charge.contribution, charge.pea) == (D("133.25"), None)


def test_in_a_care_home_only_the_personal_expenses_allowance_is_kept():
    charge = in_a_home([pension("400.00")])

    assert (charge.mig, charge.pea, charge.allowances) == (D("0.00"), D("30.65"), D("30.65"))
    assert charge.contribution == D("369.35")


def income_of(type_, amount, *, spouse=False, care_home=False):
    income = [Income(type_, D(amount), "weekly")]
    charge = in_a_home(income, spouse=spouse) if care_home else at_home(income)
    return charge.weekly_incomes_counted, charge.assessable_income


@pytest.mark.parametrize(
    "type_,amount,counted",
    [
        ("war_widows_pension", "10.00", None),
        ("war_widows_pension", "10.01", "0.01"),
        ("war_widows_pension", "50.00", "40.00"),
        ("savings_credit", "6.95", None),
        ("savings_credit", "6.96", "0.01"),
        ("pip_mobility", "0.00", None),
        ("state_pension", "0.00", "0.00"),
        ("annuity", "50.00", "50.00"),
    ],
)
def test_what_is_left_out_wholly_is_not_in_the_list_of_what_counts(type_, amount, counted):
    for care_home in (False, True):
        listed, total = income_of(type_, amount, care_home=care_home)
        assert listed == ((D(counted),) if counted else ())
        assert total == D(counted or "0.00")


@pytest.mark.parametrize("type_", ["occupational_pension", "private_pension"])
@pytest.mark.parametrize(
    "care_home,spouse,counted",
    [(True, True, "40.00"), (True, False, "80.01"), (False, False, "80.01")],
)
def test_half_of_a_pension_is_left_out_only_in_a_care_home_with_a_spouse_at_home(
    type_, care_home, spouse, counted
):
    assert income_of(type_, "80.01", spouse=spouse, care_home=care_home)[1] == D(counted)


@pytest.mark.parametrize(
    "occupied_by,counts",
    [
        ("nobody", True),
        ("spouse", False),
        ("relative_60_plus", False),
        ("incapacitated_relative", False),
        ("dependent_child", False),
    ],
)
def test_a_main_home_counts_in_a_care_home_unless_somebody_protected_lives_in_it(occupied_by, counts):
    home = [Capital("main_home", D("200000.00"), occupied_by=occupied_by)]

    assert in_a_home(capital=home).assessed_capital == D("200000.00" if counts else "0.00")
    assert at_home(capital=home).assessed_capital == D("0.00")


def test_a_home_that_nothing_is_said_of_is_lived_in_by_nobody():
    assert in_a_home(capital=[Capital("main_home", D("100.00"))]).assessed_capital == D("100.00")


# ------------------------------------------------------------------ the tables

IN_FULL = (
    "state_pension pension_credit_guarantee universal_credit attendance_allowance pip_daily_living dla_care esa "
    "carers_allowance constant_attendance_allowance annuity rental trust_income other"
)
LEFT_OUT = (
    "pip_mobility dla_mobility housing_benefit council_tax_support child_benefit child_tax_credit christmas_bonus "
    "winter_fuel_payment social_fund earnings self_employment direct_payment war_pension "
    "guaranteed_income_payment charitable"
)
CONFIRMED = {
    "occupational_pension", "private_pension", "pip_mobility", "dla_mobility", "direct_payment", "war_pension",
    "guaranteed_income_payment", "war_widows_pension", "charitable",
}  # fmt: skip


def test_the_table_of_incomes_is_that_of_the_reference():
    wanted = dict.fromkeys(IN_FULL.split(), (LeftOut.NOTHING, LeftOut.NOTHING))
    wanted |= dict.fromkeys(LEFT_OUT.split(), (LeftOut.ALL, LeftOut.ALL))
    wanted |= dict.fromkeys(
        ("occupational_pension", "private_pension"), (LeftOut.NOTHING, LeftOut.HALF_TO_PARTNER)
    )
    wanted["savings_credit"] = (LeftOut.SAVINGS_CREDIT, LeftOut.SAVINGS_CREDIT)
    wanted["war_widows_pension"] = (LeftOut.FIRST_POUNDS, LeftOut.FIRST_POUNDS)

    rules = disregards.NEWEST.incomes

    assert {name: (rule.community, rule.care_home) for name, rule in rules.items()} == wanted
    assert {name for name, rule in rules.items() if rule.confirmed} == CONFIRMED
    assert all("money.md" in rule.source and rule.label for rule in rules.values())


def test_the_table_of_capital_is_that_of_the_reference():
    rules = disregards.NEWEST.capital

    assert {name for name, rule in rules.items() if not rule.community} == {
        "savings", "investments", "property", "notional",
    }  # fmt: skip
    assert {name for name, rule in rules.items() if rule.community} == {
        "main_home", "personal_possessions", "life_policy", "personal_injury_trust", "funeral_plan",
    }  # fmt: skip
    assert {name for name, rule in rules.items() if rule.leaves_out(Setting.CARE_HOME, "nobody")} == {
        "personal_possessions", "life_policy", "personal_injury_trust", "funeral_plan",
    }  # fmt: skip
    assert not any(rule.confirmed for rule in rules.values())
    assert all("money.md" in rule.source and rule.label for rule in rules.values())


def test_the_rules_of_a_day_are_those_that_began_last_and_none_before_the_act():
    assert disregards.on(date(2015, 4, 1)) is disregards.NEWEST
    assert disregards.on(date(2026, 11, 25)) is disregards.NEWEST
    with pytest.raises(LookupError, match="2015-03-31"):
        disregards.on(date(2015, 3, 31))
    assert [rules.valid_from for rules in disregards.BY_DATE] == sorted(
        rules.valid_from for rules in disregards.BY_DATE
    )
    assert disregards.NEWEST.first_pounds == D("10.00")


def test_the_codes_that_other_apps_store_are_the_same_here():
    assert [(mode, str(Mode(mode).value)) for mode in mixed_budget.COLLECTION_ORDER] == [
        (mode, mode) for mode in ("direct_payment", "isf", "council_managed")
    ]
    assert {code: allocation.LABELS[domain] for code, domain in allocation.DOMAINS} == dict(
        OutcomeCode.choices
    )


# ------------------------------------------------------------------ the roundings and the working


@pytest.mark.parametrize(
    "amount,nearest,down",
    [
        ("0.005", "0.01", "0.00"),
        ("0.0049", "0.00", "0.00"),
        ("1.999", "2.00", "1.99"),
        ("2.00", "2.00", "2.00"),
    ],
)
def test_each_rounding_goes_its_own_way(amount, nearest, down):
    assert to_the_penny(D(amount)) == to_two_places(D(amount)) == D(nearest)
    assert down_to_the_penny(D(amount)) == D(down)


def test_a_year_has_52_weeks_and_the_one_offs():
    assert yearly(weekly=D("10.00")) == D("520.00")
    assert yearly(weekly=D("10.00"), one_off=D("5.50")) == D("525.50")


def test_pounds_are_written_for_a_reader():
    assert [written(D(each)) for each in ("1234.5", "0", "-0.01")] == ["£1,234.50", "£0.00", "-£0.01"]


def test_a_working_that_does_not_add_up_is_never_shown():
    with pytest.raises(DoesNotAddUp, match=r"come to 1.00 and not to 1.01"):
        Sum("tariff", "Tariff income", (Line("one", D("1.00")),), D("1.01"))


def test_a_limit_gets_a_line_of_its_own_only_where_it_does_something():
    bound = closed("refund", "Refund", [Line("a", D(5))], D(3), because="No more than is there")
    free = closed("refund", "Refund", [Line("a", D(3))], D(3), because="No more than is there")

    assert [(line.label, line.amount) for line in bound.lines] == [
        ("a", D(5)),
        ("No more than is there", D(-2)),
    ]
    assert [line.label for line in free.lines] == ["a"]
    assert (bound.unit, bound.of) == ("pounds", "refund")


def test_the_working_of_a_charge_shows_each_figure_on_the_way():
    charge = at_home([pension("700.00")], [savings("18400.00")], cost="500.00", de_minimis=D("600.00"))

    assert [each.of for each in charge.working] == [
        "assessed_capital",
        "gross_income",
        "assessable_income",
        "tariff",
        "mig",
        "allowances",
        "max_contribution",
        "contribution",
        "council_pays",
    ]
    shown = {each.of: [(line.label, line.amount) for line in each.lines] for each in charge.working}
    assert shown["tariff"] == [
        ("16 × £250.00 above £14,250.00", D("16.00")),
        ("£150.00 more: part of a step counts as a whole one", D("1.00")),
    ]
    assert shown["contribution"] == [
        ("The most the adult can be asked for", D("517.00")),
        ("Never more than the care costs", D("-17.00")),
        ("Less than £600.00 is not collected", D("-500.00")),
    ]


def test_the_working_says_what_was_left_out_and_of_whose_part():
    charge = in_a_home(
        [Income("occupational_pension", D("80.00"), "weekly"), pension("260.00")],
        [savings("1000.00", "0.50"), savings("10.00"), Capital("life_policy", D("5000.00"), D(1))],
        spouse=True,
    )

    notes = {each.of: [line.note for line in each.lines] for each in charge.working}
    assert notes["assessable_income"] == ["£80.00, of which £40.00 is left out", ""]
    assert notes["assessed_capital"] == ["0.5 of £1,000.00", "", "£5,000.00: left out"]
    assert "mig" not in notes
