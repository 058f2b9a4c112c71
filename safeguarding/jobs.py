"""The machine's part: concerns that nobody has looked at."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from core import clock
from safeguarding import services


@shared_task(soft_time_limit=100, time_limit=120, expires=600)
def watch(**_newer_arguments: Any) -> None:
    """Every quarter of an hour. Says nothing of what it found: how many concerns there are is known to few."""
    clock.sync()
    services.raise_untouched(now=clock.now())
