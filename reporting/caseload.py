"""Who holds how much: open work by worker, for the teams chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from accounts.models import CASE_ROLES, Membership, User
from accounts.querysets import live_on
from people.models import Person, Risk
from reporting import queries
from reporting.scope import Scope
from worklist.models import Task, WorkItem


@dataclass(frozen=True)
class Standing:
    """A worker and what they hold: pieces of open work, and their weight, the complexity of each (1 to 5) added up."""

    pk: int
    ref: str
    name: str
    work: int
    weight: int


@dataclass(frozen=True)
class Load:
    """What a worker holds, and where it needs a look."""

    worker: Standing
    people: int
    high: int
    quiet: int
    overdue: int
    url: str


@dataclass(frozen=True)
class Caseload:
    """Every worker, the heaviest first, and how many pieces of open work nobody holds."""

    workers: list[Standing]
    nobody: int
    nobody_url: str


def _added_up(rows: Any) -> list[tuple[int | None, int, int]]:
    """Worker, pieces of work and weight."""
    held = rows.order_by().values_list("owner")
    return list(held.annotate(work=Count("*"), weight=Sum("complexity")))


def _held(chosen: Scope) -> dict[int | None, tuple[int, int]]:
    """Pieces of open work and their weight, by worker; None for what nobody holds.

    Nearly all work is about people with a standard record and has no list of its own. It is added up over an index of
    worker and complexity alone, and of the few others, what is in this sum is taken off and what the reader may know of
    is added.
    """
    work = chosen.narrow(WorkItem.objects.open())
    restricted = work.filter(person__in=Person.objects.restricted().values("pk"))
    apart = work.filter(
        pk__in=restricted.values("pk").union(work.filter(access_list__isnull=False).values("pk"))
    )
    found: defaultdict[int | None, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for rows, sign in (
        (work.filter(access_list=None), 1),
        (apart.filter(access_list=None), -1),
        (chosen.known(apart), 1),
    ):
        for worker, pieces, weight in _added_up(rows):
            found[worker] = (found[worker][0] + sign * pieces, found[worker][1] + sign * weight)
    return {worker: held for worker, held in found.items() if held[0]}


def caseload_of(chosen: Scope, today: date) -> Caseload:
    """Everybody who holds open work of these teams, and their workers who hold nothing, the heaviest first."""
    held = _held(chosen)
    nobody, _ = held.pop(None, (0, 0))
    members = Membership.objects.filter(live_on(today), chosen.of_my_teams, role__in=CASE_ROLES)
    at_work = Q(pk__in=members.values("user"), is_active=True)
    named = User.objects.filter(at_work | Q(pk__in=[*held])).order_by().values_list("pk", "ref", "name")
    workers = [Standing(pk, ref, name, *held.get(pk, (0, 0))) for pk, ref, name in named]
    workers.sort(key=lambda worker: (-worker.weight, -worker.work, worker.name, worker.ref))
    return Caseload(workers, nobody, chosen.rows(queries.UNALLOCATED))


def loads_of(workers: Sequence[Standing], chosen: Scope, today: date) -> list[Load]:
    """More about each of some workers, in their order."""
    pks = [worker.pk for worker in workers]
    rows = queries.open_work(chosen).filter(owner__in=pks).order_by().values("owner")
    work = {
        row["owner"]: row
        for row in rows.annotate(
            people=Count("person", distinct=True),
            high=Count("pk", filter=Q(risk=Risk.HIGH)),
            quiet=Count("pk", filter=queries.quiet(today, queries.quiet_days(today))),
        )
    }
    tasks = chosen.known(Task.objects.open().overdue(today)).filter(owner__in=pks)
    overdue = dict(tasks.order_by().values_list("owner").annotate(Count("pk")))
    found = []
    for worker in workers:
        row = work.get(worker.pk, {"people": 0, "high": 0, "quiet": 0})
        url = chosen.rows("caseload", worker=worker.ref)
        found.append(Load(worker, row["people"], row["high"], row["quiet"], overdue.get(worker.pk, 0), url))
    return found
