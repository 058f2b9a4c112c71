"""The rows that a number counts, as lines of one table, whichever record they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from core import clock
from people.models import Person, Risk
from reporting import queries
from reporting.measures import LISTS
from reporting.queries import OVERDUE_REVIEWS
from reporting.scope import Scope
from reporting.timescales import SPANS


@dataclass(frozen=True)
class Line:
    """One row: who, what, who holds it, and the day that matters."""

    person: Person
    what: str
    detail: str
    url: str
    holder: str
    day: date
    risk: str
    ref: str


@dataclass(frozen=True)
class Listing:
    """A list behind a number: its query (or its rows, where a rule needs Python), its order and its words."""

    title: str
    rows: Any
    field: str
    dated: str
    line: Callable[[Any], Line]


def _of_item(field: str) -> Callable[[Any], Line]:
    def line(item: Any) -> Line:
        return Line(
            item.person,
            item.get_kind_display(),
            item.get_stage_display(),
            item.url,
            item.owner.name if item.owner else "Nobody",
            getattr(item, field),
            item.risk,
            item.ref,
        )

    return line


def _of_task(task: Any) -> Line:
    holder = task.owner.name if task.owner else "Nobody"
    return Line(task.person, task.title, task.why, task.url, holder, task.due_on, task.person.risk, task.ref)


def _of_budget(budget: Any) -> Line:
    return Line(
        budget.person,
        f"Plan {budget.plan.number}",
        f"£{budget.total_weekly:,.2f} a week",
        f"/budgets/{budget.ref}/",
        budget.team.name,
        clock.london_date(budget.submitted_at),
        budget.person.risk,
        budget.ref,
    )


def listing(code: str, scope: Scope, today: date, chosen: Mapping[str, str]) -> Listing | None:
    """The list behind a number or a waiting list; None for a code nobody knows."""
    work = queries.open_work(scope).select_related("person", "owner")
    match code:
        case "approvals":
            return Listing(
                "Plans and budgets to approve",
                queries.approvals(scope, today),
                "",
                "Sent for approval",
                _of_budget,
            )
        case "high_risk_no_worker":
            rows = work.filter(queries.high_risk_without_worker())
            return Listing("High risk with no worker", rows, "opened_on", "How long", _of_item("opened_on"))
        case "past_contact":
            rows = work.filter(queries.past_next_contact(today))
            return Listing(
                "Past their next contact date",
                rows,
                "next_contact_on",
                "Promised",
                _of_item("next_contact_on"),
            )
        case "quiet":
            rows = queries.quiet(work, today, queries.quiet_days(today))
            return Listing(
                "Allocated, nothing happening",
                rows,
                "last_activity_on",
                "Last activity",
                _of_item("last_activity_on"),
            )
        case _ if code == OVERDUE_REVIEWS:
            rows = queries.overdue_reviews(scope, today).select_related("person", "owner")
            rows = rows.filter(person__risk=chosen["risk"]) if chosen["risk"] in Risk.values else rows
            rows = rows.none() if chosen["past"] else rows
            return Listing(LISTS[OVERDUE_REVIEWS], rows, "due_on", "Was due", _of_task)
        case _ if code in LISTS:
            rows = (
                queries.waiting_list(scope, code)
                .filter(_narrowed(chosen, today))
                .select_related("person", "owner")
            )
            return Listing(LISTS[code], rows, "opened_on", "How long", _of_item("opened_on"))
    return None


def _narrowed(chosen: Mapping[str, str], today: date) -> Q:
    rule = Q()
    if chosen["risk"] in Risk.values:
        rule &= Q(risk=chosen["risk"])
    if chosen["past"]:
        rule &= queries.past_next_contact(today)
    if chosen["waited"] in {span.code for span in SPANS}:
        rule &= queries.waited(chosen["waited"], today)
    return rule
