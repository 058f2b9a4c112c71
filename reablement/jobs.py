"""The machine's part in reablement: one look a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from celery import shared_task

from core import clock, job_runs
from reablement import services


@shared_task(soft_time_limit=240, time_limit=280, expires=600)
def keep_time(*, on: str | None = None, **_newer_arguments: Any) -> dict[str, int] | None:
    """Daily: mark the end of the free weeks, and ask for the entry of each week that has begun. Safe to run twice."""
    clock.sync()
    today = date.fromisoformat(on) if on else clock.today()
    return job_runs.once_per_period(
        job="reablement.keep_time",
        due=today.isoformat(),
        work=lambda: services.keep_time(today=today),
    )
