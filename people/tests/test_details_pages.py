"""Details, one fact at a time: saved, refused, and two people at once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from core import clock
from people.forms.details import DETAILS
from people.models import Address, Person
from people.tests.factories import AddressFactory, AllocationFactory, PersonFactory, put_on_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory(given_names="Margaret", family_name="Whitlow")


@pytest.fixture
def client_of_worker():
    return signed_in_client(UserFactory(worker_in=TeamFactory()))


ANSWERS = {
    "names": {"given_names": "Maggie", "family_name": "Whitlow-Day", "preferred_name": "Peg"},
    "birth": {
        "date_of_birth_day": "15",
        "date_of_birth_month": "mar",
        "date_of_birth_year": "1944",
        "date_of_birth_accuracy": "EAA",
    },
    "nhs-number": {"nhs_number": "", "nhs_number_status": "declined"},
    "contact": {
        "phone": "01632 960142",
        "email": "peg@example.org",
        "preferred_channel": "post",
        "safe_to_leave_message": "yes",
    },
    "gender": {"gender": "Other"},
    "ethnicity": {"ethnicity": "White: Roma"},
    "language": {"first_language": "Punjabi", "interpreter_needed": "yes"},
    "support": {"is_service_user": "on", "primary_support_reason": "Mental health support"},
    "health": {"dementia": "Yes", "hearing_impairment": "Hard of hearing"},
}


def test_each_page_of_details_has_answers_here():
    assert set(ANSWERS) == set(DETAILS)


@pytest.mark.parametrize("fact", sorted(DETAILS))
def test_a_fact_is_changed_on_its_page(client_of_worker, person, fact):
    address = reverse("people:change-detail", args=[person.ref, fact])
    assert client_of_worker.get(address).status_code == 200

    response = client_of_worker.post(address, {"version": 1, **ANSWERS[fact]})

    assert response["Location"] == reverse("people:show-details", args=[person.ref])
    person.refresh_from_db()
    assert person.version == 2


@pytest.mark.parametrize("fact", sorted(DETAILS))
def test_when_somebody_else_was_faster_both_texts_are_shown_and_nothing_is_lost(
    client_of_worker, person, fact
):
    address = reverse("people:change-detail", args=[person.ref, fact])
    Person.objects.filter(pk=person.pk).update(version=5, phone="01632 960999", given_names="Faster")

    stale = client_of_worker.post(address, {"version": 1, **ANSWERS[fact]})

    assert stale.status_code == 409
    assert b"Two people changed this at the same time" in stale.content
    person.refresh_from_db()
    assert person.version == 5

    again = client_of_worker.post(address, {"version": 5, **ANSWERS[fact]})
    assert again.status_code == 302


def test_a_stale_page_shows_what_is_saved_beside_what_was_typed(client_of_worker, person):
    Person.objects.filter(pk=person.pk).update(version=2, given_names="Faster")

    body = client_of_worker.post(
        reverse("people:change-detail", args=[person.ref, "names"]), {"version": 1, **ANSWERS["names"]}
    ).content.decode()

    assert "Faster" in body
    assert 'value="Maggie"' in body


@pytest.mark.parametrize(
    "fact,wrong,message",
    [
        ("names", {"given_names": "", "family_name": "W"}, "Enter given names"),
        ("names", {"given_names": "…", "family_name": "W"}, "Enter at least one given name"),
        (
            "birth",
            {"date_of_birth_day": "31", "date_of_birth_month": "2", "date_of_birth_year": "1944"},
            "Date of birth must be a real date",
        ),
        (
            "nhs-number",
            {"nhs_number": "9876543211", "nhs_number_status": "verified"},
            "That is not a real NHS number",
        ),
        ("ethnicity", {"ethnicity": "Martian"}, "Choose an answer"),
        ("support", {}, "Say whether the person needs support"),
        (
            "contact",
            {"phone": "soon", "preferred_channel": "post", "safe_to_leave_message": "no"},
            "telephone number",
        ),
    ],
)
def test_a_fact_that_cannot_be_is_shown_again_with_what_is_wrong(
    client_of_worker, person, fact, wrong, message
):
    response = client_of_worker.post(
        reverse("people:change-detail", args=[person.ref, fact]), {"version": 1, **wrong}
    )

    assert response.status_code == 400
    assert message in response.content.decode()
    person.refresh_from_db()
    assert person.version == 1


def test_there_is_no_page_for_a_fact_that_does_not_exist(client_of_worker, person):
    assert (
        client_of_worker.get(reverse("people:change-detail", args=[person.ref, "version"])).status_code == 404
    )


def home(**others):
    day = clock.today() - timedelta(days=1)
    return {
        "version": 1,
        "address_lines": "4 Mill Lane",
        "postcode": "zz14qx",
        "moved_on_day": day.day,
        "moved_on_month": day.month,
        "moved_on_year": day.year,
        **others,
    }


def test_a_new_home_is_saved_from_its_day_on(client_of_worker, person):
    AddressFactory(person=person)

    client_of_worker.post(reverse("people:change-home", args=[person.ref]), home())

    assert Address.objects.get(person=person, valid_to=None).lines == "4 Mill Lane"


def test_no_home_at_all_is_said_not_left_out(client_of_worker, person):
    address = reverse("people:change-home", args=[person.ref])

    refused = client_of_worker.post(address, home(address_lines="", postcode=""))
    assert b"tick that the person has no fixed abode" in refused.content
    client_of_worker.post(address, home(address_lines="", postcode="", no_fixed_abode="on"))

    assert b"No fixed abode" in client_of_worker.get(person.get_absolute_url()).content


def test_the_address_of_a_refuge_is_for_the_named_worker_and_their_manager(person):
    team = TeamFactory()
    refuge = AddressFactory(person=person, confidential=True, lines="9 Hidden Yard")
    lead = AllocationFactory(person=person, team=team)
    named, manager = lead.worker, UserFactory(manager_of=team)
    colleague = UserFactory(worker_in=team)

    for name in ("people:show-person", "people:show-details"):
        address = reverse(name, args=[person.ref])
        assert refuge.lines in signed_in_client(named).get(address).content.decode()
        assert refuge.lines in signed_in_client(manager).get(address).content.decode()
        body = signed_in_client(colleague).get(address).content.decode()
        assert refuge.lines not in body
        assert refuge.postcode not in body
    assert (
        signed_in_client(colleague).get(reverse("people:change-home", args=[person.ref])).status_code == 403
    )


def test_what_matters_stands_first_on_the_overview(client_of_worker, person):
    today = clock.today()

    client_of_worker.post(
        reverse("people:change-what-matters", args=[person.ref]),
        {
            "version": 1,
            "text": "I want to stay in my own house with Biscuit.",
            "on_day": today.day,
            "on_month": today.month,
            "on_year": today.year,
        },
    )

    assert (
        b"I want to stay in my own house with Biscuit."
        in client_of_worker.get(person.get_absolute_url()).content
    )


def test_risk_is_changed_and_stands_beside_the_name(client_of_worker, person):
    client_of_worker.post(reverse("people:change-risk", args=[person.ref]), {"version": 1, "risk": "high"})

    assert b"High risk" in client_of_worker.get(person.get_absolute_url()).content


def test_a_death_is_recorded_on_a_page_that_says_what_will_happen(client_of_worker, person):
    address = reverse("people:record-death", args=[person.ref])
    assert b"Reminders and messages stop at once" in client_of_worker.get(address).content

    assert b"govuk-error-summary" in client_of_worker.post(address, {"version": 1}).content
    client_of_worker.post(
        address,
        {
            "version": 1,
            "is_sure": "on",
            "date_of_death_day": "20",
            "date_of_death_month": "11",
            "date_of_death_year": "2025",
        },
    )

    person.refresh_from_db()
    assert person.date_of_death == date(2025, 11, 20)
    assert b"has died" in client_of_worker.get(person.get_absolute_url()).content


def test_a_manager_withdraws_a_death_that_was_on_the_wrong_record():
    person = PersonFactory(deceased=True)
    address = reverse("people:withdraw-death", args=[person.ref])

    assert (
        signed_in_client(UserFactory(worker_in=TeamFactory())).post(address, {"version": 1}).status_code
        == 403
    )
    signed_in_client(UserFactory(manager_of=TeamFactory())).post(address, {"version": 1})

    person.refresh_from_db()
    assert not person.is_deceased


def test_a_manager_keeps_a_record_to_named_staff_and_opens_it_again(person):
    team = TeamFactory()
    manager, named, colleague = (
        UserFactory(manager_of=team),
        UserFactory(worker_in=team),
        UserFactory(worker_in=team),
    )
    client = signed_in_client(manager)
    address = reverse("people:change-level", args=[person.ref])

    unknown = client.post(
        address,
        {"version": 1, "level": "named_users", "members": "nobody@nowhere.example", "reason": "Staff"},
    )
    assert b"No member of staff has the address" in unknown.content
    client.post(
        address, {"version": 1, "level": "named_users", "members": named.email.upper(), "reason": "Staff"}
    )

    assert signed_in_client(named).get(person.get_absolute_url()).status_code == 200
    assert signed_in_client(colleague).get(person.get_absolute_url()).status_code == 404
    assert signed_in_client(colleague).get(address).status_code == 403

    client.post(address, {"version": 2, "level": "standard"})
    assert signed_in_client(colleague).get(person.get_absolute_url()).status_code == 200


def test_a_record_is_not_restricted_without_a_reason(person):
    response = signed_in_client(UserFactory(manager_of=TeamFactory())).post(
        reverse("people:change-level", args=[person.ref]), {"version": 1, "level": "named_users"}
    )

    assert b"Say why only named staff may open this record" in response.content


def test_a_record_already_restricted_can_be_given_to_others_by_a_manager_on_its_list():
    person = PersonFactory(restricted=True)
    manager, other = UserFactory(manager_of=TeamFactory()), UserFactory(worker_in=TeamFactory())
    put_on_list(person.access_list, manager)

    signed_in_client(manager).post(
        reverse("people:change-level", args=[person.ref]),
        {"version": 1, "level": "named_users", "members": other.email, "reason": "Takes over"},
    )

    assert signed_in_client(other).get(person.get_absolute_url()).status_code == 200
