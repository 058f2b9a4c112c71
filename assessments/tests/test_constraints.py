"""What the database itself refuses, whoever writes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.tests.factories import UserFactory
from assessments.models import Assessment
from assessments.tests.factories import (
    AssessmentFactory,
    EligibilityDeterminationFactory,
    OutcomeAnswerFactory,
    SectionFactory,
    SharingFactory,
)

pytestmark = pytest.mark.django_db

CONSTRAINTS = {
    "assessments_submitted_at_and_by_together": lambda: AssessmentFactory(submitted=True, submitted_by=None),
    "assessments_authorised_at_and_by_together": lambda: AssessmentFactory(
        authorised=True, authorised_by=None
    ),
    "assessments_authorised_by_somebody_else": lambda: AssessmentFactory(
        authorised=True, assessor=(user := UserFactory()), authorised_by=user
    ),
    "assessments_authorised_state_has_its_moment": lambda: AssessmentFactory(
        started=True, status="authorised"
    ),
    "assessments_returned_with_a_reason": lambda: AssessmentFactory(returned=True, return_reason=""),
    "assessments_refused_only_after_the_check": lambda: AssessmentFactory(refused=True, refuser_at_risk=True),
    "assessments_ended_with_a_reason": lambda: AssessmentFactory(abandoned=True, end_reason=""),
    "assessments_one_section_of_a_kind": lambda: SectionFactory(assessment=SectionFactory().assessment),
    "assessments_one_answer_per_outcome": lambda: OutcomeAnswerFactory(
        assessment=OutcomeAnswerFactory().assessment
    ),
    "assessments_only_some_outcomes_may_not_apply": lambda: OutcomeAnswerFactory(
        not_applicable=True, code="A"
    ),
    "assessments_carers_are_unable_in_three_ways": lambda: OutcomeAnswerFactory(
        unable=True, of_carer=True, limbs=["takes_longer"]
    ),
    "assessments_carer_share_is_a_share": lambda: OutcomeAnswerFactory(unable=True, carer_share="1.25"),
    "assessments_eligible_only_with_parts_one_and_two": lambda: EligibilityDeterminationFactory(
        unable_codes=["A"]
    ),
    "assessments_eligible_only_with_an_impact": lambda: EligibilityDeterminationFactory(
        significant_impact=False
    ),
    "assessments_decided_by_the_criteria_of_their_kind": lambda: EligibilityDeterminationFactory(
        of_carer=True, arises_from_impairment=True
    ),
    "assessments_one_sharing_waits_for_comments": lambda: SharingFactory(
        assessment=SharingFactory().assessment
    ),
    "assessments_comments_are_whole_or_absent": lambda: SharingFactory(answered=True, commented_by=None),
    "assessments_disagreement_is_in_words": lambda: SharingFactory(answered=True, comments=""),
    "assessments_determination_authorised_by_somebody_else": lambda: EligibilityDeterminationFactory(
        made_by=(user := UserFactory()), authorised_by=user
    ),
}


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_database_refuses_what_must_not_be(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CONSTRAINTS[name]()


@pytest.mark.parametrize("state", [*Assessment.Status.values, "imported"])
def test_every_state_of_the_factory_is_valid(state):
    AssessmentFactory(**{state: True}).full_clean()
