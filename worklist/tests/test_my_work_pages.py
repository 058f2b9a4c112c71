"""My work, the team's list, and one task, through the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import sign_in
from audit.models import Event, View
from core import clock, drafts
from people.models import Person
from people.tests.factories import AllocationFactory, PersonFactory
from worklist import events
from worklist.models import Notification, Task
from worklist.tests.factories import NotificationFactory, TaskFactory, WorkItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, worker):
    return sign_in(client, worker)


def body(response):
    assert response.status_code == 200, response
    return response.content.decode()


def test_my_work_has_five_parts_and_says_why_and_by_when(desk, worker, team):
    today = clock.today()
    TaskFactory(owner=worker, team=team, title="Late call", due_on=today - timedelta(days=3))
    TaskFactory(owner=worker, team=team, title="Soon call", due_on=today + timedelta(days=3))
    TaskFactory(owner=worker, team=team, title="Letter", waiting_for="Alder Street Surgery")
    TaskFactory(owner=worker, team=team, title="Far call", due_on=today + timedelta(days=30))
    quiet = WorkItemFactory(owner=worker, team=team, quiet=True)
    drafts.save(owner=worker, kind="people.note", subject="x", data={}, person_id=quiet.person_id)
    AllocationFactory(worker=worker, team=team)

    text = body(desk.get(reverse("worklist:my-work")))

    for words in (
        "Overdue (1)",
        "Overdue by 3 days",
        "Due in the next 7 days (1)",
        "Due in 3 days",
        "Letter: Alder Street Surgery",
        "Nothing for 19 days",
        "Drafts (1)",
        "You hold 1 person",
        "1 task due later",
        "Open the next item",
    ):
        assert words in text
    assert "Far call" not in text


def test_an_empty_list_says_that_nothing_is_late(desk):
    assert "Nothing is late" in body(desk.get(reverse("worklist:my-work")))


def test_a_task_asked_of_a_colleague_waits_in_the_list_of_who_asked(desk, worker, team):
    colleague = UserFactory(worker_in=team, name="Grace Adeyemi")
    TaskFactory(owner=colleague, asked_by=worker, team=team, title="Look at the stairs")

    text = body(desk.get(reverse("worklist:my-work")))

    assert "Look at the stairs: Grace Adeyemi" in text
    assert "Waiting for others (1)" in text


def test_a_task_about_a_restricted_person_is_not_shown_to_who_is_not_on_the_list(desk, worker, team):
    secret = PersonFactory(external_id="", level=Person.Level.NAMED_USERS, access_list=AccessListFactory())
    task = TaskFactory(owner=worker, team=team, person=secret, title="Hidden task")

    assert "Hidden task" not in body(desk.get(reverse("worklist:my-work")))
    assert desk.get(reverse("worklist:show-task", args=[task.ref])).status_code == 404


@pytest.mark.parametrize(
    ("name", "most"), [("my-work", 9), ("my-team", 10), ("list-tasks", 5), ("list-notifications", 5)]
)
def test_a_list_costs_the_same_for_one_row_and_for_fifty(desk, worker, team, name, most):
    def fill(count):
        for number in range(count):
            TaskFactory(owner=worker, team=team, due_on=clock.today() - timedelta(days=1 + number))
            TaskFactory(owner=worker, team=team)
            TaskFactory(owner=worker, team=team, waiting=True)
            WorkItemFactory(owner=worker, team=team, quiet=True)
            WorkItemFactory(team=team)
            person = PersonFactory(external_id="")
            drafts.save(owner=worker, kind="people.note", subject=person.ref, data={}, person_id=person.pk)
            NotificationFactory(recipient=worker, person=person)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            body(desk.get(reverse(f"worklist:{name}")))
        # The movable clock is read in evaluation and in tests only.
        return [query["sql"] for query in queries if "core_clockoffset" not in query["sql"]]

    fill(1)
    body(desk.get(reverse("worklist:my-work")))
    one = cost()
    fill(49)
    fifty = cost()

    assert len(fifty) == len(one), "\n".join(fifty)
    assert len(fifty) <= most, "\n".join(sql[:150] for sql in fifty)


def test_a_long_part_is_paged_by_key_and_no_row_comes_twice_or_is_lost(desk, worker, team):
    for _ in range(53):
        TaskFactory(owner=worker, team=team, overdue=True)

    address = reverse("worklist:list-tasks") + "?show=overdue"
    first = desk.get(address)
    second = desk.get(first.context["page"].next_url)
    back = desk.get(second.context["page"].previous_url)

    refs = [task.ref for task in first.context["page"].rows]
    more = [task.ref for task in second.context["page"].rows]
    assert (len(refs), len(more)) == (50, 3)
    assert not set(refs) & set(more)
    assert [task.ref for task in back.context["page"].rows] == refs
    assert not second.context["page"].next_url
    assert not back.context["page"].previous_url


def test_the_team_page_counts_and_narrows(desk, worker, team):
    WorkItemFactory(team=team, risk="high")
    WorkItemFactory(team=team, owner=worker, active=True)
    WorkItemFactory(team=TeamFactory())

    text = body(desk.get(reverse("worklist:my-team")))
    narrowed = desk.get(reverse("worklist:show-team", args=[team.ref]) + "?show=active&worker=" + worker.ref)

    assert "1 at high risk" in text
    assert len(narrowed.context["page"].rows) == 1
    assert "Nothing fits" in body(
        desk.get(reverse("worklist:show-team", args=[team.ref]) + "?show=unallocated&risk=medium")
    )


def test_high_risk_stands_first_on_the_team_page_and_running_support_last_page_by_page(desk, worker, team):
    # Given support that has run for years, work by risk, and more of both than fits a page
    today = clock.today()
    WorkItemFactory(
        team=team, owner=None, kind="monitoring", risk="standard", opened_on=today - timedelta(days=9000)
    )
    for days in range(60):
        WorkItemFactory(team=team, owner=None, risk="standard", opened_on=today - timedelta(days=days % 7))
    medium = WorkItemFactory(team=team, owner=None, risk="medium", opened_on=today)
    high = WorkItemFactory(team=team, owner=None, risk="high", opened_on=today)

    # When both pages are read, and the first again from the second
    first = desk.get(reverse("worklist:show-team", args=[team.ref])).context["page"]
    second = desk.get(first.next_url).context["page"]
    again = desk.get(second.previous_url).context["page"]

    # Then the most urgent stands first, the quietest last, and no row comes twice
    rows = [*first.rows, *second.rows]
    assert rows[:2] == [high, medium]
    assert rows[-1].kind == "monitoring"
    assert len(rows) == len({row.pk for row in rows}) == 63
    assert again.rows == first.rows
    assert second.next_url == ""


def test_a_filter_nobody_knows_narrows_nothing(desk, team):
    WorkItemFactory(team=team)

    response = desk.get(
        reverse("worklist:show-team", args=[team.ref]) + "?show=sideways&risk=nonsense&after=nonsense"
    )

    assert len(response.context["page"].rows) == 1


def test_the_list_of_a_team_one_does_not_belong_to_is_refused_with_the_reason(desk):
    response = desk.get(reverse("worklist:show-team", args=[TeamFactory().ref]))

    assert response.status_code == 403
    assert "a team that you belong to" in response.content.decode()


def test_looking_at_a_task_is_written_down_before_it_is_shown(desk, worker, team):
    task = TaskFactory(owner=worker, team=team)

    text = body(desk.get(reverse("worklist:show-task", args=[task.ref])))

    assert View.objects.filter(person_id=task.person_id, page="worklist:show-task").count() == 1
    assert "Mark as done" in text
    assert task.person.name not in text.partition("</title>")[0]


def test_a_task_is_done_by_hand_once(desk, worker, team):
    task = TaskFactory(owner=worker, team=team)
    address = reverse("worklist:finish-task", args=[task.ref])

    desk.post(address, {"version": 1})
    again = desk.post(address, {"version": 2})

    task.refresh_from_db()
    assert (task.status, task.closed_by, task.version) == ("done", worker, 2)
    assert again.status_code == 409
    assert Event.objects.filter(code=events.TASK_DONE).count() == 1


def test_a_stale_page_does_not_finish_a_task_that_somebody_changed(desk, worker, team):
    task = TaskFactory(owner=worker, team=team, version=3)

    response = desk.post(reverse("worklist:finish-task", args=[task.ref]), {"version": 1}, follow=True)

    task.refresh_from_db()
    assert task.status == "open"
    assert "Someone else has changed this task" in response.content.decode()


def test_setting_a_task_aside_needs_a_reason(desk, worker, team):
    task = TaskFactory(owner=worker, team=team)
    address = reverse("worklist:cancel-task", args=[task.ref])

    refused = desk.post(address, {"version": 1, "reason": ""})
    desk.post(address, {"version": 1, "reason": "She rang herself"})

    task.refresh_from_db()
    assert refused.status_code == 400
    assert "Say why this task is no longer needed" in refused.content.decode()
    assert task.status == "cancelled"
    assert Event.objects.get(code=events.TASK_CANCELLED).detail["reason"] == "She rang herself"


def test_asking_a_colleague_moves_the_task_and_tells_them(desk, worker, team):
    colleague = UserFactory(worker_in=team)
    task = TaskFactory(owner=worker, team=team)

    desk.post(reverse("worklist:ask-colleague", args=[task.ref]), {"version": 1, "colleague": colleague.ref})

    task.refresh_from_db()
    assert (task.owner, task.asked_by) == (colleague, worker)
    assert Notification.objects.filter(recipient=colleague, channel="in_app").count() == 1


def test_somebody_outside_the_team_may_look_but_not_finish(client, team):
    outsider = sign_in(client, UserFactory(worker_in=TeamFactory()))
    task = TaskFactory(team=team, owner=UserFactory(worker_in=team))

    assert outsider.get(reverse("worklist:show-task", args=[task.ref])).status_code == 200
    refused = outsider.post(reverse("worklist:finish-task", args=[task.ref]), {"version": 1})
    assert refused.status_code == 403


def test_a_task_is_added_once_however_often_the_button_is_pressed(desk, worker):
    person = PersonFactory(external_id="")
    due = clock.today() + timedelta(days=5)
    address = reverse("worklist:add-task", args=[person.ref])
    form = {
        "form_key": desk.get(address).context["form"]["form_key"].value(),
        "title": "Ring the surgery",
        "why": "",
        "waiting_for": "",
        "owner": worker.ref,
        "due_on_day": due.day,
        "due_on_month": due.month,
        "due_on_year": due.year,
    }
    form |= {"due_on_0": due.day, "due_on_1": due.month, "due_on_2": due.year}

    first, second = desk.post(address, form), desk.post(address, form)

    assert first.status_code == second.status_code == 302, first.content.decode()
    assert first["Location"] == second["Location"]
    assert Task.objects.get().owner == worker


def test_what_one_was_told_is_marked_as_read_all_at_once(desk, worker):
    NotificationFactory.create_batch(2, recipient=worker)
    NotificationFactory()

    desk.post(reverse("worklist:see-notifications"))

    assert Notification.objects.filter(seen_at=None).count() == 1
