"""The five stages of a request with their dates, in limited words: received, looked at, assessment, plan, support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assessments.models import Assessment
from contacts.models import Contact
from core import clock
from people.models import Person
from support_plans.models import SupportPlan

DONE, NOW, LATER = "done", "now", "later"
NAMES = (
    "We have your request",
    "Somebody is looking at it",
    "Your assessment",
    "Your plan and the money for it",
    "Your support is in place",
)
CLOSED_WORDS = "We have answered your request. If something changes, ring us or ask again."
ELSEWHERE = "A team of ours goes on with it and gets in touch."
RING = "Please ring us to hear more."


@dataclass(frozen=True)
class Stage:
    """One of the five: done, where things stand now, or later; the day it was reached, and a sentence."""

    name: str
    state: str
    on: date | None = None
    words: str = ""

    @property
    def state_words(self) -> str:
        return {DONE: "Done", NOW: "Now", LATER: "Later"}[self.state]


@dataclass(frozen=True)
class Progress:
    """The stages to show, and what happens next."""

    stages: Sequence[Stage]
    next: str


def _build(reached: Sequence[tuple[date | None, str]], names: Sequence[str], next_words: str) -> Progress:
    """Stages from what was reached, in order: the last one reached is where things stand now."""
    stages = []
    for place, name in enumerate(names):
        if place >= len(reached):
            stages.append(Stage(name, LATER))
        else:
            on, words = reached[place]
            stages.append(Stage(name, NOW if place == len(reached) - 1 else DONE, on, words))
    return Progress(stages, next_words)


def progress_of_new(received_on: date, promised_on: date) -> Progress:
    """A request that nobody has looked at yet."""
    words = f"Somebody reads it by the end of the next working day. We get in touch by {_day(promised_on)} at the latest."
    return _build([(received_on, "")], NAMES, words)


def progress_of(contact: Contact, *, received_on: date, promised_on: date, whole: bool = True) -> Progress:
    """How far a request has come. At most three queries.

    With `whole` false, for somebody who asked for another person without their agreement: that it came in and is
    looked at, and nothing about what follows. What stands on a list or a restricted record is not told here at all.
    """
    names = NAMES if whole else NAMES[:2]
    if contact.status in (Contact.Status.RECEIVED, Contact.Status.URGENT):
        progress = progress_of_new(received_on, promised_on)
        return Progress(progress.stages[: len(names)], progress.next)
    reached: list[tuple[date | None, str]] = [
        (received_on, ""),
        (clock.london_date(contact.screened_at) if contact.screened_at else None, ""),
    ]
    if not whole:
        return _build(reached, names, "From here on we speak with the person themself.")
    if contact.access_list_id or contact.person.level != Person.Level.STANDARD:
        return _build(reached, names, RING)
    if contact.status == Contact.Status.CLOSED_IA:
        return _build(reached, names[:2], CLOSED_WORDS)
    next_words = "We decide with you what would help, and tell you."
    if contact.status in (Contact.Status.WAITING, Contact.Status.ALLOCATED):
        next_words = ELSEWHERE
    assessment = Assessment.objects.standard().filter(contact=contact).order_by("requested_on", "pk").first()
    if assessment is None:
        return _build(reached, names, next_words)
    return _from_assessment(assessment, reached, names)


def _from_assessment(
    assessment: Assessment, reached: list[tuple[date | None, str]], names: Sequence[str]
) -> Progress:
    status = Assessment.Status
    if assessment.status in (status.REFUSED, status.ABANDONED):
        return _build(reached, names[:2], RING)
    since = assessment.started_on or assessment.requested_on
    if assessment.status == status.PLANNED:
        return _build(
            [*reached, (since, "You are on the list.")], names, "A worker rings you to agree a time."
        )
    reached = [*reached, (since, "")]
    if assessment.status not in (*Assessment.FINISHED, status.SUPERSEDED):
        return _build(
            reached, names, "A worker finds out with you what you need. Then you get it in writing."
        )
    plan = SupportPlan.objects.standard().filter(assessment=assessment).order_by("-number", "-pk").first()
    if plan is None:
        return _build(reached, names, "We tell you the result in writing, and what follows from it.")
    made = clock.london_date(plan.created_at)
    if plan.status in (SupportPlan.Status.ACTIVE, SupportPlan.Status.SUPERSEDED):
        return _build(
            [*reached, (made, ""), (plan.active_from or plan.starts_on, "")],
            names,
            "We check with you that it is working.",
        )
    if plan.status == SupportPlan.Status.ENDED:
        return _build([*reached, (made, "")], names[:4], RING)
    if plan.status == SupportPlan.Status.APPROVED:
        begins = f" It is planned to start on {_day(plan.starts_on)}." if plan.starts_on else ""
        return _build([*reached, (made, "")], names, f"The plan and the money are agreed.{begins}")
    return _build(
        [*reached, (made, "")], names, "We write the plan with you, and a manager agrees the money."
    )


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
