"""Is an adult eligible? The three parts of SI 2015/313 regulation 2, worked out and explained. Pure.

No part can be typed over: each follows from an answer of the assessment. Help given by a carer changes nothing here,
and nor does money (carer-blind; care-act.md 4.2, 15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CODES = "ABCDEFGHIJ"
# Only these two may not apply to somebody (care-act.md 5.1).
MAY_NOT_APPLY = "HJ"
ENOUGH = 2

ACHIEVES, UNABLE, NOT_APPLICABLE = "achieves", "unable", "not_applicable"
ELIGIBLE, NOT_ELIGIBLE = "eligible", "not_eligible"

# In which way somebody is unable, in the few words of a table. Any one is enough (reg 2(3)).
LIMB_WORDS = {
    "needs_assistance": "cannot without help",
    "pain_distress_anxiety": "significant pain, distress or anxiety",
    "endangers": "risk to health or safety",
    "takes_longer": "takes significantly longer",
}


@dataclass(frozen=True)
class OutcomeAnswered:
    """What the assessment says about one outcome."""

    answer: str = ""
    limbs: Sequence[str] = ()
    evidence: str = ""


@dataclass(frozen=True)
class Line:
    """One outcome in the working: the answer, why, what was seen, and whether it counts."""

    code: str
    answer: str
    why: str
    evidence: str
    counts: bool

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)


@dataclass(frozen=True)
class Worked:
    """The decision as far as the answers go. A part is None, and the result empty, while answers are missing."""

    impairment: bool | None
    lines: tuple[Line, ...]
    two_or_more: bool | None
    significant_impact: bool | None
    result: str
    explanation: tuple[str, ...]

    @property
    def unable_codes(self) -> list[str]:
        return [line.code for line in self.lines if line.counts]

    @property
    def is_eligible(self) -> bool:
        return self.result == ELIGIBLE

    @property
    def in_words(self) -> str:
        return {ELIGIBLE: "Eligible", NOT_ELIGIBLE: "Not eligible"}.get(self.result, "Not worked out yet")


def _line(code: str, given: OutcomeAnswered) -> Line:
    answer = given.answer
    if answer == NOT_APPLICABLE and code not in MAY_NOT_APPLY:
        answer = ""
    limbs = [limb for limb in LIMB_WORDS if limb in given.limbs] if answer == UNABLE else []
    if answer == UNABLE and not limbs:
        why = "say in which way"
    elif answer == NOT_APPLICABLE:
        why = "this line can never count"
    else:
        why = "; ".join(LIMB_WORDS[limb] for limb in limbs)
    return Line(code, answer, why, given.evidence, counts=bool(limbs))


def determine(
    *,
    arises_from_impairment: bool | None,
    answers: Mapping[str, OutcomeAnswered],
    significant_impact: bool | None,
) -> Worked:
    """Work the decision out from the answers: part 1 (impairment or illness), part 2 (two or more outcomes that the
    adult is unable to achieve), part 3 (a significant impact on wellbeing, actual or likely).

    An outcome counts when the answer is "unable" with at least one way of being unable; "does not apply" never counts.
    The result stands when all three parts are met, or when one of them is not.
    """
    lines = tuple(_line(code, answers.get(code, OutcomeAnswered())) for code in CODES)
    counting = sum(line.counts for line in lines)
    # A line that is open, or unable in a way not yet said, might still count.
    undecided = sum(not line.answer or (line.answer == UNABLE and not line.counts) for line in lines)
    two_or_more: bool | None = None
    if counting >= ENOUGH:
        two_or_more = True
    elif undecided == 0:
        two_or_more = False

    parts = (arises_from_impairment, two_or_more, significant_impact)
    if False in parts:
        result = NOT_ELIGIBLE
    elif None in parts:
        result = ""
    else:
        result = ELIGIBLE
    return Worked(
        arises_from_impairment,
        lines,
        two_or_more,
        significant_impact,
        result,
        tuple(_explain(arises_from_impairment, two_or_more, counting, significant_impact, result)),
    )


def _explain(
    impairment: bool | None, two_or_more: bool | None, counting: int, impact: bool | None, result: str
) -> list[str]:
    """The decision in plain words, part by part, then what follows."""
    first = {
        True: "The needs come from a physical or mental impairment or illness.",
        False: "The needs do not come from a physical or mental impairment or illness.",
        None: "It is not yet said whether the needs come from an impairment or illness.",
    }[impairment]
    number = {0: "None", 1: "One"}.get(counting, str(counting))
    of_ten = f"{number} of the ten outcomes count{'s' if counting == 1 else ''}"
    second = {
        True: f"{of_ten}, and two are enough.",
        False: f"{of_ten}, and two are needed.",
        None: f"{of_ten} so far, and two are needed; some are not answered yet.",
    }[two_or_more]
    third = {
        True: "Together this has, or is likely to have, a significant impact on wellbeing.",
        False: "This has no significant impact on wellbeing, and is not likely to.",
        None: "It is not yet said whether there is a significant impact on wellbeing.",
    }[impact]
    last = {
        ELIGIBLE: "All three parts are met, so the needs are eligible.",
        NOT_ELIGIBLE: "All three parts have to be met, and they are not, so the needs are not eligible.",
        "": "The decision is worked out when everything is answered.",
    }[result]
    return [first, second, third, last]
