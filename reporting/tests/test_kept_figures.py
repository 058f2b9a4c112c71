"""Figures are counted at night, kept as they were, and today is shown beside them. What was not counted stays unknown."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import AccessListFactory, AccessListMemberFactory, TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from core import clock
from core.models import JobRun
from people.models import Person
from people.tests.factories import PersonFactory
from reporting import history, jobs, measures, queries, scope, services
from reporting.models import CountedDay, KeptFigure
from reporting.rates import RATES
from reporting.tests.test_manage import a_budget_to_approve, ago, some_work
from reporting.waiting import BUDGETS, LISTS
from worklist.models import WorkItem
from worklist.tests.factories import TaskFactory, WorkItemFactory

pytestmark = pytest.mark.django_db


def the_night_of(day, *, team, **figures):
    """A night that kept these figures, and nought for all others."""
    counted, _ = CountedDay.objects.get_or_create(
        day=day, defaults={"counted_at": datetime.combine(day, time(0, 3), tzinfo=clock.LONDON)}
    )
    KeptFigure.objects.bulk_create(
        KeptFigure(counted_day=counted, team=team, code=code, number=figures.get(code, 0))
        for code in queries.FIGURES
    )


def kept(team=None) -> dict[str, int]:
    rows = KeptFigure.objects.filter(team=team) if team else KeptFigure.objects.all()
    found: dict[str, int] = {}
    for code, number in rows.values_list("code", "number"):
        found[code] = found.get(code, 0) + number
    return found


def page(user, query: str = ""):
    return signed_in_client(user).get(reverse("reporting:manage") + query)


def course(user, query: str = ""):
    return signed_in_client(user).get(reverse("reporting:measures") + query)


# --- What a night keeps -----------------------------------------------------------------------------------------------


def test_a_night_keeps_every_figure_of_every_team_and_nought_where_nothing_stands(team, other_team, worker):
    some_work(team, worker)
    TaskFactory(kind="REVIEW_ANNUAL", team=team, owner=worker, overdue=True)
    a_budget_to_approve(team)

    services.keep_figures(today=clock.today(), now=clock.now())

    assert kept(team) == {
        "approvals": 1,
        "high_risk_no_worker": 2,
        "past_contact": 2,
        "quiet": 1,
        "contact": 1,
        "assessment": 4,
        "plan": 0,
        "budget_review": 0,
        "overdue_review": 1,
        "reablement": 0,
        "reablement_ending": 0,
        "unallocated": 4,
    }
    assert kept(other_team) == dict.fromkeys(queries.FIGURES, 0)


def test_a_kept_figure_is_what_the_page_counts_on_the_same_day(team, other_team, worker, service_manager):
    some_work(team, worker)
    some_work(other_team, worker)
    TaskFactory(kind="REVIEW_ANNUAL", team=other_team, owner=worker, overdue=True)
    TaskFactory(kind="REVIEW_INITIAL", team=None, owner=worker, overdue=True)
    closed = TeamFactory(closed=True)
    WorkItemFactory(team=closed, risk="high")
    a_budget_to_approve(team)

    services.keep_figures(today=clock.today(), now=clock.now())
    shown = measures.page_of(scope.of(service_manager), clock.today())

    assert kept() == dict(shown.history.now)
    assert kept()["overdue_review"] == 2
    assert {number.code: number.value for number in shown.numbers if number.value is not None} | {
        "approvals": 1
    } == {
        code: kept()[code]
        for code in ("approvals", "high_risk_no_worker", "past_contact", "reablement_ending", "quiet")
    }
    assert {row.code: row.people for row in shown.lists.rows} == {
        code: kept()["approvals" if code == BUDGETS else code] for code in LISTS
    }
    assert [row.people for row in shown.lists.apart] == [kept()["unallocated"]]


def test_a_restricted_record_is_in_no_kept_figure(team):
    secret = PersonFactory(external_id="", level=Person.Level.SEALED, access_list=AccessListFactory())
    WorkItemFactory(team=team, person=secret, risk="high", opened_on=ago(30))
    WorkItemFactory(team=team, access_list=AccessListFactory(), risk="high")
    WorkItemFactory(team=team, person=PersonFactory(level=Person.Level.TEAM_ONLY), risk="high")

    services.keep_figures(today=clock.today(), now=clock.now())

    assert set(kept().values()) == {0}


def test_a_day_is_counted_once_whatever_happens_later(team):
    services.keep_figures(today=clock.today(), now=clock.now())
    WorkItemFactory(team=team, risk="high")

    again = services.keep_figures(today=clock.today(), now=clock.now())

    assert again == {"figures": 0}
    assert kept(team)["high_risk_no_worker"] == 0


def test_no_kept_figure_can_be_changed_or_taken_away(team):
    services.keep_figures(today=clock.today(), now=clock.now())

    for change in (
        lambda: KeptFigure.objects.update(number=1),
        lambda: KeptFigure.objects.all().delete(),
        lambda: CountedDay.objects.update(day=ago(1)),
    ):
        with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
            change()


def test_the_job_keeps_a_day_once_however_often_it_is_delivered(team):
    first = jobs.keep_figures()
    second = jobs.keep_figures()

    assert (first, second) == ({"figures": len(queries.FIGURES)}, None)
    assert JobRun.objects.get(job=services.JOB).due == clock.today().isoformat()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_job_for_another_day_than_today_counts_nothing(team, days):
    other = clock.today() + timedelta(days=days)

    assert jobs.keep_figures(on=other.isoformat()) is None
    assert not CountedDay.objects.exists()
    assert not JobRun.objects.exists()


# --- Today beside seven days ago --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (1, "1 more than 7 days ago (1)"),
        (5, "3 fewer than 7 days ago (5)"),
        (2, "As many as 7 days ago (2)"),
    ],
)
def test_a_number_says_how_it_changed_in_seven_days(team, worker, manager, before, words):
    some_work(team, worker)
    the_night_of(ago(7), team=team, past_contact=before)

    response = page(manager)

    assert response.context["page"].numbers[2].change == f"{words}."
    assert words in response.content.decode()


def test_without_a_night_seven_days_ago_the_page_says_that_none_was_kept(team, worker, manager):
    some_work(team, worker)
    the_night_of(ago(6), team=team, past_contact=9)
    the_night_of(ago(8), team=team, past_contact=9)

    response = page(manager)

    words = f"No figure kept for {ago(7):%A} {ago(7).day} {ago(7):%B}"
    assert [number.change for number in response.context["page"].numbers] == [
        f"{words}.",
        f"{words}.",
        f"{words}.",
        "",
        f"{words}.",
        f"{words}.",
    ]
    assert all(row.before is None for row in response.context["page"].lists.rows)
    assert words in response.content.decode()


def test_a_team_that_was_not_counted_then_has_no_figure_and_another_has(team, other_team, service_manager):
    the_night_of(ago(7), team=team, quiet=4)

    assert page(service_manager, f"?team={team.ref}").context["page"].numbers[5].compared.before == 4
    assert page(service_manager, f"?team={other_team.ref}").context["page"].numbers[5].compared.before is None
    assert page(service_manager).context["page"].numbers[5].compared.before == 4


def test_the_waiting_lists_stand_beside_themselves_seven_days_ago(team, worker, manager):
    some_work(team, worker)
    the_night_of(ago(7), team=team, assessment=6, contact=2)

    shown = page(manager).context["page"]

    assert {row.code: (row.people, row.before) for row in shown.lists.rows if row.before} == {
        "assessment": (4, 6),
        "contact": (1, 2),
    }
    assert shown.lists.before == 8


def test_approvals_compare_all_that_wait_for_the_number_shown_is_one_readers_own(team, manager):
    a_budget_to_approve(team, assessed_by=manager)
    a_budget_to_approve(team, assessed_by=manager)
    the_night_of(ago(7), team=team, approvals=3)

    number = page(manager).context["page"].numbers[0]

    assert number.value == 0
    assert number.change == "Waiting for anybody: 2, 1 fewer than 7 days ago (3)."


def test_a_reader_on_a_list_is_told_what_is_compared(team, manager):
    secret = PersonFactory(external_id="", level=Person.Level.SEALED, access_list=AccessListFactory())
    AccessListMemberFactory(access_list=secret.access_list, user=manager)
    WorkItemFactory(team=team, person=secret, risk="high")
    WorkItemFactory(team=team, risk="high")
    the_night_of(ago(7), team=team, high_risk_no_worker=1)

    number = page(manager).context["page"].numbers[1]

    assert number.value == 2
    assert number.change == "Standard records: 1, as many as 7 days ago (1)."


# --- The course of the last weeks -------------------------------------------------------------------------------------


def test_the_chart_and_its_table_show_the_same_weeks_and_say_where_one_is_missing(team, worker, manager):
    some_work(team, worker)
    for weeks, number in ((7, 9), (6, 8), (4, 2), (1, 4)):
        the_night_of(ago(7 * weeks), team=team, assessment=number, quiet=1)

    response = course(manager)

    drawn = response.context["page"].course
    assert [week.day for week in drawn.weeks] == [ago(7 * back) for back in range(7, -1, -1)]
    assert [week.number for week in drawn.weeks] == [9, 8, None, 2, None, None, 4, 5]
    assert [week.change for week in drawn.weeks] == ["", "−1", "", "", "", "", "", "+1"]
    assert (drawn.missing, max(week.width for week in drawn.weeks)) == (3, history.LONGEST_BAR)
    text = response.content.decode()
    # Each missing week stands once in the drawing and once in the table.
    assert text.count("No figure kept</text>") == text.count("No figure kept</span>") == 3


def test_the_course_begins_with_the_first_week_that_was_kept(team, manager):
    assert [week.day for week in course(manager).context["page"].course.weeks] == [clock.today()]
    assert "No earlier week was kept" in course(manager).content.decode()

    the_night_of(ago(21), team=team, quiet=1)

    weeks = course(manager).context["page"].course.weeks
    assert [(week.day, week.number) for week in weeks] == [
        (ago(21), 0),
        (ago(14), None),
        (ago(7), None),
        (clock.today(), 0),
    ]


def test_another_figure_may_be_chosen_and_the_team_stays_chosen(team, service_manager):
    the_night_of(ago(7), team=team, quiet=3)

    shown = course(service_manager, f"?team={team.ref}&figure=quiet").context["page"]

    assert shown.label == "Allocated, nothing happening"
    assert [week.number for week in shown.course.weeks][-2:] == [3, 0]
    assert {measure.code for measure in shown.measures} == {*queries.FIGURES, *RATES}
    assert all(f"team={team.ref}" in measure.url for measure in shown.measures)
    assert course(service_manager, "?figure=secrets").context["page"].label.startswith("Everyone")


def test_the_page_costs_the_same_with_one_week_kept_and_with_all(team, manager, worker):
    client = signed_in_client(manager)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("reporting:manage")).status_code == 200
        return len([row for row in captured if "core_clockoffset" not in row["sql"]])

    some_work(team, worker)
    cost()
    none = cost()
    for week in range(1, 8):
        the_night_of(ago(7 * week), team=team, quiet=week)
    assert cost() == none
    assert none <= 12


# --- Readers who are told no names ------------------------------------------------------------------------------------


@pytest.fixture(params=[Role.ANALYST, Role.INFORMATION_OFFICER])
def nameless(request):
    return UserFactory(role_in=(request.param, TeamFactory(name="Performance")))


def test_whoever_may_know_no_names_sees_the_numbers_of_all_teams_and_no_way_to_a_row(
    team, other_team, worker, nameless
):
    some_work(team, worker)
    WorkItemFactory(team=other_team, risk="high")
    a_budget_to_approve(team)
    the_night_of(ago(7), team=team, high_risk_no_worker=1)

    response = page(nameless)

    shown = response.context["page"]
    assert [number.value for number in shown.numbers] == [1, 3, 2, None, 0, 1]
    assert shown.numbers[1].change == "2 more than 7 days ago (1)."
    text = response.content.decode()
    assert "/manage/rows/" not in text
    assert "/manage/runs/" not in text
    for item in WorkItem.objects.select_related("person"):
        assert item.person.name not in text
        assert item.person.local_number not in text
    assert "people counted are not shown to you" in text


def test_whoever_may_know_no_names_counts_standard_records_alone_and_may_choose_a_team(
    team, other_team, nameless
):
    secret = PersonFactory(external_id="", level=Person.Level.SEALED, access_list=AccessListFactory())
    AccessListMemberFactory(access_list=secret.access_list, user=nameless)
    WorkItemFactory(team=team, person=secret, risk="high")
    WorkItemFactory(team=team, risk="high")
    WorkItemFactory(team=other_team, risk="high")

    assert page(nameless).context["page"].numbers[1].value == 2
    assert page(nameless, f"?team={team.ref}").context["page"].numbers[1].value == 1


@pytest.mark.parametrize("address", ["/manage/rows/quiet/", "/manage/rows/approvals/", "/manage/runs/"])
def test_whoever_may_know_no_names_is_refused_the_rows(nameless, address):
    assert signed_in_client(nameless).get(address).status_code == 403


def test_an_analyst_who_also_manages_a_team_has_the_rows_of_that_team(team, other_team):
    user = UserFactory(role_in=(Role.ANALYST, other_team), manager_of=team)
    WorkItemFactory(team=team, risk="high")
    WorkItemFactory(team=other_team, risk="high")

    shown = page(user).context["page"]

    assert shown.scope.opens_rows
    assert shown.numbers[1].value == 1
