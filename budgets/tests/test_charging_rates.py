"""The rates of charging: by year, with what is still to be confirmed, and as a charge is worked out with them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from budgets.calculators import rates
from budgets.calculators.charging import Income, charge_community
from budgets.calculators.rates import Rates
from budgets.models import ChargingRateSet

pytestmark = pytest.mark.django_db

ON = date(2025, 11, 25)
D = Decimal


def of_year(year):
    return ChargingRateSet.objects.get(year=year)


@pytest.fixture
def desk():
    return signed_in_client(UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory())))


def entered(**changes):
    return {
        "year": "2027-28",
        "valid_from": "2027-04-12",
        "status": "unverified",
        "lower_capital": "14250.00",
        "upper_capital": "23250.00",
        "tariff_step": "250.00",
        "tariff_per_step": "1.00",
        "amounts": '{"single_25": "125.00"}',
        "to_confirm": '["single_25"]',
        "source": "Circular",
        **changes,
    }


def test_five_years_are_there_and_none_of_them_is_confirmed_yet():
    every = list(ChargingRateSet.objects.order_by("valid_from"))

    assert [row.year for row in every] == ["2021-22", "2023-24", "2024-25", "2025-26", "2026-27"]
    assert {row.status for row in every} == {"unverified"}
    for row in every:
        assert set(row.amounts) <= set(rates.LABELS)
        assert set(row.to_confirm) <= set(row.amounts)
        assert (row.lower_capital, row.upper_capital) == (D("14250.00"), D("23250.00"))
        # The first Monday on or after 6 April, to the Sunday before the next one.
        assert row.valid_from.weekday() == 0
        assert date(row.valid_from.year, 4, 6) <= row.valid_from <= date(row.valid_from.year, 4, 12)
        after = row.valid_to + timedelta(days=1)
        assert after.weekday() == 0
        assert date(after.year, 4, 6) <= after <= date(after.year, 4, 12)


@pytest.mark.parametrize(
    "year,code,amount,sure",
    [
        ("2021-22", "single_pension_age", "189.00", True),
        ("2023-24", "dependent_child", "94.90", True),
        ("2024-25", "savings_credit_couple", "10.40", True),
        ("2024-25", "single_25", "110.60", False),
        ("2025-26", "pea", "30.65", True),
        ("2025-26", "enhanced_disability_single", "24.25", True),
        ("2025-26", "carer", "53.25", False),
        ("2026-27", "single_18_24", "95.40", True),
        ("2026-27", "pea", "31.80", False),
    ],
)
def test_an_amount_is_that_of_the_reference_and_says_whether_it_is_sure(year, code, amount, sure):
    row = of_year(year)

    assert (row.amounts[code], code not in row.to_confirm) == (amount, sure)


@pytest.mark.parametrize(
    "day,year",
    [
        (date(2026, 4, 5), "2025-26"),
        (date(2026, 4, 6), "2026-27"),
        (date(2027, 4, 11), "2026-27"),
        (date(2022, 4, 11), None),
        (date(2021, 4, 11), None),
    ],
)
def test_the_rates_of_a_day_are_those_whose_dates_include_it(day, year):
    found = ChargingRateSet.objects.in_force(day).first()

    assert (found.year if found else None) == year


def test_a_correction_in_the_middle_of_a_year_comes_before_what_it_corrects():
    row = of_year("2025-26")
    row.pk, row.ref, row.valid_from = None, "corrected", date(2025, 10, 1)
    row._state.adding = True
    row.save()

    assert ChargingRateSet.objects.in_force(ON).first() == row
    assert ChargingRateSet.objects.in_force(date(2025, 9, 30)).first() == of_year_first("2025-26")


def of_year_first(year):
    return ChargingRateSet.objects.filter(year=year).order_by("valid_from").first()


def test_the_third_worked_example_comes_out_with_the_rates_of_its_year():
    found = Rates.of(of_year("2025-26"), mig=["single_25", "disability_single", "enhanced_disability_single"])

    charge = charge_community(
        rates=found,
        capital=[],
        incomes=[
            Income("universal_credit", D("809.64"), "monthly"),
            Income("pip_daily_living", D("110.40"), "weekly"),
        ],
        housing_costs_weekly=D("0.00"),
        dre_weekly=D("16.75"),
        chargeable_cost_weekly=D("206.00"),
    )

    assert (charge.mig, charge.contribution) == (D("186.40"), D("94.09"))
    assert (found.pea, found.savings_credit_disregard) == (D("30.65"), D("0.00"))
    assert (found.tariff_step, found.tariff_per_step) == (D("250.00"), D("1.00"))


def test_a_part_that_the_year_has_no_figure_for_is_said_and_never_taken_as_nothing():
    row = of_year("2026-27")

    with pytest.raises(LookupError, match="rates of 2026-27 have no figure for: Carer premium"):
        Rates.of(row, mig=["carer"])
    with pytest.raises(LookupError, match="Savings credit disregard, single"):
        Rates.of(row, mig=[], savings_credit="savings_credit_single")
    with_savings = Rates.of(of_year("2024-25"), mig=[], savings_credit="savings_credit_single")
    assert with_savings.savings_credit_disregard == D("6.95")


@pytest.mark.parametrize(
    "name,changes",
    [
        ("budgets_rates_end_after_they_start", {"valid_to": date(2020, 1, 1)}),
        ("budgets_capital_limits_in_order", {"upper_capital": D("1.00")}),
        ("budgets_capital_limits_in_order", {"tariff_step": D("0.00")}),
        ("budgets_verified_rates_leave_nothing_to_confirm", {"status": "verified"}),
    ],
)
def test_the_database_refuses_rates_that_cannot_be(name, changes):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ChargingRateSet.objects.filter(year="2025-26").update(**changes)


@pytest.mark.parametrize(
    "changes,told",
    [
        ({"amounts": '["1.00"]'}, "Give the weekly amounts"),
        ({"amounts": '{"lottery": "1.00"}'}, "is not one of"),
        ({"amounts": '{"single_25": 125}'}, "needs pounds and pence as text"),
        ({"amounts": '{"single_25": "125"}'}, "needs pounds and pence as text"),
        ({"to_confirm": '["lottery"]'}, "list of codes"),
        ({"to_confirm": '"single_25"'}, "list of codes"),
        ({"status": "verified"}, "once no amount is left"),
        ({"upper_capital": "1.00"}, "is violated"),
    ],
)
def test_the_admin_refuses_rates_that_no_charge_could_be_worked_out_with(desk, changes, told):
    answer = desk.post(reverse("admin:budgets_chargingrateset_add"), entered(**changes))

    assert told in answer.content.decode()
    assert not ChargingRateSet.objects.filter(year="2027-28").exists()


def test_confirmed_rates_never_change(desk):
    address = reverse("admin:budgets_chargingrateset_add")
    assert desk.post(address, entered(to_confirm="[]", status="verified")).status_code == 302
    row = of_year("2027-28")

    page = reverse("admin:budgets_chargingrateset_change", args=[row.pk])

    assert desk.get(page).status_code == 200
    assert desk.post(page, entered(source="Another")).status_code == 403
    row.refresh_from_db()
    assert row.source == "Circular"
