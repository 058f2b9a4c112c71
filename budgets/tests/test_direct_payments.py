"""Direct payments by person: each stands once, in its state, with what is paid and when it has to be looked at."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from budgets import timescales
from budgets.tests.factories import PersonalBudgetFactory
from core import clock
from people.models import Person
from people.tests.factories import PersonFactory
from support_plans.models import Mode
from support_plans.tests.factories import PlanItemFactory, ReviewFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db

LIST = reverse("budgets:list-direct-payments")


@pytest.fixture
def officer():
    return UserFactory(role_in=(Role.DIRECT_PAYMENTS_OFFICER, TeamFactory(name="Direct payments")))


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def paying(budget_status: str | None, **plan):
    """A plan with a direct payment of £90.00 a week, £25.00 of it the person's own; with its budget, or without."""
    made = SupportPlanFactory(direct_payment_frequency="Every four weeks", **plan)
    PlanItemFactory(plan=made)
    if budget_status:
        PersonalBudgetFactory(status=budget_status, plan=made)
    return made


def lines(user, show: str):
    return signed_in_client(user).get(f"{LIST}?show={show}").context["lines"]


def described(user, show: str):
    return [(line.plan.pk, line.state, line.because) for line in lines(user, show)]


def test_each_direct_payment_stands_once_in_its_state(officer):
    to_set_up = paying("approved", approved=True)
    running = paying("active", active=True)
    disputed = paying("under_review", active=True)
    imported = paying(None, imported=True, active_from=ago(20))
    ended = paying("ended", ended=True)
    paying("ended", ended=True, ended_on=ago(91))
    paying("draft", draft=True)
    paying("superseded", superseded=True)
    PlanItemFactory(plan=SupportPlanFactory(active=True), mode=Mode.COUNCIL_MANAGED)
    PlanItemFactory(plan=SupportPlanFactory(active=True), removed=True)

    assert described(officer, "set_up") == [
        (
            to_set_up.pk,
            "To set up",
            "Waits: the person has not been given a copy of the plan; the person has not acknowledged the figures",
        )
    ]
    assert described(officer, "running") == [
        (imported.pk, "Running", "Taken over, without a budget here"),
        (running.pk, "Running", ""),
        (disputed.pk, "Running", "Somebody says that the budget looks wrong. It is paid as before"),
    ]
    assert described(officer, "ended") == [(ended.pk, "Ended", "No longer needed")]
    tabs = signed_in_client(officer).get(LIST).context["tabs"]
    assert {code: count for code, _, _, count in tabs} == {"set_up": 1, "running": 3, "review": 0, "ended": 1}


def test_a_suspended_budget_and_a_death_are_said(officer):
    paying("suspended", active=True)
    paying("ended", ended=True, person=PersonFactory(is_deceased=True, date_of_death=ago(3)))

    assert [line.state for line in lines(officer, "running")] == ["Suspended"]
    assert [line.because for line in lines(officer, "ended")] == ["The person has died"]


def test_the_sums_are_those_of_the_budget_or_of_the_lines_where_there_is_none(officer):
    paying("active", active=True)
    taken_over = paying(None, imported=True, active_from=ago(20))
    PlanItemFactory(plan=taken_over, cost_weekly=Decimal("10.00"))

    old, new = lines(officer, "running")

    assert (new.gross, new.person, new.net) == (90, 25, 65)
    assert (old.gross, old.person, old.net) == (100, None, None)
    text = signed_in_client(officer).get(f"{LIST}?show=running").content.decode()
    assert "£65.00" in text
    assert "Every four weeks" in text


@pytest.mark.parametrize(
    ("paid_from", "reviewed_on", "by"),
    [
        (date(2026, 1, 31), None, date(2026, 7, 31)),
        (date(2026, 8, 31), None, date(2027, 2, 28)),
        (date(2026, 1, 31), date(2026, 6, 1), date(2027, 6, 1)),
        # A review from before the first payment looked at something else.
        (date(2026, 1, 31), date(2026, 1, 31), date(2026, 7, 31)),
    ],
)
def test_a_direct_payment_is_looked_at_within_six_months_then_within_twelve(paid_from, reviewed_on, by):
    assert timescales.direct_payment_review_by(paid_from=paid_from, reviewed_on=reviewed_on) == by


def test_a_direct_payment_whose_review_is_near_or_late_stands_among_the_reviews(officer):
    late = paying("active", active=True, active_from=ago(200))
    near = paying("active", active=True, active_from=ago(150))
    paying("active", active=True, active_from=ago(100))
    seen = paying("active", active=True, active_from=ago(400))
    ReviewFactory(plan=seen, held=True, held_on=ago(50))
    long_ago = paying("active", active=True, active_from=ago(700))
    ReviewFactory(plan=long_ago, held=True, held_on=ago(340))

    found = lines(officer, "review")

    assert {line.plan.pk for line in found} == {late.pk, near.pk, long_ago.pk}
    assert all(line.review_by <= clock.today() + timedelta(days=43) for line in found)


def test_of_a_payment_taken_over_without_a_review_none_is_known(officer):
    paying(None, imported=True, active_from=ago(4000))

    (line,) = lines(officer, "review")

    assert line.review_by is None
    assert "No review known" in signed_in_client(officer).get(f"{LIST}?show=review").content.decode()


def test_somebody_the_officer_may_not_know_of_is_in_no_list_and_no_count(officer):
    secret = PersonFactory(external_id="", level=Person.Level.SEALED, access_list=AccessListFactory())
    paying("active", active=True, person=secret)
    paying("active", active=True, access_list=AccessListFactory())

    assert lines(officer, "running") == []
    tabs = signed_in_client(officer).get(LIST).context["tabs"]
    assert {count for _, _, _, count in tabs} == {0}


@pytest.mark.parametrize("role", Role.values)
def test_the_list_is_for_money_staff(role):
    client = signed_in_client(UserFactory(role_in=(role, TeamFactory())))

    allowed = role in (Role.FINANCE_OFFICER, Role.DIRECT_PAYMENTS_OFFICER)

    assert client.get(LIST).status_code == (200 if allowed else 403)


def test_the_page_opens_with_what_is_to_be_done(officer):
    client = signed_in_client(officer)
    paying("active", active=True)
    assert client.get(LIST).context["show"] == "running"
    paying("active", active=True, active_from=ago(200))
    assert client.get(LIST).context["show"] == "review"
    paying("approved", approved=True)
    assert client.get(LIST).context["show"] == "set_up"


@pytest.mark.parametrize(
    ("show", "status", "state"),
    [("set_up", "approved", "approved"), ("running", "active", "active"), ("ended", "ended", "ended")],
)
def test_the_list_costs_the_same_for_one_row_and_for_fifty(officer, show, status, state):
    client = signed_in_client(officer)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{LIST}?show={show}").status_code == 200
        return len(queries)

    paying(status, **{state: True})
    cost()
    one = cost()
    for _ in range(49):
        paying(status, **{state: True})
    assert cost() == one
    assert one <= 10
