"""What is happening now, in plain words, worked out from the records: stage, what comes next, the next date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments.models import Assessment
from contacts.models import Contact
from core import clock
from people.models import Allocation, Person
from reablement.models import Episode
from support_plans.models import Review, SupportPlan


@dataclass(frozen=True)
class Happening:
    """One sentence of where things stand, one of what comes next, and a date where there is one."""

    now: str
    next: str
    on: date | None = None
    on_words: str = ""


PLAN_WORDS = {
    SupportPlan.Status.DRAFT: (
        "We are writing your plan with you.",
        "Your worker will go through it with you.",
    ),
    SupportPlan.Status.WITH_PERSON: (
        "Your plan is with you to read.",
        "Tell us whether you agree with it.",
    ),
    SupportPlan.Status.AGREED: ("You have agreed your plan.", "Your worker sends it for approval."),
    SupportPlan.Status.DISAGREED: (
        "You told us that you do not agree with the plan.",
        "Your worker will talk with you about what should change.",
    ),
    SupportPlan.Status.SUBMITTED: (
        "A manager is looking at your plan and the money for it.",
        "We tell you the answer.",
    ),
    SupportPlan.Status.RETURNED: (
        "A manager has asked for a change to your plan.",
        "Your worker will talk with you.",
    ),
    SupportPlan.Status.APPROVED: (
        "Your plan and the money for it are agreed.",
        "Please read the figures below.",
    ),
}


def happening_to(person: Person, user: Any) -> Happening:
    """Where things stand for a person: reablement while it runs, the plan if there is one, else the assessment, else
    the request."""
    episode = Episode.objects.visible_to(user).running().filter(person=person).first()
    if episode is not None:
        return _reablement_happening(episode)
    plans = SupportPlan.objects.visible_to(user).filter(person=person)
    plan = (
        plans.exclude(status__in=[SupportPlan.Status.SUPERSEDED, SupportPlan.Status.ENDED])
        .order_by("-number")
        .first()
    )
    if plan is not None:
        return _plan_happening(plan, user)
    assessment = (
        Assessment.objects.visible_to(user).filter(person=person).order_by("-requested_on", "-pk").first()
    )
    if assessment is not None:
        return _assessment_happening(assessment)
    contact = Contact.objects.visible_to(user).filter(person=person).order_by("-received_at", "-pk").first()
    if contact is not None and contact.status in Contact.OPEN:
        return Happening("We have your request.", "Someone will contact you about it.")
    return Happening(
        "Nothing is under way at the moment.", "If something changes, call us or ask for help again."
    )


def _reablement_happening(episode: Episode) -> Happening:
    if episode.status == Episode.Status.PAUSED:
        return Happening("Your reablement is paused.", "Tell us when you are ready for visits again.")
    today = clock.today()
    day = episode.day_number(today)
    now = (
        f"You are having reablement. Today is day {day} of 42." if day <= 42 else "You are having reablement."
    )
    after = "Your worker plans with you what comes after."
    if episode.end_review_on and episode.end_review_on >= today:
        return Happening(now, after, episode.end_review_on, "We look back with you on")
    return Happening(now, after, episode.planned_end_on, "It is planned until")


def _plan_happening(plan: SupportPlan, user: Any) -> Happening:
    if plan.status == SupportPlan.Status.ACTIVE:
        review = Review.objects.visible_to(user).open().filter(plan=plan).order_by("due_on", "pk").first()
        due = review.due_on if review else plan.next_review_on
        return Happening(
            "Your support is in place.",
            "We check with you that it is working.",
            due,
            "Your next check-in is due by",
        )
    now, after = PLAN_WORDS[SupportPlan.Status(plan.status)]
    return Happening(now, after, plan.starts_on, "Your support is planned to start on")


def _assessment_happening(assessment: Assessment) -> Happening:
    if assessment.status in Assessment.FINISHED:
        return Happening("Your assessment is finished.", "Next we plan your support with you.")
    if assessment.status == Assessment.Status.SUBMITTED:
        return Happening("Your assessment is written.", "A manager checks it, and then you get a copy.")
    if assessment.status == Assessment.Status.PLANNED:
        return Happening("You are waiting for an assessment.", "Your worker will ring you to agree a time.")
    if assessment.status == Assessment.Status.SHARED_WITH_PERSON:
        return Happening("You have a draft of your assessment to read.", "Tell us what you think of it.")
    if assessment.status == Assessment.Status.COMMENTS_RECEIVED:
        return Happening(
            "We have what you said about your assessment.", "Next a manager looks at it and decides."
        )
    if assessment.status in Assessment.OPEN:
        return Happening("Your assessment has started.", "Your worker is writing down what you told us.")
    return Happening(
        "Nothing is under way at the moment.", "If something changes, call us or ask for help again."
    )


def lead_of(person: Person, today: date) -> Allocation | None:
    """The named worker of a person, with the worker and team."""
    lead: Allocation | None = Allocation.objects.lead_of(person, on=today)
    return lead
