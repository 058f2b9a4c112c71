"""Working days in England, months, and the shifts of due dates. Pure: dates in, dates out."""

from __future__ import annotations

import calendar as _calendar
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.clock import LONDON

ONE_DAY = timedelta(days=1)
# Received after this time in London counts as received on the next working day, for service targets only
# (domain/reviews-and-reminders.md 1, design).
CUT_OFF = time(17, 0)
OPENS = time(9, 0)


class Shift(StrEnum):
    """What happens to a due date that falls on a day nobody works (domain/reviews-and-reminders.md 1)."""

    NONE = "none"
    BACK = "back"
    FORWARD = "fwd"
    WORKING_DAYS = "wd"


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday and not a bank holiday in England."""
    return day.weekday() < 5 and day not in holidays


def working_day_on_or_before(day: date, holidays: Collection[date]) -> date:
    while not is_working_day(day, holidays):
        day -= ONE_DAY
    return day


def working_day_on_or_after(day: date, holidays: Collection[date]) -> date:
    while not is_working_day(day, holidays):
        day += ONE_DAY
    return day


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The count-th working day after a day; day 0 is the day of the event. Negative counts go back."""
    step = ONE_DAY if count >= 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def add_working_hours(moment: datetime, hours: int, holidays: Collection[date]) -> datetime:
    """The moment after so many hours of office time, 9:00 to 17:00 in London on working days. One working day is
    eight hours. What comes in outside those hours counts from the next opening."""
    local = moment.astimezone(LONDON)
    left = timedelta(hours=hours)
    day = local.date()
    while True:
        opens = datetime.combine(day, OPENS, LONDON)
        closes = datetime.combine(day, CUT_OFF, LONDON)
        start = max(local, opens)
        if is_working_day(day, holidays) and start < closes:
            # Nobody's office is open while the clocks change, so the hours of one day are plain.
            if left <= closes - start:
                return start + left
            left -= closes - start
        day += ONE_DAY


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where there is no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = _calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def shift(day: date, how: Shift | str, holidays: Collection[date]) -> date:
    """Move an action date off a day nobody works. The legal date itself is kept beside it."""
    match Shift(how):
        case Shift.BACK:
            return working_day_on_or_before(day, holidays)
        case Shift.FORWARD:
            return working_day_on_or_after(day, holidays)
        case _:
            return day


def day_received(moment: datetime, holidays: Collection[date]) -> date:
    """The day a request counts as received for service targets: after 17:00, or on a day nobody works, the next
    working day. Never used for safeguarding emergencies."""
    local = moment.astimezone(LONDON)
    day = local.date()
    if local.time() >= CUT_OFF:
        day += ONE_DAY
    return working_day_on_or_after(day, holidays)


def completed_years(born: date, on: date) -> int:
    """Age in completed years. Someone born on 29 February reaches an age on 1 March in a common year
    (background, verify)."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def england() -> frozenset[date]:
    """The bank holidays of England that the council holds."""
    from core.models import BankHoliday

    return frozenset(BankHoliday.objects.values_list("day", flat=True))
