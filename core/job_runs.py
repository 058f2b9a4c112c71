"""A scheduled job happens once for each period, however many schedulers, workers and retries there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction

from core import clock
from core.crash import crash_point
from core.models import JobRun

LEASE = timedelta(minutes=10)


def _claim(job: str, due: str) -> JobRun | None:
    now = clock.real_now()
    with transaction.atomic():
        run, first = JobRun.objects.get_or_create(
            job=job, due=due, defaults={"started_at": now, "lease_until": now + LEASE}
        )
        if first:
            return run
        run = JobRun.objects.select_for_update().get(pk=run.pk)
        if run.finished_at or run.lease_until > now:
            return None
        run.lease_until = now + LEASE
        run.attempts += 1
        run.save(update_fields=["lease_until", "attempts"])
        return run


def once_per_period(*, job: str, due: str, work: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
    """Do a job for a period unless it is done or being done. Returns its counts, or None when there was nothing to do.

    A run that died gives its period back when its lease ends. The work itself must be safe to repeat.
    """
    run = _claim(job, due)
    if run is None:
        return None
    crash_point("job.after_claim")
    try:
        counts = work()
    except Exception as error:
        JobRun.objects.filter(pk=run.pk).update(last_error=type(error).__name__, lease_until=clock.real_now())
        raise
    crash_point("job.before_finish")
    JobRun.objects.filter(pk=run.pk).update(counts=counts, finished_at=clock.real_now(), last_error="")
    return counts
