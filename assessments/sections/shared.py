"""What is asked of everyone, whichever assessment it is: wellbeing, capacity, advocacy, safety, consent, impact."""

from __future__ import annotations

from assessments.models import OutcomeAnswer
from assessments.sections.questions import CHOICE, CHOICES, NO, YES, YES_NO, Question, SectionPlan

BEFORE = "Before it is sent"

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

WELLBEING_AREAS = Question(
    "wellbeing",
    "Which parts of wellbeing do the needs affect?",
    CHOICES,
    WELLBEING,
    hint="Consider each of the nine.",
)

# What an outcome asks, of adults and of carers.
UNABLE = ("answer", (OutcomeAnswer.Answer.UNABLE.value,))
OWN_WORDS = Question("person_words", "In {first}’s own words", required=False, rows=3)
WORKER_VIEW = Question("worker_view", "What you saw, and what you think", rows=4, required=False)
OUTCOME_WANTED = Question(
    "outcome_wanted",
    "What {first} wants to be able to do",
    hint="The plan begins from this.",
    max_length=2000,
    rows=2,
    when=UNABLE,
)


def can_do(*, may_not_apply: bool) -> Question:
    """Whether the person achieves the outcome, is unable to, or it does not apply to them."""
    answers = OutcomeAnswer.Answer
    offered = [answers.ACHIEVES, answers.UNABLE, *([answers.NOT_APPLICABLE] if may_not_apply else [])]
    choices = tuple((answer.value, str(answer.label)) for answer in offered)
    return Question("answer", "Can {first} do this?", CHOICE, choices, layout="row")


CAPACITY = SectionPlan(
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
)

SAFETY = SectionPlan(
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
)

SHARING = Question(
    "sharing",
    "Does {first} agree that we share this with those who will help?",
    CHOICE,
    (("yes", "Yes"), ("some", "With some only"), ("no", "No"), ("unable", "Unable to say")),
    layout="row",
)
SUPPORTED_SELF = Question(
    "supported_self",
    "Does {first} want to do the assessment themself, with our support?",
    YES_NO,
    YES_OR_NO,
    hint="Everyone is asked. With capacity to take part, it has to be done that way.",
)
INFORMATION_GIVEN = Question(
    "information_given",
    "Did {first} get information about the assessment beforehand, in the right format?",
    YES_NO,
    YES_OR_NO,
)
WHAT_ELSE = Question(
    "what_else",
    "What else could help?",
    hint="Strengths, family, community, equipment, prevention, information, reablement.",
    rows=4,
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
