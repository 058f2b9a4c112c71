"""“This looks wrong”: raised by anyone, answered in time, support kept, decided by somebody else, the person told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

import budgets.services as budgets
from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from assessments.models import Assessment
from audit.models import Event
from budgets.models import BudgetReview, PersonalBudget
from budgets.tests.factories import BudgetReviewFactory, PersonalBudgetFactory
from core import clock
from core.versions import StaleVersion
from core.workflow import WrongState
from people.models import Allocation
from people.tests.factories import PortalAccessFactory
from worklist.models import Anchor, Notification, Task, WorkItem

pytestmark = pytest.mark.django_db


def give_named_worker(journey) -> None:
    Allocation.objects.create(
        person=journey.person,
        team=journey.team,
        worker=journey.worker,
        valid_from=date(2026, 1, 1),
        created_at=journey.now,
        created_by=journey.manager,
    )


def test_the_person_says_that_it_looks_wrong_and_the_budget_stays_the_same(journey):
    give_named_worker(journey)
    journey.in_force()
    person = PortalAccessFactory(person=journey.person, scope="act", user=UserFactory(public=True)).user

    review = budgets.ask_for_review(
        budget=journey.budget, what_looks_wrong="The evenings are missing", by=person, now=journey.now
    )

    budget = journey.budget
    assert budget.status == PersonalBudget.Status.UNDER_REVIEW
    assert (budget.total_weekly, review.old_weekly) == (Decimal("150.00"), Decimal("150.00"))
    anchor = Anchor.objects.open().get(rule_code="BUDGET_REVIEW_ACK")
    assert (anchor.owner, anchor.legal_on) == (journey.worker, review.answer_by)
    assert WorkItem.objects.open().get(kind="budget_review").owner == journey.worker
    told = Notification.objects.filter(template="budgets.review_asked", channel="in_app").get()
    assert told.recipient == journey.worker


def test_somebody_who_may_only_look_cannot_raise_it(journey):
    journey.in_force()
    viewer = PortalAccessFactory(person=journey.person, scope="view", user=UserFactory(public=True)).user

    with pytest.raises(PermissionDenied):
        budgets.ask_for_review(budget=journey.budget, what_looks_wrong="x", by=viewer, now=journey.now)

    assert not BudgetReview.objects.exists()
    assert journey.budget.status == PersonalBudget.Status.ACTIVE


@pytest.mark.parametrize(
    "asked,answer",
    [
        (datetime(2026, 11, 25, 10, 0, tzinfo=UTC), date(2026, 12, 2)),
        (datetime(2026, 11, 25, 17, 0, tzinfo=UTC), date(2026, 12, 3)),
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), date(2026, 12, 7)),
        (datetime(2026, 12, 21, 9, 0, tzinfo=UTC), date(2026, 12, 30)),
    ],
)
def test_the_answer_is_due_in_five_working_days_of_the_day_it_counts_as_received(asked, answer):
    budget = PersonalBudgetFactory(status="active")
    user = UserFactory(worker_in=budget.team)

    review = budgets.ask_for_review(budget=budget, what_looks_wrong="The sum", by=user, now=asked)

    assert review.answer_by == answer


@pytest.mark.parametrize(
    "state", ["draft", "costed", "submitted", "returned", "rejected", "superseded", "ended"]
)
def test_only_an_approved_budget_can_be_questioned(state):
    budget = PersonalBudgetFactory(status=state)

    with pytest.raises(WrongState, match="Only an approved budget"):
        budgets.ask_for_review(
            budget=budget, what_looks_wrong="The sum", by=UserFactory(worker_in=budget.team), now=clock.now()
        )


def test_figures_not_yet_in_force_can_be_questioned_without_holding_them_up():
    budget = PersonalBudgetFactory(status="approved")

    budgets.ask_for_review(
        budget=budget, what_looks_wrong="The sum", by=UserFactory(worker_in=budget.team), now=clock.now()
    )

    budget.refresh_from_db()
    assert budget.status == PersonalBudget.Status.APPROVED


def test_a_second_voice_is_told_that_it_is_being_looked_at_and_until_when():
    review = BudgetReviewFactory()

    with pytest.raises(WrongState, match="An answer is due by"):
        budgets.ask_for_review(
            budget=review.budget,
            what_looks_wrong="Me too",
            by=UserFactory(worker_in=review.team),
            now=clock.now(),
        )


def test_acknowledging_closes_the_reminder_and_keeps_the_support(journey):
    journey.in_force()
    review = budgets.ask_for_review(
        budget=journey.budget, what_looks_wrong="The sum", by=journey.worker, now=journey.now
    )

    review = budgets.acknowledge_review(
        review=review, version=review.version, by=journey.worker, now=journey.now
    )

    assert not Anchor.objects.open().filter(rule_code="BUDGET_REVIEW_ACK").exists()
    assert "stay as they are" in review.interim_support
    with pytest.raises(StaleVersion):
        budgets.decide_interim_support(
            review=review, interim_support="More", version=1, by=journey.worker, now=journey.now
        )


def decided(review: BudgetReview, by, **facts) -> BudgetReview:
    facts = {"decision": "unchanged", "reasons": "It pays for all visits", "version": None, **facts}
    return budgets.decide_review(review=review, by=by, now=clock.now(), **facts)


def test_unchanged_puts_the_budget_back_in_force():
    review = BudgetReviewFactory(acknowledged=True)

    review = decided(review, UserFactory(manager_of=review.team))

    assert (review.new_weekly, review.budget.status) == (Decimal("90.00"), "under_review")
    assert PersonalBudget.objects.get(pk=review.budget_id).status == PersonalBudget.Status.ACTIVE


@pytest.mark.parametrize("new", ["90.00", "89.99", "0.00"])
def test_a_review_alone_never_lowers_a_budget(new):
    review = BudgetReviewFactory(acknowledged=True)

    with pytest.raises(ValidationError, match="A review cannot lower a budget"):
        decided(review, UserFactory(manager_of=review.team), decision="corrected", new_weekly=Decimal(new))

    review.refresh_from_db()
    assert review.status == BudgetReview.Status.ACKNOWLEDGED


def test_a_correction_upwards_opens_a_task_to_change_the_plan_and_takes_effect_only_by_it():
    review = BudgetReviewFactory(acknowledged=True)

    decided(review, UserFactory(manager_of=review.team), decision="corrected", new_weekly=Decimal("120.00"))

    assert Task.objects.open().get(kind="budget_to_correct").url == review.budget.plan.get_absolute_url()
    assert PersonalBudget.objects.get(pk=review.budget_id).total_weekly == Decimal("90.00")


def test_a_correction_above_the_limit_is_refused():
    review = BudgetReviewFactory(acknowledged=True)

    with pytest.raises(ValidationError, match="your limit is £15,600.00"):
        decided(
            review, UserFactory(manager_of=review.team), decision="corrected", new_weekly=Decimal("300.01")
        )


def test_changed_needs_are_assessed_again():
    review = BudgetReviewFactory(acknowledged=True)

    decided(
        review, UserFactory(manager_of=review.team), decision="replan", reasons="Can do less since October"
    )

    assert Assessment.objects.open().get(person=review.person).team == review.team


@pytest.mark.parametrize(
    "facts", [{"reasons": " "}, {"decision": "shrug"}, {"new_weekly": Decimal("100.00")}]
)
def test_a_decision_is_one_of_the_list_with_reasons_and_a_figure_only_where_it_was_wrong(facts):
    review = BudgetReviewFactory(acknowledged=True)

    with pytest.raises(ValidationError):
        decided(review, UserFactory(manager_of=review.team), **facts)


def test_a_manager_of_another_service_does_not_decide():
    review = BudgetReviewFactory(acknowledged=True)
    other = UserFactory(role_in=(Role.SERVICE_MANAGER, TeamFactory(service="Adults South")))

    with pytest.raises(PermissionDenied, match="Only a manager of the team"):
        decided(review, other)


def test_telling_the_person_ends_the_work_and_each_step_left_one_event(journey):
    journey.in_force()
    person = PortalAccessFactory(person=journey.person, scope="act", user=UserFactory(public=True)).user
    review = budgets.ask_for_review(
        budget=journey.budget, what_looks_wrong="The sum", by=person, now=journey.now
    )
    steps = {"version": None, "now": journey.now}
    review = budgets.acknowledge_review(review=review, by=journey.worker, **steps)
    review = budgets.decide_interim_support(
        review=review, interim_support="As now", by=journey.worker, **steps
    )
    review = budgets.decide_review(
        review=review, decision="unchanged", reasons="It is right", by=journey.manager, **steps
    )
    review = budgets.notify_decision(
        review=review, on=clock.london_date(journey.now), by=journey.worker, **steps
    )

    assert not WorkItem.objects.open().filter(kind="budget_review").exists()
    assert Notification.objects.filter(template="budgets.review_decided", recipient=person).exists()
    codes = (
        Event.objects.filter(code__startswith="budgets.review").order_by("pk").values_list("code", flat=True)
    )
    assert list(codes) == [
        "budgets.review.asked",
        "budgets.review.acknowledged",
        "budgets.review.interim_decided",
        "budgets.review.decided",
        "budgets.review.notified",
    ]


def test_a_budget_replaced_while_it_was_questioned_stays_replaced_when_the_review_is_decided():
    review = BudgetReviewFactory(acknowledged=True, budget__status="superseded")

    decided(review, UserFactory(manager_of=review.team))

    assert PersonalBudget.objects.get(pk=review.budget_id).status == PersonalBudget.Status.SUPERSEDED
