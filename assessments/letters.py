"""The decision on eligibility as a letter: the result, the reasons, what we looked at, what can help, what comes next.

Care Act 2014 s13(2) to (5) and s24(2): in writing, with reasons, and with advice where needs are not eligible.
"""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import User
from assessments import eligibility, services
from assessments.answers import Answers
from assessments.models import Assessment, EligibilityDetermination, OutcomeAnswer, need_label
from documents import closing
from documents.kinds import LetterKind, Source, Text
from people.models import Person

ANSWERS = dict(OutcomeAnswer.Answer.choices)


def _decided(person: Person, user: User) -> list[EligibilityDetermination]:
    rows = EligibilityDetermination.objects.filter(
        person=person,
        authorised_at__isnull=False,
        assessment__in=Assessment.objects.visible_to(user).filter(person=person).values("pk"),
    )
    return list(rows.select_related("assessment", "person").order_by("-authorised_at", "-pk"))


def _sources(person: Person, user: User) -> list[Source]:
    return [
        Source(
            row.assessment.ref,
            f"{row.assessment.get_kind_display().lower()}, {row.get_result_display().lower()}",
            row.made_at.date(),
        )
        for row in _decided(person, user)
    ]


def _build(person: Person, user: User, ref: str) -> Text:
    decision = next((row for row in _decided(person, user) if row.assessment.ref == ref), None)
    if decision is None:
        raise LookupError(ref)
    assessment, carer = decision.assessment, decision.assessment.is_about_a_carer
    eligible = decision.result == EligibilityDetermination.Result.ELIGIBLE
    about = "support for you as a carer" if carer else "your care and support"
    text = Text(f"Our decision about {about}")
    text.say(
        f"We have assessed your needs. Your needs {'are' if eligible else 'are not'} eligible for support from the "
        f"council under the Care Act 2014."
    )
    text.heading("How we decided").say("The law asks three questions. These are our answers.")
    text.bullets(_as_decided(decision).explanation)
    text.heading("Our reasons").say(decision.reasons)
    text.heading(f"The {'eight parts of your life' if carer else 'ten parts of daily life'} we looked at")
    text.table(
        "What we found",
        ("Part", "What we found"),
        [
            (need_label(line.code), ANSWERS[line.answer])
            for line in Answers(assessment).determine().lines
            if line.answer in ANSWERS
        ],
    )
    if eligible:
        text.heading("What happens next").say(
            "We write a plan with you that says how these needs will be met, and what it will cost. "
            "You can have the money paid to you, or to somebody you choose, to arrange the support yourself. "
            "This is called a direct payment. It can be used for any of these needs that a payment can meet, "
            "and we help you to decide.",
            "We also work out whether you pay towards it. You do not pay before you have had that in writing.",
        )
    if decision.advice:
        text.heading("What can help you now").say(decision.advice)
    if not eligible:
        text.say(
            "This is our advice on what can meet or reduce your needs, and on what can prevent or delay more. "
            "Tell us when things change: you can ask for another assessment at any time."
        )
    return closing.if_you_disagree(text)


def _as_decided(decision: EligibilityDetermination) -> eligibility.Worked:
    """The decision worked out again from what was decided, for its words: never from answers that may read otherwise."""
    carer = decision.criteria == EligibilityDetermination.Criteria.CARER
    counts = eligibility.OutcomeAnswered(eligibility.UNABLE, ("needs_assistance",))
    manages = eligibility.OutcomeAnswered(eligibility.ACHIEVES)
    codes = eligibility.CARER_CODES if carer else eligibility.CODES
    answers = {code: counts if code in decision.unable_codes else manages for code in codes}
    if carer:
        return eligibility.determine_carer(
            arises_from_caring=decision.arises_from_caring,
            health_at_risk=decision.health_at_risk,
            answers=answers,
            significant_impact=decision.significant_impact,
        )
    return eligibility.determine(
        arises_from_impairment=decision.arises_from_impairment,
        answers=answers,
        significant_impact=decision.significant_impact,
    )


def _given(*, subject_ref: str, format: str, on: date, by: User, now: datetime) -> None:  # noqa: A002
    assessment = Assessment.objects.get(ref=subject_ref)
    if assessment.status == Assessment.Status.AUTHORISED:
        services.issue(assessment=assessment, format=format, on=on, by=by, now=now)


DECISION = LetterKind(
    code="eligibility_decision",
    title="Decision on eligibility",
    sources=_sources,
    build=_build,
    given=_given,
    holds_assessment=True,
)
