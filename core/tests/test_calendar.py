"""Working days in England, months and shifts, as tables; Easter, Christmas, leap days and the clock changes."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest

from core import calendar, clock
from core.calendar import Shift
from core.models import BankHoliday


@pytest.fixture
def england(db):
    return calendar.england()


@pytest.mark.parametrize("year", range(2024, 2031))
def test_the_bank_holidays_written_out_are_those_of_the_rules(england, year):
    holidays = pytest.importorskip("holidays")
    expected = {day for day in holidays.country_holidays("GB", subdiv="ENG", years=year) if day.weekday() < 5}

    assert {day for day in england if day.year == year} == expected


def test_every_bank_holiday_has_a_source(england):
    assert not BankHoliday.objects.filter(source="").exists()
    assert len(england) == 56


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),
        (date(2027, 3, 26), False),
        (date(2027, 3, 29), False),
        (date(2027, 12, 27), False),
        (date(2027, 12, 29), True),
        (date(2028, 2, 29), True),
    ],
)
def test_a_working_day_is_monday_to_friday_and_no_bank_holiday(england, day, works):
    assert calendar.is_working_day(day, england) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 24), 5, date(2027, 1, 5)),
        (date(2027, 3, 25), 1, date(2027, 3, 30)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 25), 0, date(2026, 11, 25)),
        (date(2026, 12, 29), -1, date(2026, 12, 24)),
        (date(2027, 1, 5), -5, date(2026, 12, 24)),
    ],
)
def test_the_nth_working_day_after_the_event(england, day, count, expected):
    assert calendar.add_working_days(day, count, england) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(day, months, expected):
    assert calendar.add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "how", "expected"),
    [
        (date(2026, 12, 25), Shift.BACK, date(2026, 12, 24)),
        (date(2026, 12, 27), Shift.FORWARD, date(2026, 12, 29)),
        (date(2027, 2, 28), Shift.BACK, date(2027, 2, 26)),
        (date(2027, 2, 28), Shift.FORWARD, date(2027, 3, 1)),
        (date(2026, 12, 27), Shift.NONE, date(2026, 12, 27)),
        (date(2026, 12, 27), Shift.WORKING_DAYS, date(2026, 12, 27)),
        (date(2026, 11, 25), "back", date(2026, 11, 25)),
    ],
)
def test_a_day_nobody_works_is_shifted_as_the_rule_says(england, day, how, expected):
    assert calendar.shift(day, how, england) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # Summer: 15:59 UTC is 16:59 in London, 16:00 UTC is 17:00.
        (datetime(2026, 7, 1, 15, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 16, 0, tzinfo=UTC), date(2026, 7, 2)),
        # Winter: 16:59 and 17:00.
        (datetime(2026, 11, 25, 16, 59, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 25, 17, 0, tzinfo=UTC), date(2026, 11, 26)),
        # Friday evening, and Christmas Eve after five.
        (datetime(2026, 11, 27, 17, 30, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 12, 24, 18, 0, tzinfo=UTC), date(2026, 12, 29)),
        # A Saturday morning.
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), date(2026, 11, 30)),
    ],
)
def test_after_five_or_on_a_day_off_counts_as_received_on_the_next_working_day(england, moment, expected):
    assert calendar.day_received(moment, england) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_day_in_london_on_which_a_moment_falls_also_when_the_clocks_change(moment, expected):
    assert clock.london_date(moment) == expected


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(1944, 11, 25), date(2026, 11, 24), 81),
        (date(1944, 11, 25), date(2026, 11, 25), 82),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_in_completed_years(born, on, age):
    assert calendar.completed_years(born, on) == age


@pytest.mark.django_db
def test_the_evaluation_clock_moves_every_process_and_only_where_it_may(settings):
    clock.move_to(date(2027, 1, 4))
    clock._offset.set(clock.unmoved)

    clock.sync()

    assert clock.today() == date(2027, 1, 4)
    assert abs((clock.real_now() - datetime.now(UTC)).total_seconds()) < 5
    settings.CLOCK_CAN_MOVE = False
    with pytest.raises(RuntimeError, match="only in evaluation"):
        clock.move_to(date(2027, 1, 5))


def test_no_crash_is_armed_in_the_tests():
    assert "CASEPORTAL_CRASH_AT" not in os.environ
