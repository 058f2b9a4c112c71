"""Who holds how much: open work by worker, for the teams chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, Sum

from accounts.models import CASE_ROLES, Membership
from accounts.querysets import live_on
from people.models import Risk
from reporting import queries
from reporting.scope import Scope
from worklist.models import Task

# So many workers stand on one page; choosing a team shows the rest.
MOST_WORKERS = 100


@dataclass(frozen=True)
class Load:
    """One worker: their work, what it weighs, and where it needs a look."""

    ref: str
    name: str
    work: int
    people: int
    weight: int
    high: int
    quiet: int
    overdue: int
    url: str


@dataclass(frozen=True)
class Caseload:
    workers: list[Load]
    others: int
    nobody: int
    nobody_url: str


def caseload_of(chosen: Scope, today: date) -> Caseload:
    """Open work by worker, the heaviest first. Weight adds up the complexity of each piece of work, 1 to 5. Workers of
    these teams who hold nothing stand there with nought."""
    work = queries.open_work(chosen)
    loads: dict[int, dict[str, Any]] = {
        row["owner"]: row
        for row in work.order_by()
        .values("owner", "owner__name", "owner__ref")
        .annotate(
            work=Count("pk"),
            people=Count("person", distinct=True),
            weight=Sum("complexity"),
            high=Count("pk", filter=Q(risk=Risk.HIGH)),
            quiet=Count("pk", filter=queries.quiet(today, queries.quiet_days(today))),
        )
    }
    nobody = loads.pop(None, {"work": 0})  # type: ignore[call-overload]
    overdue = dict(
        chosen.known(Task.objects.open().overdue(today))
        .exclude(owner=None)
        .order_by()
        .values_list("owner")
        .annotate(Count("pk"))
    )
    members = Membership.objects.filter(live_on(today), chosen.of_my_teams, role__in=CASE_ROLES)
    at_work = members.filter(user__is_active=True).values("user", "user__name", "user__ref")
    for row in at_work.annotate(Min("pk")).order_by("user"):
        loads.setdefault(
            row["user"],
            {"owner__name": row["user__name"], "owner__ref": row["user__ref"]}
            | dict.fromkeys(("work", "people", "weight", "high", "quiet"), 0),
        )
    rows = [
        Load(
            row["owner__ref"],
            row["owner__name"],
            row["work"],
            row["people"],
            row["weight"],
            row["high"],
            row["quiet"],
            overdue.get(worker, 0),
            chosen.rows("caseload", worker=row["owner__ref"]),
        )
        for worker, row in loads.items()
    ]
    rows.sort(key=lambda load: (-load.weight, -load.work, load.name, load.ref))
    return Caseload(
        rows[:MOST_WORKERS], len(rows[MOST_WORKERS:]), nobody["work"], chosen.rows(queries.UNALLOCATED)
    )
