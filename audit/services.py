"""The only way into the trail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog

from audit import catalogue, events
from audit.models import Event, View
from core import clock


def _request_id() -> str:
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:40]


def record(
    code: str,
    *,
    subject: Any,
    person_id: int | None,
    by: Any,
    at: datetime,
    occurred_on: date | None = None,
    access_list_id: int | None = None,
    **detail: Any,
) -> Event:
    """Write down that something was done, in the caller's transaction.

    `subject` is the record acted on; it must have a `ref`. `detail` holds facts (codes, dates, sums), never prose.
    Raises KeyError for a code that no app registered.
    """
    entry = catalogue.find(code)
    return Event.objects.create(
        at=at,
        occurred_on=occurred_on or clock.london_date(at),
        code=code,
        by=by,
        subject_type=subject._meta.label_lower,
        subject_ref=str(subject.ref),
        person_id=person_id,
        detail={
            name: fact if isinstance(fact, int | bool | None) else str(fact) for name, fact in detail.items()
        },
        significant=entry.significant,
        access_list_id=access_list_id,
        request_id=_request_id(),
    )


@dataclass(frozen=True)
class _Row:
    """A row of the configuration as the subject of an event. Most have no reference of their own."""

    _meta: Any
    ref: str


def configuration_changed(*, row: Any, done: str, facts: dict[str, Any], by: Any, now: datetime) -> Event:
    """Write down that a row of the configuration was added, changed or published, with each field before and after.

    Called in the transaction that changes it (caseportal/knock_ons.py).
    """
    return record(
        events.CONFIGURATION_CHANGED,
        subject=_Row(row._meta, str(getattr(row, "ref", row.pk))),
        person_id=None,
        by=by,
        at=now,
        kind=str(row._meta.verbose_name),
        row=str(row),
        done=done,
        **facts,
    )


def record_view(
    *, person_id: int, by: Any, page: str, reason: str = "", access_list_id: int | None = None
) -> View:
    """Write down that somebody is about to see a person. Called before anything is shown, in the same transaction:
    a view that cannot be recorded is not shown."""
    return View.objects.create(
        at=clock.now(),
        by=by,
        person_id=person_id,
        page=page,
        reason=reason,
        access_list_id=access_list_id,
        request_id=_request_id(),
    )


def record_views(*, person_ids: Iterable[int], by: Any, page: str, reason: str = "") -> int:
    """Write down at once that somebody is given many people to read, as in a file. Returns how many."""
    at, request_id = clock.now(), _request_id()
    rows = [
        View(at=at, by=by, person_id=person_id, page=page, reason=reason, request_id=request_id)
        for person_id in sorted(person_ids)
    ]
    View.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
