"""Reviews of a plan: asked for, held, written up, closed; the next date is always there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

import support_plans.services as services
from accounts.tests.factories import TeamFactory, UserFactory
from assessments.models import Assessment
from core import clock
from core.calendar import add_months
from core.versions import StaleVersion
from core.workflow import WrongState
from people.tests.factories import PortalAccessFactory
from support_plans import timescales
from support_plans.models import Review
from support_plans.tests.factories import ReviewFactory, SupportPlanFactory
from worklist.models import Anchor, Task, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(now):
    today = clock.london_date(now)
    return SupportPlanFactory(
        active=True, active_from=today, starts_on=today, next_review_on=today + timedelta(days=42)
    )


@pytest.fixture
def worker(plan):
    return UserFactory(worker_in=plan.team)


def written_up(plan, worker, now, **facts) -> Review:
    facts = {"kind": Review.Kind.INITIAL, "held_on": clock.london_date(now), **facts}
    return ReviewFactory(plan=plan, written_up=True, **facts)


@pytest.mark.parametrize(
    "start,first,latest",
    [
        (date(2026, 11, 25), date(2027, 1, 6), date(2027, 1, 20)),
        (date(2028, 2, 29), date(2028, 4, 11), date(2028, 4, 25)),
    ],
)
def test_the_first_review_is_due_at_six_weeks_and_late_after_eight(start, first, latest):
    assert timescales.initial_review_due_on(starts_on=start) == first
    assert timescales.initial_review_latest_on(starts_on=start) == latest


@pytest.mark.parametrize(
    "held,due", [(date(2026, 11, 25), date(2027, 11, 25)), (date(2028, 2, 29), date(2029, 2, 28))]
)
def test_the_yearly_review_is_due_twelve_months_after_the_last(held, due):
    assert timescales.yearly_review_due_on(from_day=held) == due


def test_closing_a_review_sets_the_next_one_a_year_after_it_was_held_with_its_reminder(plan, worker, now):
    review = written_up(plan, worker, now)

    services.close_review(review=review, outcome="unchanged", version=review.version, by=worker, now=now)

    due = add_months(clock.london_date(now), 12)
    plan.refresh_from_db()
    assert plan.next_review_on == due
    assert plan.reviews.open().get().kind == Review.Kind.ANNUAL
    anchor = Anchor.objects.open().get(rule_code="REVIEW_ANNUAL", subject_ref=plan.ref)
    assert anchor.legal_on == due


def test_the_next_review_can_be_sooner_but_never_later_than_a_year(plan, worker, now):
    review = written_up(plan, worker, now)
    today = clock.london_date(now)

    with pytest.raises(ValidationError, match="within 12 months"):
        services.close_review(
            review=review,
            outcome="unchanged",
            next_due_on=add_months(today, 12) + timedelta(days=1),
            version=None,
            by=worker,
            now=now,
        )
    services.close_review(
        review=review,
        outcome="unchanged",
        next_due_on=today + timedelta(days=90),
        version=None,
        by=worker,
        now=now,
    )

    plan.refresh_from_db()
    assert plan.next_review_on == today + timedelta(days=90)
    assert Anchor.objects.open().get(subject_ref=plan.ref).legal_on == today + timedelta(days=90)


def test_an_early_unplanned_review_leaves_the_first_review_where_it_was(plan, worker, now):
    first = ReviewFactory(plan=plan, kind=Review.Kind.INITIAL, due_on=plan.next_review_on)
    review = written_up(plan, worker, now, kind=Review.Kind.UNPLANNED)

    services.close_review(review=review, outcome="unchanged", version=None, by=worker, now=now)

    plan.refresh_from_db()
    first.refresh_from_db()
    assert first.status == Review.Status.SCHEDULED
    assert plan.next_review_on == first.due_on


@pytest.mark.parametrize("outcome", ["reassessment", "decreased"])
def test_less_support_never_follows_from_a_review_but_from_a_new_assessment(plan, worker, now, outcome):
    review = written_up(plan, worker, now)

    services.close_review(review=review, outcome=outcome, version=None, by=worker, now=now)

    assert Assessment.objects.open().get(person=plan.person).kind == Assessment.Kind.NEEDS
    plan.refresh_from_db()
    assert plan.status == "active"


def test_a_second_review_with_reassessment_does_not_ask_for_a_second_assessment(plan, worker, now):
    for kind in (Review.Kind.INITIAL, Review.Kind.UNPLANNED):
        services.close_review(
            review=written_up(plan, worker, now, kind=kind),
            outcome="reassessment",
            version=None,
            by=worker,
            now=now,
        )

    assert Assessment.objects.open().filter(person=plan.person).count() == 1


@pytest.mark.parametrize("outcome", ["increased", "ended", "nursing"])
def test_a_change_of_support_opens_one_task_to_change_the_plan(plan, worker, now, outcome):
    review = written_up(plan, worker, now)

    services.close_review(review=review, outcome=outcome, version=None, by=worker, now=now)

    task = Task.objects.open().get(kind="plan_to_change")
    assert (task.url, task.owner) == (plan.get_absolute_url(), worker)


def test_a_request_is_dated_and_answering_it_closes_the_reminder(plan, worker, now):
    review = services.request_review(
        plan=plan, kind="requested", reason="Came home from hospital", by=worker, now=now
    )
    today = clock.london_date(now)
    assert review.due_on == today + timedelta(days=28)
    assert Anchor.objects.open().filter(rule_code="REVIEW_REQUESTED", subject_ref=review.ref).exists()
    assert WorkItem.objects.open().get(kind="review").subject_ref == review.ref

    services.invite(review=review, version=review.version, by=worker, now=now)

    assert not Anchor.objects.open().filter(rule_code="REVIEW_REQUESTED").exists()


def test_a_request_is_declined_only_with_reasons_and_the_planned_date_stays(plan, worker, now):
    review = services.request_review(plan=plan, kind="requested", reason="Asked by phone", by=worker, now=now)
    with pytest.raises(ValidationError, match="Write the reasons"):
        services.decline_review(review=review, because="", version=None, by=worker, now=now)

    services.decline_review(review=review, because="Held last week", version=None, by=worker, now=now)

    before = plan.next_review_on
    plan.refresh_from_db()
    assert plan.next_review_on == before
    assert not WorkItem.objects.open().filter(kind="review").exists()


def test_a_declined_yearly_review_is_set_a_year_on(plan, worker, now):
    review = ReviewFactory(plan=plan, kind=Review.Kind.ANNUAL)

    services.decline_review(
        review=review, because="The person does not want it", version=None, by=worker, now=now
    )

    plan.refresh_from_db()
    assert plan.next_review_on == add_months(clock.london_date(now), 12)
    assert plan.reviews.open().get().due_on == plan.next_review_on


def test_a_second_open_review_of_a_kind_is_refused(plan, worker, now):
    services.request_review(plan=plan, kind="requested", reason="First", by=worker, now=now)

    with pytest.raises(WrongState, match="open already"):
        services.request_review(plan=plan, kind="requested", reason="Second", by=worker, now=now)


def test_the_person_can_ask_for_a_review_of_their_plan(plan, now):
    user = PortalAccessFactory(person=plan.person, scope="act", user=UserFactory(public=True)).user

    review = services.request_review(plan=plan, kind="requested", reason="I need more help", by=user, now=now)

    assert review.requested_by == user


def test_a_worker_of_another_team_cannot_hold_a_review_and_nothing_changes(plan, now):
    review = ReviewFactory(plan=plan)
    stranger = UserFactory(worker_in=TeamFactory(service="Another service"))

    with pytest.raises(PermissionDenied, match="of the team that holds the plan"):
        services.hold_review(
            review=review, held_on=clock.london_date(now), version=None, by=stranger, now=now
        )

    review.refresh_from_db()
    assert review.status == Review.Status.SCHEDULED


def test_a_review_is_not_held_in_the_future(plan, worker, now):
    with pytest.raises(ValidationError, match="in the future"):
        services.hold_review(
            review=ReviewFactory(plan=plan),
            held_on=clock.london_date(now) + timedelta(days=1),
            version=None,
            by=worker,
            now=now,
        )


def test_a_write_up_says_how_far_outcomes_were_achieved_and_whether_the_budget_is_right(plan, worker, now):
    review = ReviewFactory(plan=plan, held=True)
    facts = {
        "working": "",
        "not_working": "",
        "changed": "",
        "person_words": "",
        "achieved": "",
        "budget_still_right": "",
    }

    with pytest.raises(ValidationError) as refused:
        services.write_up(review=review, version=None, by=worker, now=now, **facts)

    assert set(refused.value.message_dict) == {"working", "achieved", "budget_still_right"}


def test_a_stale_write_up_is_refused(plan, worker, now):
    review = ReviewFactory(plan=plan, held=True)
    facts = {
        "working": "Well",
        "not_working": "",
        "changed": "",
        "person_words": "",
        "achieved": "fully",
        "budget_still_right": "yes",
    }
    services.write_up(review=review, version=1, by=worker, now=now, **facts)

    with pytest.raises(StaleVersion):
        services.write_up(review=review, version=1, by=worker, now=now, **facts)


def test_an_imported_plan_changes_only_through_a_review(worker, now):
    plan = SupportPlanFactory(imported=True)
    worker = UserFactory(worker_in=plan.team)

    with pytest.raises(WrongState, match="changes only through a review"):
        services.save_part(plan=plan, facts={"what_matters": "x"}, version=None, by=worker, now=now)
    review = ReviewFactory(plan=plan, written_up=True, held_on=clock.london_date(now))
    services.close_review(review=review, outcome="unchanged", version=None, by=worker, now=now)

    plan.refresh_from_db()
    assert plan.next_review_on == add_months(clock.london_date(now), 12)
