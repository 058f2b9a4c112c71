"""The rows that a number counts, as lines of one table, whichever record they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from core import clock
from people.models import Risk
from reporting import orphans, queries
from reporting.lines import HOW_LONG, Line, Listing, task_line, work_listing
from reporting.numbers import SAFEGUARDING_LATE
from reporting.queries import APPROVALS, OVERDUE_REVIEWS, REABLEMENT_ENDING, SAFEGUARDING, UNALLOCATED
from reporting.scope import Scope
from reporting.timescales import SPANS
from reporting.waiting import APART, BUDGETS, LISTS

# What narrows a list, by the names of the query string.
NARROWING = ("risk", "past", "waited", "silent", "worker")


def _of_budget(budget: Any) -> Line:
    return Line(
        budget.person,
        budget.person.name,
        f"Plan {budget.plan.number}",
        f"£{budget.total_weekly:,.2f} a week",
        budget.get_absolute_url(),
        budget.team.name,
        clock.london_date(budget.submitted_at),
        budget.person.risk,
        budget.ref,
    )


def _of_episode(episode: Any) -> Line:
    return Line(
        episode.person,
        episode.person.name,
        "Reablement",
        episode.get_status_display(),
        episode.get_absolute_url(),
        episode.lead_worker.name if episode.lead_worker else "Nobody",
        episode.planned_end_on,
        episode.person.risk,
        episode.ref,
    )


def _of_concern(field: str) -> Callable[[Any], Line]:
    def line(concern: Any) -> Line:
        return Line(
            None,
            concern.adult,
            concern.reference,
            concern.get_status_display(),
            concern.get_absolute_url(),
            concern.lead.name if concern.lead else "The duty list",
            getattr(concern, field),
            concern.level,
            concern.ref,
        )

    return line


def _number(code: str, scope: Scope, today: date, chosen: Mapping[str, str]) -> Listing | None:
    """The list behind one of the six numbers, or behind a worker's caseload."""
    work = queries.open_work(scope)
    match code:
        case _ if code == APPROVALS:
            rows: Any = queries.approvals(scope, today)
            return Listing("Plans and budgets to approve", rows, "", "Sent for approval", _of_budget)
        case "high_risk_no_worker":
            rows = work.filter(queries.high_risk_without_worker())
            return work_listing("High risk with no worker", rows, "opened_on", HOW_LONG)
        case "past_contact":
            rows = work.filter(queries.past_next_contact(today))
            return work_listing("Past their next contact date", rows, "next_contact_on", "Promised")
        case "quiet":
            rows = work.filter(queries.quiet(today, queries.quiet_days(today)))
            return work_listing("Allocated, nothing happening", rows, "last_activity_on", "Last activity")
        case "caseload":
            rows = work.exclude(owner=None)
            rows = rows.filter(owner__ref=chosen["worker"]) if chosen["worker"] else rows
            return work_listing("Work held by workers", rows, "last_activity_on", "Last activity")
        case _ if code == REABLEMENT_ENDING:
            rows = queries.reablement_ending(scope, today).select_related("person", "lead_worker")
            return Listing("Reablement ending, no decision", rows, "planned_end_on", "Ends", _of_episode)
    return None


def _concerns(code: str, scope: Scope, today: date, chosen: Mapping[str, str]) -> Listing:
    """Concerns on whose list the reader is. They stay in the portal."""
    rows = queries.undecided_concerns(scope).select_related("person", "lead")
    if chosen["risk"] in Risk.values:
        rows = rows.filter(level=chosen["risk"])
    if code == SAFEGUARDING_LATE or chosen["past"]:
        rows = rows.filter(due_on__lt=today)
        return Listing(
            "Safeguarding decisions past target",
            rows,
            "due_on",
            "Was due",
            _of_concern("due_on"),
            leaves=False,
        )
    return Listing(
        APART[SAFEGUARDING].label, rows, "received_at", HOW_LONG, _of_concern("received_on"), leaves=False
    )


def _of_people(rows: Any, chosen: Mapping[str, str]) -> Any:
    """Rows that take their risk from the person, and on which no contact is promised."""
    if chosen["risk"] in Risk.values:
        rows = rows.filter(person__risk=chosen["risk"])
    return rows.none() if chosen["past"] or chosen["silent"] else rows


def _waiting_list(code: str, scope: Scope, today: date, chosen: Mapping[str, str]) -> Listing:
    label = {**LISTS, **APART}[code].label
    if code == OVERDUE_REVIEWS:
        rows = queries.overdue_reviews(scope, today).select_related("person", "owner")
        return Listing(label, _of_people(rows, chosen), "due_on", "Was due", task_line)
    if code == BUDGETS:
        rows = queries.budgets_to_decide(scope).select_related("person", "plan", "team")
        return Listing(label, _of_people(rows, chosen), "submitted_at", "Sent for approval", _of_budget)
    work = queries.open_work(scope)
    rows = work.filter(owner=None) if code == UNALLOCATED else queries.waiting_list(scope, code)
    return work_listing(label, rows.filter(_narrowed(chosen, today)), "opened_on", HOW_LONG)


def listing(code: str, scope: Scope, today: date, chosen: Mapping[str, str]) -> Listing | None:
    """The list behind a number or a waiting list, narrowed; None for a code nobody knows."""
    chosen = {name: chosen.get(name, "") for name in NARROWING}
    if code in (SAFEGUARDING, SAFEGUARDING_LATE):
        return _concerns(code, scope, today, chosen)
    if code in LISTS or code in APART:
        return _waiting_list(code, scope, today, chosen)
    if code in orphans.KINDS:
        return orphans.listing_of(code, scope, today)
    return _number(code, scope, today, chosen)


def _narrowed(chosen: Mapping[str, str], today: date) -> Q:
    rule = Q()
    if chosen["risk"] in Risk.values:
        rule &= Q(risk=chosen["risk"])
    if chosen["past"]:
        rule &= queries.past_next_contact(today)
    if chosen["silent"]:
        rule &= queries.silent(today)
    if chosen["waited"] in {span.code for span in SPANS}:
        rule &= queries.waited(chosen["waited"], today)
    return rule
