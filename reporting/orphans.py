"""What belongs to nobody. Each list should be empty: what stands here is seen by no one in their own work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import CASE_ROLES, MONEY_ROLES, Membership
from accounts.querysets import live_on
from assessments.models import Assessment
from contacts.models import Contact, OnlineRequest
from core import clock
from reablement.models import Episode
from reporting.lines import HOW_LONG, Line, Listing, task_line, work_listing
from reporting.scope import Scope
from worklist.models import Task, WorkItem


@dataclass(frozen=True)
class Orphans:
    """One list of what belongs to nobody: what it holds, and what to do about it."""

    title: str
    definition: str


KINDS = {
    "orphan_work": Orphans(
        "Work that nobody will do",
        "Held by somebody who no longer works here; or by nobody, in a team where nobody works. Allocate it.",
    ),
    "orphan_tasks": Orphans(
        "Tasks that nobody will do",
        "As above, and tasks without a worker and without a team. Open the record and ask a colleague.",
    ),
    "orphan_contacts": Orphans(
        "Contacts on no list", "Open contacts without a piece of work, so that they stand in no queue."
    ),
    "orphan_assessments": Orphans(
        "Assessments on no list", "Open assessments without a piece of work, so that they stand in no queue."
    ),
    "orphan_episodes": Orphans(
        "Reablement on no list",
        "Open episodes of reablement without a piece of work, so that they stand in no queue.",
    ),
    "orphan_requests": Orphans(
        "Requests from the website that nobody takes in",
        "Not matched to a person yet, and nobody works in the team that holds them.",
    ),
}


def _at_work(today: date, **of: Any) -> Q:
    """Somebody who works with people or money today, with an open account."""
    at_work = Membership.objects.filter(live_on(today), role__in=CASE_ROLES | MONEY_ROLES)
    return Q(Exists(at_work.filter(user__is_active=True, **of)))


def _team_works(today: date) -> Q:
    return Q(team__is_active=True) & _at_work(today, team=OuterRef("team"))


def _belong_to_nobody(rows: Any, today: date) -> Any:
    """Held by somebody who no longer works here; or by nobody, in a team where nobody works, or in none."""
    gone = Q(owner__isnull=False) & ~_at_work(today, user=OuterRef("owner"))
    return rows.filter(gone | Q(owner=None) & ~_team_works(today))


def _on_no_list(rows: Any, kind: str) -> Any:
    """Of these open records, those for which no piece of work is open."""
    items = WorkItem.objects.open().filter(
        kind=kind, subject_type=rows.model._meta.label_lower, subject_ref=OuterRef("ref")
    )
    return rows.filter(~Exists(items)).select_related("person", "team")


def _record_line(what: str, day: str) -> Any:
    def line(record: Any) -> Line:
        began = getattr(record, day)
        return Line(
            record.person,
            record.person.name,
            what,
            record.get_status_display(),
            record.get_absolute_url(),
            record.team.name,
            clock.london_date(began) if hasattr(began, "hour") else began,
            record.person.risk,
            record.ref,
        )

    return line


def _request_line(request: Any) -> Line:
    return Line(
        None,
        request.name,
        "A request from the website",
        request.get_status_display(),
        request.get_absolute_url(),
        request.team.name,
        clock.london_date(request.sent_at),
        "",
        request.ref,
    )


def listing_of(code: str, scope: Scope, today: date) -> Listing | None:
    """One of the lists; None for a code nobody knows. What belongs to nobody belongs to no team: every manager sees all
    of it that they may know of."""
    kind, user = KINDS.get(code), scope.user
    if kind is None:
        return None
    match code:
        case "orphan_work":
            rows: Any = _belong_to_nobody(WorkItem.objects.visible_to(user).open(), today)
            return work_listing(kind.title, rows, "opened_on", HOW_LONG)
        case "orphan_tasks":
            rows = _belong_to_nobody(Task.objects.visible_to(user).open(), today)
            return Listing(kind.title, rows.select_related("person", "owner"), "due_on", "Was due", task_line)
        case "orphan_contacts":
            rows = _on_no_list(Contact.objects.visible_to(user).open(), WorkItem.Kind.CONTACT)
            line = _record_line("Contact", "received_at")
            return Listing(kind.title, rows, "received_at", HOW_LONG, line)
        case "orphan_assessments":
            rows = _on_no_list(Assessment.objects.visible_to(user).open(), WorkItem.Kind.ASSESSMENT)
            line = _record_line("Assessment", "requested_on")
            return Listing(kind.title, rows, "requested_on", HOW_LONG, line)
        case "orphan_episodes":
            rows = _on_no_list(Episode.objects.visible_to(user).open(), WorkItem.Kind.REABLEMENT)
            line = _record_line("Reablement", "referred_at")
            return Listing(kind.title, rows, "referred_at", HOW_LONG, line)
    rows = OnlineRequest.objects.visible_to(user).to_match().filter(~_team_works(today)).order_by()
    return Listing(kind.title, rows.select_related("team"), "sent_at", HOW_LONG, _request_line, leaves=False)


@dataclass(frozen=True)
class Counted:
    code: str
    kind: Orphans
    number: int
    url: str


def counted(scope: Scope, today: date) -> list[Counted]:
    """How much belongs to nobody, list by list. Nought everywhere is as it should be."""
    found = []
    for code, kind in KINDS.items():
        listing = listing_of(code, scope, today)
        assert listing is not None
        found.append(Counted(code, kind, listing.rows.count(), scope.rows(code)))
    return found
