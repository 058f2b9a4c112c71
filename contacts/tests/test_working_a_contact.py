"""Screening, deciding, passing on, closing and marking as urgent, through the pages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import sign_in, signed_in_client
from audit.models import View
from contacts.models import Contact, Handover, Outcome
from contacts.tests.factories import ContactFactory, HandoverFactory
from people.tests.factories import PersonFactory, put_on_list

pytestmark = pytest.mark.django_db
LOOK = {"safeguarding_considered": "no", "risk": "medium", "screening_summary": "Two falls, no injury."}


@pytest.fixture
def desk(client, duty):
    return sign_in(client, duty)


def at(name, contact):
    return reverse(f"contacts:{name}", args=[contact.ref])


def text_of(response, status=200):
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def main_of(page):
    return page.split("<main")[1].split("</main>")[0]


def test_the_page_of_a_contact_says_what_was_said_and_what_comes_next(desk, duty, front_door):
    contact = ContactFactory(team=front_door)

    page = text_of(desk.get(contact.get_absolute_url()))

    for words in (
        contact.what_is_happening,
        contact.in_their_words,
        "Screen</a>",
        "Mark as urgent",
        "A daughter",
    ):
        assert words in page
    assert f"<title>Contact {contact.ref}" in page
    assert View.objects.get(person_id=contact.person_id).page == "contacts:show-contact"


@pytest.mark.parametrize(
    ("trait", "green"),
    [
        ("urgent", "Screen"),
        ("screened", "Decide what happens"),
        ("waiting", None),
        ("allocated", None),
        ("closed", None),
        ("imported", None),
    ],
)
def test_at_most_one_green_button_stands_there_the_one_that_comes_next(desk, front_door, trait, green):
    contact = ContactFactory(team=front_door, **{trait: True})

    page = text_of(desk.get(contact.get_absolute_url()))

    assert main_of(page).count('class="govuk-button"') == (1 if green else 0)
    assert (green or "What was said") in page


def test_somebody_of_another_team_reads_it_and_is_told_who_can_act(client, stranger, front_door):
    contact = ContactFactory(team=front_door)

    page = text_of(sign_in(client, stranger).get(contact.get_absolute_url()))

    assert "Only a duty worker or the manager of Front door can do this." in page
    assert "Screen</a>" not in page


PAGES = {
    "mark-urgent": {},
    "screen-contact": {},
    "decide-contact": {"screened": True},
    "pass-on": {"screened": True},
    "close-contact": {"screened": True},
}


@pytest.mark.parametrize("name", PAGES)
def test_each_page_refuses_another_team_with_the_reason(client, stranger, front_door, name):
    contact = ContactFactory(team=front_door, **PAGES[name])
    sign_in(client, stranger)

    for response in (client.get(at(name, contact)), client.post(at(name, contact), {"version": 1})):
        assert "Only a duty worker or the manager of Front door" in text_of(response, 403)


@pytest.mark.parametrize("name", ["show-contact", *PAGES])
def test_a_contact_about_a_person_one_may_not_know_of_is_not_found(desk, front_door, name):
    contact = ContactFactory(team=front_door, person=PersonFactory(restricted=True), **PAGES.get(name, {}))

    assert desk.get(at(name, contact)).status_code == 404
    assert not View.objects.exists()


def test_who_is_on_the_list_opens_the_contact_of_a_restricted_person(desk, duty, front_door):
    contact = ContactFactory(team=front_door, person=PersonFactory(restricted=True))
    put_on_list(contact.person.access_list, duty)

    text_of(desk.get(contact.get_absolute_url()))

    assert View.objects.get().access_list_id == contact.person.access_list_id


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_and_has_one_green_button_and_its_help(desk, front_door, name):
    contact = ContactFactory(team=front_door, **PAGES[name])

    page = text_of(desk.get(at(name, contact)))

    assert main_of(page).count('class="govuk-button"') == 1
    assert "What this page is for" in page
    assert contact.person.family_name not in page.split("</title>")[0]


def test_the_first_look_is_saved_and_the_next_page_asks_for_the_decision(desk, duty, front_door):
    contact = ContactFactory(team=front_door)

    response = desk.post(at("screen-contact", contact), {**LOOK, "version": contact.version}, follow=True)

    contact.refresh_from_db()
    assert (contact.status, contact.risk, contact.screened_by) == ("screened", "medium", duty)
    assert "Decide what happens" in text_of(response)


def test_the_page_of_the_first_look_shows_who_may_be_the_same_person(desk, front_door):
    person = PersonFactory(given_names="Margaret", family_name="Whitlow")
    twin = PersonFactory(given_names="Margret", family_name="Whitlow")
    contact = ContactFactory(team=front_door, person=person)

    page = text_of(desk.get(at("screen-contact", contact)))

    assert "May be on record twice" in page
    assert twin.local_number in page


def test_whoever_is_slower_reads_both_texts_and_keeps_their_own(desk, front_door, manager):
    contact = ContactFactory(team=front_door)
    signed_in_client(manager).post(
        at("screen-contact", contact), {**LOOK, "screening_summary": "The manager's words", "version": 1}
    )

    response = desk.post(
        at("screen-contact", contact),
        {**LOOK, "risk": "high", "screening_summary": "The slower words", "version": 1},
    )

    page = text_of(response, 409)
    assert "The manager&#x27;s words" in page
    assert page.count("The slower words") == 2  # in the comparison and in the form
    assert "Medium" in page
    contact.refresh_from_db()
    assert contact.screening_summary == "The manager's words"

    # Pressed again, now knowingly: the contact has moved on, and the text is still kept.
    again = desk.post(
        at("screen-contact", contact),
        {**LOOK, "screening_summary": "The slower words", "version": contact.version},
    )
    assert "no longer possible" in text_of(again, 409)
    assert "The slower words" in again.content.decode()


@pytest.mark.parametrize("name", ["mark-urgent", "pass-on", "close-contact", "decide-contact"])
def test_a_stale_page_saves_nothing(desk, front_door, receiving, name):
    contact = ContactFactory(team=front_door, version=4, **PAGES[name])
    given = {
        "version": 3,
        "why_urgent": "Mine",
        "outcome": "nfa_advice" if name == "close-contact" else "assessment",
        "kind": "assessment",
        "to_team": receiving.ref,
        "summary": "Mine",
        "advice_given": "Mine",
        "told_right_to_assessment": "on",
    }

    page = text_of(desk.post(at(name, contact), given), 409)

    assert "Someone else has changed this" in page
    assert 'value="4"' in page
    contact.refresh_from_db()
    assert contact.version == 4
    assert not Handover.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opened_too_late_leads_back_to_the_contact(desk, front_door, name):
    contact = ContactFactory(team=front_door, closed=True)

    response = desk.get(at(name, contact), follow=True)

    assert response.redirect_chain[-1][0] == contact.get_absolute_url()
    assert "is not possible now" in text_of(response)


@pytest.mark.parametrize(
    ("outcome", "leads_to"),
    [
        ("assessment", "pass-on"),
        ("reablement", "pass-on"),
        ("support_planning", "pass-on"),
        ("to_safeguarding", "pass-on"),
        *((str(outcome), "close-contact") for outcome in Contact.CLOSING),
    ],
)
def test_each_national_outcome_leads_on_without_standing_in_the_address(desk, front_door, outcome, leads_to):
    contact = ContactFactory(team=front_door, screened=True)

    response = desk.post(at("decide-contact", contact), {"outcome": outcome, "version": contact.version})

    assert response.headers["Location"] == at(leads_to, contact)
    page = text_of(desk.get(response.headers["Location"]))
    wanted = "nfa_other_service" if outcome == "to_safeguarding" else outcome
    assert f'value="{wanted}" selected' in page


def test_a_contact_is_passed_on_and_stays_with_the_front_door_until_it_is_answered(
    desk, front_door, receiving
):
    contact = ContactFactory(team=front_door, screened=True)
    given = {
        "kind": "assessment",
        "to_team": receiving.ref,
        "outcome": "assessment",
        "summary": "Please visit soon.",
        "version": contact.version,
    }

    page = text_of(desk.post(at("pass-on", contact), given, follow=True))

    handover = Handover.objects.get()
    contact.refresh_from_db()
    assert (handover.to_team, handover.summary, contact.status) == (
        receiving,
        "Please visit soon.",
        "waiting",
    )
    assert "North team" in page


def test_the_outcome_must_fit_what_is_passed_on(desk, front_door, receiving):
    contact = ContactFactory(team=front_door, screened=True)
    given = {
        "kind": "reablement",
        "to_team": receiving.ref,
        "outcome": "assessment",
        "summary": "x",
        "version": contact.version,
    }

    page = text_of(desk.post(at("pass-on", contact), given), 400)

    assert "Progress to reablement/ST-Max" in page
    assert not Handover.objects.exists()


def test_a_request_for_a_carer_offers_a_carers_assessment(desk, front_door):
    contact = ContactFactory(team=front_door, screened=True, about_a_carer=True)
    desk.post(at("decide-contact", contact), {"outcome": "assessment", "version": contact.version})

    page = text_of(desk.get(at("pass-on", contact)))

    checked = page.split('value="carer_assessment"')[1].split(">")[0]
    assert "checked" in checked


def test_a_contact_is_closed_with_written_advice_and_the_right_told(desk, duty, front_door):
    contact = ContactFactory(team=front_door, screened=True)
    given = {
        "outcome": "nfa_advice",
        "advice_given": "The handyperson service; leaflet sent.",
        "told_right_to_assessment": "on",
        "version": contact.version,
    }

    page = text_of(desk.post(at("close-contact", contact), given, follow=True))

    contact.refresh_from_db()
    assert (contact.status, contact.outcome, contact.closed_by) == ("closed_ia", Outcome.ADVICE, duty)
    assert "The handyperson service; leaflet sent." in page


@pytest.mark.parametrize(
    ("lacking", "message"),
    [
        ({"advice_given": " "}, "Write down the advice that was given"),
        ({"told_right_to_assessment": ""}, "Tell them of their right to an assessment"),
        ({"outcome": ""}, "Select how did the request end|Answer “How did the request end?”"),
    ],
)
def test_no_contact_is_closed_without_advice_in_writing_and_the_right_told(
    desk, front_door, lacking, message
):
    contact = ContactFactory(team=front_door, screened=True)
    given = {
        "outcome": "nfa_self_funder",
        "advice_given": "Kept",
        "told_right_to_assessment": "on",
        "version": contact.version,
        **lacking,
    }

    page = text_of(desk.post(at("close-contact", contact), given), 400)

    assert any(words in page for words in message.split("|"))
    contact.refresh_from_db()
    assert contact.status == "screened"


def test_where_the_person_has_died_nobody_has_to_be_advised(desk, front_door):
    contact = ContactFactory(team=front_door, screened=True)

    desk.post(at("close-contact", contact), {"outcome": "nfa_deceased", "version": contact.version})

    contact.refresh_from_db()
    assert contact.status == "closed_ia"


def test_marking_as_urgent_says_why(desk, front_door):
    contact = ContactFactory(team=front_door, screened=True)

    page = text_of(
        desk.post(
            at("mark-urgent", contact),
            {"why_urgent": "Her daughter is in hospital", "version": contact.version},
            follow=True,
        )
    )

    contact.refresh_from_db()
    assert contact.status == "urgent"
    assert "Her daughter is in hospital" in page


def test_a_sign_of_abuse_warns_on_the_page_until_the_contact_is_done(desk, front_door):
    contact = ContactFactory(team=front_door, screened=True, safeguarding_considered="yes")
    assert "Pass it on to safeguarding" in text_of(desk.get(contact.get_absolute_url()))
    assert "pass it on to safeguarding" in text_of(desk.get(at("decide-contact", contact)))

    done = ContactFactory(team=front_door, closed=True, safeguarding_considered="yes")
    assert "Pass it on to safeguarding" not in text_of(desk.get(done.get_absolute_url()))


@pytest.mark.parametrize("text", ["a\x00b", "x" * 5001])
def test_what_cannot_be_kept_is_refused_and_shown_again(desk, front_door, text):
    contact = ContactFactory(team=front_door)

    response = desk.post(at("screen-contact", contact), {**LOOK, "screening_summary": text, "version": 1})

    assert response.status_code == 400
    contact.refresh_from_db()
    assert contact.status == "received"


# Hand-overs ----------------------------------------------------------------------------------------------------


def test_a_handover_carries_the_whole_contact(client, receiver, receiving, duty):
    handover = HandoverFactory(to_team=receiving, passed_by=duty)

    page = text_of(sign_in(client, receiver).get(handover.get_absolute_url()))

    assert handover.summary in page
    assert handover.contact.what_is_happening in page
    assert View.objects.get(person_id=handover.person_id).page == "contacts:show-handover"


def test_whoever_passed_it_on_is_told_that_others_answer(desk, duty, receiving):
    handover = HandoverFactory(to_team=receiving, passed_by=duty)

    page = text_of(desk.get(handover.get_absolute_url()))

    assert "Whoever passed this on cannot also answer for the receiving team." in page


def test_a_returned_handover_says_why_on_both_pages(desk, front_door):
    handover = HandoverFactory(returned=True, contact__team=front_door)

    assert handover.return_reason in text_of(desk.get(handover.get_absolute_url()))
    assert handover.return_reason in text_of(desk.get(handover.contact.get_absolute_url()))


def test_an_accepted_handover_leads_to_what_came_of_it(desk, front_door):
    handover = HandoverFactory(accepted=True, contact__team=front_door)

    assert handover.result_url in text_of(desk.get(handover.get_absolute_url()))


def test_a_handover_about_a_hidden_person_is_not_found(desk):
    handover = HandoverFactory(contact__person=PersonFactory(sealed=True))

    assert desk.get(handover.get_absolute_url()).status_code == 404


def test_analysts_are_refused(client, front_door):
    contact = ContactFactory(team=front_door)
    sign_in(client, UserFactory(role_in=(Role.ANALYST, TeamFactory())))

    assert client.get(contact.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("address", ["/contacts/%00/", "/contacts/add/?person=%00", "/api/v1/contacts/%00/"])
def test_an_address_with_a_character_that_no_reference_has_is_refused(desk, address):
    assert desk.get(address).status_code == 400
