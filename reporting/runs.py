"""What the machine did, in words: runs of jobs, and what waits in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Min

from accounts.models import User
from core import clock
from core.models import JobRun, Outbox

# Nothing should wait longer than this; then the page says so (quality/reliability.md R5).
ALARM = timedelta(minutes=5)
NAMES = {
    "worklist.raise_due_tasks": "Reminders of the day",
    "support_plans.activate_due_plans": "Plans that begin",
    "reporting.keep_figures": "Figures of the managers’ page kept",
    "reablement.keep_time": "The days of reablement",
    "accounts.close_unused_accounts": "Accounts that nobody uses closed",
}
KINDS = {
    "worklist.deliver": "E-mail that there is something to see",
    "reporting.make_export": "File of a list or table",
    "documents.check": "Check of a file that came in",
    "contacts.acknowledge": "Answer to a request",
    "accounts.invitation": "Invitation to join",
    "accounts.mail": "E-mail about an account",
}
COUNTS = {
    "looked_at": "looked at",
    "tasks": "tasks made",
    "told": "people told",
    "escalated": "brought to a manager",
    "stopped": "stopped",
    "figures": "figures kept",
    "failed": "failed",
}


@dataclass(frozen=True)
class Run:
    """One run of a job: what, for which day, how it went."""

    name: str
    run: JobRun
    state: str
    colour: str
    counts: str


def described(run: JobRun) -> Run:
    if run.finished_at:
        failed = bool(run.counts.get("failed")) if isinstance(run.counts, dict) else False
        state, colour = ("Done, with failures", "orange") if failed else ("Done", "green")
    elif run.lease_until > clock.real_now():
        state, colour = "Under way", "blue"
    else:
        state, colour = "Stopped, to be tried again", "red"
    counts = run.counts if isinstance(run.counts, dict) else {}
    order = [name for name in COUNTS if name in counts] + sorted(set(counts) - set(COUNTS))
    words = ", ".join(f"{counts[name]} {COUNTS.get(name, name.replace('_', ' '))}" for name in order)
    return Run(NAMES.get(run.job, run.job), run, state, colour, words)


@dataclass(frozen=True)
class Failure:
    """A message or job that failed for good, until somebody asks for it once more."""

    name: str
    row: Outbox


def failures(user: User, most: int) -> list[Failure]:
    rows = (
        Outbox.objects.visible_to(user).filter(failed_at__isnull=False).order_by("-failed_at", "-pk")[:most]
    )
    return [Failure(KINDS.get(row.kind, row.kind), row) for row in rows]


def waiting(user: User) -> dict[str, object]:
    """How much of what the user may know of waits to be done or sent and is due, and whether the oldest has waited too long."""
    now = clock.real_now()
    found = (
        Outbox.objects.visible_to(user)
        .filter(done_at=None, failed_at=None, due_at__lte=now)
        .aggregate(number=Count("pk"), oldest=Min("due_at"))
    )
    return {**found, "late": bool(found["oldest"] and found["oldest"] < now - ALARM)}
