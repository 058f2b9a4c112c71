"""Who waits for what: how many, half-way and longest, by risk, when we were last in touch and promised to be again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, CharField, Count, DateField, F, Min, Q, Value
from django.db.models.functions import TruncDate

from core import clock
from people.models import Risk
from people.querysets import is_standard
from reporting import queries
from reporting.history import ALL_LISTS, History
from reporting.queries import APPROVALS, OVERDUE_REVIEWS, REABLEMENT_ENDING, SAFEGUARDING, UNALLOCATED
from reporting.scope import Scope
from reporting.timescales import SPANS
from worklist.models import WorkItem

# The budgets that wait for anybody's decision; the number above them is what this reader may decide.
BUDGETS = "budget_decision"


@dataclass(frozen=True)
class Kind:
    """One waiting list in words: what is waited for, who stands on it, from where, and whose promise may be past."""

    label: str
    definition: str
    source: str
    promise: str = ""


NEXT_CONTACT, TARGET = "next contact", "target"
LISTS: dict[str, Kind] = {
    WorkItem.Kind.CONTACT: Kind(
        "A first answer (triage)",
        "Contacts that nobody has looked at yet. From the day the contact came in.",
        "Work items",
        NEXT_CONTACT,
    ),
    WorkItem.Kind.ASSESSMENT: Kind(
        "Care Act assessment",
        "Assessments asked for and not begun. From the day of the request.",
        "Work items",
        NEXT_CONTACT,
    ),
    WorkItem.Kind.PLAN: Kind(
        "Care or support to start",
        "People who are eligible and whose plan is not being written. From the day of the decision.",
        "Work items",
        NEXT_CONTACT,
    ),
    WorkItem.Kind.REABLEMENT: Kind(
        "Reablement to start",
        "Referrals to reablement before the first visit. From the day of the referral.",
        "Work items",
        NEXT_CONTACT,
    ),
    BUDGETS: Kind(
        "A decision on a budget",
        "Plans and budgets sent for approval, whoever may decide them. From the day they were sent.",
        "Personal budgets",
    ),
    WorkItem.Kind.BUDGET_REVIEW: Kind(
        "Budget review",
        "Budgets that somebody said are wrong, and nobody has looked at. From the day they said so.",
        "Work items",
        NEXT_CONTACT,
    ),
    OVERDUE_REVIEWS: Kind(
        "Review that is overdue",
        "First and yearly reviews whose day lies before today. From the day the review was due.",
        "Reminders of rules 14 and 15",
    ),
}
APART: dict[str, Kind] = {
    SAFEGUARDING: Kind(
        "Safeguarding decision",
        "Concerns on whose list you are, not screened or not decided under section 42. From the day they came in.",
        "Concerns",
        TARGET,
    ),
    UNALLOCATED: Kind(
        "Held by no worker",
        "All open work that no worker holds, waiting or not. From the day the work began.",
        "Work items",
        NEXT_CONTACT,
    ),
}


class Middle(Aggregate):
    """The middle day of many: half lie on it or before it, half on it or after it."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s DESC)"
    output_field = DateField()


@dataclass(frozen=True)
class WaitingList:
    """One row of the table of waiting lists. Days are counted from the day after the request."""

    code: str
    kind: Kind
    people: int
    before: int | None
    median: int | None
    longest: int | None
    by_risk: dict[str, int]
    past: int
    past_longest: int | None
    silent: int | None
    scope: Scope

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def url(self) -> str:
        return self.scope.rows(self.code)

    @property
    def risks(self) -> list[tuple[int, str]]:
        return [(self.by_risk[risk], self.scope.rows(self.code, risk=risk)) for risk in Risk.values]

    @property
    def past_url(self) -> str:
        return self.scope.rows(self.code, past="yes")

    @property
    def silent_url(self) -> str:
        return self.scope.rows(self.code, silent="yes")


@dataclass(frozen=True)
class WaitingLists:
    """The lists that add up, their sums, and those counted apart: who stands there may stand on others too."""

    rows: list[WaitingList]
    apart: list[WaitingList]
    people: int
    before: int | None
    risks: list[int]
    past: int
    silent: int | None


def days_since(since: date | None, today: date) -> int | None:
    return (today - since).days if since else None


def work_in_one_query(chosen: Scope, today: date) -> dict[str, Any]:
    """Every count over open work, and the spans of the chart, at once."""
    no_worker, past = queries.high_risk_without_worker(), queries.past_next_contact(today)
    quiet_days = queries.quiet_days(today)
    work, is_quiet = queries.open_work(chosen), queries.quiet(today, quiet_days)
    assessment = queries.waiting() & Q(kind=WorkItem.Kind.ASSESSMENT)
    wanted: dict[str, Any] = {
        "no_worker": Count("pk", filter=no_worker),
        "no_worker_since": Min("opened_on", filter=no_worker),
        "past": Count("pk", filter=past),
        "past_since": Min("next_contact_on", filter=past),
        "quiet": Count("pk", filter=is_quiet),
        "quiet_since": Min("last_activity_on", filter=is_quiet),
        "people": Count("person", distinct=True, filter=queries.waiting() & Q(kind__in=queries.WAITED_FOR)),
    }
    for code, rule in (("high_risk_no_worker", no_worker), ("past_contact", past), ("quiet", is_quiet)):
        wanted[f"{code}_standard"] = Count("pk", filter=rule & is_standard())
    for span in SPANS:
        rule = assessment & queries.waited(span.code, today)
        wanted[span.code] = Count("pk", filter=rule)
        wanted[f"{span.code}_high"] = Count("pk", filter=rule & Q(risk=Risk.HIGH))
    return work.aggregate(**wanted) | {"quiet_days": quiet_days}


# A list on which nobody waits.
NOTHING: dict[str, Any] = {
    "number": 0, "standard_records": 0, "middle": None, "oldest": None, "past": 0, "past_oldest": None, "silent": 0,
}  # fmt: skip


def lists_in_one_query(
    chosen: Scope, today: date, *, with_contact: bool = False
) -> dict[str, dict[str, Any]]:
    """Each waiting list, the overdue reviews, what waits for approval, the reablement that ends, and where the reader
    may know of them the concerns: number, half-way and longest, by risk. `with_contact` counts, too, with whom nobody
    has been in touch. A concern is in the answer, be it with nought, only where the reader may know of any."""
    nobody = Q(pk=None)
    past_contact = queries.past_next_contact(today)
    silent = queries.silent(today) if with_contact else nobody

    def counted(
        rows: Any,
        *,
        since: Any,
        risk: str,
        past: Q,
        past_since: Any,
        standard: Q | None = None,
        forgotten: Q = nobody,
    ) -> Any:
        return rows.annotate(
            number=Count("pk"),
            standard_records=Count("pk", filter=standard or is_standard()),
            middle=Middle(since),
            oldest=Min(since),
            **{level: Count("pk", filter=Q(**{risk: level})) for level in Risk.values},
            past=Count("pk", filter=past),
            past_oldest=Min(past_since, filter=past),
            silent=Count("pk", filter=forgotten),
        ).order_by()

    def under(code: str) -> Value:
        return Value(code, output_field=CharField())

    work = queries.open_work(chosen)
    of_work: dict[str, Any] = {
        "since": "opened_on",
        "risk": "risk",
        "past": past_contact,
        "past_since": "next_contact_on",
        "forgotten": silent,
    }
    waits = work.filter(queries.waiting(), kind__in=queries.WAITED_FOR).values(list=F("kind"))
    sent_on = TruncDate("submitted_at", tzinfo=clock.LONDON)
    budgets = queries.budgets_to_decide(chosen).values(list=under(APPROVALS))
    reviews = queries.overdue_reviews(chosen, today).values(list=under(OVERDUE_REVIEWS))
    ending = queries.reablement_ending(chosen, today).values(list=under(REABLEMENT_ENDING))
    of_person: dict[str, Any] = {"risk": "person__risk", "past": nobody}
    parts = [
        counted(work.filter(owner=None).values(list=under(UNALLOCATED)), **of_work),
        counted(budgets, since=sent_on, past_since=sent_on, **of_person),
        counted(reviews, since="due_on", past_since="due_on", **of_person),
        counted(ending, since="planned_end_on", past_since="planned_end_on", **of_person),
    ]
    found: dict[str, dict[str, Any]] = {}
    if queries.knows_of_concerns(chosen):
        found[SAFEGUARDING] = NOTHING
        concerns = queries.undecided_concerns(chosen).values(list=under(SAFEGUARDING))
        late = Q(due_on__lt=today)
        parts.append(
            counted(
                concerns, since="received_on", risk="level", past=late, past_since="due_on", standard=nobody
            )
        )
    rows = counted(waits, **of_work).union(*parts, all=True)
    return found | {row["list"]: row for row in rows}


def waiting_lists(
    chosen: Scope, today: date, found: Mapping[str, Mapping[str, Any]], history: History
) -> WaitingLists:
    """The table: now and seven days ago, half-way and longest, by risk, and our promise to stay in touch."""

    def row_of(code: str, kind: Kind) -> WaitingList:
        kept_as = APPROVALS if code == BUDGETS else code
        row = found.get(kept_as, NOTHING)
        return WaitingList(
            code=code,
            kind=kind,
            people=row["number"],
            before=history.compared(kept_as).before if kept_as in queries.FIGURES else None,
            median=days_since(row["middle"], today),
            longest=days_since(row["oldest"], today),
            by_risk={risk: row.get(risk, 0) for risk in Risk.values},
            past=row["past"],
            past_longest=days_since(row["past_oldest"], today),
            silent=row["silent"] if kind.promise == NEXT_CONTACT else None,
            scope=chosen,
        )

    rows = [row_of(code, kind) for code, kind in LISTS.items()]
    return WaitingLists(
        rows,
        [row_of(code, kind) for code, kind in APART.items() if code != SAFEGUARDING or code in found],
        people=sum(row.people for row in rows),
        before=history.compared(ALL_LISTS).before,
        risks=[sum(row.by_risk[risk] for row in rows) for risk in Risk.values],
        past=sum(row.past for row in rows),
        silent=sum(row.silent or 0 for row in rows),
    )
