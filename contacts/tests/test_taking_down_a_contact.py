"""A contact in five answers, through the page: about someone on record, about someone new, and never twice."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import sign_in
from audit.models import Event, View
from contacts.models import Contact
from core import form_keys
from people.models import Person
from people.tests.factories import PersonFactory
from worklist.models import Anchor, WorkItem

pytestmark = pytest.mark.django_db
ADD = "contacts:add-contact"


@pytest.fixture
def desk(client, duty):
    return sign_in(client, duty)


def answers(front_door, **others):
    return {
        "source": "family",
        "contact_name": "A daughter",
        "contact_phone": "01632 960141",
        "reason": "assessment",
        "what_is_happening": "She fell twice this month.",
        "in_their_words": "The bath frightens me.",
        "consent": "yes",
        "safeguarding_considered": "no",
        "can_wait": "yes",
        "why_urgent": "",
        "route": "community",
        "team": front_door.ref,
        "form_key": form_keys.new_key(),
        **others,
    }


def about_new(**others):
    return {
        "who-given_names": "Margaret Ann",
        "who-family_name": "Whitlow",
        "who-date_of_birth_day": "14",
        "who-date_of_birth_month": "3",
        "who-date_of_birth_year": "1944",
        "who-roles": "service_user",
        "who-form_key": form_keys.new_key(),
        **{f"who-{name}": value for name, value in others.items()},
    }


def for_person(person):
    return f"{reverse(ADD)}?person={person.ref}"


def test_a_contact_is_taken_down_for_a_person_on_record_and_somebody_is_asked_to_look(
    desk, duty, front_door, person
):
    page = desk.get(for_person(person))
    assert person.name in page.content.decode()
    assert person.name not in page.content.decode().split("</title>")[0]

    response = desk.post(for_person(person), answers(front_door), follow=True)

    contact = Contact.objects.get()
    assert response.redirect_chain[-1][0] == contact.get_absolute_url()
    assert "The contact is recorded" in response.content.decode()
    assert (contact.person, contact.team, contact.status) == (person, front_door, "received")
    assert (contact.received_by, contact.in_their_words) == (duty, "The bath frightens me.")
    assert set(Anchor.objects.values_list("rule_code", flat=True)) == {"CONTACT_SCREEN", "CONTACT_ACK"}
    assert WorkItem.objects.get(subject_ref=contact.ref).kind == "contact"
    assert Event.objects.get(code__startswith="contacts.").subject_ref == contact.ref


def test_opening_the_page_for_a_person_writes_down_who_looked(desk, duty, front_door, person):
    desk.get(for_person(person))

    view = View.objects.get(person_id=person.pk)
    assert (view.by, view.page) == (duty, ADD)


def test_the_button_pressed_twice_makes_one_contact(desk, front_door, person):
    given = answers(front_door)

    first = desk.post(for_person(person), given)
    second = desk.post(for_person(person), given)

    assert first.headers["Location"] == second.headers["Location"]
    assert Contact.objects.count() == 1


def test_the_key_of_one_contact_does_not_make_another(desk, front_door, person):
    given = answers(front_door)
    desk.post(for_person(person), given)

    response = desk.post(for_person(person), {**given, "what_is_happening": "Something else"})

    assert response.status_code == 409
    assert Contact.objects.count() == 1


def test_what_cannot_wait_stands_first_and_says_why(desk, front_door, person):
    given = answers(front_door, can_wait="no", why_urgent="Nobody is with her tonight")

    desk.post(for_person(person), given)

    contact = Contact.objects.get()
    assert (contact.status, contact.why_urgent) == ("urgent", "Nobody is with her tonight")


def test_what_cannot_wait_needs_a_reason(desk, front_door, person):
    response = desk.post(for_person(person), answers(front_door, can_wait="no"))

    assert response.status_code == 400
    assert "Say why it cannot wait" in response.content.decode()
    assert not Contact.objects.exists()


def test_a_reason_that_was_hidden_again_is_not_kept(desk, front_door, person):
    desk.post(for_person(person), answers(front_door, why_urgent="typed, then thought better of it"))

    assert Contact.objects.get().why_urgent == ""


def test_an_unasked_safeguarding_question_stays_open_for_the_first_look(desk, front_door, person):
    desk.post(for_person(person), answers(front_door, safeguarding_considered="not_asked"))

    assert Contact.objects.get().safeguarding_considered == ""


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("source", "who is asking"),
        ("reason", "what is it about"),
        ("what_is_happening", "What is happening?"),
        ("consent", "Does the person agree"),
        ("can_wait", "Can it wait"),
        ("team", "Which team"),
    ],
)
def test_each_answer_that_is_missing_is_named(desk, front_door, person, field, message):
    response = desk.post(for_person(person), answers(front_door, **{field: ""}))

    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
    assert message.lower() in response.content.decode().lower()
    assert not Contact.objects.exists()


def test_ten_thousand_characters_fit_and_one_more_is_refused_with_the_number(desk, front_door, person):
    refused = desk.post(for_person(person), answers(front_door, what_is_happening="ä" * 10001))
    assert refused.status_code == 400
    assert "1 character too long" in refused.content.decode()
    assert "ä" * 10001 in refused.content.decode()

    desk.post(for_person(person), answers(front_door, what_is_happening="ä" * 10000))
    assert len(Contact.objects.get().what_is_happening) == 10000


@pytest.mark.parametrize("field", ["what_is_happening", "in_their_words", "contact_name", "why_urgent"])
def test_a_character_that_cannot_be_stored_is_refused_and_the_text_is_kept(desk, front_door, person, field):
    given = answers(front_door, **{field: "before\x00after"})
    if field == "why_urgent":
        given["can_wait"] = "no"

    response = desk.post(for_person(person), given)

    assert response.status_code == 400
    assert "cannot store" in response.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "text", ["إنها سقطت مرتين هذا الشهر", "היא נפלה פעמיים", "<script>alert(1)</script> & ‮txt", "😀 Ŵ ŷ ñ"]
)
def test_any_writing_comes_back_as_it_was_typed(desk, front_door, person, text):
    desk.post(for_person(person), answers(front_door, what_is_happening=text))

    contact = Contact.objects.get()
    assert contact.what_is_happening == text
    page = desk.get(contact.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert (text in page) or ("&lt;script&gt;" in page)


def test_only_a_front_door_can_be_chosen(desk, front_door, receiving, person):
    response = desk.post(for_person(person), answers(front_door, team=receiving.ref))

    assert response.status_code == 400
    assert not Contact.objects.exists()


# Somebody to look for ------------------------------------------------------------------------------------------


def test_the_person_is_looked_for_first_and_what_is_typed_is_not_in_the_address(desk):
    person = PersonFactory(given_names="Margaret", family_name="Whitlow")

    response = desk.post(reverse(ADD), {"q": "whitlow"})

    assert "whitlow" not in response.headers["Location"].lower()
    page = desk.get(response.headers["Location"]).content.decode()
    assert f"?person={person.ref}" in page
    assert "It is about somebody new" in page


def test_a_search_that_is_no_longer_kept_says_so(desk):
    assert "Type it again" in desk.get(f"{reverse(ADD)}?t=forgotten").content.decode()


def test_what_was_searched_for_is_the_first_answer_about_somebody_new(desk, front_door):
    address = desk.post(reverse(ADD), {"q": "margaret whitlow 14.3.1944"}).headers["Location"]

    page = desk.get(f"{address}&new=yes").content.decode()

    assert 'value="Margaret"' in page
    assert 'value="Whitlow"' in page
    assert 'value="1944"' in page


# Somebody new --------------------------------------------------------------------------------------------------


def new_address():
    return f"{reverse(ADD)}?new=yes"


def test_somebody_new_and_the_contact_are_saved_together(desk, front_door):
    given = {**about_new(), **answers(front_door)}

    first = desk.post(new_address(), given)
    second = desk.post(new_address(), given)

    person = Person.objects.get()
    contact = Contact.objects.get()
    assert person.full_name == "Margaret Ann Whitlow"
    assert contact.person == person
    assert first.headers["Location"] == second.headers["Location"] == contact.get_absolute_url()


def test_a_contact_that_is_not_whole_makes_no_person(desk, front_door):
    response = desk.post(new_address(), {**about_new(), **answers(front_door, consent="")})

    assert response.status_code == 400
    assert not Person.objects.exists()


def test_whoever_may_be_the_same_is_shown_before_anything_is_saved(desk, front_door):
    known = PersonFactory(given_names="Margaret", family_name="Whitlow", date_of_birth="1944-03-14")
    given = {**about_new(), **answers(front_door)}

    page = desk.post(new_address(), given)

    assert page.status_code == 200
    assert "Is it one of these people?" in page.content.decode()
    assert not Contact.objects.exists()

    # It is nobody of these: the same answers, sent again with what was shown.
    desk.post(new_address(), {**given, "asked": known.ref})
    assert Contact.objects.get().person != known


def test_the_answers_come_along_to_the_person_who_was_there_already(desk, front_door):
    known = PersonFactory(given_names="Margaret", family_name="Whitlow", date_of_birth="1944-03-14")
    given = {**about_new(), **answers(front_door)}
    desk.post(new_address(), given)

    # “It is this person” shows the answers once more, under the right name, and saves nothing yet.
    page = desk.post(reverse(ADD), {**given, "person": known.ref, "chosen": "yes"})
    assert "She fell twice this month." in page.content.decode()
    assert known.local_number in page.content.decode()
    assert not Contact.objects.exists()

    desk.post(for_person(known), answers(front_door, form_key=given["form_key"], person=known.ref))
    assert Contact.objects.get().person == known
    assert Person.objects.count() == 1


def test_an_nhs_number_on_record_cannot_be_given_to_somebody_new(desk, front_door):
    known = PersonFactory()
    given = {**about_new(nhs_number=known.nhs_number), **answers(front_door)}

    page = desk.post(new_address(), {**given, "asked": known.ref})

    assert "This NHS number is on a record already" in page.content.decode()
    assert Person.objects.count() == 1


def test_a_number_of_somebody_hidden_is_refused_without_saying_whose_it_is(desk, front_door):
    hidden = PersonFactory(sealed=True)
    given = {**about_new(nhs_number=hidden.nhs_number), **answers(front_door)}

    page = desk.post(new_address(), given)

    assert page.status_code == 400
    assert hidden.family_name not in page.content.decode()
    assert not Contact.objects.exists()


# Who may -------------------------------------------------------------------------------------------------------


def test_a_person_the_user_may_not_know_of_is_not_found(desk, front_door):
    hidden = PersonFactory(restricted=True)

    assert desk.get(for_person(hidden)).status_code == 404
    assert desk.post(for_person(hidden), answers(front_door)).status_code == 404
    assert not Contact.objects.exists()


def test_staff_who_do_not_work_with_people_are_refused(client, person):
    sign_in(client, UserFactory(role_in=(Role.ANALYST, TeamFactory())))

    assert client.get(for_person(person)).status_code == 403


def test_the_public_does_not_know_the_page(client, person):
    sign_in(client, UserFactory(public=True))

    assert client.get(for_person(person)).status_code == 404
