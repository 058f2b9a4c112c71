"""Messages and jobs, decided in a transaction and done after it.

Business code calls `emit`, which writes a row. A nudge to the broker after the commit may fail in silence; a sweep
takes whatever is waiting. A row is worked on under a lease, so a worker that dies gives it back.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from core import clock
from core.crash import crash_point
from core.models import Outbox

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
Handler = Callable[[Outbox], None]
_handlers: dict[str, Handler] = {}
_by_steps: set[str] = set()
_quiet_until: datetime | None = None


def register(kind: str, handler: Handler, *, by_steps: bool = False) -> None:
    """Say who does the work of a kind. The handler must be safe to call twice for one row.

    One transaction holds the work and its mark, unless it is done `by_steps`: then the handler commits each step, so
    that others see how far it is, and after a crash finds out itself what is left.
    """
    _handlers[kind] = handler
    if by_steps:
        _by_steps.add(kind)


def emit(
    kind: str,
    *,
    key: str,
    payload: dict[str, Any],
    due_at: datetime | None = None,
    access_list_id: int | None = None,
) -> None:
    """Write work down in the caller's transaction. The same key again changes nothing."""
    now = clock.real_now()
    Outbox.objects.bulk_create(
        [
            Outbox(
                kind=kind,
                key=key,
                payload=payload,
                created_at=now,
                due_at=due_at or now,
                access_list_id=access_list_id,
            )
        ],
        ignore_conflicts=True,
    )
    transaction.on_commit(nudge, robust=True)


def nudge() -> None:
    """Tell a worker that something waits. Fails in silence: the sweep comes anyway."""
    global _quiet_until
    now = clock.real_now()
    if not settings.OUTBOX_NUDGE or (_quiet_until and now < _quiet_until):
        return
    try:
        from core.jobs import sweep_outbox

        sweep_outbox.apply_async(retry=False, expires=60)
    except Exception as error:  # noqa: BLE001 the broker being away must never reach the page
        _quiet_until = now + timedelta(seconds=5)
        log.warning("outbox.nudge_failed", error=type(error).__name__)


def _claim(limit: int) -> list[Outbox]:
    now = clock.real_now()
    with transaction.atomic():
        rows = list(
            Outbox.objects.select_for_update(skip_locked=True)
            .filter(done_at=None, failed_at=None, due_at__lte=now)
            .filter(Q(lease_until=None) | Q(lease_until__lt=now))
            .order_by("due_at", "pk")[:limit]
        )
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(
            lease_until=now + LEASE, attempts=F("attempts") + 1
        )
    return rows


def deliver(limit: int = 100) -> dict[str, int]:
    """Do what waits, oldest first. Safe in parallel and after a crash. Returns how many were done and failed."""
    done = failed = 0
    for row in _claim(limit):
        crash_point("outbox.after_claim")
        try:
            with nullcontext() if row.kind in _by_steps else transaction.atomic():
                _handlers[row.kind](row)
                crash_point("outbox.after_work")
                Outbox.objects.filter(pk=row.pk).update(
                    done_at=clock.real_now(), lease_until=None, last_error=""
                )
            done += 1
        except Exception as error:  # noqa: BLE001 every failure is counted, kept and shown
            failed += 1
            _put_back(row, error)
    return {"done": done, "failed": failed}


def _put_back(row: Outbox, error: Exception) -> None:
    name = type(error).__name__
    log.warning("outbox.failed", kind=row.kind, row=row.pk, error=name)
    waiting = Outbox.objects.filter(pk=row.pk)
    if row.attempts + 1 >= MOST_ATTEMPTS:
        waiting.update(failed_at=clock.real_now(), lease_until=None, last_error=name)
    else:
        pause = timedelta(seconds=2 ** (row.attempts + 2) + random.random() * 3)  # noqa: S311 jitter, not a secret
        waiting.update(due_at=clock.real_now() + pause, lease_until=None, last_error=name)


def try_again(pk: int) -> None:
    """A person looked at a failed row and asks for it once more."""
    Outbox.objects.filter(pk=pk, failed_at__isnull=False).update(
        failed_at=None, attempts=0, due_at=clock.real_now()
    )
    transaction.on_commit(nudge, robust=True)
