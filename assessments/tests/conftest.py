"""An assessment that has begun, and its assessor in front of it."""

import pytest

from accounts.tests.helpers import signed_in_client
from assessments.tests.factories import AssessmentFactory


@pytest.fixture
def assessment(db):
    return AssessmentFactory(started=True)


@pytest.fixture
def browser(assessment):
    return signed_in_client(assessment.assessor)
