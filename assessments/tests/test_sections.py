"""Which questions are asked, and that there are few enough of them."""

from __future__ import annotations

from statistics import median

import pytest

from assessments import sections
from assessments.models import OutcomeCode
from assessments.tests.factories import SECTION_ANSWERS, UNABLE

# Who asks for an assessment: outcomes they cannot achieve, those that do not apply, and whether a carer helps.
ARCHETYPES = {
    "after a stroke, wife helps": ("ABDE", "J", True),
    "frail, lives alone": ("BE", "HJ", False),
    "falls at home": ("E", "HJ", False),
    "early dementia, daughter helps": ("AFI", "HJ", True),
    "learning disability, mother helps": ("AEFI", "J", True),
    "depression": ("FGI", "J", False),
    "young man with epilepsy": ("AEHI", "J", False),
    "mother with multiple sclerosis": ("BDJ", "", True),
    "sight loss": ("FI", "J", False),
    "short breath": ("BF", "HJ", False),
    "advanced dementia, husband helps": ("ABCDEFGI", "HJ", True),
    "leaving hospital": ("BDE", "HJ", False),
}


def _answers(unable: str, not_applicable: str, carer: bool) -> dict:
    said = {slug: dict(answers) for slug, answers in SECTION_ANSWERS.items()}
    said["helpers"]["carer"] = "yes" if carer else "no"
    for code in OutcomeCode.values:
        answer = "unable" if code in unable else "not_applicable" if code in not_applicable else "achieves"
        said[sections.NEEDS.by_code[code].slug] = {"answer": answer, "carer_share": "0.25"}
    return said


def test_an_assessment_asks_half_of_people_45_questions_at_most_and_nobody_more_than_80():
    plans = [*sections.NEEDS.plans.values(), sections.IMPACT]
    counts = [
        sections.count_asked(plans, _answers(*archetype), has_carer=archetype[2])
        for archetype in ARCHETYPES.values()
    ]

    assert median(counts) <= 45
    assert max(counts) <= 80


def test_there_are_ten_outcomes_and_each_section_has_an_address_of_its_own():
    slugs = list(sections.NEEDS.plans)

    assert [plan.code for plan in sections.NEEDS.outcomes] == list(OutcomeCode.values)
    assert len(set(slugs)) == len(slugs) == 16
    assert all(plan.group in sections.NEEDS.groups for plan in sections.NEEDS.plans.values())
    assert sections.NEEDS.after(slugs[0]).slug == slugs[1]
    assert sections.NEEDS.after(slugs[-1]) is None


@pytest.mark.parametrize("code", OutcomeCode.values)
def test_only_work_and_a_child_offer_does_not_apply(code):
    answer = next(each for each in sections.NEEDS.by_code[code].questions if each.slug == "answer")

    assert ("not_applicable" in dict(answer.choices)) == (code in "HJ")


def test_why_and_how_much_are_asked_only_of_somebody_who_is_unable():
    plan = sections.NEEDS.by_code["A"]

    assert {each.slug for each in sections.needed(plan, {"answer": "achieves"})} == {"answer"}
    assert {each.slug for each in sections.needed(plan, {"answer": "unable"})} == {
        "answer",
        "limbs",
        "worker_view",
        "level",
        "carer_share",
        "outcome_wanted",
    }


def test_nothing_is_asked_about_a_carer_where_there_is_none():
    plan = sections.NEEDS.by_code["A"]

    asked = {each.slug for each in sections.asked(plan, {"answer": "unable"}, has_carer=False)}

    assert not {"carer_share", "carer_view"} & asked


@pytest.mark.parametrize(
    "answers,state",
    [
        (None, "Not yet started"),
        ({"matters": "", "wellbeing": []}, "Not yet started"),
        ({"matters": "My garden.", "wellbeing": []}, "In progress"),
        ({"matters": "My garden.", "wellbeing": ["CONTROL"]}, "Completed"),
    ],
)
def test_a_section_is_in_one_of_three_states(answers, state):
    assert sections.progress(sections.NEEDS.plans["matters"], answers) == state


def test_an_advocate_is_asked_for_only_when_nobody_suitable_can_help():
    plan = sections.NEEDS.plans["capacity"]
    said = {"capacity": "no_doubt", "difficulties": ["weighing"], "appropriate_person": "no"}

    assert [each.slug for each in sections.unanswered(plan, said)] == ["advocate"]
    assert not sections.unanswered(plan, said | {"difficulties": ["none"], "appropriate_person": ""})


def test_the_answers_of_the_factories_are_those_of_the_questions():
    for slug, answers in SECTION_ANSWERS.items():
        assert set(answers) <= {question.slug for question in sections.NEEDS.find(slug).questions}
    assert set(UNABLE) <= set(OutcomeCode.values)
