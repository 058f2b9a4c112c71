"""The machine's part in accounts: one run a night."""

from __future__ import annotations

from datetime import date
from typing import Any

from celery import shared_task

from accounts import services
from core import clock


@shared_task(soft_time_limit=270, time_limit=300, expires=600)
def close_unused_accounts(*, on: str | None = None, **_newer_arguments: Any) -> dict[str, Any] | None:
    """Asked for every quarter of an hour, done once a day by true time, as sessions are; a missed night is caught up
    by the next run, since what counts is when an account was used last."""
    clock.sync()
    day = date.fromisoformat(on) if on else clock.london_date(clock.real_now())
    return services.close_unused_for_the_day(day=day)
