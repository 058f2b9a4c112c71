"""The days of reablement: the worked examples of the domain, both pause policies, leap days, and changed clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core import clock
from reablement import timescales
from reablement.timescales import CLOCK_RUNS, CLOCK_STOPS, Away


@pytest.mark.parametrize(
    ("started", "last_free", "chargeable"),
    [
        # domain/reablement.md 4.1
        (date(2026, 10, 5), date(2026, 11, 15), date(2026, 11, 16)),
        # domain/reviews-and-reminders.md 3, item 5
        (date(2026, 11, 9), date(2026, 12, 20), date(2026, 12, 21)),
        # pictures/notes.md
        (date(2026, 11, 5), date(2026, 12, 16), date(2026, 12, 17)),
        # Over a leap day, and over the same days of a common year
        (date(2028, 1, 31), date(2028, 3, 12), date(2028, 3, 13)),
        (date(2027, 1, 31), date(2027, 3, 13), date(2027, 3, 14)),
        (date(2028, 2, 29), date(2028, 4, 10), date(2028, 4, 11)),
        # Over Christmas and the new year: nothing is skipped
        (date(2026, 12, 1), date(2027, 1, 11), date(2027, 1, 12)),
        # Over the days the clocks change, in autumn and in spring
        (date(2026, 10, 20), date(2026, 11, 30), date(2026, 12, 1)),
        (date(2027, 3, 1), date(2027, 4, 11), date(2027, 4, 12)),
    ],
)
def test_six_weeks_are_forty_two_calendar_days_with_the_first_visit_as_day_one(
    started, last_free, chargeable
):
    assert timescales.last_free_on(started_on=started) == last_free
    assert timescales.first_chargeable_on(last_free=last_free) == chargeable
    assert timescales.planned_end_on(started_on=started) - started == timedelta(days=41)
    assert timescales.day_number(started_on=started, on=last_free) == 42
    assert timescales.week_number(started_on=started, on=last_free) == 6
    assert timescales.week_number(started_on=started, on=chargeable) == 7


def test_an_earlier_agreed_end_is_the_planned_end_and_a_later_one_is_not():
    started = date(2026, 10, 5)

    earlier = timescales.planned_end_on(started_on=started, agreed_end_on=date(2026, 10, 25))
    later = timescales.planned_end_on(started_on=started, agreed_end_on=date(2026, 12, 25))

    assert (earlier, later) == (date(2026, 10, 25), date(2026, 11, 15))


@pytest.mark.parametrize(
    ("policy", "added", "last_free"),
    [(CLOCK_STOPS, 5, date(2026, 11, 20)), (CLOCK_RUNS, 0, date(2026, 11, 15))],
)
def test_a_pause_from_the_20th_to_the_26th_is_five_days_and_moves_the_end_as_the_policy_says(
    policy, added, last_free
):
    # domain/reablement.md 4.2: start 5 October, last visit 20 October, next visit 26 October
    length = timescales.pause_length(last_service_on=date(2026, 10, 20), first_service_on=date(2026, 10, 26))

    assert length == 5
    assert timescales.days_added(policy=policy, length=length) == added
    assert timescales.last_free_on(started_on=date(2026, 10, 5), pause_days=added) == last_free


def test_a_visit_on_the_next_day_is_no_pause():
    day = date(2026, 10, 20)
    assert timescales.pause_length(last_service_on=day, first_service_on=day + timedelta(days=1)) == 0


@pytest.mark.parametrize(("length", "too_long"), [(6, False), (7, False), (8, True)])
def test_more_than_seven_days_away_ends_the_episode(length, too_long):
    assert timescales.is_too_long(length=length, longest=7) is too_long
    away_from = date(2026, 10, 21)
    back_on = away_from + timedelta(days=length)
    assert (back_on > timescales.latest_return_on(away_from=away_from, longest=7)) is too_long


def test_the_count_stands_still_while_the_person_is_away_and_goes_on_from_there():
    started, away = date(2026, 10, 5), date(2026, 10, 21)

    def count(on, **more):
        return timescales.day_number(started_on=started, on=on, **more)

    assert count(date(2026, 10, 20)) == 16
    assert count(date(2026, 10, 23), paused_since=away) == 16
    assert count(date(2026, 10, 26), pause_days=5) == 17
    assert count(date(2026, 11, 20), pause_days=5) == 42
    # And where the clock runs on
    assert count(date(2026, 10, 26)) == 22
    # Before the first day there is none
    assert count(date(2026, 10, 4)) == 0


@pytest.mark.parametrize(
    ("on", "week"),
    [
        (date(2026, 11, 5), 1),
        (date(2026, 11, 11), 1),
        (date(2026, 11, 12), 2),
        (date(2026, 11, 21), 3),
        (date(2026, 12, 16), 6),
        (date(2026, 12, 17), 7),
    ],
)
def test_weeks_are_blocks_of_seven_days_from_the_start(on, week):
    started = date(2026, 11, 5)

    assert timescales.week_number(started_on=started, on=on) == week
    starts = timescales.week_starts_on(started_on=started, week=week)
    ends = timescales.week_ends_on(started_on=started, week=week)
    assert starts <= on <= ends
    assert ends - starts == timedelta(days=6)


def test_an_entry_is_owed_for_each_week_begun_but_not_for_one_spent_wholly_away():
    started = date(2026, 10, 5)
    away = [Away(date(2026, 10, 10), date(2026, 10, 19))]  # all of week 2: 12 to 18 October

    owed = timescales.weeks_to_write(started_on=started, until=date(2026, 10, 20), away=away)

    assert owed == [1, 3]
    assert timescales.weeks_to_write(started_on=started, until=date(2026, 10, 4)) == []
    still_away = [Away(date(2026, 10, 10))]
    assert timescales.weeks_to_write(started_on=started, until=date(2026, 10, 30), away=still_away) == [1]


def test_what_follows_is_decided_a_week_before_the_last_free_day():
    # pictures/notes.md: day 35 is Wednesday 9 December
    decide = timescales.decide_by(last_free=date(2026, 12, 16))

    assert decide == date(2026, 12, 9)
    assert timescales.day_number(started_on=date(2026, 11, 5), on=decide) == 35


@pytest.mark.parametrize(
    ("told", "charged"),
    [
        (date(2026, 12, 1), date(2026, 12, 17)),
        (date(2026, 12, 10), date(2026, 12, 17)),
        (date(2026, 12, 11), date(2026, 12, 18)),
        (date(2026, 12, 20), date(2026, 12, 27)),
    ],
)
def test_a_charge_begins_after_the_free_weeks_and_seven_days_after_it_was_told(told, charged):
    assert timescales.charged_from(last_free=date(2026, 12, 16), told_on=told) == charged


def test_the_end_review_is_held_from_week_five_on_or_earlier_in_a_shorter_programme():
    started = date(2026, 11, 9)
    whole = timescales.planned_end_on(started_on=started)

    assert timescales.end_review_from(started_on=started, planned_end=whole) == date(2026, 12, 7)
    assert timescales.end_review_from(started_on=started, planned_end=date(2026, 11, 29)) == date(
        2026, 11, 16
    )
    assert timescales.end_review_from(started_on=started, planned_end=date(2026, 11, 12)) == started


def test_goals_are_agreed_within_72_hours_and_some_services_start_within_two_days():
    assert timescales.goals_due_on(started_on=date(2026, 11, 9)) == date(2026, 11, 12)
    assert timescales.start_target_on(referred_on=date(2026, 12, 31)) == date(2027, 1, 2)


def test_the_reminder_of_the_end_falls_on_the_planned_end_whatever_moved_it():
    moved = date(2026, 12, 27)
    counted_from = timescales.end_counts_from(planned_end=moved)

    assert counted_from + timedelta(days=41) == moved


def test_a_visit_late_in_a_summer_evening_counts_on_the_london_day():
    # 23:30 UTC on 24 October 2026 is half past midnight in London, the night the clocks go back
    day = clock.london_date(datetime(2026, 10, 24, 23, 30, tzinfo=UTC))

    assert day == date(2026, 10, 25)
    assert timescales.last_free_on(started_on=day) == date(2026, 12, 5)
