"""A copy of the plan for the person (Care Act 2014 s25(9) and (10)): needs, what is wanted, how it is met, the money."""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import User
from assessments.models import need_label
from core.templatetags.dates import long_date
from core.templatetags.govuk import money
from documents import closing
from documents.kinds import LetterKind, Source, Text
from people.models import Person
from support_plans import services
from support_plans.models import PlanItem, SupportPlan

READY = (SupportPlan.Status.APPROVED, SupportPlan.Status.ACTIVE)


def _plans(person: Person, user: User) -> list[SupportPlan]:
    return list(SupportPlan.objects.visible_to(user).of_person(person).filter(status__in=READY))


def _sources(person: Person, user: User) -> list[Source]:
    return [
        Source(plan.ref, f"version {plan.number}, {plan.get_status_display().lower()}", plan.starts_on)
        for plan in _plans(person, user)
    ]


def _build(person: Person, user: User, ref: str) -> Text:
    plan = next((row for row in _plans(person, user) if row.ref == ref), None)
    if plan is None:
        raise LookupError(ref)
    text = Text(f"Your {plan.get_kind_display().lower()}")
    if plan.starts_on:
        text.say(
            f"This is your plan, version {plan.number}. It starts on {long_date(plan.starts_on, always_year=True)}."
        )
    if plan.what_matters:
        text.heading("What matters to you").say(plan.what_matters)
    text.heading("Your needs").table(
        "The needs we found",
        ("Need", "Eligible for support"),
        [(need_label(need["code"]), "Yes" if need.get("eligible") else "No") for need in plan.needs],
    )
    items = list(PlanItem.objects.for_plan().filter(plan=plan))
    text.heading("How your needs are met").table(
        "Your support", ("Support", "From", "Each week"), [_line(item) for item in items]
    )
    if plan.total_weekly is not None:
        text.heading("The money, each week").table(
            "Your personal budget",
            ("Who pays", "Each week"),
            [
                ("The council pays", money(plan.council_weekly)),
                ("You pay", money(plan.person_weekly)),
                ("Total", money(plan.total_weekly)),
            ],
        )
    if plan.direct_payment_frequency:
        text.say(f"Your direct payment is paid {plan.direct_payment_frequency.lower()}.")
    if plan.contingency:
        text.heading("If something goes wrong").say(plan.contingency)
    if plan.advice_meeting_needs or plan.advice_preventing_needs:
        text.heading("What else can help").say(plan.advice_meeting_needs, plan.advice_preventing_needs)
    text.heading("When we look at the plan again")
    if plan.next_review_on:
        text.say(f"We look at it with you by {long_date(plan.next_review_on, always_year=True)}.")
    else:
        text.say("We look at it with you about six weeks after it starts, and then at least every year.")
    text.say("You can ask us to look again at any time, when things change or do not work.")
    return closing.if_you_disagree(text)


def _line(item: PlanItem) -> tuple[str, str, str]:
    who = item.provider.name if item.provider else item.provider_name or item.get_by_display()
    cost = money(item.cost_weekly) if item.cost_weekly else "No charge"
    if item.cost_one_off:
        cost = (
            f"{cost}, and {money(item.cost_one_off)} once"
            if item.cost_weekly
            else f"{money(item.cost_one_off)} once"
        )
    return item.how_met, who, cost


def _given(*, subject_ref: str, format: str, on: date, by: User, now: datetime) -> None:  # noqa: A002
    plan = SupportPlan.objects.get(ref=subject_ref)
    if plan.status in READY and plan.copy_given_on is None:
        services.give_copy(plan=plan, format=format, on=on, by=by, now=now)


COPY = LetterKind(
    code="plan_copy", title="Copy of the support plan", sources=_sources, build=_build, given=_given
)
