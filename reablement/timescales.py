"""Six weeks, pauses and weeks. Pure: dates in, dates out. Law and guidance with their source; local choices are settings.

Counting is in calendar days from the day of the first visit; weekends and bank holidays are not skipped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core import policy_settings

ONE_DAY = timedelta(days=1)
# Free for the first six weeks of the specified period (SI 2014/2672 reg 3(2)(b)). Counted inclusively: day 1 is the
# day of the first visit, so the last free day is the 42nd (reading of the regulation; verify locally).
FREE_DAYS = 42
WEEK_DAYS = 7
# At least one agreed goal within 72 hours (reablement.md 2, local practice).
GOALS_WITHIN = timedelta(days=3)
# Book the end review from here on (reablement.md 2, “scheduled from week 5”).
END_REVIEW_FROM = timedelta(days=28)
# Seven days' notice of any charge (reablement.md 4.3, design), so what follows is decided a week before the last free day.
NOTICE_OF_CHARGE = timedelta(days=7)
# Bed-based and home-based intermediate care start within two days of the referral (NICE QS173 statement 2; NG74).
START_TARGET = timedelta(days=2)
MOST_EXTENSIONS = 2
TWELVE_WEEKS = timedelta(days=84)
NINETY_ONE_DAYS = timedelta(days=91)
# The national measure is about people of this age and over (ASCOF 2D).
MEASURED_FROM_AGE = 65

CLOCK_STOPS, CLOCK_RUNS = "CLOCK_STOPS", "CLOCK_RUNS"
# The regulations do not say whether a stay in hospital stops the six weeks (reablement.md 4.2, design).
PAUSE_POLICY = "reablement.pause_policy"
# A gap of more than seven days is a new episode in the national statistics (reablement.md 4.2, design).
LONGEST_PAUSE_DAYS = "reablement.longest_pause_days"
# The former measure at 91 days, kept as a local check (reablement.md 6.3).
CHECKS_AT_91_DAYS = "reablement.checks_at_91_days"

policy_settings.declare(PAUSE_POLICY, CLOCK_STOPS)
policy_settings.declare(LONGEST_PAUSE_DAYS, 7)
policy_settings.declare(CHECKS_AT_91_DAYS, True)


@dataclass(frozen=True)
class Away:
    """Days without service in a row. `last` is None while the person is still away."""

    first: date
    last: date | None = None


def last_free_on(*, started_on: date, pause_days: int = 0) -> date:
    """The 42nd day: starting on a Monday ends on a Sunday. Days of pauses that stop the clock are added."""
    return started_on + timedelta(days=FREE_DAYS - 1 + pause_days)


def first_chargeable_on(*, last_free: date) -> date:
    return last_free + ONE_DAY


def planned_end_on(*, started_on: date, agreed_end_on: date | None = None, pause_days: int = 0) -> date:
    """The last free day, or an earlier day that was agreed."""
    longest = last_free_on(started_on=started_on, pause_days=pause_days)
    return min(longest, agreed_end_on) if agreed_end_on else longest


def pause_length(*, last_service_on: date, first_service_on: date) -> int:
    """Days strictly between the last service before a pause and the first one after it."""
    return max((first_service_on - last_service_on).days - 1, 0)


def days_added(*, policy: str, length: int) -> int:
    """How many days a pause adds to the last free day and to the planned end."""
    return length if policy == CLOCK_STOPS else 0


def is_too_long(*, length: int, longest: int) -> bool:
    """Whether a pause is so long that the episode ends, and a return is a new one."""
    return length > longest


def latest_return_on(*, away_from: date, longest: int) -> date:
    """The last day on which somebody may come back into the same episode."""
    return away_from + timedelta(days=longest)


def day_number(*, started_on: date, on: date, pause_days: int = 0, paused_since: date | None = None) -> int:
    """Which of the 42 days this is, from 1. It stands still from `paused_since`, given only where pauses stop the clock."""
    if paused_since and on >= paused_since:
        on = paused_since - ONE_DAY
    return max((on - started_on).days + 1 - pause_days, 0)


def week_number(*, started_on: date, on: date) -> int:
    """Week n of the episode, in blocks of seven calendar days from the start: day 42 is in week 6, day 43 in week 7."""
    return (on - started_on).days // WEEK_DAYS + 1


def week_starts_on(*, started_on: date, week: int) -> date:
    return started_on + timedelta(days=WEEK_DAYS * (week - 1))


def week_ends_on(*, started_on: date, week: int) -> date:
    return started_on + timedelta(days=WEEK_DAYS * week - 1)


def is_away_all_week(*, started_on: date, week: int, away: Iterable[Away]) -> bool:
    """Whether a week lies wholly inside one pause, so that there is nothing to write about it."""
    first, last = (
        week_starts_on(started_on=started_on, week=week),
        week_ends_on(started_on=started_on, week=week),
    )
    return any(each.first <= first and (each.last is None or each.last >= last) for each in away)


def weeks_to_write(*, started_on: date, until: date, away: Iterable[Away] = ()) -> list[int]:
    """The weeks begun by a day about which an entry is owed: all but those spent wholly away."""
    pauses = list(away)
    begun = week_number(started_on=started_on, on=until) if until >= started_on else 0
    return [
        week
        for week in range(1, begun + 1)
        if not is_away_all_week(started_on=started_on, week=week, away=pauses)
    ]


def goals_due_on(*, started_on: date) -> date:
    return started_on + GOALS_WITHIN


def end_review_from(*, started_on: date, planned_end: date) -> date:
    """From week 5 on; for a shorter programme from two weeks before its end, and never before it began."""
    return max(min(started_on + END_REVIEW_FROM, planned_end - timedelta(days=13)), started_on)


def decide_by(*, last_free: date) -> date:
    """The day by which it is decided what follows, so that the person has seven days' notice of any charge."""
    return last_free - NOTICE_OF_CHARGE


def charged_from(*, last_free: date, told_on: date) -> date:
    """The first day that may be charged: after the last free day, and seven days after the person was told in writing."""
    return max(first_chargeable_on(last_free=last_free), told_on + NOTICE_OF_CHARGE)


def start_target_on(*, referred_on: date) -> date:
    return referred_on + START_TARGET


def end_counts_from(*, planned_end: date) -> date:
    """The day from which rule 42 counts its 41 days, so that it falls on the planned end whatever moved it."""
    return planned_end - timedelta(days=FREE_DAYS - 1)
