"""One box that finds a person, and a record that is not made twice."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event
from people import names, search, services
from people.models import Address, Person
from people.tests.factories import AddressFactory, AllocationFactory, PersonFactory, next_nhs_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return UserFactory(worker_in=TeamFactory())


@pytest.fixture
def peggy():
    return PersonFactory(
        given_names="Margaret Ann",
        family_name="Whitlow",
        preferred_name="Peggy",
        local_number="NB 104273",
        nhs_number="9991042733",
        external_id="OLD77",
        date_of_birth=date(1944, 3, 14),
    )


@pytest.mark.parametrize(
    "typed",
    [
        "whitlow",
        "WHIT",
        "peggy",
        "peg whit",
        "margaret whitlow",
        "wh",
        "w",
        "wh ma",
        "witlow",
        "whitlwo",
        "999 104 2733",
        "9991042733",
        "NB 104273",
        "nb104273",
        "104273",
        "old77",
        "14/3/1944",
        "14 March 44",
        "whitlow 14.03.1944",
    ],
)
def test_a_person_is_found_by_what_a_worker_has_at_hand(worker, peggy, typed):
    PersonFactory(given_names="Bilal", family_name="Hussain", date_of_birth=date(1990, 1, 1))

    assert search.search(worker, typed).rows == [peggy]


@pytest.mark.parametrize("typed", ["xyzzyq", "zzzz", "123456789", "1 January 1901"])
def test_what_fits_nobody_finds_nobody(worker, peggy, typed):
    PersonFactory(given_names="Scott", family_name="Zusak")

    assert search.search(worker, typed).rows == []


def test_exact_names_come_before_those_that_only_sound_like_them(worker):
    alike = PersonFactory(given_names="Ann", family_name="Smyth")
    exact = PersonFactory(given_names="Zoe", family_name="Smith")

    found = search.search(worker, "smith")

    assert found.rows == [exact, alike]
    assert found.has_alike


def test_more_than_a_hundred_are_cut_and_said_to_be_more(worker):
    people = [
        Person(
            local_number=f"P {number}",
            given_names="Ann",
            family_name="Jones",
            name_sort="jones ann",
            search_text=names.search_text(names=["Ann", "Jones"], numbers=[]),
            created_at="2026-01-01T00:00Z",
            updated_at="2026-01-01T00:00Z",
        )
        for number in range(120)
    ]
    Person.objects.bulk_create(people)

    found = search.search(worker, "jones")

    assert (len(found.rows), found.more) == (100, True)


def test_what_is_typed_never_stands_in_an_address_or_the_trail(worker, peggy):
    client = signed_in_client(worker)

    response = client.post(reverse("people:search"), {"q": "whitlow"}, follow=True)

    assert "whitlow" not in response.request["QUERY_STRING"].lower()
    assert b"Peggy Whitlow" in response.content
    assert [event.detail for event in Event.objects.filter(code="people.person.searched")] == [{"found": 1}]


def test_whom_one_opened_last_stands_on_the_search_page(worker, peggy):
    # Given a worker who opened two records, one of which is restricted since
    client = signed_in_client(worker)
    other = PersonFactory(given_names="Harold", family_name="Ashdown")
    for person in (other, peggy):
        client.get(reverse("people:show-network", args=[person.ref]))
    Person.objects.filter(pk=other.pk).update(level=Person.Level.NAMED_USERS, access_list=AccessListFactory())

    # When the search page is opened, then it offers the one whom the worker may still know of
    page = client.get(reverse("people:search"))
    assert [row["person"] for row in page.context["rows"]] == [peggy]
    assert "You opened lately" in page.content.decode()

    # And to a colleague nobody
    colleague = signed_in_client(UserFactory(worker_in=worker.main_team))
    assert colleague.get(reverse("people:search")).context["rows"] == []


def test_an_address_of_a_search_shows_nothing_in_another_session(worker, peggy):
    address = signed_in_client(worker).post(reverse("people:search"), {"q": "whitlow"})["Location"]

    response = signed_in_client(UserFactory(worker_in=TeamFactory())).get(address)

    assert b"Whitlow" not in response.content
    assert b"no longer kept" in response.content


@pytest.mark.parametrize("people", [1, 60])
def test_search_results_take_the_same_queries_however_many_are_found(
    worker, people, django_assert_max_num_queries
):
    team = TeamFactory()
    for person in PersonFactory.create_batch(people, family_name="Okafor"):
        AddressFactory(person=person)
        AllocationFactory(person=person, team=team, worker=worker)
    client = signed_in_client(worker)
    address = client.post(reverse("people:search"), {"q": "okafor"})["Location"]
    client.get(address)

    with django_assert_max_num_queries(8):
        client.get(address)


def answers(**others):
    return {
        "form_key": "k" * 24,
        "given_names": "Margaret Ann",
        "family_name": "Whitlow",
        "date_of_birth_day": "14",
        "date_of_birth_month": "3",
        "date_of_birth_year": "1944",
        "roles": ["service_user"],
        "postcode": "zz14qt",
        "address_lines": "12 Alder Row",
        **others,
    }


def test_a_new_person_is_added_and_their_record_opens(worker):
    response = signed_in_client(worker).post(reverse("people:add-person"), answers(), follow=True)

    person = Person.objects.get()
    assert response.request["PATH_INFO"] == person.get_absolute_url()
    assert Address.objects.get(person=person).postcode == "ZZ1 4QT"


def test_pressing_add_twice_makes_one_record(worker):
    client = signed_in_client(worker)

    first = client.post(reverse("people:add-person"), answers())
    second = client.post(reverse("people:add-person"), answers())

    assert first["Location"] == second["Location"]
    assert Person.objects.count() == 1


def test_somebody_alike_is_shown_before_anything_is_saved_and_can_be_passed_by(worker):
    known = PersonFactory(given_names="Margret", family_name="Witlow", date_of_birth=date(1944, 3, 14))
    client = signed_in_client(worker)

    asked = client.post(reverse("people:add-person"), answers())
    assert b"Is it one of these people?" in asked.content
    assert known.ref.encode() in asked.content
    assert Person.objects.count() == 1

    typed = {**dict(asked.context["typed"]), "roles": ["service_user"], "asked": asked.context["asked"]}
    client.post(reverse("people:add-person"), typed)
    assert Person.objects.count() == 2


def test_going_back_from_the_question_keeps_what_was_typed(worker):
    PersonFactory(given_names="Margaret", family_name="Whitlow", date_of_birth=date(1944, 3, 14))

    response = signed_in_client(worker).post(reverse("people:add-person"), answers(change="yes"))

    assert b'value="Margaret Ann"' in response.content
    assert Person.objects.count() == 1


def test_the_same_nhs_number_stops_everything(worker):
    number = next_nhs_number()
    PersonFactory(nhs_number=number, given_names="Else", family_name="Other")
    client = signed_in_client(worker)

    asked = client.post(reverse("people:add-person"), answers(nhs_number=number))
    again = client.post(
        reverse("people:add-person"), answers(nhs_number=number, asked=asked.context["asked"])
    )

    assert b"This NHS number is on a record already" in again.content
    assert b"None of these" not in again.content
    assert Person.objects.count() == 1


def test_an_unlikely_age_is_asked_about_once(worker):
    client = signed_in_client(worker)
    child = answers(date_of_birth_year="2015")

    asked = client.post(reverse("people:add-person"), child)
    assert b"Is this date of birth right?" in asked.content
    client.post(reverse("people:add-person"), {**child, "asked": asked.context["asked"]})

    assert Person.objects.count() == 1


def test_what_was_searched_for_is_not_typed_again(worker):
    client = signed_in_client(worker)
    address = client.post(reverse("people:search"), {"q": "Margaret Whitlow 14/3/1944"})["Location"]

    response = client.get(f"{reverse('people:add-person')}?{address.partition('?')[2]}")

    assert b'value="Whitlow"' in response.content
    assert b'value="1944"' in response.content


@pytest.mark.parametrize(
    "facts,strength",
    [
        ({"family_name": "Whitlow", "date_of_birth": date(1944, 3, 14)}, "likely"),
        ({"family_name": "Witlow", "date_of_birth": date(1944, 3, 14)}, "likely"),
        ({"family_name": "Whitlow", "date_of_birth": date(1944, 3, 15)}, "possible"),
        ({"family_name": "Whitlow", "date_of_birth": None}, "possible"),
        ({"family_name": "Whitlow", "date_of_birth": date(1971, 8, 2)}, None),
        ({"family_name": "Hussain", "date_of_birth": date(1944, 3, 14)}, None),
        ({"family_name": "Hussain", "date_of_birth": date(1971, 8, 2), "nhs_number": "9991042733"}, "same"),
        ({"family_name": "Whitlow", "date_of_birth": date(1971, 8, 2), "postcode": "ZZ1 4QT"}, "likely"),
    ],
)
def test_how_sure_it_is_that_two_are_one(worker, peggy, facts, strength):
    AddressFactory(person=peggy)

    matches = services.find_duplicates(
        **{"given_names": "Margaret", "nhs_number": "", "user": worker, **facts}
    )

    assert [match.strength for match in matches] == ([strength] if strength else [])


def test_the_address_of_a_refuge_finds_nobody(worker, peggy):
    AddressFactory(person=peggy, confidential=True)

    assert not services.find_duplicates(
        given_names="Margaret",
        family_name="Whitlow",
        date_of_birth=date(1971, 8, 2),
        nhs_number="",
        postcode="ZZ1 4QT",
        user=worker,
    )
