"""Requests from the website through the API: the same rules as on the pages."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from audit.models import View
from contacts.models import Contact, OnlineRequest
from contacts.tests.factories import OnlineRequestFactory
from people.models import Person
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
LIST = reverse("api-contacts-online-requests")


@pytest.fixture
def api(duty):
    return api_client(duty)


@pytest.fixture
def online(front_door):
    return OnlineRequestFactory(team=front_door)


def post(api, name, online, version=1, **given):
    address = reverse(f"api-contacts-{name}-online", args=[online.ref])
    return api.post(address, given, HTTP_IF_MATCH=f'"{version}"')


def test_what_waits_stands_in_the_list_without_an_answer_and_whole_by_itself(api, online, front_door):
    OnlineRequestFactory(team=front_door, matched=True)
    OnlineRequestFactory()

    rows = api.get(LIST, {"status": "received"}).json()["results"]
    whole = api.get(reverse("api-contacts-online-request", args=[online.ref]))

    assert [row["ref"] for row in rows] == [online.ref]
    assert "answers" not in rows[0]
    assert "family_name" not in rows[0]
    assert whole.json()["answers"][0]["answer"] == "I want to stay here."
    assert whole.headers["ETag"] == '"1"'


def test_the_list_costs_the_same_for_one_request_and_for_twenty(api, online, front_door):
    api.get(LIST)  # the session and the teams of the reader are read once
    with CaptureQueriesContext(connection) as one:
        api.get(LIST)
    OnlineRequestFactory.create_batch(19, team=front_door, matched=True)
    with CaptureQueriesContext(connection) as many:
        api.get(LIST)

    assert len(many) == len(one)


def test_a_request_that_is_about_somebody_on_record_becomes_a_contact(api, online, duty):
    margaret = PersonFactory()

    answer = post(api, "match", online, person=margaret.ref)

    contact = Contact.objects.get()
    assert answer.status_code == 200
    assert (answer.json()["person"], answer.json()["contact"]) == (margaret.ref, contact.ref)
    assert (contact.person, contact.received_at) == (margaret, online.sent_at)
    online.refresh_from_db()
    assert (online.status, online.decided_by, answer.headers["ETag"]) == ("matched", duty, '"2"')


def test_once_it_is_a_contact_whoever_reads_it_is_recorded(api, duty, front_door):
    matched = OnlineRequestFactory(team=front_door, matched=True)

    api.get(reverse("api-contacts-online-request", args=[matched.ref]))

    view = View.objects.get(person_id=matched.person_id)
    assert (view.by, view.page) == (duty, "api-contacts-online-request")


def test_where_nobody_on_record_is_meant_the_record_is_made_from_the_answers(api, online):
    assert post(api, "match", online, is_new=True).status_code == 200

    made = Person.objects.get(family_name="Marlow")
    assert (made.date_of_birth, Contact.objects.get().person) == (date(1944, 3, 14), made)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"person": "x", "is_new": True}, 400),
        ({"person": "nobody"}, 404),
        ({"person": "a\x00b"}, 400),
    ],
    ids=["nobody named", "both", "not there", "NUL"],
)
def test_what_does_not_say_whom_it_is_about_changes_nothing(api, online, given, status):
    answer = post(api, "match", online, **given)

    assert answer.status_code == status
    assert answer.json()
    assert not Contact.objects.exists()


def test_a_person_one_may_not_know_of_is_not_there(api, online):
    assert post(api, "match", online, person=PersonFactory(restricted=True).ref).status_code == 404


def test_of_two_who_decide_the_second_is_told(api, online):
    post(api, "match", online, person=PersonFactory().ref)

    assert post(api, "match", online, person=PersonFactory().ref).status_code == 409
    assert post(api, "set-aside", online, why="Sent twice").status_code == 409
    assert Contact.objects.count() == 1


def test_what_is_no_request_is_set_aside_with_a_reason(api, online):
    assert post(api, "set-aside", online, why=" ").status_code == 400
    answer = post(api, "set-aside", online, why="Sent twice")

    assert (answer.status_code, answer.json()["status"]) == (200, "set_aside")
    assert OnlineRequest.objects.get().why_set_aside == "Sent twice"


def test_another_team_finds_nothing_and_a_manager_above_may_read_and_not_decide(online):
    stranger = api_client(UserFactory(worker_in=TeamFactory()))
    above = api_client(UserFactory(role_in=(Role.SERVICE_MANAGER, TeamFactory())))

    assert post(stranger, "set-aside", online, why="x").status_code == 404
    refused = post(above, "match", online, person=PersonFactory().ref)

    assert refused.status_code == 403
    assert "Only a duty worker or the manager" in refused.json()["detail"]
