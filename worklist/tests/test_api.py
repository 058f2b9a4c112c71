"""Tasks, work items and what one was told, through the API: the same rules as on the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from audit.models import View
from core import clock
from people.models import Person
from people.tests.factories import PersonFactory
from worklist.models import Task
from worklist.tests.factories import NotificationFactory, TaskFactory, WorkItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(worker):
    return api_client(worker)


def test_my_tasks_come_with_references_only_and_earliest_first(api, worker, team):
    late = TaskFactory(owner=worker, team=team, overdue=True)
    soon = TaskFactory(owner=worker, team=team)
    TaskFactory(team=team)

    rows = api.get(reverse("api-worklist-tasks")).json()["results"]

    assert [row["ref"] for row in rows] == [late.ref, soon.ref]
    assert rows[0]["person"] == late.person.ref
    assert not {"id", "pk", "person_id", "key"} & set(rows[0])


def test_the_list_costs_the_same_for_one_row_and_for_fifty(api, worker, team):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert api.get(reverse("api-worklist-tasks")).status_code == 200
        return [query["sql"] for query in queries if "core_clockoffset" not in query["sql"]]

    TaskFactory(owner=worker, team=team)
    cost()
    one = cost()
    TaskFactory.create_batch(49, owner=worker, team=team)

    assert len(cost()) == len(one) <= 8


def test_reading_a_task_is_recorded(api, worker, team):
    task = TaskFactory(owner=worker, team=team)

    answer = api.get(reverse("api-worklist-task", args=[task.ref]))

    assert answer["ETag"] == '"1"'
    assert View.objects.get().page == "api-worklist-task"


def test_finishing_needs_the_version_and_happens_once(api, worker, team):
    task = TaskFactory(owner=worker, team=team)
    address = reverse("api-worklist-finish-task", args=[task.ref])

    assert api.post(address).status_code == 428
    assert api.post(address, HTTP_IF_MATCH='"9"').status_code == 409
    done = api.post(address, HTTP_IF_MATCH='"1"')
    assert (done.status_code, done.json()["status"]) == (200, "done")
    assert api.post(address, HTTP_IF_MATCH='"2"').status_code == 409


def test_setting_aside_needs_a_reason(api, worker, team):
    task = TaskFactory(owner=worker, team=team)
    address = reverse("api-worklist-cancel-task", args=[task.ref])

    assert api.post(address, {"reason": " "}, HTTP_IF_MATCH='"1"').status_code == 400
    assert api.post(address, {"reason": "She rang"}, HTTP_IF_MATCH='"1"').json()["status"] == "cancelled"


def test_a_colleague_who_may_not_know_the_person_cannot_be_asked(api, worker, team):
    task = TaskFactory(owner=worker, team=team)
    address = reverse("api-worklist-ask-colleague", args=[task.ref])
    money = UserFactory()

    assert api.post(address, {"colleague": "nobody"}, HTTP_IF_MATCH='"1"').status_code == 400
    assert api.post(address, {"colleague": money.ref}, HTTP_IF_MATCH='"1"').status_code == 400
    task.refresh_from_db()
    assert task.owner == worker


def test_a_task_is_added_once_for_each_key(api, worker):
    person = PersonFactory(external_id="")
    content = {"person": person.ref, "title": "Ring back", "due_on": str(clock.today() + timedelta(days=3))}
    address = reverse("api-worklist-tasks")

    assert api.post(address, content).status_code == 400
    first = api.post(address, content, HTTP_IDEMPOTENCY_KEY="a-key-of-mine")
    second = api.post(address, content, HTTP_IDEMPOTENCY_KEY="a-key-of-mine")
    other = api.post(address, {**content, "title": "Write"}, HTTP_IDEMPOTENCY_KEY="a-key-of-mine")

    assert (first.status_code, second.status_code, other.status_code) == (201, 200, 409)
    assert first.json()["ref"] == second.json()["ref"]
    assert Task.objects.get().owner == worker


@pytest.mark.parametrize(
    "wrong",
    [
        {"due_on": "2020-01-01"},
        {"due_on": "tomorrow"},
        {"title": ""},
        {"title": "x" * 10_000},
        {"title": "a\x00b"},
    ],
)
def test_a_wrong_task_is_refused_with_words(api, wrong):
    person = PersonFactory(external_id="")
    content = {"person": person.ref, "title": "Ring", "due_on": str(clock.today()), **wrong}

    answer = api.post(reverse("api-worklist-tasks"), content, HTTP_IDEMPOTENCY_KEY="another-key")

    assert answer.status_code == 400
    assert not Task.objects.exists()


def test_a_person_one_may_not_know_of_is_not_found(api, worker, team):
    secret = PersonFactory(external_id="", level=Person.Level.NAMED_USERS, access_list=AccessListFactory())
    task = TaskFactory(owner=worker, team=team, person=secret)
    content = {"person": secret.ref, "title": "Ring", "due_on": str(clock.today())}

    assert api.get(reverse("api-worklist-task", args=[task.ref])).status_code == 404
    assert api.get(reverse("api-worklist-tasks")).json()["results"] == []
    assert (
        api.post(reverse("api-worklist-tasks"), content, HTTP_IDEMPOTENCY_KEY="yet-another").status_code
        == 404
    )


def test_open_work_of_my_teams_is_narrowed_by_what_is_known(api, worker, team):
    free = WorkItemFactory(team=team)
    WorkItemFactory(team=team, owner=worker, active=True)
    WorkItemFactory(team=TeamFactory())
    address = reverse("api-worklist-work-items")

    assert len(api.get(address).json()["results"]) == 2
    assert [row["ref"] for row in api.get(address + "?unallocated=true&kind=nonsense").json()["results"]] == [
        free.ref
    ]
    assert len(api.get(address + "?stage=active").json()["results"]) == 1


def test_what_i_was_told(api, worker):
    NotificationFactory(recipient=worker)
    NotificationFactory()

    [row] = api.get(reverse("api-worklist-notifications")).json()["results"]

    assert row["sentence"] == "A task is due"
