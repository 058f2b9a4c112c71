"""The machine's part in reminders: one run a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from celery import shared_task

from core import clock, job_runs
from worklist import services

JOB = "worklist.raise_due_tasks"


@shared_task(soft_time_limit=540, time_limit=600, expires=600)
def raise_due_tasks(*, on: str | None = None, **_newer_arguments: Any) -> dict[str, int] | None:
    """Asked for every quarter of an hour, done once a London day; a missed night is caught up by the next run."""
    clock.sync()
    today = date.fromisoformat(on) if on else clock.today()
    return job_runs.once_per_period(
        job=JOB, due=today.isoformat(), work=lambda: services.raise_due_tasks(today=today)
    )
