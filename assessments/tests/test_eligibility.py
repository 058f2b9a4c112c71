"""The three parts of regulation 2, against a table written by hand and every combination counted independently."""

from __future__ import annotations

import itertools

import pytest

from assessments.eligibility import CODES, LIMB_WORDS, OutcomeAnswered, determine

YES, NO, OPEN = True, False, None
LIMB = ("needs_assistance",)


def answers(unable: str = "", not_applicable: str = "", left_open: str = "", vague: str = ""):
    given = {}
    for code in CODES:
        if code in left_open:
            continue
        if code in vague:
            given[code] = OutcomeAnswered("unable")
        elif code in unable:
            given[code] = OutcomeAnswered("unable", LIMB, "seen")
        elif code in not_applicable:
            given[code] = OutcomeAnswered("not_applicable", LIMB)
        else:
            given[code] = OutcomeAnswered("achieves")
    return given


@pytest.mark.parametrize(
    "impairment,said,impact,result,two",
    [
        (YES, answers("AB"), YES, "eligible", True),
        (YES, answers("HJ"), YES, "eligible", True),
        (YES, answers(CODES), YES, "eligible", True),
        (YES, answers("A"), YES, "not_eligible", False),
        (YES, answers(""), YES, "not_eligible", False),
        (YES, answers("A", not_applicable="HJ"), YES, "not_eligible", False),
        (NO, answers("AB"), YES, "not_eligible", True),
        (YES, answers("AB"), NO, "not_eligible", True),
        (OPEN, answers("AB"), YES, "", True),
        (YES, answers("AB"), OPEN, "", True),
        (YES, answers("A", left_open="B"), YES, "", None),
        (YES, answers("A", vague="B"), YES, "", None),
        (YES, answers("AB", left_open="CDEFGHIJ"), YES, "eligible", True),
        (NO, answers("", left_open=CODES), OPEN, "not_eligible", None),
        (OPEN, {}, OPEN, "", None),
    ],
)
def test_the_decision_follows_from_the_three_parts(impairment, said, impact, result, two):
    worked = determine(arises_from_impairment=impairment, answers=said, significant_impact=impact)

    assert worked.result == result
    assert worked.enough is two
    assert len(worked.explanation) == 4


def test_every_pair_of_outcomes_is_enough_and_every_single_one_is_not():
    for pair in itertools.combinations(CODES, 2):
        worked = determine(
            arises_from_impairment=True, answers=answers("".join(pair)), significant_impact=True
        )
        assert worked.is_eligible
        assert worked.unable_codes == list(pair)
    for code in CODES:
        worked = determine(arises_from_impairment=True, answers=answers(code), significant_impact=True)
        assert worked.result == "not_eligible"


def test_all_thousand_and_twenty_four_sets_of_outcomes_agree_with_a_count():
    for chosen in itertools.product((True, False), repeat=10):
        unable = "".join(code for code, is_unable in zip(CODES, chosen, strict=True) if is_unable)
        for impairment, impact in itertools.product((True, False), repeat=2):
            worked = determine(
                arises_from_impairment=impairment, answers=answers(unable), significant_impact=impact
            )
            assert worked.is_eligible == (impairment and impact and sum(chosen) >= 2)


@pytest.mark.parametrize("limb", LIMB_WORDS)
def test_any_one_way_of_being_unable_is_enough(limb):
    said = answers("A") | {"B": OutcomeAnswered("unable", (limb,))}

    assert determine(arises_from_impairment=True, answers=said, significant_impact=True).is_eligible


def test_a_way_of_being_unable_that_the_law_does_not_know_does_not_count():
    said = answers("A") | {"B": OutcomeAnswered("unable", ("cannot_be_bothered",))}

    assert determine(arises_from_impairment=True, answers=said, significant_impact=True).result == ""


def test_only_work_and_a_child_may_not_apply():
    said = answers("AB") | {"C": OutcomeAnswered("not_applicable")}

    line = determine(arises_from_impairment=True, answers=said, significant_impact=True).lines[2]

    assert not line.is_answered
    assert not line.counts


def test_the_working_says_which_outcomes_count_and_why():
    said = answers("A") | {"B": OutcomeAnswered("unable", ("takes_longer", "endangers"), "Slipped twice.")}

    worked = determine(arises_from_impairment=True, answers=said, significant_impact=True)

    line = worked.lines[1]
    assert (line.why, line.evidence, line.counts) == (
        "risk to health or safety; takes significantly longer",
        "Slipped twice.",
        True,
    )
    assert worked.explanation[1] == "2 of the ten outcomes count, and two are enough."
    assert worked.in_words == "Eligible"


def test_one_outcome_is_said_in_the_singular():
    worked = determine(arises_from_impairment=True, answers=answers("A"), significant_impact=True)

    assert worked.explanation[1] == "One of the ten outcomes counts, and two are needed."
