"""From a price to pounds a week and pounds in a period."""

from datetime import date
from decimal import Decimal

import pytest

from national_returns.cld.money import NoWeeklyAmount, cost_in_period, weekly_equivalent
from national_returns.cld.spec import specification


@pytest.mark.parametrize(
    "price,frequency,units,weekly",
    [
        ("890.00", "weekly", None, "890.00"),
        ("850.00", "weekly", "1.00", "850.00"),
        ("101.01", "fortnightly", None, "50.51"),  # 50.505: halves go up
        ("320.00", "four_weekly", None, "80.00"),
        ("180.00", "monthly", None, "41.54"),
        ("1000.00", "quarterly", None, "76.92"),
        ("5200.00", "annually", None, "100.00"),
        ("22.50", "hourly", "14.00", "315.00"),
        ("62.00", "per_session", "3.00", "186.00"),
        ("110.00", "daily", "7.00", "770.00"),
        ("-22.50", "hourly", "-2.00", "45.00"),  # minus signs are ignored
    ],
)
def test_a_price_comes_to_so_much_a_week(price, frequency, units, weekly):
    found = weekly_equivalent(
        unit_cost=Decimal(price), frequency=frequency, planned_units=units and Decimal(units)
    )

    assert found == Decimal(weekly)


@pytest.mark.parametrize("frequency", ["one_off", "no_charge"])
def test_a_single_price_and_no_charge_are_not_weekly(frequency):
    assert weekly_equivalent(unit_cost=Decimal("145.00"), frequency=frequency) is None


def test_an_hourly_price_without_hours_is_refused():
    with pytest.raises(NoWeeklyAmount):
        weekly_equivalent(unit_cost=Decimal("22.50"), frequency="hourly", planned_units=Decimal(0))


def test_every_frequency_of_the_national_list_can_be_worked_out():
    for value in specification().list_of("Cost_Frequency_Unit_Type").values:
        weekly_equivalent(unit_cost=Decimal(1), frequency=value.code, planned_units=Decimal(1))


def test_four_weeks_of_a_monthly_price_are_rounded_once_at_the_end():
    cost = cost_in_period(
        unit_cost=Decimal("180.00"),
        frequency="monthly",
        active_from=date(2026, 9, 1),
        active_to=date(2026, 9, 28),
    )

    assert cost == Decimal("166.15")


def test_a_single_price_counts_whole_whatever_the_days():
    day = date(2026, 5, 11)

    assert cost_in_period(
        unit_cost=Decimal("145.00"), frequency="one_off", active_from=day, active_to=day
    ) == Decimal("145.00")
