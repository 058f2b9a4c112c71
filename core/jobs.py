"""The machine's own jobs."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from core import clock, open_drafts, outbox


@shared_task(soft_time_limit=50, time_limit=60, expires=60)
def sweep_outbox(**_newer_arguments: Any) -> dict[str, int]:
    """Every few seconds, and after each nudge: do what the outbox holds, until it is empty or time is short."""
    clock.sync()
    totals = {"done": 0, "failed": 0}
    for _ in range(20):
        counts = outbox.deliver()
        totals = {name: totals[name] + counts[name] for name in totals}
        if not any(counts.values()):
            break
    return totals


@shared_task(soft_time_limit=50, time_limit=60, expires=600)
def forget_open_drafts(**_newer_arguments: Any) -> dict[str, int]:
    """Every hour: throw away what visitors began and did not come back for. Twice is once."""
    clock.sync()
    return {"forgotten": open_drafts.forget_old()}
