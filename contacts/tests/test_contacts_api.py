"""Contacts and hand-overs through the API: the same rules, keys on creating, versions on changing."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from audit.models import View
from contacts.models import Contact, Handover
from contacts.tests.factories import ContactFactory, HandoverFactory
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
LIST = "api-contacts-contacts"
KEY = {"HTTP_IDEMPOTENCY_KEY": "a-key-of-this-call"}


@pytest.fixture
def api(duty):
    return api_client(duty)


def whole(person, front_door, **others):
    return {
        "person": person.ref,
        "team": front_door.ref,
        "source": "gp",
        "reason": "assessment",
        "what_is_happening": "Falls",
        "consent": "yes",
        **others,
    }


def at(name, record):
    return reverse(f"api-contacts-{name}", args=[record.ref])


def test_a_contact_is_taken_down_once_for_each_key(api, person, front_door):
    first = api.post(reverse(LIST), whole(person, front_door), **KEY)
    second = api.post(reverse(LIST), whole(person, front_door), **KEY)

    assert (first.status_code, second.status_code) == (201, 200)
    contact = Contact.objects.get()
    assert first.json() == second.json()
    assert first.json()["ref"] == contact.ref
    assert first.headers["ETag"] == '"1"'
    assert "id" not in first.json()


def test_the_same_key_with_other_answers_is_a_conflict(api, person, front_door):
    api.post(reverse(LIST), whole(person, front_door), **KEY)

    other = api.post(reverse(LIST), whole(person, front_door, source="family"), **KEY)

    assert other.status_code == 409


def test_without_a_key_nothing_is_made(api, person, front_door):
    assert api.post(reverse(LIST), whole(person, front_door)).status_code == 400
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ({"team": "nobody"}, 400),
        ({"person": "nobody"}, 404),
        ({"person": "a\ud800b"}, 400),
        ({"team": "a\ud800b"}, 400),
        ({"what_is_happening": ""}, 400),
        ({"what_is_happening": "x" * 10001}, 400),
        ({"what_is_happening": "a\x00b"}, 400),
        ({"what_is_happening": "a\ud800b"}, 400),
        ({"consent": "perhaps"}, 400),
        ({"received_at": "2999-01-01T00:00:00Z"}, 400),
    ],
)
def test_what_is_not_whole_is_refused_with_a_reason(api, person, front_door, others, status):
    # Written out, since half of a surrogate pair can be sent in JSON but not in UTF-8.
    text = json.dumps({**whole(person, front_door), **others})
    response = api.generic("POST", reverse(LIST), text, content_type="application/json", **KEY)

    assert response.status_code == status
    assert response.json()
    assert not Contact.objects.exists()


def test_a_person_one_may_not_know_of_is_not_found(api, front_door):
    hidden = PersonFactory(restricted=True)

    assert api.post(reverse(LIST), whole(hidden, front_door), **KEY).status_code == 404


def test_one_contact_is_read_with_what_was_said_and_the_view_is_recorded(api, duty, front_door):
    contact = ContactFactory(team=front_door)

    response = api.get(at("contact", contact))

    assert response.json()["what_is_happening"] == contact.what_is_happening
    assert response.headers["ETag"] == '"1"'
    view = View.objects.get(person_id=contact.person_id)
    assert (view.by, view.page) == (duty, "api-contacts-contact")


def test_a_list_holds_no_words_and_nobody_hidden(api, front_door):
    seen = ContactFactory(team=front_door)
    ContactFactory(team=front_door, person=PersonFactory(restricted=True))
    ContactFactory(team=front_door, closed=True)

    rows = api.get(reverse(LIST), {"status": "received", "team": front_door.ref}).json()["results"]

    assert [row["ref"] for row in rows] == [seen.ref]
    assert "what_is_happening" not in rows[0]


def test_a_filter_nobody_knows_is_refused(api):
    assert api.get(reverse(LIST), {"status": "lost"}).status_code == 400


@pytest.mark.parametrize("name", ["contacts", "handovers"])
def test_a_list_costs_the_same_for_one_row_and_for_fifty(api, front_door, name):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert api.get(reverse(f"api-contacts-{name}")).status_code == 200
        return len([query for query in queries if "core_clockoffset" not in query["sql"]])

    HandoverFactory(contact__team=front_door)
    cost()
    one = cost()
    for _ in range(49):
        HandoverFactory(contact__team=front_door)

    assert cost() == one <= 5


STEPS = {
    "mark-urgent": ({}, {"why_urgent": "Alone tonight"}, "urgent"),
    "screen": (
        {},
        {"safeguarding_considered": "no", "risk": "high", "screening_summary": "Two falls"},
        "screened",
    ),
    "pass-on": ({"screened": True}, {"kind": "assessment", "summary": "Please visit"}, "waiting"),
    "close": (
        {"screened": True},
        {"outcome": "nfa_advice", "advice_given": "A leaflet", "told_right_to_assessment": True},
        "closed_ia",
    ),
}


@pytest.fixture(params=STEPS)
def step(request, front_door, receiving):
    traits, given, target = STEPS[request.param]
    if request.param == "pass-on":
        given = {**given, "to_team": receiving.ref}
    return request.param, ContactFactory(team=front_door, **traits), given, target


def test_each_action_moves_the_contact_and_answers_with_its_new_version(api, step):
    name, contact, given, target = step

    response = api.post(at(name, contact), given, HTTP_IF_MATCH='"1"')

    assert response.status_code == 200, response.json()
    assert response.json()["status"] == target
    assert response.headers["ETag"] == '"2"'


def test_each_action_needs_the_version_that_was_read(api, step):
    name, contact, given, _ = step

    assert api.post(at(name, contact), given).status_code == 428
    assert api.post(at(name, contact), given, HTTP_IF_MATCH='"7"').status_code == 409
    contact.refresh_from_db()
    assert contact.version == 1


def test_each_action_refuses_another_team_with_the_reason(stranger, step):
    name, contact, given, _ = step

    response = api_client(stranger).post(at(name, contact), given, HTTP_IF_MATCH='"1"')

    assert response.status_code == 403
    assert "Only a duty worker or the manager of Front door" in response.json()["detail"]


def test_each_action_on_a_contact_that_is_closed_is_a_conflict(api, front_door, step):
    name, _, given, _ = step
    closed = ContactFactory(team=front_door, closed=True)

    assert api.post(at(name, closed), given, HTTP_IF_MATCH='"1"').status_code == 409


def test_each_action_without_its_answers_is_refused(api, step):
    name, contact, _, _ = step

    assert api.post(at(name, contact), {}, HTTP_IF_MATCH='"1"').status_code == 400


def test_each_action_about_a_hidden_person_is_not_found(api, front_door, step):
    name, _, given, _ = step
    hidden = ContactFactory(team=front_door, person=PersonFactory(sealed=True))

    assert api.post(at(name, hidden), given, HTTP_IF_MATCH='"1"').status_code == 404


def test_the_outcome_must_fit_what_is_passed_on(api, front_door, receiving):
    contact = ContactFactory(team=front_door, screened=True)
    given = {"kind": "reablement", "outcome": "assessment", "to_team": receiving.ref, "summary": "x"}

    response = api.post(at("pass-on", contact), given, HTTP_IF_MATCH='"1"')

    assert response.status_code == 400
    assert not Handover.objects.exists()


def test_handovers_are_listed_for_a_team_and_one_is_read_with_its_summary(api, receiving):
    handover = HandoverFactory(to_team=receiving)
    HandoverFactory()

    rows = api.get(reverse("api-contacts-handovers"), {"team": receiving.ref, "status": "open"}).json()[
        "results"
    ]
    assert [row["ref"] for row in rows] == [handover.ref]
    assert "summary" not in rows[0]

    assert api.get(at("handover", handover)).json()["summary"] == handover.summary
    assert View.objects.get(person_id=handover.person_id).page == "api-contacts-handover"


@pytest.mark.parametrize("name", ["contacts", "handovers"])
def test_who_does_not_work_with_people_is_refused_and_the_public_finds_nothing(name):
    analyst = UserFactory(role_in=(Role.ANALYST, TeamFactory()))

    assert api_client(analyst).get(reverse(f"api-contacts-{name}")).status_code == 403
    assert api_client(UserFactory(public=True)).get(reverse(f"api-contacts-{name}")).status_code == 404
