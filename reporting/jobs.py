"""The machine's part in reporting: one count a night, and files of exports that go in time."""

from __future__ import annotations

from datetime import date
from typing import Any

from celery import shared_task

from core import clock
from reporting import services


@shared_task(soft_time_limit=240, time_limit=280, expires=600)
def keep_figures(*, on: str | None = None, **_newer_arguments: Any) -> dict[str, int] | None:
    """Asked for every quarter of an hour, done once a London day. A night that was missed stays without figures."""
    clock.sync()
    return services.keep_figures_of_the_day(day=date.fromisoformat(on) if on else clock.today())


@shared_task(soft_time_limit=100, time_limit=120, expires=600)
def take_files_away(**_newer_arguments: Any) -> dict[str, int]:
    """Every quarter of an hour: files of exports whose time is over go. Twice is once."""
    clock.sync()
    return services.take_files_away(now=clock.now())
