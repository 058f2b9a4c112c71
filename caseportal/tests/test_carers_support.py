"""What follows a carer's assessment higher up: no estimate of money, and a support plan of their own."""

from __future__ import annotations

import pytest

from accounts.tests.factories import UserFactory
from accounts.tests.helpers import signed_in_client
from assessments import services as assessments
from assessments.tests.factories import complete_assessment
from budgets.models import IndicativeBudget
from support_plans import services as plans

pytestmark = pytest.mark.django_db


def test_no_estimate_of_money_is_made_for_a_carer(now):
    assessment = complete_assessment(carer=True, submitted=True)

    assessments.authorise(
        assessment=assessment, version=1, by=UserFactory(manager_of=assessment.team), now=now
    )

    assert not IndicativeBudget.objects.exists()


def test_a_carers_support_plan_begins_from_the_carers_needs(now):
    # Given an assessment of a carer that was given to them
    assessment = complete_assessment(carer=True, issued=True)
    worker = assessment.assessor

    # When a plan is drafted from it and a line is added
    plan = plans.draft(
        person=assessment.person, team=assessment.team, assessment=assessment, by=worker, now=now
    )
    plans.add_item(
        plan=plan,
        facts={"need_codes": ["h"], "how_met": "A sitter on Tuesday evenings", "by": "community"},
        version=plan.version,
        by=worker,
        now=now,
    )

    # Then it is a carer's plan and names the needs in words
    assert plan.kind == "carer"
    assert [need["code"] for need in plan.needs] == ["e", "h"]
    page = signed_in_client(worker).get(plan.get_absolute_url()).content.decode()
    assert "Time for oneself" in page
