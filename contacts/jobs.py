"""The machine's part at the front door: nobody's request waits unseen."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from contacts import services
from core import clock


@shared_task(soft_time_limit=240, time_limit=280, expires=600)
def tell_of_untouched(**_newer_arguments: Any) -> dict[str, int]:
    """Every quarter of an hour: tell managers of what nobody has looked at in time. Each row is told of once."""
    clock.sync()
    return services.tell_of_untouched(now=clock.now())
