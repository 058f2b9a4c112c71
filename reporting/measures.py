"""The managers' numbers: what is counted, in words, from where, and the address of the rows.

Six are planned (README of the shelf, 16). Those on safeguarding decisions and on reablement appear when those parts
of the portal do; a number without a subject is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Aggregate, CharField, Count, DateField, F, Min, Q, Value
from django.urls import reverse

from accounts.models import MANAGING_ROLES, User
from budgets.models import PersonalBudget
from core import clock, policy_settings
from people.models import Risk
from reporting import queries, scope
from reporting.scope import Scope
from reporting.timescales import ASSESSMENT_TARGET_DAYS, SPANS, Span
from worklist.models import WorkItem

OVERDUE_REVIEWS = "overdue_review"
LISTS = {
    WorkItem.Kind.CONTACT: "A first answer (triage)",
    WorkItem.Kind.ASSESSMENT: "Care Act assessment",
    WorkItem.Kind.PLAN: "Care or support to start",
    WorkItem.Kind.BUDGET_REVIEW: "Budget review",
    OVERDUE_REVIEWS: "Review that is overdue",
}


class Middle(Aggregate):
    """The middle day of many: half lie on it or before it, half on it or after it."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s DESC)"
    output_field = DateField()


@dataclass(frozen=True)
class Number:
    """One number with its definition and source, and the list it opens."""

    code: str
    label: str
    value: int
    hint: str
    definition: str
    source: str
    url: str


@dataclass(frozen=True)
class WaitingList:
    """One row of the table of waiting lists. Days are counted from the day after the request."""

    code: str
    label: str
    people: int
    newly: int
    median: int | None
    longest: int | None
    by_risk: dict[str, int]
    past_contact: int
    past_longest: int | None
    query: str

    def address(self, **more: str) -> str:
        query = urlencode(more)
        return f"{rows_url(self.code)}?{'&'.join(part for part in (self.query, query) if part)}"

    @property
    def url(self) -> str:
        return self.address()

    @property
    def risks(self) -> list[tuple[int, str]]:
        return [(self.by_risk[risk], self.address(risk=risk)) for risk in Risk.values]

    @property
    def past_url(self) -> str:
        return self.address(past="yes")


@dataclass(frozen=True)
class Bar:
    """One span of the chart: people, share of all in whole per cent, those at high risk, and its place on the drawing."""

    span: Span
    people: int
    high: int
    share: int
    inside: bool
    width: int
    y: int
    url: str

    @property
    def text_y(self) -> int:
        return self.y + 21

    @property
    def label_x(self) -> int:
        return self.width + 139


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    total: int
    high: int
    over: int
    over_share: int
    target: int
    line_y: int

    @property
    def height(self) -> int:
        return len(self.bars) * 44 + 12


@dataclass(frozen=True)
class Page:
    """Everything on the managers' page."""

    scope: Scope
    numbers: list[Number]
    lists: list[WaitingList]
    totals: dict[str, Any]
    chart: Chart
    people: int
    quiet_days: int


def rows_url(code: str) -> str:
    return reverse("reporting:rows", kwargs={"code": code})


def _team_query(chosen: Scope) -> str:
    return urlencode({"team": chosen.team.ref}) if chosen.team else ""


def _address(code: str, chosen: Scope, **more: str) -> str:
    query = urlencode({**({"team": chosen.team.ref} if chosen.team else {}), **more})
    return f"{rows_url(code)}{'?' if query else ''}{query}"


def _days(since: date | None, today: date) -> int | None:
    return (today - since).days if since else None


def _counted(days: int | None, words: str = "Longest {}.") -> str:
    return words.format(f"{days} day{'' if days == 1 else 's'}") if days is not None else "None."


def _work_in_one_query(chosen: Scope, today: date, quiet_days: int) -> dict[str, Any]:
    """Every count over open work, and the spans of the chart, at once."""
    no_worker, past = queries.high_risk_without_worker(), queries.past_next_contact(today)
    is_quiet = Q(pk__in=queries.quiet(chosen, today, quiet_days).values("pk"))
    assessment = queries.waiting() & Q(kind=WorkItem.Kind.ASSESSMENT)
    wanted: dict[str, Any] = {
        "no_worker": Count("pk", filter=no_worker),
        "no_worker_since": Min("opened_on", filter=no_worker),
        "past": Count("pk", filter=past),
        "past_since": Min("next_contact_on", filter=past),
        "quiet": Count("pk", filter=is_quiet),
        "quiet_since": Min("last_activity_on", filter=is_quiet),
        "people": Count("person", distinct=True, filter=queries.waiting() & Q(kind__in=list(LISTS))),
    }
    for span in SPANS:
        rule = assessment & queries.waited(span.code, today)
        wanted[span.code] = Count("pk", filter=rule)
        wanted[f"{span.code}_high"] = Count("pk", filter=rule & Q(risk=Risk.HIGH))
    return queries.open_work(chosen).aggregate(**wanted)


def numbers_of(
    chosen: Scope, today: date, work: dict[str, Any], to_approve: list[PersonalBudget], quiet_days: int
) -> list[Number]:
    """The numbers whose subject exists, each a decision that only a manager can make."""
    oldest = min(
        (clock.london_date(row.submitted_at) for row in to_approve if row.submitted_at), default=None
    )
    return [
        Number(
            "approvals",
            "Plans and budgets to approve",
            len(to_approve),
            f"{_counted(_days(oldest, today))} All inside your limit."
            if to_approve
            else "Nothing waits for you.",
            "Sent for approval, within your limit, and neither assessed, prepared nor costed by you.",
            "Personal budgets in the state “Sent for approval”",
            _address("approvals", chosen),
        ),
        Number(
            "high_risk_no_worker",
            "High risk with no worker",
            work["no_worker"],
            _counted(_days(work["no_worker_since"], today)),
            "Open pieces of work at high risk that no worker holds.",
            "Work items",
            _address("high_risk_no_worker", chosen),
        ),
        Number(
            "past_contact",
            "Past their next contact date",
            work["past"],
            _counted(_days(work["past_since"], today), "Longest by {}."),
            "Open pieces of work whose promised call or letter lies before today.",
            "Work items, next contact",
            _address("past_contact", chosen),
        ),
        Number(
            "quiet",
            "Allocated, nothing happening",
            work["quiet"],
            f"{quiet_days} days or more. {_counted(_days(work['quiet_since'], today))}",
            f"Held by a worker, with no note or step for {quiet_days} days and no task open.",
            "Work items, last activity, and tasks",
            _address("quiet", chosen),
        ),
    ]


def waiting_lists(chosen: Scope, today: date) -> list[WaitingList]:
    """Who waits for what: now, new within 7 days, half-way and longest, by risk, and our promise to stay in touch."""
    past = queries.past_next_contact(today)
    week_ago = today - queries.WEEK
    items = (
        queries.open_work(chosen)
        .filter(queries.waiting(), kind__in=[kind for kind in LISTS if kind != OVERDUE_REVIEWS])
        .values(list=F("kind"))
        .annotate(
            number=Count("pk"),
            newly=Count("pk", filter=Q(opened_on__gt=week_ago)),
            middle=Middle("opened_on"),
            oldest=Min("opened_on"),
            **{risk: Count("pk", filter=Q(risk=risk)) for risk in Risk.values},
            past=Count("pk", filter=past),
            past_oldest=Min("next_contact_on", filter=past),
        )
    )
    reviews = (
        queries.overdue_reviews(chosen, today)
        .values(list=Value(OVERDUE_REVIEWS, output_field=CharField()))
        .annotate(
            number=Count("pk"),
            newly=Count("pk", filter=Q(due_on__gt=week_ago)),
            middle=Middle("due_on"),
            oldest=Min("due_on"),
            **{risk: Count("pk", filter=Q(person__risk=risk)) for risk in Risk.values},
            past=Count("pk", filter=Q(pk=None)),
            past_oldest=Min("due_on", filter=Q(pk=None)),
        )
    )
    found = {row["list"]: row for row in items.order_by().union(reviews.order_by(), all=True)}
    nothing = {"number": 0, "newly": 0, "middle": None, "oldest": None, "past": 0, "past_oldest": None}
    return [
        WaitingList(
            code=code,
            label=label,
            people=(row := found.get(code, nothing))["number"],
            newly=row["newly"],
            median=_days(row["middle"], today),
            longest=_days(row["oldest"], today),
            by_risk={risk: row.get(risk, 0) for risk in Risk.values},
            past_contact=row["past"],
            past_longest=_days(row["past_oldest"], today),
            query=_team_query(chosen),
        )
        for code, label in LISTS.items()
    ]


# The drawing: bars begin at 130 and the longest is 420 wide; each has 44 of height.
LONGEST_BAR, ROW = 420, 44


def chart_of(chosen: Scope, work: dict[str, Any], target: int) -> Chart:
    """How long people have waited for a Care Act assessment: the drawing and its table, from the same figures."""
    total = sum(work[span.code] for span in SPANS)
    most = max([work[span.code] for span in SPANS] + [1])
    bars = [
        Bar(
            span,
            work[span.code],
            work[f"{span.code}_high"],
            _share(work[span.code], total),
            span.is_inside(target),
            work[span.code] * LONGEST_BAR // most,
            8 + ROW * place,
            _address(WorkItem.Kind.ASSESSMENT, chosen, waited=span.code),
        )
        for place, span in enumerate(SPANS)
    ]
    over = sum(bar.people for bar in bars if not bar.inside)
    inside = sum(bar.inside for bar in bars)
    return Chart(
        bars, total, sum(bar.high for bar in bars), over, _share(over, total), target, ROW * inside + 2
    )


def _share(part: int, whole: int) -> int:
    """Per cent, rounded half up."""
    return (part * 200 + whole) // (2 * whole) if whole else 0


def page_of(chosen: Scope, today: date) -> Page:
    days = queries.quiet_days(today)
    work = _work_in_one_query(chosen, today, days)
    lists = waiting_lists(chosen, today)
    totals = {
        "people": sum(row.people for row in lists),
        "newly": sum(row.newly for row in lists),
        "risks": [sum(row.by_risk[risk] for row in lists) for risk in Risk.values],
        "past": sum(row.past_contact for row in lists),
    }
    target = int(policy_settings.value(ASSESSMENT_TARGET_DAYS, on=today))
    numbers = numbers_of(chosen, today, work, queries.approvals(chosen, today), days)
    return Page(chosen, numbers, lists, totals, chart_of(chosen, work, target), work["people"], days)


def six_numbers(user: User) -> list[Number]:
    """The numbers for a manager, over all their teams; none for anybody else."""
    if not user.has_role(*MANAGING_ROLES):
        return []
    today = clock.today()
    chosen = scope.of(user)
    days = queries.quiet_days(today)
    work = _work_in_one_query(chosen, today, days)
    return numbers_of(chosen, today, work, queries.approvals(chosen, today), days)
