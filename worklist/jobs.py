"""The machine's part in reminders: one run a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from celery import shared_task

from core import clock
from worklist import services


@shared_task(soft_time_limit=270, time_limit=300, expires=600)
def raise_due_tasks(*, on: str | None = None, **_newer_arguments: Any) -> dict[str, int] | None:
    """Asked for every quarter of an hour, done once a London day; a missed night is caught up by the next run."""
    clock.sync()
    today = date.fromisoformat(on) if on else clock.today()
    return services.run_for_the_day(day=today)
