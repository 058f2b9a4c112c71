"""The sections of a needs assessment (Care Act s9): about the person, the ten outcomes, and before it is sent."""

from __future__ import annotations

from assessments.eligibility import MAY_NOT_APPLY
from assessments.models import Limb, OutcomeAnswer, OutcomeCode
from assessments.sections.questions import (
    CHOICE,
    CHOICES,
    YES,
    YES_NO,
    Question,
    SectionPlan,
    questionnaire,
)
from assessments.sections.shared import (
    BEFORE,
    CAPACITY,
    IMPACT,
    INFORMATION_GIVEN,
    OUTCOME_WANTED,
    OWN_WORDS,
    SAFETY,
    SHARING,
    SUPPORTED_SELF,
    UNABLE,
    WELLBEING_AREAS,
    WHAT_ELSE,
    WORKER_VIEW,
    YES_OR_NO,
    can_do,
)

ABOUT, OUTCOMES = "About {first}", "The ten outcomes"
GROUPS = (ABOUT, OUTCOMES, BEFORE)

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
            WELLBEING_AREAS,
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
    return SectionPlan(
        slug,
        OUTCOMES,
        str(OutcomeCode(code).label),
        f"Outcome {number} of 10. {lead}",
        (
            OWN_WORDS,
            can_do(may_not_apply=code in MAY_NOT_APPLY),
            Question(
                "limbs",
                "Why is {first} unable? Tick every one that is true",
                CHOICES,
                tuple((limb.value, str(limb.label)) for limb in Limb),
                hint="Answer as if nobody helped. Different parts can have different answers.",
                when=UNABLE,
            ),
            WORKER_VIEW,
            Question(
                "level",
                "How much help does {first} need?",
                CHOICE,
                tuple((str(level.value), str(level.label)) for level in OutcomeAnswer.Level),
                when=UNABLE,
                layout="row",
            ),
            Question(
                "carer_share",
                "How much of that help does an unpaid carer give?",
                CHOICE,
                CARER_SHARES,
                hint="This changes the estimate of money, never whether {first} is eligible.",
                when=UNABLE,
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
            OUTCOME_WANTED,
            Question("equipment", "Equipment {first} uses for this", required=False, max_length=2000, rows=2),
        ),
        code=code,
    )


OUTCOME_SECTIONS = tuple(_outcome(code) for code in _OUTCOMES)

BEFORE_SECTIONS = (
    CAPACITY,
    SAFETY,
    SectionPlan(
        "consent",
        BEFORE,
        "Consent, and how it was done",
        "What {first} agreed to, and what else could help.",
        (SHARING, SUPPORTED_SELF, INFORMATION_GIVEN, WHAT_ELSE),
    ),
)

NEEDS = questionnaire(GROUPS, (*ABOUT_SECTIONS, *OUTCOME_SECTIONS, *BEFORE_SECTIONS), IMPACT)
