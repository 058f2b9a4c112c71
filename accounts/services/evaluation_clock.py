"""The clock of an evaluation."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction

from accounts import events
from accounts.models import User
from audit import services as audit
from core import clock, knock_ons


@transaction.atomic
def move_clock(*, day: date, by: User) -> None:
    """Move the product's clock to a day and do what that day's morning would have done. Evaluation only."""
    if not settings.EVALUATION:
        raise RuntimeError("The clock moves only in evaluation.")
    clock.move_to(day)
    audit.record(events.CLOCK_MOVED, subject=by, person_id=None, by=by, at=clock.now(), day=day.isoformat())
    knock_ons.happened("accounts.clock_moved", day=day)
