"""What the assessments ask, as data. Each kind has its questionnaire; the regulations have two, and so have we."""

from assessments.models import Assessment
from assessments.sections.adult import NEEDS
from assessments.sections.carer import CARERS
from assessments.sections.questions import (
    CHOICES,
    COMPLETED,
    IN_PROGRESS,
    NO,
    NOT_STARTED,
    TEXT,
    YES,
    YES_NO,
    Question,
    Questionnaire,
    SectionPlan,
    asked,
    count_asked,
    in_words,
    is_blank,
    needed,
    progress,
    unanswered,
)
from assessments.sections.reading import for_the_person, read
from assessments.sections.shared import IMPACT

__all__ = [
    "CARERS",
    "CHOICES",
    "COMPLETED",
    "IMPACT",
    "IN_PROGRESS",
    "NEEDS",
    "NOT_STARTED",
    "NO",
    "TEXT",
    "YES",
    "YES_NO",
    "Question",
    "Questionnaire",
    "SectionPlan",
    "asked",
    "count_asked",
    "for_the_person",
    "in_words",
    "is_blank",
    "needed",
    "of",
    "progress",
    "read",
    "unanswered",
]


def of(assessment: Assessment) -> Questionnaire:
    """What this assessment asks: a carer is asked about caring, everyone else about their own needs."""
    return CARERS if assessment.is_about_a_carer else NEEDS
