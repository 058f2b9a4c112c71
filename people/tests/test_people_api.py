"""People in the API: by the rules of the pages, made once, changed by version."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from audit.models import View
from core import clock
from people.models import Allocation, CaseNote, Person, Relationship
from people.tests.factories import AllocationFactory, CaseNoteFactory, PersonFactory, next_nhs_number

pytestmark = pytest.mark.django_db
KEY = {"HTTP_IDEMPOTENCY_KEY": "0123456789abcdef"}


@pytest.fixture
def worker():
    return UserFactory(worker_in=TeamFactory())


@pytest.fixture
def client_of_worker(worker):
    return api_client(worker)


def test_a_person_is_found_by_a_post_so_that_no_name_stands_in_an_address(client_of_worker):
    person = PersonFactory(given_names="Peggy", family_name="Whitlow")

    answer = client_of_worker.post(reverse("api-people-search"), {"q": "whitlow"}).json()

    assert [row["ref"] for row in answer["results"]] == [person.ref]
    assert "id" not in answer["results"][0]


def test_a_record_is_read_with_its_version_and_the_look_is_written_down(client_of_worker):
    person = PersonFactory()

    answer = client_of_worker.get(reverse("api-people-show", args=[person.ref]))

    assert answer["ETag"] == '"1"'
    assert answer.json()["nhs_number"] == person.nhs_number
    assert View.objects.get().page == "api-people-show"


def test_a_record_is_made_once_for_each_key(client_of_worker):
    facts = {"given_names": "Peggy", "family_name": "Whitlow", "date_of_birth": "1944-03-14"}

    first = client_of_worker.post(reverse("api-people-list"), facts, **KEY)
    again = client_of_worker.post(reverse("api-people-list"), facts, **KEY)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["ref"] == again.json()["ref"]
    assert Person.objects.count() == 1


def test_a_key_used_for_something_else_is_a_conflict(client_of_worker):
    client_of_worker.post(reverse("api-people-list"), {"given_names": "A", "family_name": "Bee"}, **KEY)

    answer = client_of_worker.post(
        reverse("api-people-list"), {"given_names": "C", "family_name": "Dee"}, **KEY
    )

    assert answer.status_code == 409


def test_a_record_is_not_made_without_a_key(client_of_worker):
    answer = client_of_worker.post(reverse("api-people-list"), {"given_names": "A", "family_name": "Bee"})

    assert answer.status_code == 400


def test_those_who_may_be_the_same_are_answered_until_each_was_looked_at(client_of_worker):
    known = PersonFactory(given_names="Peggy", family_name="Whitlow", date_of_birth=date(1944, 3, 14))
    facts = {"given_names": "Peggy", "family_name": "Witlow", "date_of_birth": "1944-03-14"}

    asked = client_of_worker.post(reverse("api-people-list"), facts, **KEY)
    assert asked.status_code == 409
    assert [row["ref"] for row in asked.json()["people"]] == [known.ref]

    made = client_of_worker.post(reverse("api-people-list"), {**facts, "not_these": [known.ref]}, **KEY)
    assert made.status_code == 201


def test_the_same_nhs_number_is_never_passed_by(client_of_worker):
    known = PersonFactory(nhs_number=next_nhs_number())
    facts = {
        "given_names": "Other",
        "family_name": "Name",
        "nhs_number": known.nhs_number,
        "not_these": [known.ref],
    }

    assert client_of_worker.post(reverse("api-people-list"), facts, **KEY).status_code == 409


def test_a_correction_needs_the_version_and_the_right_one(client_of_worker):
    person = PersonFactory()
    address = reverse("api-people-correct", args=[person.ref])

    assert client_of_worker.post(address, {"phone": "01632 960111"}).status_code == 428
    assert client_of_worker.post(address, {"phone": "01632 960111"}, HTTP_IF_MATCH='"7"').status_code == 409
    answer = client_of_worker.post(address, {"phone": "01632 960111"}, HTTP_IF_MATCH='"1"')

    assert (answer.status_code, answer["ETag"], answer.json()["phone"]) == (200, '"2"', "01632 960111")


def test_what_cannot_be_is_refused_in_words(client_of_worker):
    person = PersonFactory()

    answer = client_of_worker.post(
        reverse("api-people-correct", args=[person.ref]), {"nhs_number": "9876543211"}, HTTP_IF_MATCH='"1"'
    )

    assert answer.status_code == 400
    assert "not a real NHS number" in str(answer.json())


def test_notes_are_written_corrected_and_listed(client_of_worker, worker):
    person = PersonFactory()
    address = reverse("api-people-notes", args=[person.ref])
    note = {"kind": "visit", "occurred_at": clock.now().isoformat(), "text": "Two falls"}

    first = client_of_worker.post(address, note, **KEY)
    client_of_worker.post(address, note, **KEY)
    client_of_worker.post(
        address,
        {**note, "text": "Three falls", "corrects": first.json()["ref"]},
        HTTP_IDEMPOTENCY_KEY="fedcba9876543210",
    )

    rows = client_of_worker.get(address).json()["results"]
    assert CaseNote.objects.count() == 2
    assert {row["text"]: bool(row["corrected_by"]) for row in rows} == {
        "Two falls": True,
        "Three falls": False,
    }


def test_a_note_about_tomorrow_is_refused(client_of_worker):
    person = PersonFactory()
    answer = client_of_worker.post(
        reverse("api-people-notes", args=[person.ref]),
        {"kind": "visit", "occurred_at": "2190-01-01T10:00:00Z", "text": "x"},
        **KEY,
    )

    assert answer.status_code == 400


def test_someone_is_added_to_the_network_by_reference_or_by_name(client_of_worker):
    person, carer = PersonFactory(), PersonFactory()
    address = reverse("api-people-relationships", args=[person.ref])

    linked = client_of_worker.post(address, {"other": carer.ref, "kind": "son", "is_main_carer": True}, **KEY)
    named = client_of_worker.post(
        address, {"other_name": "Mr Desai", "kind": "neighbour"}, HTTP_IDEMPOTENCY_KEY="fedcba9876543210"
    )

    assert (linked.status_code, linked.json()["other"]) == (201, carer.ref)
    assert named.json()["other_name"] == "Mr Desai"
    assert len(client_of_worker.get(address).json()) == Relationship.objects.count() == 2


def test_a_handover_needs_its_summary_and_the_right():
    team = TeamFactory()
    lead, worker = AllocationFactory(team=team), UserFactory(worker_in=team)
    address = reverse("api-people-allocate", args=[lead.person.ref])
    given = {"team": team.ref, "worker": worker.ref}
    manager = api_client(UserFactory(manager_of=team))

    assert api_client(worker).post(address, {**given, "handover_summary": "x"}, **KEY).status_code == 403
    assert manager.post(address, given, **KEY).status_code == 400
    answer = manager.post(address, {**given, "handover_summary": "All well"}, **KEY)

    assert answer.status_code == 201
    assert Allocation.objects.get(valid_to=None).worker == worker


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.ANALYST, Role.ADMINISTRATOR])
@pytest.mark.parametrize(
    "name", ["api-people-list", "api-people-search", "api-people-show", "api-people-notes"]
)
def test_staff_who_do_not_work_with_people_are_refused(role, name):
    client = api_client(UserFactory(role_in=(role, TeamFactory())))
    arguments = [PersonFactory().ref] if name in ("api-people-show", "api-people-notes") else []

    assert client.get(reverse(name, args=arguments)).status_code == 403


def test_the_public_and_strangers_find_no_api(client):
    person = PersonFactory()
    address = reverse("api-people-show", args=[person.ref])

    assert client.get(address).status_code == 401
    assert api_client(UserFactory(public=True)).get(address).status_code == 404


@pytest.mark.parametrize("people", [1, 50])
def test_a_list_takes_the_same_queries_however_long_it_is(
    client_of_worker, people, django_assert_max_num_queries
):
    team, author = TeamFactory(), UserFactory()
    for person in PersonFactory.create_batch(people):
        AllocationFactory(person=person, team=team, worker=author)
    CaseNoteFactory.create_batch(people, person=person, author=author)
    for address in (reverse("api-people-list"), reverse("api-people-notes", args=[person.ref])):
        client_of_worker.get(address)
        with django_assert_max_num_queries(8):
            assert len(client_of_worker.get(address).json()["results"]) == people
