"""Daily work with plans."""

from __future__ import annotations

from datetime import date
from typing import Any

from celery import shared_task

from core import clock, job_runs
from support_plans import services


@shared_task(soft_time_limit=240, time_limit=280, expires=600)
def activate_due_plans(*, on: str | None = None, **_newer_arguments: Any) -> dict[str, int] | None:
    """Daily: start the approved plans whose day has come. Safe to run twice, and for a day that was missed."""
    clock.sync()
    today = date.fromisoformat(on) if on else clock.today()
    return job_runs.once_per_period(
        job="support_plans.activate_due_plans",
        due=today.isoformat(),
        work=lambda: {"started": services.activate_due_plans(today=today)},
    )
