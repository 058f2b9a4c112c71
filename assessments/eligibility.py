"""Is an adult, or a carer, eligible? The three parts of SI 2015/313 regulations 2 and 3, worked out and explained. Pure.

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
# Regulation 3: the carers' outcomes, how many are enough, and which may not apply: a carer may have no child, nobody
# else to care for, and no wish to work (decision 16).
CARER_CODES = "abcdefgh"
CARER_MAY_NOT_APPLY = "abf"
ENOUGH_FOR_CARERS = 1

ACHIEVES, UNABLE, NOT_APPLICABLE = "achieves", "unable", "not_applicable"
ELIGIBLE, NOT_ELIGIBLE = "eligible", "not_eligible"

# In which way somebody is unable, in the few words of a table. Any one is enough (regs 2(3) and 3(3)).
LIMB_WORDS = {
    "needs_assistance": "cannot without help",
    "pain_distress_anxiety": "significant pain, distress or anxiety",
    "endangers": "risk to health or safety",
    "takes_longer": "takes significantly longer",
}
CARER_LIMB_WORDS = {limb: words for limb, words in LIMB_WORDS.items() if limb != "takes_longer"}


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
    """The decision as far as the answers go. A part is None, and the result empty, while answers are missing.

    `arises`: from an impairment or illness, or for a carer from necessary care. `enough`: two outcomes or more, or for
    a carer health at risk or one outcome or more.
    """

    arises: bool | None
    lines: tuple[Line, ...]
    enough: bool | None
    significant_impact: bool | None
    result: str
    explanation: tuple[str, ...]
    health_at_risk: bool | None = None

    @property
    def unable_codes(self) -> list[str]:
        return [line.code for line in self.lines if line.counts]

    @property
    def is_eligible(self) -> bool:
        return self.result == ELIGIBLE

    @property
    def in_words(self) -> str:
        return {ELIGIBLE: "Eligible", NOT_ELIGIBLE: "Not eligible"}.get(self.result, "Not worked out yet")


def _line(code: str, given: OutcomeAnswered, limb_words: Mapping[str, str]) -> Line:
    answer = given.answer
    if answer == NOT_APPLICABLE and code not in MAY_NOT_APPLY + CARER_MAY_NOT_APPLY:
        answer = ""
    limbs = [limb for limb in limb_words if limb in given.limbs] if answer == UNABLE else []
    if answer == UNABLE and not limbs:
        why = "say in which way"
    elif answer == NOT_APPLICABLE:
        why = "this line can never count"
    else:
        why = "; ".join(limb_words[limb] for limb in limbs)
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
    lines = tuple(_line(code, answers.get(code, OutcomeAnswered()), LIMB_WORDS) for code in CODES)
    counting, undecided = _counted(lines)
    enough: bool | None = None
    if counting >= ENOUGH:
        enough = True
    elif undecided == 0:
        enough = False
    result = _result(arises_from_impairment, enough, significant_impact)
    explanation = _explain(arises_from_impairment, enough, counting, significant_impact, result)
    return Worked(arises_from_impairment, lines, enough, significant_impact, result, tuple(explanation))


def determine_carer(
    *,
    arises_from_caring: bool | None,
    health_at_risk: bool | None,
    answers: Mapping[str, OutcomeAnswered],
    significant_impact: bool | None,
) -> Worked:
    """Work the decision about a carer out: part 1 (needs from providing necessary care for an adult, whether or not
    that adult is eligible), part 2 (health worse or at risk, or any one outcome that the carer is unable to achieve),
    part 3 (a significant impact on wellbeing, actual or likely). Taking longer is no way of being unable here.
    """
    lines = tuple(_line(code, answers.get(code, OutcomeAnswered()), CARER_LIMB_WORDS) for code in CARER_CODES)
    counting, undecided = _counted(lines)
    enough: bool | None = None
    if health_at_risk or counting >= ENOUGH_FOR_CARERS:
        enough = True
    elif health_at_risk is False and undecided == 0:
        enough = False
    result = _result(arises_from_caring, enough, significant_impact)
    first = {
        True: "The needs come from giving necessary care to an adult.",
        False: "The needs do not come from giving necessary care to an adult.",
        None: "It is not yet said whether the needs come from giving necessary care.",
    }[arises_from_caring]
    of_eight = (
        f"{_NUMBERS.get(counting, str(counting))} of the eight outcomes count{'s' if counting == 1 else ''}"
    )
    if health_at_risk:
        second = f"Health is getting worse or is at risk, and that is enough. {of_eight}."
    elif counting:
        second = f"{of_eight}, and one is enough."
    elif enough is False:
        second = f"Health is not at risk, and {of_eight[0].lower()}{of_eight[1:]}. One of the two is needed."
    else:
        second = (
            f"{of_eight} so far. One is needed, or health that is at risk; not everything is answered yet."
        )
    explanation = (first, second, _IMPACT_WORDS[significant_impact], _RESULT_WORDS[result])
    return Worked(arises_from_caring, lines, enough, significant_impact, result, explanation, health_at_risk)


def _counted(lines: Sequence[Line]) -> tuple[int, int]:
    """How many lines count, and how many still might: those that are open, or unable in a way not yet said."""
    undecided = sum(not line.answer or (line.answer == UNABLE and not line.counts) for line in lines)
    return sum(line.counts for line in lines), undecided


def _result(*parts: bool | None) -> str:
    """All three parts met, or one of them not; empty while neither is known."""
    if False in parts:
        return NOT_ELIGIBLE
    return "" if None in parts else ELIGIBLE


_NUMBERS = {0: "None", 1: "One"}
_IMPACT_WORDS = {
    True: "Together this has, or is likely to have, a significant impact on wellbeing.",
    False: "This has no significant impact on wellbeing, and is not likely to.",
    None: "It is not yet said whether there is a significant impact on wellbeing.",
}
_RESULT_WORDS = {
    ELIGIBLE: "All three parts are met, so the needs are eligible.",
    NOT_ELIGIBLE: "All three parts have to be met, and they are not, so the needs are not eligible.",
    "": "The decision is worked out when everything is answered.",
}


def _explain(
    impairment: bool | None, enough: bool | None, counting: int, impact: bool | None, result: str
) -> list[str]:
    """The decision in plain words, part by part, then what follows."""
    first = {
        True: "The needs come from a physical or mental impairment or illness.",
        False: "The needs do not come from a physical or mental impairment or illness.",
        None: "It is not yet said whether the needs come from an impairment or illness.",
    }[impairment]
    of_ten = (
        f"{_NUMBERS.get(counting, str(counting))} of the ten outcomes count{'s' if counting == 1 else ''}"
    )
    second = {
        True: f"{of_ten}, and two are enough.",
        False: f"{of_ten}, and two are needed.",
        None: f"{of_ten} so far, and two are needed; some are not answered yet.",
    }[enough]
    return [first, second, _IMPACT_WORDS[impact], _RESULT_WORDS[result]]
