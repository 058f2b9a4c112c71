"""What reporting writes: the figures of today, once, for the days on which today is past."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import Team
from core import clock, job_runs
from reporting import queries
from reporting.models import CountedDay, KeptFigure

JOB = "reporting.keep_figures"


@transaction.atomic
def keep_figures(*, today: date, now: datetime) -> dict[str, int]:
    """Count what stands now, by team, and keep it as the figures of today. Returns how many figures were kept.

    A day is kept once: what a past day was can no longer be counted, so a second run changes nothing.
    """
    day, first = CountedDay.objects.get_or_create(day=today, defaults={"counted_at": now})
    if not first:
        return {"figures": 0}
    found = queries.counted_by_team(today)
    for team_id in Team.objects.filter(is_active=True).values_list("pk", flat=True):
        for code in queries.FIGURES:
            found.setdefault((team_id, code), 0)
    rows = [
        KeptFigure(counted_day=day, team_id=team_id, code=code, number=number)
        for (team_id, code), number in sorted(found.items(), key=lambda row: (row[0][0] or 0, row[0][1]))
    ]
    KeptFigure.objects.bulk_create(rows, batch_size=2000)
    return {"figures": len(rows)}


def keep_figures_of_the_day(*, day: date, **_more_facts: Any) -> dict[str, int] | None:
    """The nightly run, once for each London day however often it is asked for. None when it is done, or when the day
    asked for is not today: its figures can no longer be counted."""
    if day != clock.today():
        return None
    return job_runs.once_per_period(
        job=JOB, due=day.isoformat(), work=lambda: keep_figures(today=day, now=clock.now())
    )
