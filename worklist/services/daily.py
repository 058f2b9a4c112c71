"""The daily run: every reminder with a step due today or earlier, in batches, each in its own short transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import structlog
from django.db import transaction

from core import calendar, clock, job_runs
from worklist.models import Anchor
from worklist.services import steps
from worklist.services.anchors import close_all
from worklist.services.rules import RuleBook

log = structlog.get_logger(__name__)

JOB = "worklist.raise_due_tasks"
BATCH = 500


def raise_due_tasks(*, today: date, now: datetime | None = None) -> dict[str, int]:
    """Make the tasks, tell the audiences and escalate, for every reminder due today or earlier.

    Safe to run twice, late, and beside itself: rows held by another run are skipped and looked at again at the end.
    A reminder that cannot be worked on is counted and left for the next run; the others go on.
    """
    now = now or clock.now()
    book = RuleBook.load(holidays=calendar.england())
    counts = {"looked_at": 0, "tasks": 0, "told": 0, "escalated": 0, "stopped": 0, "failed": 0}
    place: tuple[date, int] = (date.min, 0)
    while True:
        keys = _next_keys(today, place)
        if not keys:
            break
        place = keys[-1]
        numbers = [pk for _, pk in keys]
        try:
            _add(counts, _one_batch(numbers, today=today, now=now, book=book, skip_locked=True))
        except Exception:  # noqa: BLE001 one bad reminder must not stop the others
            for number in numbers:
                _alone(number, today=today, now=now, book=book, counts=counts)
    for number in list(Anchor.objects.to_look_at(today).values_list("pk", flat=True)[:BATCH]):
        _alone(number, today=today, now=now, book=book, counts=counts)
    return counts


def _next_keys(today: date, place: tuple[date, int]) -> list[tuple[date, int]]:
    rows = Anchor.objects.to_look_at(today)
    if place[1]:
        rows = rows.after(*place)
    return list(rows.values_list("next_step_on", "pk")[:BATCH])


def _add(counts: dict[str, int], more: dict[str, int]) -> None:
    for name, number in more.items():
        counts[name] += number


@transaction.atomic
def _one_batch(
    numbers: list[int], *, today: date, now: datetime, book: RuleBook, skip_locked: bool
) -> dict[str, int]:
    """Lock the rows, check each again, and do its steps."""
    anchors = list(
        Anchor.objects.to_look_at(today)
        .filter(pk__in=numbers)
        .select_related("person", "team")
        .select_for_update(of=("self",), skip_locked=skip_locked)
    )
    survive = set(book.codes_that_survive_death())
    gone = [anchor.pk for anchor in anchors if anchor.person.is_deceased and anchor.rule_code not in survive]
    stopped = (
        close_all(Anchor.objects.filter(pk__in=gone), now=now, because="the person has died") if gone else 0
    )
    live = [anchor for anchor in anchors if anchor.pk not in set(gone)]
    made = steps.take(live, today=today, now=now, book=book) if live else {}
    return {"looked_at": len(anchors), "stopped": stopped, **made}


def _alone(number: int, *, today: date, now: datetime, book: RuleBook, counts: dict[str, int]) -> None:
    """One reminder by itself, waiting for its lock: after its batch failed, or because another run held it."""
    try:
        _add(counts, _one_batch([number], today=today, now=now, book=book, skip_locked=False))
    except Exception as error:  # noqa: BLE001 counted, logged and shown on the page of runs
        counts["failed"] += 1
        log.warning("reminders.failed", anchor=number, error=type(error).__name__)


def run_for_the_day(*, day: date, **_: Any) -> dict[str, int] | None:
    """The daily run, once for each London day however often it is asked for. None when the day is done already."""
    return job_runs.once_per_period(job=JOB, due=day.isoformat(), work=lambda: raise_due_tasks(today=day))
