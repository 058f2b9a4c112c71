"""The sections of a carer's assessment (Care Act s10): caring and what it does to the carer, the eight outcomes of the
Eligibility Regulations, and before it is sent. It is about the carer, not about the person they care for."""

from __future__ import annotations

from assessments.eligibility import CARER_MAY_NOT_APPLY
from assessments.models import CARER_LIMBS, CarerOutcomeCode
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
    WORKER_VIEW,
    YES_OR_NO,
    can_do,
)

ABOUT, OUTCOMES = "About {first} as a carer", "The eight outcomes for carers"
GROUPS = (ABOUT, OUTCOMES, BEFORE)

HOURS = (
    ("0_9", "Up to 9 hours"),
    ("10_19", "10 to 19 hours"),
    ("20_34", "20 to 34 hours"),
    ("35_49", "35 to 49 hours"),
    ("50_more", "50 hours or more"),
)
HOW_FAR = (("yes", "Yes"), ("partly", "In part"), ("no", "No"), ("unsure", "Not sure"))


ABOUT_SECTIONS = (
    SectionPlan(
        "caring",
        ABOUT,
        "The caring role",
        "Whom {first} cares for, and what that takes. The first part of the legal test.",
        (
            Question(
                "cared_for",
                "Whom does {first} care for, and since when?",
                hint="Write first names only where the other person agrees.",
                rows=2,
            ),
            Question("tasks", "What does {first} do, by day, by night and in a usual week?", rows=4),
            Question("hours", "How many hours a week, with being on call?", CHOICE, HOURS, layout="row"),
            Question(
                "necessary_care",
                "Do {first}’s needs come from giving care that is necessary?",
                YES_NO,
                YES_OR_NO,
                hint="Necessary: the adult could not do without it. Whether that adult is eligible changes nothing.",
            ),
            Question("necessary_why", "Why is the care necessary, or why not?", rows=3),
            Question(
                "children_help",
                "Does a child or young person help with the caring?",
                YES_NO,
                YES_OR_NO,
                hint="Tell children’s services when the answer is yes.",
            ),
        ),
    ),
    SectionPlan(
        "willing-and-able",
        ABOUT,
        "Willing and able",
        "Now, and from now on. Nobody has to care, and a carer may do some things and not others.",
        (
            Question("able", "Is {first} able to care?", CHOICE, HOW_FAR, layout="row"),
            Question("able_later", "Is {first} likely to stay able?", CHOICE, HOW_FAR, layout="row"),
            Question("willing", "Is {first} willing to care?", CHOICE, HOW_FAR, layout="row"),
            Question("willing_later", "Is {first} likely to stay willing?", CHOICE, HOW_FAR, layout="row"),
            Question(
                "limits",
                "What {first} can and wants to do, what they cannot, and what they no longer want to do",
                hint="In their own words where you can.",
                rows=4,
            ),
        ),
    ),
    SectionPlan(
        "wellbeing",
        ABOUT,
        "What caring does to me",
        "Its effect on wellbeing and health. Health alone can meet the second part of the legal test.",
        (
            Question(
                "effect",
                "In {first}’s own words: what is caring like, and what has it changed?",
                hint="Write what they said, as they said it.",
                rows=5,
            ),
            WELLBEING_AREAS,
            Question(
                "health_at_risk",
                "Is {first}’s physical or mental health getting worse because of caring, or at risk of it?",
                YES_NO,
                YES_OR_NO,
            ),
            Question(
                "health_what",
                "If so: what is getting worse or at risk, and how do you know?",
                when=("health_at_risk", (YES,)),
                rows=3,
            ),
        ),
    ),
    SectionPlan(
        "work-and-leisure",
        ABOUT,
        "Work, learning and leisure",
        "The law asks whether {first} works or wants to, and whether they want to learn, train or enjoy themself.",
        (
            Question("works", "Is {first} in paid work or a volunteer?", YES_NO, YES_OR_NO),
            Question("wants_work", "Does {first} want to work, or to work more?", YES_NO, YES_OR_NO),
            Question("wants_learning", "Does {first} want to study or train?", YES_NO, YES_OR_NO),
            Question(
                "wants_leisure", "Does {first} want more time for things they enjoy?", YES_NO, YES_OR_NO
            ),
            Question(
                "work_words", "What they do now, what they would like, and what stands in the way", rows=3
            ),
        ),
    ),
    SectionPlan(
        "outcomes-wanted",
        ABOUT,
        "What I want from day to day",
        "Outcomes in {first}’s own words, and how far support could help with them.",
        (
            Question("wanted", "What does {first} want to be able to do, day to day?", rows=4),
            Question(
                "support_helps",
                "Could support help with that, and which?",
                hint="For {first}, or for the person they care for: a break, a sitter, equipment, advice, money.",
                rows=3,
            ),
        ),
    ),
    SectionPlan(
        "strengths",
        ABOUT,
        "Strengths, and what else could help",
        "What {first} has already: skills, people, places.",
        (
            Question("strengths", "What goes well, and what does {first} draw on?", rows=3),
            Question(
                "others_help",
                "Who else helps, or could?",
                hint="Family, friends, neighbours, groups.",
                rows=2,
            ),
            Question(
                "what_else",
                "What else could help now, or keep things from getting harder?",
                hint="Prevention, information, a carers’ group, flexible working, benefits advice.",
                rows=3,
            ),
        ),
    ),
    SectionPlan(
        "emergency",
        ABOUT,
        "If I suddenly cannot care",
        "The plan for an accident, an illness or a bad day.",
        (
            Question("step_in", "Who steps in at once, and how are they reached?", rows=3),
            Question(
                "no_one",
                "If nobody can: what would happen, and what does the council have to be ready for?",
                required=False,
                rows=2,
            ),
            Question(
                "must_know",
                "What do they have to know?",
                hint="Medicines, habits, keys, pets, what calms and what alarms.",
                rows=4,
            ),
            Question(
                "plan_agreed",
                "Is this plan agreed with {first} and with those who step in?",
                CHOICE,
                (("yes", "Yes, with all of them"), ("partly", "With some"), ("no", "Not yet")),
                layout="row",
            ),
            Question(
                "plan_to_do",
                "If not: what is still to be done, by whom and by when?",
                when=("plan_agreed", ("partly", "no")),
                rows=2,
            ),
        ),
    ),
)

# code: (slug, question under the title)
_OUTCOMES = {
    "a": ("caring-for-a-child", "Can {first} do what they have to do for a child?"),
    "b": ("caring-for-others", "Can {first} care for the other people who rely on them?"),
    "c": ("keeping-the-home", "Can {first} keep their own home clean, safe and fit to live in?"),
    "d": ("eating-and-drinking", "Can {first} get, prepare and eat enough food and drink for themself?"),
    "e": ("relationships", "Can {first} keep up with family and friends, and meet people?"),
    "f": ("work-and-learning", "Can {first} work, learn, train or volunteer?"),
    "g": ("out-and-about", "Can {first} use shops, services and places in the community?"),
    "h": ("time-for-oneself", "Does {first} have time for things they enjoy?"),
}


def _outcome(code: str) -> SectionPlan:
    slug, lead = _OUTCOMES[code]
    number = list(_OUTCOMES).index(code) + 1
    return SectionPlan(
        slug,
        OUTCOMES,
        str(CarerOutcomeCode(code).label),
        f"Outcome {number} of 8. {lead}",
        (
            OWN_WORDS,
            can_do(may_not_apply=code in CARER_MAY_NOT_APPLY),
            Question(
                "limbs",
                "Why is {first} unable, because of caring? Tick every one that is true",
                CHOICES,
                tuple((limb.value, str(limb.label)) for limb in CARER_LIMBS),
                when=UNABLE,
            ),
            WORKER_VIEW,
            OUTCOME_WANTED,
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
        "What {first} agreed to, and who else reads this.",
        (
            SHARING,
            Question(
                "copy_to_adult",
                "Does {first} ask us to give a copy to the person they care for?",
                YES_NO,
                YES_OR_NO,
                hint="That person gets one only if the carer asks for it (Care Act s12(4)).",
            ),
            Question(
                "adults_facts",
                "Did we give {first} facts about the person they care for, and did that person agree?",
                CHOICE,
                (
                    ("none", "None were given"),
                    ("agreed", "Yes, and that person agreed"),
                    ("best_interests", "Yes, in the best interests of that person, who could not agree"),
                ),
            ),
            SUPPORTED_SELF,
            INFORMATION_GIVEN,
        ),
    ),
)

CARERS = questionnaire(GROUPS, (*ABOUT_SECTIONS, *OUTCOME_SECTIONS, *BEFORE_SECTIONS), IMPACT)
