"""What the tests of money begin with: the journey from an authorised assessment, by the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pytest

import budgets.services as budgets
import support_plans.services as support_plans
from accounts.models import Team, User
from accounts.tests.factories import TeamFactory, UserFactory
from assessments.models import Assessment
from budgets.models import PersonalBudget
from core import clock
from people.models import Person
from people.tests.factories import PersonFactory
from support_plans.models import SupportPlan
from support_plans.tests.factories import EXAMPLE, finished_assessment


@dataclass
class Journey:
    """One person's way to a budget, as far as a test wants to go: each step by the service, by the right user."""

    team: Team
    person: Person
    assessor: User
    worker: User
    manager: User
    assessment: Assessment
    now: datetime
    plan: SupportPlan | None = None

    @property
    def budget(self) -> PersonalBudget:
        return PersonalBudget.objects.for_page().get(plan=self.plan)

    def drafted(self) -> Journey:
        budgets.make_indicative(assessment_id=self.assessment.pk, by=self.manager, now=self.now)
        self.plan = support_plans.draft(
            person=self.person, team=self.team, assessment=self.assessment, by=self.worker, now=self.now
        )
        support_plans.save_part(
            plan=self.plan,
            facts={
                "what_matters": "My own kitchen",
                "advice_meeting_needs": "The lunch club",
                "advice_preventing_needs": "The falls class",
                "direct_payment_frequency": "Every 4 weeks",
                "starts_on": clock.london_date(self.now),
            },
            version=None,
            by=self.worker,
            now=self.now,
        )
        return self

    def with_lines(self, *lines: tuple[str, str, str, str]) -> Journey:
        """Lines as (how met, units a week, pounds a unit, mode); all needs are met by each."""
        lines = lines or (
            ("Personal assistant", "6", "15.00", "direct_payment"),
            ("Lunch club and lift", "1", "10.00", "direct_payment"),
            ("Evening calls", "5", "13.68", "council_managed"),
        )
        codes = [need["code"] for need in self.plan.needs]
        for how, quantity, unit_cost, mode in lines:
            support_plans.add_item(
                plan=self.plan,
                facts={
                    "need_codes": codes,
                    "how_met": how,
                    "by": "home_care",
                    "quantity": Decimal(quantity),
                    "unit": "hour",
                    "unit_cost": Decimal(unit_cost),
                    "mode": mode,
                },
                by=self.worker,
                now=self.now,
            )
        return self

    def costed(self, contribution: str = "25.00", **more: str) -> Journey:
        budgets.cost(
            budget=self.budget,
            contribution=Decimal(contribution),
            contribution_source="Financial assessment of 2 November 2026" if Decimal(contribution) else "",
            version=None,
            by=self.worker,
            now=self.now,
            **more,
        )
        return self

    def agreed(self) -> Journey:
        support_plans.send_to_person(plan=self.plan, version=None, by=self.worker, now=self.now)
        support_plans.record_agreement(
            plan=self.plan, agreed=True, how="On a visit", version=None, by=self.worker, now=self.now
        )
        return self

    def submitted(self) -> Journey:
        support_plans.submit(plan=self.plan, version=None, by=self.worker, now=self.now)
        return self

    def approved(self, by: User | None = None) -> Journey:
        budgets.approve(
            budget=self.budget,
            reasons="Enough to meet the needs",
            version=None,
            by=by or self.manager,
            now=self.now,
        )
        return self

    def copied(self) -> Journey:
        support_plans.give_copy(
            plan=self.plan, format="Large print", on=clock.london_date(self.now), by=self.worker, now=self.now
        )
        return self

    def acknowledged(self) -> Journey:
        budgets.acknowledge_figures(budget=self.budget, how="On a visit", by=self.worker, now=self.now)
        return self

    def sent_for_approval(self) -> Journey:
        """A plan near its estimate, waiting for a team manager."""
        return (
            self.drafted()
            .with_lines(("Visits", "10", "15.00", "direct_payment"))
            .costed()
            .agreed()
            .submitted()
        )

    def in_force(self) -> Journey:
        return self.sent_for_approval().approved().copied().acknowledged()


@pytest.fixture
def journey(db: None, now: datetime) -> Journey:
    team = TeamFactory()
    assessor = UserFactory(worker_in=team)
    person = PersonFactory()
    return Journey(
        team=team,
        person=person,
        assessor=assessor,
        worker=UserFactory(worker_in=team),
        manager=UserFactory(manager_of=team),
        assessment=finished_assessment(person=person, team=team, assessor=assessor, answers=EXAMPLE),
        now=now,
    )
