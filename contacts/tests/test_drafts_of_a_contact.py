"""What is typed about a new contact is not lost: kept while it is typed, when it is refused, and for its author alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from accounts.tests.helpers import sign_in, signed_in_client
from contacts.models import Contact
from contacts.tests.test_taking_down_a_contact import ADD, about_new, answers, for_person
from core.models import Draft
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
AUTOSAVE = "contacts:autosave-contact"
WORDS = "שלום 🧡 She fell twice this month."


@pytest.fixture
def desk(client, duty):
    return sign_in(client, duty)


def saved(query: str) -> str:
    return f"{reverse(AUTOSAVE)}?{query}"


def test_what_is_typed_about_someone_on_record_is_there_again_after_a_lost_session(
    desk, duty, person, front_door
):
    # Given a contact that is half typed, wrong in places, and saved by the page itself
    half = {**answers(front_door), "what_is_happening": WORDS, "consent": "", "can_wait": "no"}
    answer = desk.post(saved(f"person={person.ref}"), half)
    assert answer.json()["saved_at"]

    # When the session is lost and the worker signs in again in another browser
    again = signed_in_client(duty)
    answer = again.get(for_person(person))
    page = answer.content.decode()

    # Then everything stands there as it was typed, and nothing is recorded
    assert WORDS in page
    assert "Your draft of" in page
    assert answer.context["form"]["can_wait"].value() == "no"
    assert answer.context["form"]["source"].value() == "family"
    assert not Contact.objects.exists()
    assert "New contact" in again.get(reverse("worklist:my-work")).content.decode()


def test_what_is_typed_about_someone_new_is_there_again_with_the_date_as_typed(desk, duty, front_door):
    typed = {**about_new(date_of_birth_month="Marsh"), **answers(front_door)}

    desk.post(saved("t=a-search-of-mine"), typed)
    page = signed_in_client(duty).get(f"{reverse(ADD)}?new=yes&t=a-search-of-mine").content.decode()

    assert 'value="Margaret Ann"' in page
    assert 'value="Marsh"' in page
    assert "She fell twice this month." in page


def test_a_refused_contact_is_kept_without_any_script(desk, duty, person, front_door):
    refused = {**answers(front_door), "consent": ""}

    assert desk.post(for_person(person), {**refused, "person": person.ref}).status_code == 400
    assert desk.post(f"{reverse(ADD)}?new=yes", {**about_new(roles=""), **refused}).status_code == 400

    kept = {draft.subject: draft for draft in Draft.objects.filter(owner=duty)}
    assert set(kept) == {person.ref, "new"}
    assert kept["new"].data["who"]["family_name"] == "Whitlow"
    assert kept[person.ref].person_id == person.pk
    assert "form_key" not in kept["new"].data["contact"]


def test_a_recorded_contact_leaves_no_draft_and_a_late_save_makes_none(desk, person, front_door):
    facts = {**answers(front_door), "person": person.ref}
    desk.post(saved(f"person={person.ref}"), facts)

    assert desk.post(for_person(person), facts).status_code == 302
    assert not Draft.objects.exists()
    # What the page sends on its way out comes too late.
    desk.post(saved(f"person={person.ref}"), facts)
    assert desk.post(for_person(person), facts).status_code == 302
    assert not Draft.objects.exists()
    assert Contact.objects.count() == 1


def test_a_recorded_contact_about_someone_new_leaves_no_draft(desk, front_door):
    facts = {**about_new(), **answers(front_door)}
    desk.post(saved("t=search-one"), facts)

    assert desk.post(f"{reverse(ADD)}?new=yes&t=search-one", facts).status_code == 302

    assert not Draft.objects.exists()


def test_before_the_question_who_it_is_nothing_is_lost_and_the_answers_go_with_the_person(desk, front_door):
    # Given somebody on record who may be the same
    known = PersonFactory(given_names="Margaret Ann", family_name="Whitlow", date_of_birth="1944-03-14")
    facts = {**about_new(), **answers(front_door)}

    # When the worker is asked, the draft is kept; and when they choose the person, it becomes one about them
    asked = desk.post(f"{reverse(ADD)}?new=yes&t=search-one", facts)
    assert "Is it one of these people" in asked.content.decode()
    assert [draft.subject for draft in Draft.objects.all()] == ["new:search-one"]
    desk.post(f"{reverse(ADD)}?t=search-one", {**facts, "person": known.ref, "chosen": "yes"})

    draft = Draft.objects.get()
    assert draft.subject == known.ref
    assert draft.data["contact"]["what_is_happening"] == "She fell twice this month."


def test_a_draft_is_finished_later_or_thrown_away(desk, person, front_door):
    facts = {**answers(front_door), "person": person.ref}

    assert desk.post(for_person(person), {**facts, "later": "yes"}).url == person.get_absolute_url()
    assert Draft.objects.count() == 1
    assert desk.post(for_person(person), {**facts, "discard": "yes"}).url == person.get_absolute_url()
    assert not Draft.objects.exists()
    assert not Contact.objects.exists()


def test_a_draft_is_its_authors_alone(desk, duty, manager, person, front_door):
    desk.post(saved(f"person={person.ref}"), answers(front_door))

    page = signed_in_client(manager).get(for_person(person)).content.decode()

    assert "She fell twice this month." not in page
    assert "Your draft of" not in page
    signed_in_client(manager).post(saved(f"person={person.ref}"), {"what_is_happening": "Mine."})
    assert Draft.objects.get(owner=duty).data["contact"]["what_is_happening"] == "She fell twice this month."


def test_of_two_searches_each_has_its_own_draft(desk, front_door):
    for search, name in (("search-one", "Whitlow"), ("search-two", "Lomax")):
        desk.post(saved(f"t={search}"), {**about_new(family_name=name), **answers(front_door)})

    for search, name in (("search-one", "Whitlow"), ("search-two", "Lomax")):
        page = desk.get(f"{reverse(ADD)}?new=yes&t={search}").content.decode()
        assert f'value="{name}"' in page


def test_what_cannot_be_stored_is_left_out_of_a_draft_and_an_empty_page_makes_none(desk, person):
    desk.post(saved(f"person={person.ref}"), {"what_is_happening": "before\x00after" + "x" * 30_000})
    assert Draft.objects.get().data["contact"]["what_is_happening"].startswith("beforeafter")
    assert len(Draft.objects.get().data["contact"]["what_is_happening"]) == 25_000

    desk.post(saved("t=nothing"), {"what_is_happening": "", "form_key": "x\x00y"})
    assert Draft.objects.count() == 1


def test_nothing_is_kept_about_somebody_one_may_not_know_of(desk, front_door):
    hidden = PersonFactory(restricted=True)

    assert desk.post(saved(f"person={hidden.ref}"), answers(front_door)).status_code == 404
    assert signed_in_client(UserFactory(public=True)).post(saved("t=x"), {}).status_code == 404
    assert not Draft.objects.exists()
