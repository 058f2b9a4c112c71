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
from django.db.models.functions import TruncDate
from django.urls import reverse

from accounts.models import MANAGING_ROLES, User
from budgets.models import PersonalBudget
from core import clock, policy_settings
from people.models import Risk
from people.querysets import STANDARD
from reporting import queries, scope
from reporting.history import ALL_LISTS, Compared, Course, History, course_of, history_of
from reporting.queries import OVERDUE_REVIEWS
from reporting.scope import Scope
from reporting.timescales import ASSESSMENT_TARGET_DAYS, SPANS, Span
from worklist.models import WorkItem

APPROVALS = "approvals"
LISTS: dict[str, str] = {
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
    """One number with its definition and source, the list it opens, and what it was seven days ago.

    A reader who may open no rows has no address. `compared` is counted over standard records; for approvals, over all
    that wait, whoever may decide them.
    """

    code: str
    label: str
    value: int
    hint: str
    definition: str
    source: str
    url: str
    compared: Compared | None = None

    @property
    def change(self) -> str:
        """The change in words, saying what is compared where that is not the number itself."""
        if self.compared is None:
            return ""
        words = self.compared.words
        if self.compared.before is None or self.compared.now == self.value:
            return f"{words}."
        whose = "Waiting for anybody" if self.code == APPROVALS else "Standard records"
        return f"{whose}: {self.compared.now:,}, {words[0].lower()}{words[1:]}."


@dataclass(frozen=True)
class WaitingList:
    """One row of the table of waiting lists. Days are counted from the day after the request."""

    code: str
    label: str
    people: int
    before: int | None
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
    history: History
    course: Course


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
    work = queries.open_work(chosen)
    is_quiet = Q(pk__in=queries.quiet(work, today, quiet_days).values("pk"))
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
    for code, rule in (("high_risk_no_worker", no_worker), ("past_contact", past), ("quiet", is_quiet)):
        wanted[f"{code}_standard"] = Count("pk", filter=rule & STANDARD)
    for span in SPANS:
        rule = assessment & queries.waited(span.code, today)
        wanted[span.code] = Count("pk", filter=rule)
        wanted[f"{span.code}_high"] = Count("pk", filter=rule & Q(risk=Risk.HIGH))
    return work.aggregate(**wanted)


def numbers_of(
    chosen: Scope,
    today: date,
    work: dict[str, Any],
    to_approve: tuple[int, date | None],
    quiet_days: int,
    history: History | None = None,
) -> list[Number]:
    """The numbers whose subject exists, each a decision that only a manager can make."""
    waiting, oldest = to_approve
    inside = " All inside your limit." if chosen.opens_rows else ""
    facts = [
        (
            APPROVALS,
            "Plans and budgets to approve",
            waiting,
            f"{_counted(_days(oldest, today))}{inside}" if waiting else "Nothing waits.",
            "Sent for approval, within your limit, and neither assessed, prepared nor costed by you."
            if chosen.opens_rows
            else "Sent for approval and not decided.",
            "Personal budgets in the state “Sent for approval”",
        ),
        (
            "high_risk_no_worker",
            "High risk with no worker",
            work["no_worker"],
            _counted(_days(work["no_worker_since"], today)),
            "Open pieces of work at high risk that no worker holds.",
            "Work items",
        ),
        (
            "past_contact",
            "Past their next contact date",
            work["past"],
            _counted(_days(work["past_since"], today), "Longest by {}."),
            "Open pieces of work whose promised call or letter lies before today.",
            "Work items, next contact",
        ),
        (
            "quiet",
            "Allocated, nothing happening",
            work["quiet"],
            f"{quiet_days} days or more. {_counted(_days(work['quiet_since'], today))}",
            f"Held by a worker, with no note or step for {quiet_days} days and no task open.",
            "Work items, last activity, and tasks",
        ),
    ]
    return [
        Number(
            *row,
            url=_address(row[0], chosen) if chosen.opens_rows else "",
            compared=history.compared(row[0]) if history else None,
        )
        for row in facts
    ]


# A list on which nobody waits.
NOTHING: dict[str, Any] = {
    "number": 0, "standard_records": 0, "middle": None, "oldest": None, "past": 0, "past_oldest": None,
}  # fmt: skip


def _waiting_in_one_query(chosen: Scope, today: date) -> dict[str, dict[str, Any]]:
    """Each waiting list, the overdue reviews and what waits for approval: number, half-way and longest, by risk."""
    past = queries.past_next_contact(today)
    nobody = Q(pk=None)

    def counted(rows: Any, *, since: Any, risk: str, past: Q, contact: Any) -> Any:
        return rows.annotate(
            number=Count("pk"),
            standard_records=Count("pk", filter=STANDARD),
            middle=Middle(since),
            oldest=Min(since),
            **{level: Count("pk", filter=Q(**{risk: level})) for level in Risk.values},
            past=Count("pk", filter=past),
            past_oldest=Min(contact, filter=past),
        ).order_by()

    def under(code: str) -> Value:
        return Value(code, output_field=CharField())

    items = queries.open_work(chosen).filter(queries.waiting(), kind__in=queries.WAITED_FOR)
    reviews = queries.overdue_reviews(chosen, today)
    budgets = chosen.known(PersonalBudget.objects.waiting())
    sent_on = TruncDate("submitted_at", tzinfo=clock.LONDON)
    rows = counted(
        items.values(list=F("kind")), since="opened_on", risk="risk", past=past, contact="next_contact_on"
    ).union(
        counted(
            reviews.values(list=under(OVERDUE_REVIEWS)),
            since="due_on",
            risk="person__risk",
            past=nobody,
            contact="due_on",
        ),
        counted(
            budgets.values(list=under(APPROVALS)),
            since=sent_on,
            risk="person__risk",
            past=nobody,
            contact=sent_on,
        ),
        all=True,
    )
    return {row["list"]: row for row in rows}


def waiting_lists(
    chosen: Scope, today: date, found: dict[str, dict[str, Any]], history: History
) -> list[WaitingList]:
    """Who waits for what: now and seven days ago, half-way and longest, by risk, and our promise to stay in touch."""
    return [
        WaitingList(
            code=code,
            label=label,
            people=(row := found.get(code, NOTHING))["number"],
            before=history.compared(code).before,
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


def page_of(chosen: Scope, today: date, figure: str = "") -> Page:
    days = queries.quiet_days(today)
    work = _work_in_one_query(chosen, today, days)
    found = _waiting_in_one_query(chosen, today)
    now = {code: found.get(code, NOTHING)["standard_records"] for code in (APPROVALS, *queries.WAITING_LISTS)}
    now |= {code: work[f"{code}_standard"] for code in queries.FIGURES if code not in now}
    history = history_of(chosen, today, now)
    lists = waiting_lists(chosen, today, found, history)
    totals = {
        "people": sum(row.people for row in lists),
        "before": history.compared(ALL_LISTS).before,
        "risks": [sum(row.by_risk[risk] for row in lists) for risk in Risk.values],
        "past": sum(row.past_contact for row in lists),
    }
    target = int(policy_settings.value(ASSESSMENT_TARGET_DAYS, on=today))
    if chosen.opens_rows:
        to_approve = _mine(chosen, today)
    else:
        row = found.get(APPROVALS, NOTHING)
        to_approve = (row["number"], row["oldest"])
    numbers = numbers_of(chosen, today, work, to_approve, days, history)
    labels = {
        ALL_LISTS: "Everyone who waits, on all lists",
        **LISTS,
        **{number.code: number.label for number in numbers},
    }
    return Page(
        chosen,
        numbers,
        lists,
        totals,
        chart_of(chosen, work, target),
        work["people"],
        days,
        history,
        course_of(chosen, history, labels, figure),
    )


def _mine(chosen: Scope, today: date) -> tuple[int, date | None]:
    """How many decisions this reader may take, and since when the oldest waits."""
    rows = queries.approvals(chosen, today)
    return len(rows), min(
        (clock.london_date(row.submitted_at) for row in rows if row.submitted_at), default=None
    )


def six_numbers(user: User) -> list[Number]:
    """The numbers for a manager, over all their teams; none for anybody else."""
    if not user.has_role(*MANAGING_ROLES):
        return []
    today = clock.today()
    chosen = scope.of(user)
    days = queries.quiet_days(today)
    work = _work_in_one_query(chosen, today, days)
    return numbers_of(chosen, today, work, _mine(chosen, today), days)
