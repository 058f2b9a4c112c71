"""Assessments for tests: valid by default, with a trait for each state and helpers that answer the questions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from accounts.tests.factories import TeamFactory, UserFactory
from assessments import sections
from assessments.models import (
    Assessment,
    EligibilityDetermination,
    OutcomeAnswer,
    Section,
    Sharing,
)
from core import clock
from people.models import Origin
from people.tests.factories import PersonFactory

Status = Assessment.Status
STATE_TRAITS = {*Status.values, "imported"}
UNABLE = ("A", "B", "E")

SECTION_ANSWERS: dict[str, dict[str, Any]] = {
    "matters": {
        "matters": "I want to stay in my own home and see my sister.",
        "wellbeing": ["CONTROL", "HEALTH"],
    },
    "health": {
        "impairment": "yes",
        "impairment_what": "Stroke in July. Seen in the hospital letter.",
        "fluctuation": "Steady over the last three months.",
    },
    "helpers": {
        "carer": "yes",
        "carer_who": "Her daughter, able and willing in the mornings.",
        "young_carer": "no",
    },
    "capacity": {
        "capacity": "no_doubt",
        "capacity_decision": "",
        "difficulties": ["none"],
        "appropriate_person": "",
        "advocate": "",
    },
    "safety": {"safeguarding": "no", "safeguarding_done": "", "risks": ""},
    "consent": {
        "sharing": "yes",
        "supported_self": "no",
        "information_given": "yes",
        "what_else": "The lunch club on Thursdays.",
    },
    "impact": {
        "significant_impact": "yes",
        "reasons": "Without help she is likely to fall and to eat too little.",
        "advice": "",
    },
}


def _started() -> date:
    return clock.today() - timedelta(days=10)


# The answers of a carer: what differs from the above.
CARER_UNABLE = ("e", "h")
CARER_ANSWERS: dict[str, dict[str, Any]] = {
    "caring": {
        "cared_for": "My mother, since her stroke two years ago.",
        "tasks": "Washing, dressing, cooking, and up twice every night.",
        "hours": "35_49",
        "necessary_care": "yes",
        "necessary_why": "She cannot wash, dress or cook without somebody beside her.",
        "children_help": "no",
    },
    "willing-and-able": {
        "able": "partly",
        "able_later": "unsure",
        "willing": "yes",
        "willing_later": "partly",
        "limits": "I will go on with the days. I cannot do the nights any longer.",
    },
    "wellbeing": {
        "effect": "I have not slept through for a year.",
        "wellbeing": ["HEALTH", "RELATIONSHIPS"],
        "health_at_risk": "no",
        "health_what": "",
    },
    "work-and-leisure": {
        "works": "no",
        "wants_work": "yes",
        "wants_learning": "no",
        "wants_leisure": "yes",
        "work_words": "I would like to go back to the library two days a week.",
    },
    "outcomes-wanted": {
        "wanted": "One evening with my friends, and a night of sleep.",
        "support_helps": "A sitter one evening and somebody at night.",
    },
    "strengths": {
        "strengths": "We laugh a lot. The neighbours look in.",
        "others_help": "My brother, on some Sundays.",
        "what_else": "The carers’ group at the library.",
    },
    "emergency": {
        "step_in": "My brother first, then the emergency service.",
        "no_one": "",
        "must_know": "Her tablets are in the blue box. The key is with the neighbours.",
        "plan_agreed": "yes",
        "plan_to_do": "",
    },
    "capacity": SECTION_ANSWERS["capacity"],
    "safety": SECTION_ANSWERS["safety"],
    "consent": {
        "sharing": "yes",
        "copy_to_adult": "no",
        "adults_facts": "none",
        "supported_self": "no",
        "information_given": "yes",
    },
    "impact": {
        "significant_impact": "yes",
        "reasons": "Without a break she will not be able to go on.",
        "advice": "",
    },
}


class AssessmentFactory(DjangoModelFactory):
    """Planned, for a team; ``AssessmentFactory(started=True)`` and so on for the other states."""

    class Meta:
        model = Assessment

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    assessor = factory.LazyAttribute(lambda made: UserFactory(worker_in=made.team))
    requested_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=14))
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        begun = factory.Trait(
            status=Status.STARTED,
            method=Assessment.Method.FACE_TO_FACE,
            started_on=factory.LazyFunction(_started),
        )
        planned = factory.Trait(status=Status.PLANNED)
        started = factory.Trait(begun=True)
        draft_complete = factory.Trait(begun=True, status=Status.DRAFT_COMPLETE)
        shared_with_person = factory.Trait(begun=True, status=Status.SHARED_WITH_PERSON)
        comments_received = factory.Trait(begun=True, status=Status.COMMENTS_RECEIVED)
        sent = factory.Trait(
            begun=True,
            submitted_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=2)),
            submitted_by=factory.SelfAttribute("assessor"),
        )
        submitted = factory.Trait(sent=True, status=Status.SUBMITTED)
        returned = factory.Trait(
            sent=True, status=Status.RETURNED, return_reason="Say more about the nights."
        )
        agreed = factory.Trait(
            sent=True,
            authorised_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=1)),
            authorised_by=factory.LazyAttribute(lambda made: UserFactory(manager_of=made.team)),
        )
        authorised = factory.Trait(agreed=True, status=Status.AUTHORISED)
        issued = factory.Trait(
            agreed=True,
            status=Status.ISSUED,
            issued_on=factory.LazyFunction(clock.today),
            issued_format="Large print, by post",
            ended_on=factory.LazyFunction(clock.today),
        )
        superseded = factory.Trait(agreed=True, status=Status.SUPERSEDED)
        refused = factory.Trait(
            status=Status.REFUSED,
            end_reason="Does not want help at present.",
            ended_on=factory.LazyFunction(clock.today),
            refuser_has_capacity=True,
            refuser_at_risk=False,
        )
        abandoned = factory.Trait(
            status=Status.ABANDONED, end_reason="Moved away.", ended_on=factory.LazyFunction(clock.today)
        )
        imported = factory.Trait(
            origin=Origin.IMPORTED,
            status=Status.ISSUED,
            assessor=None,
            started_on=factory.LazyFunction(_started),
            issued_on=factory.LazyFunction(clock.today),
            ended_on=factory.LazyFunction(clock.today),
        )
        carer = factory.Trait(kind=Assessment.Kind.CARER)


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    assessment = factory.SubFactory(AssessmentFactory, started=True)
    slug = "matters"
    answers = factory.LazyAttribute(lambda made: dict(SECTION_ANSWERS[made.slug]))
    saved_at = factory.LazyFunction(clock.now)
    saved_by = factory.LazyAttribute(lambda made: made.assessment.assessor or UserFactory())


class OutcomeAnswerFactory(DjangoModelFactory):
    class Meta:
        model = OutcomeAnswer

    assessment = factory.SubFactory(AssessmentFactory, started=True)
    code = "A"
    answer = OutcomeAnswer.Answer.ACHIEVES
    level = 0
    saved_at = factory.LazyFunction(clock.now)
    saved_by = factory.LazyAttribute(lambda made: made.assessment.assessor or UserFactory())

    class Params:
        unable = factory.Trait(
            answer=OutcomeAnswer.Answer.UNABLE,
            limbs=["needs_assistance"],
            person_words="I cannot do it on my own any more.",
            worker_view="Needs somebody there every day.",
            outcome_wanted="To do it again with a little help.",
            level=2,
            carer_share=Decimal("0.25"),
        )
        not_applicable = factory.Trait(answer=OutcomeAnswer.Answer.NOT_APPLICABLE, level=None, code="J")
        # Of carers neither a level nor a share is asked.
        of_carer = factory.Trait(level=None, carer_share=None, code="e")


class EligibilityDeterminationFactory(DjangoModelFactory):
    class Meta:
        model = EligibilityDetermination

    assessment = factory.SubFactory(AssessmentFactory, submitted=True)
    person = factory.SelfAttribute("assessment.person")
    arises_from_impairment = True
    unable_codes = factory.LazyFunction(lambda: list(UNABLE))
    significant_impact = True
    result = EligibilityDetermination.Result.ELIGIBLE
    reasons = "Without help she is likely to fall and to eat too little."
    made_by = factory.LazyAttribute(lambda made: made.assessment.submitted_by or UserFactory())
    made_at = factory.LazyFunction(clock.now)
    authorised_by = factory.SelfAttribute("assessment.authorised_by")
    authorised_at = factory.SelfAttribute("assessment.authorised_at")

    class Params:
        of_carer = factory.Trait(
            criteria=EligibilityDetermination.Criteria.CARER,
            arises_from_impairment=None,
            arises_from_caring=True,
            health_at_risk=False,
            unable_codes=factory.LazyFunction(lambda: list(CARER_UNABLE)),
        )
        not_eligible = factory.Trait(
            result=EligibilityDetermination.Result.NOT_ELIGIBLE,
            unable_codes=factory.LazyFunction(lambda: ["A"]),
            significant_impact=False,
            advice="The lunch club, and a kettle tipper from the equipment service.",
        )


class SharingFactory(DjangoModelFactory):
    """The person has the draft; ``answered=True`` when they have said what they think."""

    class Meta:
        model = Sharing

    assessment = factory.SubFactory(AssessmentFactory, shared_with_person=True)
    how = Sharing.How.POST
    shared_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=3))
    shared_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=3))
    shared_by = factory.LazyAttribute(lambda made: made.assessment.assessor or UserFactory())

    class Params:
        answered = factory.Trait(
            view=Sharing.View.PARTLY,
            comments="My brother comes on Sundays too.",
            commented_on=factory.LazyFunction(lambda: clock.today() - timedelta(days=1)),
            commented_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=1)),
            commented_by=factory.SelfAttribute("shared_by"),
        )


def answer_everything(
    assessment: Assessment, *, unable: tuple[str, ...] | None = None, by: User | None = None
) -> None:
    """Fill in every section and outcome, so that the assessment can be sent."""
    of_carer = assessment.is_about_a_carer
    if unable is None:
        unable = CARER_UNABLE if of_carer else UNABLE
    extra: dict[str, Any] = {"saved_by": by} if by else {}
    for slug, answers in (CARER_ANSWERS if of_carer else SECTION_ANSWERS).items():
        SectionFactory(assessment=assessment, slug=slug, answers=dict(answers), **extra)
    extra |= {"assessment": assessment}
    if of_carer:
        extra |= {"of_carer": True}
    for code in sections.of(assessment).by_code:
        if code in unable:
            OutcomeAnswerFactory(code=code, unable=True, **extra)
        elif code in "Ja":
            OutcomeAnswerFactory(
                code=code, answer=OutcomeAnswer.Answer.NOT_APPLICABLE, **extra | {"level": None}
            )
        else:
            OutcomeAnswerFactory(code=code, **extra)


def complete_assessment(*, unable: tuple[str, ...] | None = None, **facts: Any) -> Assessment:
    """An assessment in which everything is answered: with what the person had and said of it, as far as it has come,
    and with its decision when it has been sent. Ready to be sent unless a state is named."""
    if not facts.keys() & STATE_TRAITS:
        facts["comments_received"] = True
    assessment = AssessmentFactory(**facts)
    answer_everything(assessment, unable=unable)
    if assessment.status == Status.SHARED_WITH_PERSON:
        SharingFactory(assessment=assessment)
    elif assessment.status == Status.COMMENTS_RECEIVED or assessment.submitted_at:
        SharingFactory(assessment=assessment, answered=True)
    if assessment.submitted_at:
        of_carer = assessment.is_about_a_carer
        codes = (CARER_UNABLE if of_carer else UNABLE) if unable is None else unable
        eligible = len(codes) >= (1 if of_carer else 2)
        EligibilityDeterminationFactory(
            assessment=assessment,
            of_carer=of_carer,
            unable_codes=list(codes),
            result="eligible" if eligible else "not_eligible",
            advice="" if eligible else "The lunch club on Thursdays.",
        )
    return assessment


def outcome_slug(code: str) -> str:
    return {**sections.NEEDS.by_code, **sections.CARERS.by_code}[code].slug
