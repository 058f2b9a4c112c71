"""A carer's assessment: its own sections, the three parts of regulation 3, and the way from the front door."""

from __future__ import annotations

import itertools
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.tests.factories import UserFactory
from accounts.tests.helpers import api_client, signed_in_client
from assessments import sections, services
from assessments.eligibility import CARER_CODES, OutcomeAnswered, determine_carer
from assessments.models import Assessment, CarerOutcomeCode, EligibilityDetermination, OutcomeAnswer, Section
from assessments.tests.factories import (
    CARER_ANSWERS,
    AssessmentFactory,
    EligibilityDeterminationFactory,
    complete_assessment,
)
from assessments.tests.helpers import address, make_handover
from people.tests.factories import PersonFactory

LIMB = ("needs_assistance",)


def said(unable: str = "", left_open: str = "", vague: str = "") -> dict[str, OutcomeAnswered]:
    given = {}
    for code in CARER_CODES:
        if code in vague:
            given[code] = OutcomeAnswered("unable")
        elif code in unable:
            given[code] = OutcomeAnswered("unable", LIMB, "seen")
        elif code not in left_open:
            given[code] = OutcomeAnswered("achieves")
    return given


@pytest.mark.parametrize(
    "caring,health,answers,impact,result,enough",
    [
        (True, False, said("a"), True, "eligible", True),
        (True, True, said(""), True, "eligible", True),
        (True, True, said("", left_open=CARER_CODES), True, "eligible", True),
        (True, None, said("h", left_open="abc"), True, "eligible", True),
        (True, False, said(""), True, "not_eligible", False),
        (False, True, said("abc"), True, "not_eligible", True),
        (True, True, said("abc"), False, "not_eligible", True),
        (None, True, said("a"), True, "", True),
        (True, True, said("a"), None, "", True),
        (True, None, said(""), True, "", None),
        (True, False, said("", left_open="h"), True, "", None),
        (True, False, said("", vague="h"), True, "", None),
        (None, None, {}, None, "", None),
    ],
)
def test_a_carer_is_eligible_by_the_three_parts_of_regulation_three(
    caring, health, answers, impact, result, enough
):
    worked = determine_carer(
        arises_from_caring=caring, health_at_risk=health, answers=answers, significant_impact=impact
    )

    assert (worked.result, worked.enough) == (result, enough)
    assert len(worked.explanation) == 4


def test_every_set_of_outcomes_with_and_without_health_agrees_with_a_count():
    truth = (True, False)
    for chosen in itertools.product(truth, repeat=8):
        unable = "".join(code for code, is_unable in zip(CARER_CODES, chosen, strict=True) if is_unable)
        for caring, health, impact in itertools.product(truth, repeat=3):
            worked = determine_carer(
                arises_from_caring=caring,
                health_at_risk=health,
                answers=said(unable),
                significant_impact=impact,
            )
            assert worked.is_eligible == (caring and impact and (health or any(chosen)))


def test_taking_longer_is_no_way_of_being_unable_for_a_carer():
    answers = said() | {"h": OutcomeAnswered("unable", ("takes_longer",))}

    worked = determine_carer(
        arises_from_caring=True, health_at_risk=False, answers=answers, significant_impact=True
    )

    assert worked.unable_codes == []
    assert worked.result == ""


@pytest.mark.parametrize("code", CARER_CODES)
def test_only_a_child_others_and_work_may_not_apply(code):
    answers = said() | {code: OutcomeAnswered("not_applicable")}
    worked = determine_carer(
        arises_from_caring=True, health_at_risk=False, answers=answers, significant_impact=True
    )
    offered = next(each for each in sections.CARERS.by_code[code].questions if each.slug == "answer")

    assert worked.lines[CARER_CODES.index(code)].is_answered == (code in "abf")
    assert ("not_applicable" in dict(offered.choices)) == (code in "abf")


@pytest.mark.parametrize(
    "health,unable,words",
    [
        (
            True,
            "",
            "Health is getting worse or is at risk, and that is enough. None of the eight outcomes count.",
        ),
        (False, "h", "One of the eight outcomes counts, and one is enough."),
        (False, "gh", "2 of the eight outcomes count, and one is enough."),
        (False, "", "Health is not at risk, and none of the eight outcomes count. One of the two is needed."),
    ],
)
def test_the_second_part_is_explained_in_plain_words(health, unable, words):
    worked = determine_carer(
        arises_from_caring=True, health_at_risk=health, answers=said(unable), significant_impact=True
    )

    assert worked.explanation[0] == "The needs come from giving necessary care to an adult."
    assert worked.explanation[1] == words


def test_there_are_eight_outcomes_and_each_part_of_section_ten_has_its_section():
    plans = sections.CARERS.plans

    assert [plan.code for plan in sections.CARERS.outcomes] == list(CarerOutcomeCode.values)
    assert list(plans)[:7] == [
        "caring", "willing-and-able", "wellbeing", "work-and-leisure", "outcomes-wanted", "strengths", "emergency"
    ]  # fmt: skip
    assert all(plan.group in sections.CARERS.groups for plan in plans.values())
    assert all("{" not in plan.title for plan in plans.values())
    for plan in sections.CARERS.outcomes:
        slugs = {question.slug for question in plan.questions}
        assert not slugs & {"level", "carer_share", "equipment"}


def test_a_carer_is_asked_fewer_than_sixty_questions():
    answers = {slug: dict(each) for slug, each in CARER_ANSWERS.items()}
    for plan in sections.CARERS.outcomes:
        answers[plan.slug] = {"answer": "unable" if plan.code in "egh" else "achieves"}

    plans = sections.CARERS.every.values()

    assert sections.count_asked(plans, answers, has_carer=True) < 60


def test_the_answers_of_the_factories_are_those_of_the_questions_of_carers():
    for slug, answers in CARER_ANSWERS.items():
        assert set(answers) <= {question.slug for question in sections.CARERS.every[slug].questions}


pytestmark = pytest.mark.django_db


def test_from_the_front_door_to_a_decision(now):
    # Given a carer for whom the front door asked for an assessment
    handover = make_handover(now, kind="carer_assessment")
    team = handover.to_team
    worker, manager = UserFactory(worker_in=team), UserFactory(manager_of=team)
    assessment = services.accept_handover(handover=handover, assessor=worker, by=worker, now=now)
    assert assessment.kind == "carer"

    # When the worker writes it, sends it, and a manager authorises it
    services.start(
        assessment=assessment, assessor=worker, method="face_to_face", version=1, by=worker, now=now
    )
    for slug, answers in CARER_ANSWERS.items():
        services.save_section(
            assessment=assessment, slug=slug, answers=answers, version=0, by=worker, now=now
        )
    for code in CarerOutcomeCode.values:
        unable = {
            "answer": "unable",
            "limbs": ["endangers"],
            "worker_view": "Never out.",
            "outcome_wanted": "Out.",
        }
        services.save_outcome(
            assessment=assessment,
            code=code,
            facts=unable if code == "h" else {"answer": "achieves"},
            version=0,
            by=worker,
            now=now,
        )
    services.mark_complete(assessment=assessment, version=None, by=worker, now=now)
    services.share(assessment=assessment, how="together", version=None, by=worker, now=now)
    services.record_comments(assessment=assessment, view="agrees", version=None, by=worker, now=now)
    services.submit(assessment=assessment, reasons="", advice="", version=None, by=worker, now=now)
    services.authorise(assessment=assessment, version=None, by=manager, now=now)
    assessment = services.issue(assessment=assessment, format="By post", by=worker, now=now)

    # Then the decision is by regulation 3, on one outcome
    decided = EligibilityDetermination.objects.get()
    assert (decided.criteria, decided.arises_from_caring, decided.health_at_risk) == ("carer", True, False)
    assert (decided.arises_from_impairment, decided.unable_codes, decided.result) == (None, ["h"], "eligible")
    assert [need["code"] for need in services.eligible_needs(assessment)] == ["h"]


def test_health_that_is_at_risk_is_enough_and_is_a_need_of_its_own(now):
    assessment = complete_assessment(carer=True, unable=())
    section = Section.objects.get(slug="wellbeing")
    section.answers |= {"health_at_risk": "yes", "health_what": "Her back. Seen by the GP in May."}
    section.save()

    determination = services.submit(
        assessment=assessment, reasons="", advice="", version=1, by=assessment.assessor, now=now
    )

    assert (determination.result, determination.unable_codes) == ("eligible", [])
    assert [(need["code"], need["need"]) for need in services.eligible_needs(assessment)] == [
        ("i", "Her back. Seen by the GP in May.")
    ]


def test_a_carer_who_is_not_eligible_gets_written_advice(now):
    assessment = complete_assessment(carer=True, unable=())

    with pytest.raises(ValidationError, match="Written advice"):
        services.submit(
            assessment=assessment, reasons="", advice="", version=1, by=assessment.assessor, now=now
        )


def test_gaps_of_a_carers_assessment_are_named(now):
    assessment = complete_assessment(carer=True)
    Section.objects.filter(slug="emergency").update(answers={})

    with pytest.raises(ValidationError) as error:
        services.submit(
            assessment=assessment, reasons="", advice="", version=1, by=assessment.assessor, now=now
        )

    assert "If I suddenly cannot care: Who steps in at once" in " ".join(error.value.messages)


def test_an_outcome_of_adults_is_not_asked_of_a_carer_and_a_level_is_not_kept(now):
    assessment = AssessmentFactory(carer=True, started=True)
    facts = {"assessment": assessment, "version": 0, "by": assessment.assessor, "now": now}

    with pytest.raises(ValidationError, match="no such outcome"):
        services.save_outcome(code="B", facts={"answer": "achieves"}, **facts)
    with pytest.raises(ValidationError, match="no such section"):
        services.save_section(slug="health", answers={}, **facts)
    with pytest.raises(ValidationError):
        services.save_outcome(code="h", facts={"answer": "unable", "limbs": ["takes_longer"]}, **facts)
    services.save_outcome(code="h", facts={"answer": "achieves"}, **facts)

    assert OutcomeAnswer.objects.get().level is None


def test_a_carers_answers_of_last_time_come_from_a_carers_assessment(now):
    # Given somebody who was assessed as an adult, and earlier as a carer
    person = PersonFactory()
    as_carer = complete_assessment(carer=True, issued=True, person=person)
    complete_assessment(issued=True, person=person)
    by = UserFactory(worker_in=as_carer.team)

    # When a new carer's assessment is asked for and an answer is kept
    new = services.request_assessment(person=person, team=as_carer.team, kind="carer", by=by, now=now)
    services.start(assessment=new, assessor=by, method="phone", version=1, by=by, now=now)
    services.save_section(
        assessment=new, slug="strengths", answers={}, keep=["strengths"], version=0, by=by, now=now
    )

    # Then it is the carer's
    assert new.previous == as_carer
    assert Section.objects.get(assessment=new).answers["strengths"].startswith("We laugh")


@pytest.mark.parametrize("state", ["planned", "started", "submitted", "returned", "authorised", "issued"])
def test_the_pages_of_a_carers_assessment_open_and_speak_of_caring(state):
    assessment = complete_assessment(carer=True, **{state: True})
    browser = signed_in_client(assessment.assessor)

    for name in ("show-assessment", "eligibility", "decision", "print-decision", "check"):
        page = browser.get(address(name, assessment))
        assert page.status_code == 200, name
    assert "eight parts of your life" in browser.get(
        address("print-decision", assessment)
    ).content.decode() or (state in ("planned", "started"))
    page = browser.get(address("eligibility", assessment)).content.decode()
    assert "necessary care" in page
    assert "2 of 8 count" in page
    assert "regulation 3" in page


@pytest.mark.parametrize("slug", sections.CARERS.plans)
def test_every_section_of_a_carer_opens_is_saved_and_goes_on_to_the_next(slug):
    assessment = AssessmentFactory(carer=True, started=True)
    browser = signed_in_client(assessment.assessor)
    url = address("show-section", assessment, slug)
    plan = sections.CARERS.plans[slug]
    answers = {"answer": "achieves"} if plan.is_outcome else CARER_ANSWERS[slug]

    assert browser.get(url).status_code == 200
    draft = browser.post(address("autosave-section", assessment, slug), {"version": 0, **answers})
    assert draft.json()["version"] == 1
    answer = browser.post(url, {"version": 1, **answers})

    after = sections.CARERS.after(slug)
    assert answer.url == (
        address("show-section", assessment, after.slug) if after else address("eligibility", assessment)
    )
    assert browser.post(url, {"version": 0, **answers, "limits": "x"}).status_code == 409


def test_a_section_of_the_other_kind_is_not_there():
    carer, adult = AssessmentFactory(carer=True, started=True), AssessmentFactory(started=True)

    assert signed_in_client(carer.assessor).get(address("show-section", carer, "health")).status_code == 404
    assert signed_in_client(adult.assessor).get(address("show-section", adult, "caring")).status_code == 404


def test_the_api_writes_and_shows_a_carers_assessment():
    assessment = complete_assessment(carer=True)
    client = api_client(assessment.assessor)
    base = f"/api/v1/assessments/{assessment.ref}/"

    saved = client.post(
        f"{base}sections/caring/",
        {"answers": {"hours": "50_more"}},
        headers={"If-Match": '"1"'},
    )
    assert (saved.status_code, saved.json()["progress"]) == (200, "Completed")
    sent = client.post(f"{base}submit/", {}, headers={"If-Match": '"1"'})
    detail = client.get(base).json()

    assert sent.json()["status"] == "submitted"
    assert detail["determination"]["criteria"] == "carer"
    assert detail["determination"]["arises_from_caring"] is True
    assert detail["determination"]["unable_codes"] == ["e", "h"]
    assert "eight outcomes" in json.dumps(detail["worked"])
    assert {each["slug"] for each in detail["sections"]} == set(sections.CARERS.every)


@pytest.mark.parametrize(
    "facts",
    [
        {"arises_from_caring": False},
        {"unable_codes": [], "health_at_risk": False},
    ],
)
def test_the_database_refuses_an_eligible_carer_without_parts_one_and_two(facts):
    with pytest.raises(IntegrityError, match="parts_one_and_two"), transaction.atomic():
        EligibilityDeterminationFactory(
            assessment=AssessmentFactory(carer=True, submitted=True), of_carer=True, **facts
        )


def test_the_history_of_a_carers_answer_is_kept(now):
    assessment = complete_assessment(carer=True)
    services.save_section(
        assessment=assessment,
        slug="emergency",
        answers={"step_in": "My cousin."},
        version=1,
        by=assessment.assessor,
        now=now,
    )

    kept = Section.pgh_event_model.objects.filter(slug="emergency")  # type: ignore[attr-defined]
    assert [row.answers["step_in"] for row in kept] == [CARER_ANSWERS["emergency"]["step_in"]]
    assert Assessment.objects.get().is_about_a_carer
