"""Two managers press at once, each over a connection of their own: one decision stands, the other is told whose."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection

import budgets.services as budgets
import support_plans.services as support_plans
from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from assessments.models import Assessment
from audit.models import Event
from budgets.models import PersonalBudget
from budgets.tests.conftest import Journey
from core.workflow import WrongState
from people.tests.factories import PersonFactory
from support_plans.models import SupportPlan
from support_plans.tests.factories import EXAMPLE, finished_assessment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]


@pytest.fixture
def waiting(now) -> Journey:
    team = TeamFactory()
    person = PersonFactory()
    assessor = UserFactory(worker_in=team)
    journey = Journey(
        team=team,
        person=person,
        assessor=assessor,
        worker=UserFactory(worker_in=team),
        manager=UserFactory(manager_of=team),
        assessment=finished_assessment(person=person, team=team, assessor=assessor, answers=EXAMPLE),
        now=now,
    )
    return journey.sent_for_approval()


def at_once(*actions) -> list[object]:
    """Run actions together, each with a connection of its own. Returns what each gave or was refused with."""
    together = Barrier(len(actions))

    def run(action) -> object:
        close_old_connections()
        together.wait(timeout=20)
        try:
            return action()
        except Exception as error:  # noqa: BLE001 the refusal is what is looked at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def approving(journey: Journey, user):
    budget = journey.budget
    return lambda: budgets.approve(budget=budget, reasons="", version=None, by=user, now=journey.now)


def test_of_two_approvers_one_wins_and_the_other_is_told_who_decided(waiting):
    managers = [waiting.manager, UserFactory(role_in=(Role.SERVICE_MANAGER, waiting.team))]

    results = at_once(*(approving(waiting, user) for user in managers))

    won = [each for each in results if isinstance(each, PersonalBudget)]
    lost = [each for each in results if isinstance(each, WrongState)]
    assert (len(won), len(lost)) == (1, 1), results
    assert f"{won[0].decided_by.name} has decided already" in str(lost[0])
    assert Event.objects.filter(code="budgets.budget.approved").count() == 1
    assert SupportPlan.objects.get(pk=waiting.plan.pk).approved_by == won[0].decided_by


def test_of_an_approval_and_a_return_at_once_one_stands_and_plan_and_money_agree(waiting):
    other = UserFactory(manager_of=waiting.team)
    budget = waiting.budget

    results = at_once(
        approving(waiting, waiting.manager),
        lambda: budgets.return_for_changes(
            budget=budget, reasons="Say who stands in", version=None, by=other, now=waiting.now
        ),
    )

    assert sum(isinstance(each, WrongState) for each in results) == 1, results
    budget.refresh_from_db()
    plan = SupportPlan.objects.get(pk=waiting.plan.pk)
    assert (plan.status, budget.status) in {("approved", "approved"), ("returned", "returned")}


def test_of_two_challenges_at_once_one_is_opened(waiting):
    waiting.approved().copied().acknowledged()
    budget = waiting.budget

    results = at_once(
        *(
            lambda user=user: budgets.ask_for_review(
                budget=budget, what_looks_wrong="The visits", by=user, now=waiting.now
            )
            for user in (waiting.worker, waiting.manager)
        )
    )

    assert sum(isinstance(each, WrongState) for each in results) == 1, results
    assert budget.reviews.count() == 1


def test_of_two_drafts_at_once_one_is_made(now):
    team = TeamFactory()
    person = PersonFactory()
    assessment = finished_assessment(person=person, team=team)
    users = [UserFactory(worker_in=team), UserFactory(worker_in=team)]

    results = at_once(
        *(
            lambda user=user: support_plans.draft(
                person=person,
                team=team,
                assessment=Assessment.objects.get(pk=assessment.pk),
                by=user,
                now=now,
            )
            for user in users
        )
    )

    assert sum(isinstance(each, WrongState) for each in results) == 1, results
    assert SupportPlan.objects.count() == 1
