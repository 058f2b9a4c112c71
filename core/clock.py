"""The product's one clock: now and today for every rule of the domain.

In evaluation and in tests the clock can be moved for all processes by a row in the database, so that a reminder
due in six weeks can be seen today. Sessions, second factors, leases, rate limits and log times do not use it.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

LONDON = ZoneInfo("Europe/London")

_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta(0))
# Where the clock stands while nobody has moved it: true time. Tests begin on a day of their own.
unmoved = timedelta(0)


def now() -> datetime:
    """The present moment, in UTC, as every rule of the domain sees it."""
    return datetime.now(UTC) + _offset.get()


def today() -> date:
    """Today's date in London."""
    return london_date(now())


def london_date(moment: datetime) -> date:
    """The London date on which a moment falls: 23:30 UTC in summer belongs to the next day."""
    return moment.astimezone(LONDON).date()


def real_now() -> datetime:
    """The true moment, for sessions, leases, rate limits and logs."""
    return datetime.now(UTC)


def sync() -> None:
    """Take over the offset that the evaluation clock holds. Called when a request or a job begins."""
    if not settings.CLOCK_CAN_MOVE:
        return
    from core.models import ClockOffset

    row = ClockOffset.objects.values_list("seconds", flat=True).first()
    _offset.set(unmoved if row is None else timedelta(seconds=row))


def move_to(day: date) -> None:
    """Move the clock of every process to a date, keeping the time of day. Evaluation and tests only."""
    if not settings.CLOCK_CAN_MOVE:
        raise RuntimeError("The clock moves only in evaluation and in tests.")
    from core.models import ClockOffset

    offset = day - london_date(real_now())
    ClockOffset.objects.update_or_create(pk=1, defaults={"seconds": int(offset.total_seconds())})
    _offset.set(offset)
