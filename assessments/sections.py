"""The sections of a needs assessment and the questions they ask, as data. Pure: nothing here reads the database.

`{first}` stands for the person's first name. A question with a `when` is asked only after that answer. Required
means: the assessment cannot be sent for authorisation without it; a section may be saved half done at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assessments.models import Limb, OutcomeAnswer, OutcomeCode

TEXT, YES_NO, CHOICE, CHOICES = "text", "yes_no", "choice", "choices"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Question:
    slug: str
    label: str
    kind: str = TEXT
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    required: bool = True
    when: tuple[str, tuple[str, ...]] | None = None
    max_length: int = 5000
    rows: int = 3
    layout: str = ""

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers so far lead to this question."""
        if self.when is None:
            return True
        slug, wanted = self.when
        given = answers.get(slug)
        if isinstance(given, list | tuple):
            return any(each in wanted for each in given)
        return str(given) in wanted if given is not None else False


@dataclass(frozen=True)
class SectionPlan:
    slug: str
    group: str
    title: str
    lead: str
    questions: tuple[Question, ...]
    code: str = ""

    @property
    def is_outcome(self) -> bool:
        return bool(self.code)


ABOUT, OUTCOMES, BEFORE = "About {first}", "The ten outcomes", "Before it is sent"
GROUPS = (ABOUT, OUTCOMES, BEFORE)

# The nine parts of wellbeing (Care Act s1(2); care-act.md 2).
WELLBEING = (
    ("DIGNITY", "Dignity and respect"),
    ("HEALTH", "Physical and mental health, feeling well"),
    ("PROTECTION", "Being safe from abuse and neglect"),
    ("CONTROL", "Control over day-to-day life and care"),
    ("PARTICIPATION", "Work, learning, leisure"),
    ("SOCIAL_ECONOMIC", "Money and social life"),
    ("RELATIONSHIPS", "Family, home and personal relationships"),
    ("ACCOMMODATION", "A suitable place to live"),
    ("CONTRIBUTION", "Giving something to others"),
    ("NONE", "None of these"),
)
# Care Act s67(4).
DIFFICULTIES = (
    ("understanding", "Understanding what they are told"),
    ("retaining", "Keeping it in mind long enough"),
    ("weighing", "Using or weighing it to take part"),
    ("communicating", "Saying what they think, in any way"),
    ("none", "None of these"),
)
SUBSTANTIAL = tuple(code for code, _ in DIFFICULTIES if code != "none")
YES_OR_NO = ((YES, "Yes"), (NO, "No"))

ABOUT_SECTIONS = (
    SectionPlan(
        "matters",
        ABOUT,
        "What matters to me",
        "What is important to {first}, and what they want to be able to do day to day.",
        (
            Question(
                "matters",
                "In {first}’s own words",
                hint="Write what they said, as they said it.",
                rows=5,
            ),
            Question(
                "wellbeing",
                "Which parts of wellbeing do the needs affect?",
                CHOICES,
                WELLBEING,
                hint="Consider each of the nine.",
            ),
        ),
    ),
    SectionPlan(
        "health",
        ABOUT,
        "Health and history",
        "The first part of the legal test, and over what time you looked.",
        (
            Question(
                "impairment",
                "Do the needs come from a physical or mental impairment or illness?",
                YES_NO,
                YES_OR_NO,
                hint="No diagnosis is needed.",
            ),
            Question("impairment_what", "Which one, and where did you see it?", rows=3),
            Question(
                "fluctuation",
                "Do the needs go up and down, and over what time did you look?",
                hint="Look over whatever time is needed to be accurate.",
                rows=2,
            ),
        ),
    ),
    SectionPlan(
        "helpers",
        ABOUT,
        "Who helps now",
        "What others do. It never changes whether {first} is eligible.",
        (
            Question(
                "carer",
                "Does an unpaid carer help {first}?",
                YES_NO,
                YES_OR_NO,
                hint="Offer a carer’s assessment to everyone who does.",
            ),
            Question(
                "carer_who",
                "If so: who helps, with what, and are they able and willing?",
                when=("carer", (YES,)),
                rows=3,
            ),
            Question(
                "young_carer",
                "Does a child or young person help {first}?",
                YES_NO,
                YES_OR_NO,
                hint="Tell children’s services when the answer is yes.",
            ),
        ),
    ),
)

_UNABLE = ("answer", (OutcomeAnswer.Answer.UNABLE.value,))
CARER_SHARES = (
    ("0.00", "None"),
    ("0.25", "A quarter"),
    ("0.50", "Half"),
    ("0.75", "Three quarters"),
    ("1.00", "All"),
)

# code: (slug, question under the title)
_OUTCOMES = {
    "A": ("eating-and-drinking", "Can {first} get, prepare and eat enough food and drink?"),
    "B": ("personal-hygiene", "Can {first} keep themself and their clothes clean?"),
    "C": ("using-the-toilet", "Can {first} reach and use a toilet, and manage what goes with it?"),
    "D": ("getting-dressed", "Can {first} dress, and dress for the weather?"),
    "E": ("being-safe-at-home", "Can {first} move around the home and use it safely?"),
    "F": ("keeping-the-home", "Can {first} keep the home clean, safe and paid for?"),
    "G": ("relationships", "Can {first} keep up with family and friends, and meet people?"),
    "H": ("work-and-learning", "Can {first} work, learn or volunteer, if they want to?"),
    "I": ("out-and-about", "Can {first} use shops, transport and places to enjoy?"),
    "J": ("caring-for-a-child", "Can {first} do what they have to do for a child?"),
}


def _outcome(code: str) -> SectionPlan:
    slug, lead = _OUTCOMES[code]
    number = list(_OUTCOMES).index(code) + 1
    kinds = OutcomeAnswer.Answer
    answers = [(kinds.ACHIEVES.value, kinds.ACHIEVES.label), (kinds.UNABLE.value, kinds.UNABLE.label)]
    if code in "HJ":
        answers.append((kinds.NOT_APPLICABLE.value, kinds.NOT_APPLICABLE.label))
    return SectionPlan(
        slug,
        OUTCOMES,
        str(OutcomeCode(code).label),
        f"Outcome {number} of 10. {lead}",
        (
            Question("person_words", "In {first}’s own words", required=False, rows=3),
            Question("answer", "Can {first} do this?", CHOICE, tuple(answers), layout="row"),
            Question(
                "limbs",
                "Why is {first} unable? Tick every one that is true",
                CHOICES,
                tuple((limb.value, str(limb.label)) for limb in Limb),
                hint="Answer as if nobody helped. Different parts can have different answers.",
                when=_UNABLE,
            ),
            Question("worker_view", "What you saw, and what you think", rows=4, when=None, required=False),
            Question(
                "level",
                "How much help does {first} need?",
                CHOICE,
                tuple((str(level.value), str(level.label)) for level in OutcomeAnswer.Level),
                when=_UNABLE,
                layout="row",
            ),
            Question(
                "carer_share",
                "How much of that help does an unpaid carer give?",
                CHOICE,
                CARER_SHARES,
                hint="This changes the estimate of money, never whether {first} is eligible.",
                when=_UNABLE,
                layout="row",
            ),
            Question(
                "carer_view",
                "Is the carer able and willing to do this?",
                required=False,
                max_length=2000,
                rows=2,
                when=("carer_share", ("0.25", "0.50", "0.75", "1.00")),
            ),
            Question(
                "outcome_wanted",
                "What {first} wants to be able to do",
                hint="The plan begins from this.",
                max_length=2000,
                rows=2,
                when=_UNABLE,
            ),
            Question("equipment", "Equipment {first} uses for this", required=False, max_length=2000, rows=2),
        ),
        code=code,
    )


OUTCOME_SECTIONS = tuple(_outcome(code) for code in _OUTCOMES)

BEFORE_SECTIONS = (
    SectionPlan(
        "capacity",
        BEFORE,
        "Capacity and advocacy",
        "Can {first} take part, and who helps them to be heard? Capacity is about one decision at one time.",
        (
            Question(
                "capacity",
                "Is there reason to doubt that {first} can make the decisions of this assessment?",
                CHOICE,
                (
                    ("no_doubt", "No reason to doubt it"),
                    ("has", "Assessed: has capacity for this decision"),
                    ("lacks", "Assessed: lacks capacity for this decision"),
                ),
            ),
            Question(
                "capacity_decision",
                "If you assessed it: which decision, and how did you conclude?",
                when=("capacity", ("has", "lacks")),
                rows=3,
            ),
            Question(
                "difficulties",
                "Would {first} have substantial difficulty with any of these without help?",
                CHOICES,
                DIFFICULTIES,
                hint="Substantial difficulty is not the same as lacking capacity.",
            ),
            Question(
                "appropriate_person",
                "If any of them: is there someone suitable, not paid to care, who can help {first} take part?",
                YES_NO,
                YES_OR_NO,
                when=("difficulties", SUBSTANTIAL),
            ),
            Question(
                "advocate",
                "If nobody suitable can: who is the independent advocate, or when did you ask for one?",
                hint="The council must arrange one when nobody suitable can help.",
                when=("appropriate_person", (NO,)),
                rows=2,
                max_length=1000,
            ),
        ),
    ),
    SectionPlan(
        "safety",
        BEFORE,
        "Staying safe",
        "Signs of abuse or neglect, and other risks.",
        (
            Question("safeguarding", "Is there a sign of abuse or neglect?", YES_NO, YES_OR_NO),
            Question(
                "safeguarding_done",
                "If so: what did you see, and whom did you tell?",
                when=("safeguarding", (YES,)),
                rows=3,
            ),
            Question(
                "risks",
                "Other risks, and what {first} thinks about them",
                hint="A risk is no reason to refuse a choice.",
                required=False,
                rows=3,
            ),
        ),
    ),
    SectionPlan(
        "consent",
        BEFORE,
        "Consent, and how it was done",
        "What {first} agreed to, and what else could help.",
        (
            Question(
                "sharing",
                "Does {first} agree that we share this with those who will help?",
                CHOICE,
                (("yes", "Yes"), ("some", "With some only"), ("no", "No"), ("unable", "Unable to say")),
                layout="row",
            ),
            Question(
                "supported_self",
                "Does {first} want to do the assessment themself, with our support?",
                YES_NO,
                YES_OR_NO,
                hint="Everyone is asked. With capacity to take part, it has to be done that way.",
            ),
            Question(
                "information_given",
                "Did {first} get information about the assessment beforehand, in the right format?",
                YES_NO,
                YES_OR_NO,
            ),
            Question(
                "what_else",
                "What else could help?",
                hint="Strengths, family, community, equipment, prevention, information, reablement.",
                rows=4,
            ),
        ),
    ),
)

IMPACT = SectionPlan(
    "impact",
    "",
    "Is {first} eligible?",
    "",
    (
        Question(
            "significant_impact",
            "Is there, or is there likely to be, a significant impact?",
            YES_NO,
            YES_OR_NO,
        ),
        Question("reasons", "Your reasons, in words {first} can read", rows=5),
        Question("advice", "Written advice", required=False, rows=5),
    ),
)

PLANS: dict[str, SectionPlan] = {
    plan.slug: plan for plan in (*ABOUT_SECTIONS, *OUTCOME_SECTIONS, *BEFORE_SECTIONS)
}
BY_CODE = {plan.code: plan for plan in OUTCOME_SECTIONS}


def find(slug: str) -> SectionPlan | None:
    return IMPACT if slug == IMPACT.slug else PLANS.get(slug)


def after(slug: str) -> SectionPlan | None:
    """The section that comes next, in the order of the list."""
    slugs = list(PLANS)
    at = slugs.index(slug) + 1
    return PLANS[slugs[at]] if at < len(slugs) else None


def is_blank(answer: Any) -> bool:
    return answer is None or answer == "" or answer == [] or (isinstance(answer, str) and not answer.strip())


def asked(plan: SectionPlan, answers: Mapping[str, Any], *, has_carer: bool = True) -> list[Question]:
    """The questions that the answers lead to. Without an unpaid carer nothing is asked about one."""
    found = [question for question in plan.questions if question.is_asked(answers)]
    if plan.is_outcome and not has_carer:
        found = [question for question in found if not question.slug.startswith("carer_")]
    return found


def needed(plan: SectionPlan, answers: Mapping[str, Any], *, has_carer: bool = True) -> list[Question]:
    """The questions that have to be answered before the assessment is sent."""
    unable = answers.get("answer") == OutcomeAnswer.Answer.UNABLE
    found = []
    for question in asked(plan, answers, has_carer=has_carer):
        # What was seen is the evidence for an outcome that counts; where somebody manages it may be left out.
        if plan.is_outcome and question.slug == "worker_view" and unable:
            question = replace(question, required=True)
        if question.required:
            found.append(question)
    return found


def unanswered(plan: SectionPlan, answers: Mapping[str, Any], *, has_carer: bool = True) -> list[Question]:
    return [each for each in needed(plan, answers, has_carer=has_carer) if is_blank(answers.get(each.slug))]


NOT_STARTED, IN_PROGRESS, COMPLETED = "Not yet started", "In progress", "Completed"


def progress(plan: SectionPlan, answers: Mapping[str, Any] | None, *, has_carer: bool = True) -> str:
    """One of three states for the section list (screens.md, task list)."""
    if not answers or all(is_blank(answer) for answer in answers.values()):
        return NOT_STARTED
    return IN_PROGRESS if unanswered(plan, answers, has_carer=has_carer) else COMPLETED


def count_asked(
    plans: Iterable[SectionPlan], answers: Mapping[str, Mapping[str, Any]], *, has_carer: bool
) -> int:
    """How many questions an assessment has to answer, for the promise that forms stay proportionate (R5)."""
    return sum(len(needed(plan, answers.get(plan.slug, {}), has_carer=has_carer)) for plan in plans)
