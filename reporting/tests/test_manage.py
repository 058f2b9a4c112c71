"""The managers' page: every number is the list it opens, for the teams somebody manages and nobody else."""

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
from budgets.models import ApprovalLimit, PersonalBudget
from budgets.tests.factories import PersonalBudgetFactory
from core import clock
from people.models import Person
from people.tests.factories import PersonFactory
from reporting import measures, queries, scope
from reporting import numbers as six
from reporting.timescales import SPANS, Span
from support_plans.tests.factories import SupportPlanFactory
from worklist.models import WorkItem
from worklist.tests.factories import TaskFactory, WorkItemFactory

pytestmark = pytest.mark.django_db


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def numbers(user) -> dict[str, int]:
    return {number.code: number.value for number in six.six_numbers(user)}


def some_work(team, worker):
    """Hand-counted: 2 at high risk with nobody, 2 past their contact, 1 quiet; 4 wait for an assessment."""
    WorkItemFactory(team=team, risk="high", opened_on=ago(9), next_contact_on=ago(6))
    WorkItemFactory(team=team, risk="high", opened_on=ago(3), next_contact_on=clock.today())
    WorkItemFactory(team=team, opened_on=ago(30), next_contact_on=ago(1))
    WorkItemFactory(team=team, risk="medium", opened_on=ago(44))
    WorkItemFactory(team=team, owner=worker, quiet=True)
    WorkItemFactory(team=team, owner=worker, quiet=True, kind=WorkItem.Kind.MONITORING)
    busy = WorkItemFactory(team=team, owner=worker, quiet=True)
    TaskFactory(person=busy.person, owner=worker, team=team)
    WorkItemFactory(team=team, closed=True, risk="high")
    WorkItemFactory(team=team, kind=WorkItem.Kind.CONTACT, owner=worker, opened_on=ago(1))


def test_the_numbers_are_those_counted_by_hand(team, worker, manager):
    some_work(team, worker)

    assert numbers(manager) == {
        "approvals": 0,
        "high_risk_no_worker": 2,
        "past_contact": 2,
        "safeguarding_late": None,
        "reablement_ending": 0,
        "quiet": 1,
    }


def test_every_number_is_the_number_of_rows_that_its_link_shows(team, worker, manager):
    some_work(team, worker)
    TaskFactory(kind="REVIEW_ANNUAL", team=team, owner=worker, overdue=True)
    client = signed_in_client(manager)
    page = client.get(reverse("reporting:manage")).context["page"]

    links = [(number.value, number.url) for number in page.numbers if number.value is not None]
    for row in (*page.lists.rows, *page.lists.apart):
        links += [(row.people, row.url), (row.past, row.past_url), *row.risks]
    links += [(bar.people, bar.url) for bar in page.chart.bars]

    for value, url in links:
        shown = client.get(url)
        assert (shown.context["number"], len(shown.context["lines"])) == (value, value), url
    assert sum(value for value, _ in links) > 10


def test_the_waiting_lists_say_median_longest_and_risk(team, worker, manager):
    some_work(team, worker)

    rows = {row.code: row for row in measures.page_of(scope.of(manager), clock.today()).lists.rows}

    waiting = rows[WorkItem.Kind.ASSESSMENT]
    assert (waiting.people, waiting.before, waiting.longest) == (4, None, 44)
    # 3, 9, 30 and 44 days: half have waited 9 or less.
    assert waiting.median == 9
    assert waiting.by_risk == {"high": 2, "medium": 1, "standard": 1}
    assert (waiting.past, waiting.past_longest) == (2, 6)
    assert rows[WorkItem.Kind.CONTACT].people == 1
    assert (rows[WorkItem.Kind.PLAN].people, rows[WorkItem.Kind.PLAN].median) == (0, None)


def test_the_chart_and_its_table_show_the_same_people(team, worker, manager):
    some_work(team, worker)

    response = signed_in_client(manager).get(reverse("reporting:manage"))

    chart = response.context["page"].chart
    assert [bar.people for bar in chart.bars] == [1, 1, 0, 1, 1]
    assert (chart.total, chart.high, chart.over, chart.over_share) == (4, 2, 2, 50)
    assert "2 over (50%)" in response.content.decode()


def test_a_review_is_overdue_from_the_day_after_it_was_due(team, worker, manager):
    TaskFactory(kind="REVIEW_INITIAL", team=team, due_on=clock.today())
    TaskFactory(kind="REVIEW_ANNUAL", team=team, due_on=ago(1))

    rows = {row.code: row for row in measures.page_of(scope.of(manager), clock.today()).lists.rows}

    assert rows[queries.OVERDUE_REVIEWS].people == 1


def test_a_team_manager_counts_their_team_and_a_service_manager_all_or_one(
    team, other_team, manager, service_manager
):
    WorkItemFactory(team=team, risk="high")
    WorkItemFactory(team=other_team, risk="high")

    assert numbers(manager)["high_risk_no_worker"] == 1
    assert numbers(service_manager)["high_risk_no_worker"] == 2
    page = signed_in_client(service_manager).get(reverse("reporting:manage") + f"?team={other_team.ref}")
    assert page.context["page"].numbers[1].value == 1
    rows = signed_in_client(manager).get(
        reverse("reporting:rows", args=["high_risk_no_worker"]) + f"?team={other_team.ref}"
    )
    assert rows.context["number"] == 1
    assert rows.context["lines"][0].person.work_items.get().team == team


def test_somebody_the_manager_may_not_know_of_is_in_no_number(team, manager):
    secret = PersonFactory(external_id="", level=Person.Level.SEALED, access_list=AccessListFactory())
    WorkItemFactory(team=team, person=secret, risk="high", opened_on=ago(30))
    TaskFactory(team=team, person=secret, kind="REVIEW_ANNUAL", overdue=True)

    page = measures.page_of(scope.of(manager), clock.today())

    assert sum(number.value or 0 for number in page.numbers) == 0
    assert page.lists.people == page.people == page.chart.total == 0


@pytest.mark.parametrize("address", ["/manage/", "/manage/rows/quiet/", "/manage/runs/"])
def test_a_worker_is_refused_with_the_reason(worker, address):
    response = signed_in_client(worker).get(address)

    assert response.status_code == 403


def test_an_administrator_who_manages_nobody_sees_no_number():
    assert six.six_numbers(UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory()))) == []


def test_a_list_nobody_knows_is_not_found(manager):
    assert signed_in_client(manager).get(reverse("reporting:rows", args=["secrets"])).status_code == 404


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/manage/", 12),
        ("/manage/waiting/", 13),
        ("/manage/rows/assessment/", 7),
        ("/manage/caseload/", 11),
        ("/manage/orphans/", 12),
        ("/manage/measures/", 15),
    ],
)
def test_the_page_costs_the_same_for_one_row_and_for_fifty(team, manager, worker, address, most):
    client = signed_in_client(manager)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return [query["sql"] for query in queries if "core_clockoffset" not in query["sql"]]

    some_work(team, worker)
    cost()
    one = cost()
    for _ in range(12):
        some_work(team, worker)
    many = cost()

    assert len(many) == len(one)
    assert len(many) <= most, "\n".join(sql[:140] for sql in many)


@pytest.mark.parametrize(
    ("span", "target", "inside"),
    [(SPANS[2], 28, True), (SPANS[3], 28, False), (SPANS[4], 365, False), (Span("x", 0, 28), 27, False)],
)
def test_a_span_is_inside_the_target_when_its_last_day_is(span, target, inside):
    assert span.is_inside(target) is inside


def test_the_spans_leave_no_day_out_and_count_none_twice():
    days = [day for span in SPANS for day in range(span.first, (span.last or span.first) + 1)]

    assert days == list(range(44))


def a_budget_to_approve(team, **facts):
    """£90.00 a week, costed and prepared by somebody of the team."""
    plan = SupportPlanFactory(team=team, prepared_by=UserFactory(worker_in=team), submitted=True)
    return PersonalBudgetFactory(plan=plan, status=PersonalBudget.Status.SUBMITTED, **facts)


def test_only_budgets_that_this_manager_may_approve_are_counted(team, other_team, manager):
    ApprovalLimit.objects.update_or_create(
        role=Role.TEAM_MANAGER, defaults={"yearly": Decimal("10000"), "valid_from": date(2015, 4, 1)}
    )
    mine = a_budget_to_approve(team, route=PersonalBudget.Route.MANAGER)
    a_budget_to_approve(team, route=PersonalBudget.Route.MANAGER, assessed_by=manager)
    a_budget_to_approve(team, route=PersonalBudget.Route.PANEL)
    a_budget_to_approve(other_team, route=PersonalBudget.Route.MANAGER)

    client = signed_in_client(manager)
    page = client.get(reverse("reporting:manage"))
    rows = client.get(reverse("reporting:rows", args=["approvals"]))

    assert page.context["page"].numbers[0].value == 1
    assert "Start with approvals (1)" in page.content.decode()
    assert [line.person for line in rows.context["lines"]] == [mine.person]
