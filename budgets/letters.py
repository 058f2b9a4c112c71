"""The decision on the personal budget as a letter: the sum, who pays what, what it buys, how it was worked out."""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import User
from budgets import working
from budgets.models import PersonalBudget
from core import clock
from core.templatetags.dates import long_date
from core.templatetags.govuk import money
from documents import closing
from documents.kinds import LetterKind, Source, Text
from people.authority import Part
from people.models import Person

DECIDED = (
    PersonalBudget.Status.APPROVED,
    PersonalBudget.Status.AGREED_WITH_PERSON,
    PersonalBudget.Status.ACTIVE,
    PersonalBudget.Status.UNDER_REVIEW,
)
# Why the sum departs from the estimate, as it is said to the person (money.md 2.1).
REASONS = {
    PersonalBudget.Reason.NEED_NOT_CAPTURED: "you have a need that our points do not show",
    PersonalBudget.Reason.MARKET_RATE: "support near you has another price than our table",
    PersonalBudget.Reason.RISK: "you need more support to stay safe",
    PersonalBudget.Reason.CARER_CHANGE: "what your carer can do has changed",
    PersonalBudget.Reason.LESS_COSTLY_OPTION: "there is a way to meet your needs that costs less",
    PersonalBudget.Reason.OTHER: "there is another reason, which your worker explains to you",
}


def _budgets(person: Person, user: User) -> list[PersonalBudget]:
    rows = PersonalBudget.objects.visible_to(user).filter(person=person, status__in=DECIDED)
    return list(rows.select_related("plan", "indicative", "person").order_by("-decided_at", "-pk"))


def _sources(person: Person, user: User) -> list[Source]:
    return [
        Source(
            row.ref,
            f"{money(row.total_weekly)} a week, {row.get_status_display().lower()}",
            clock.london_date(row.decided_at) if row.decided_at else None,
        )
        for row in _budgets(person, user)
    ]


def _build(person: Person, user: User, ref: str) -> Text:
    budget = next((row for row in _budgets(person, user) if row.ref == ref), None)
    if budget is None or budget.decided_at is None:
        raise LookupError(ref)
    text = Text("Our decision about your personal budget")
    decided = long_date(clock.london_date(budget.decided_at), always_year=True)
    text.say(
        f"On {decided} we agreed the money for your support: {money(budget.total_weekly)} a week."
        + (f" There is also {money(budget.one_off)} once." if budget.one_off else "")
    )
    text.heading("Who pays").table(
        "Each week",
        ("Who pays", "Each week"),
        [
            ("The council pays", money(budget.council_weekly)),
            ("You pay", money(budget.person_weekly)),
            ("Total", money(budget.total_weekly)),
        ],
    )
    if budget.contribution_source:
        text.say(f"What you pay comes from: {budget.contribution_source}.")
    paid, others = working.what_it_buys(budget)
    text.heading("What it pays for").table(
        "Your support, each week",
        ("Support", "Each week"),
        [(item.how_met, money(item.cost_weekly)) for item in paid],
    )
    text.bullets(
        [f"{item.how_met} is paid by other money: {item.get_stream_display().lower()}." for item in others]
    )
    text.table(
        "How it is paid, each week",
        ("Way", "Total", "You pay", "The council pays"),
        [
            (
                way.get_mode_display(),
                money(way.gross_weekly),
                money(way.person_weekly),
                money(way.net_weekly),
            )
            for way in budget.allocations.order_by("pk")
        ],
    )
    _how_worked_out(text, budget)
    return closing.if_you_disagree(text)


def _how_worked_out(text: Text, budget: PersonalBudget) -> None:
    text.heading("How we worked it out")
    if budget.indicative is None:
        text.say("We added up what the support in your plan costs.")
        return
    text.say(
        f"From your assessment we first made an estimate: {money(budget.indicative.weekly)} a week. It is only a "
        "starting point. Then we added up what the support in your plan really costs, and agreed that sum."
    )
    reason = REASONS.get(PersonalBudget.Reason(budget.variance_reason)) if budget.variance_reason else ""
    if reason:
        text.say(f"The sum is not the same as the estimate because {reason}.")


def _given(*, subject_ref: str, format: str, on: date, by: User, now: datetime) -> None:  # noqa: A002
    """The letter itself is the record of its giving; the person's answer on the figures is recorded on its own."""


DECISION = LetterKind(
    code="budget_decision",
    title="Decision on the personal budget",
    sources=_sources,
    build=_build,
    given=_given,
    part=Part.MONEY,
)
