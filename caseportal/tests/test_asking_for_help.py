"""Anyone asks for help without an account, one question a page, and it lands at the front door with nothing retyped."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.tests.pages_with_forms import read
from caseportal.tests.public_journey import ME, ask, send, walk
from contacts.asking import CARER, HELP
from contacts.models import Contact, OnlineRequest
from core import open_drafts
from core.models import OpenDraft, Outbox
from people.models import Person
from people.tests.factories import AddressFactory, PersonFactory
from worklist.models import Anchor, Notification, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def front_door(db):
    return TeamFactory(front_door=True, name="Front door")


@pytest.fixture
def duty(front_door):
    return UserFactory(worker_in=front_door)


@pytest.fixture
def manager(front_door):
    return UserFactory(manager_of=front_door)


@pytest.fixture
def margaret(db):
    """On record, with the name, birthday and home that the journey gives."""
    person = PersonFactory(given_names="Margaret", family_name="Marlow", date_of_birth=date(1944, 3, 14))
    AddressFactory(person=person, postcode="ZZ1 4QT")
    return person


def test_a_person_is_asked_between_8_and_14_questions_beside_those_they_tick(front_door):
    for who in ("me", "cared_for", "someone_else", "professional"):
        asked = walk(Client(), who={"who": who}, everyday_life={})

        assert 8 <= len(asked) <= 14, (who, asked)


def test_a_request_of_someone_on_record_becomes_a_contact_at_once_in_their_words(
    front_door, duty, manager, margaret
):
    online = ask()

    contact = Contact.objects.get()
    assert (online.contact, online.person, online.matched_how) == (contact, margaret, "exact")
    assert (contact.person, contact.team, contact.source, contact.consent) == (
        margaret,
        front_door,
        "self",
        "yes",
    )
    assert contact.in_their_words == "Staying in my own house."
    assert contact.received_at == online.sent_at
    assert contact.received_by is None
    # A “no” on a web page is not the front door's own answer
    assert contact.safeguarding_considered == ""
    assert set(Anchor.objects.open().values_list("rule_code", flat=True)) == {"CONTACT_SCREEN", "CONTACT_ACK"}
    assert WorkItem.objects.get().person == margaret
    assert set(Notification.objects.in_portal().values_list("recipient", flat=True)) == {duty.pk, manager.pk}


@pytest.mark.parametrize(
    "other",
    [
        {"name": {"given_names": "Margret", "family_name": "Marlow"}},
        {"date_of_birth": {**ME["date-of-birth"], "date_of_birth_day": "15"}},
        {"address": {"address_lines": "3 Mill Lane", "postcode": "ZZ1 4QX"}},
    ],
)
def test_a_request_that_differs_in_name_birthday_or_postcode_waits_for_staff(
    front_door, duty, manager, margaret, other
):
    online = ask(**other)

    assert (online.status, online.person) == ("received", None)
    assert not Contact.objects.exists()
    # and those on duty hear of it at once
    lines = Notification.objects.in_portal()
    assert {line.recipient for line in lines} == {duty, manager}
    assert {line.url for line in lines} == {online.get_absolute_url()}
    assert {line.person for line in lines} == {None}


def test_the_nhs_number_stands_for_the_postcode(front_door):
    person = PersonFactory(
        given_names="Margaret", family_name="MARLOW", date_of_birth=date(1944, 3, 14), nhs_number="9990000018"
    )

    online = ask(date_of_birth={**ME["date-of-birth"], "nhs_number": "999 000 0018"})

    assert online.person == person


def test_a_request_never_lands_on_a_record_that_the_front_door_cannot_open(front_door, margaret, db):
    from accounts.models import AccessList
    from accounts.services import system_user
    from core import clock

    access_list = AccessList.objects.create(purpose="test", created_at=clock.now(), created_by=system_user())
    Person.objects.update(level="named_users", access_list=access_list)

    assert ask().status == "received"


def test_two_people_alike_are_left_to_staff(front_door, margaret):
    twin = PersonFactory(given_names="Margaret", family_name="Marlow", date_of_birth=date(1944, 3, 14))
    AddressFactory(person=twin, postcode="ZZ1 4QT")

    assert ask().status == "received"


def test_a_professional_names_themself_and_the_hospital_and_the_contact_says_so(front_door, margaret):
    ask(
        who={"who": "professional"},
        consent={"consent": "unable"},
        your_work={**ME["your-work"], "source": "hospital"},
    )

    contact = Contact.objects.get()
    assert (contact.source, contact.reason, contact.route) == ("hospital", "discharge", "hospital_discharge")
    assert contact.consent == "unable"
    assert contact.contact_name == "Dr Amira Shah, GP, Mill Lane Surgery"
    said = {row["question"]: row["answer"] for row in contact.online_request.answers}
    assert said["Which hospital?"] == "County Hospital"
    assert said["When are they expected to leave?"] == "Sunday 1 December 2030"


def test_a_daughter_asks_for_her_mother_and_is_named_with_how_to_reach_her(front_door, margaret):
    ask(who={"who": "cared_for"})

    contact = Contact.objects.get()
    assert (contact.source, contact.contact_name) == ("family", "Karen Marlow (daughter)")
    assert contact.contact_phone == "01632 960171"


def test_what_cannot_wait_stands_before_all_others_and_a_sign_of_abuse_is_seen(front_door, margaret):
    ask(
        can_it_wait={"can_wait": "no", "why_urgent": "No heating tonight"},
        safety={"safe": "unsafe"},
    )

    contact = Contact.objects.get()
    assert (contact.status, contact.why_urgent, contact.safeguarding_considered) == (
        "urgent",
        "No heating tonight",
        "yes",
    )


def test_a_carer_asks_in_their_own_right_and_the_cared_for_person_is_linked(front_door, margaret):
    alan = PersonFactory(given_names="Alan", family_name="Marlow", date_of_birth=date(1940, 5, 2))
    AddressFactory(person=alan, postcode="ZZ1 4QT")

    online = ask(journey=CARER)

    contact = Contact.objects.get()
    assert (contact.person, contact.reason, contact.is_about_a_carer) == (margaret, "carer", True)
    assert online.cared_for_person == alan
    assert contact.in_their_words == "One night of sleep."


def test_low_need_and_savings_are_no_reason_to_refuse(front_door):
    online = ask(everyday_life={}, what_matters={"matters": "Nothing much."})

    assert online.status == "received"


# Sending --------------------------------------------------------------------------------------------------------


def test_the_reference_is_shown_after_it_was_sent_and_not_before(front_door):
    client = Client()
    walk(client)
    assert "eference" not in client.get(reverse(HELP.check)).content.decode().replace("preference", "")

    answer = send(client)
    page = client.get(answer["Location"]).content.decode()

    assert open_drafts.spaced(OnlineRequest.objects.get().ref) in page
    assert OpenDraft.objects.get().sealed == ""


def test_sent_twice_makes_one_and_leads_to_the_same_reference(front_door):
    client = Client()
    walk(client)

    first, second = send(client), send(client)

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert OnlineRequest.objects.count() == 1
    assert Outbox.objects.filter(kind="contacts.acknowledge").count() == 1


def test_one_draft_sent_from_two_browsers_is_one_request(front_door):
    client, other = Client(), Client()
    walk(client)
    code = (
        read(client.post(reverse(HELP.save)).content)
        .text.partition("computer.")[2]
        .split("We keep")[0]
        .strip()
    )
    answer = other.post(reverse("ask:help-come-back"), {"code": code})
    assert answer["Location"] == reverse(HELP.check)

    send(client)
    answer = send(other)

    assert answer["Location"] == reverse("ask:help-sent")
    assert OnlineRequest.objects.count() == 1


def test_nothing_is_sent_while_a_question_is_open_and_nobody_jumps_ahead(front_door):
    client = Client()
    walk(client, until="address")

    assert send(client)["Location"] == reverse(HELP.step, args=["address"])
    assert client.get(reverse(HELP.step, args=["what-helps"]))["Location"] == reverse(
        HELP.step, args=["address"]
    )
    assert Client().get(reverse(HELP.check))["Location"] == reverse(HELP.start)
    assert not OnlineRequest.objects.exists()


def test_a_changed_answer_comes_back_to_the_check_and_asks_only_what_is_new(front_door):
    client = Client()
    walk(client)

    first = client.post(
        reverse(HELP.step, args=["name"]) + "?change=1", {"given_names": "Peg", "family_name": "Marlow"}
    )
    assert first["Location"] == reverse(HELP.check)
    second = client.post(reverse(HELP.step, args=["who"]) + "?change=1", {"who": "someone_else"})
    assert second["Location"] == reverse(HELP.step, args=["about-you"])


def test_without_a_front_door_nothing_is_sent_and_the_answers_are_kept(db):
    client = Client()
    walk(client)

    answer = send(client)

    assert answer.status_code == 503
    assert "Nothing was sent" in answer.content.decode()
    assert open_drafts.read(OpenDraft.objects.get())


def test_somebody_may_throw_their_answers_away(front_door):
    client = Client()
    walk(client, until="name")
    assert "Delete my answers" in client.get(reverse(HELP.start)).content.decode()

    client.post(reverse("ask:help-clear"))

    assert not OpenDraft.objects.exists()


# Bad input ------------------------------------------------------------------------------------------------------


def steps():
    for journey in (HELP, CARER):
        for step in journey.steps:
            yield pytest.param(journey, step.slug, id=f"{journey.kind} {step.slug}")


def standing_before(journey, slug):
    client = Client()
    who = "professional" if slug in ("your-work", "hospital") else "cared_for"
    every = {"everyday_life": {"areas": list("ABCDEFGHIJ")}}
    areas = {f"everyday_life_{code}": {"how": "some"} for code in "abcdefghij"}
    walk(client, journey, until=slug, who={"who": who}, **every, **areas)
    page = client.get(reverse(journey.step, args=[slug]))
    assert page.status_code == 200
    return client, reverse(journey.step, args=[slug]), read(page.content).main


@pytest.mark.parametrize(("journey", "slug"), list(steps()))
def test_each_question_refuses_what_it_cannot_read_and_keeps_what_was_typed(front_door, journey, slug):
    client, address, form = standing_before(journey, slug)
    given = {**form.answers(), **ME.get(slug, {})}

    texts = form.texts()
    if texts:
        answer = client.post(address, {**given, **dict.fromkeys(texts, "before\x00after")})
        assert answer.status_code == 400
        assert "cannot store" in read(answer.content).text
        long = "Ä" * 10_000
        answer = client.post(address, {**given, **dict.fromkeys(texts, long)})
        assert answer.status_code == 400
        assert read(answer.content).holds(long)
        words = "שלום \u202bمرحبا\u202c 🧡👩\u200d🦽 𐌰 “q” <b>&amp;"
        answer = client.post(address, {**given, texts[0]: words})
        assert answer.status_code == 302 or read(answer.content).holds(words)
    for name in form.dates():
        for day, month, year in (("31", "2", "2026"), ("x", "y", "z"), ("1", "1", "26"), ("٣", "٣", "٢٠٢٦")):
            typed = {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}
            answer = client.post(address, {**given, **typed})
            assert answer.status_code == 400
            shown = {control.name: control.value for control in read(answer.content).main.controls}
            assert {part: shown[part] for part in typed} == typed
    for control in form.controls:
        if control.kind == "radio":
            assert client.post(address, {**given, control.name: "no such answer"}).status_code == 400
            assert client.post(address, {**given, control.name: ""}).status_code == 400


def test_an_address_that_is_no_question_is_not_there(front_door):
    assert Client().get(reverse(HELP.step, args=["nonsense"])).status_code == 404


# SQL ------------------------------------------------------------------------------------------------------------


def test_a_question_costs_the_same_at_the_beginning_and_at_the_end(front_door, django_assert_max_num_queries):
    client = Client()
    walk(client, until="what-helps")

    for slug in ("who", "safety", "what-helps"):
        with django_assert_max_num_queries(3):
            client.get(reverse(HELP.step, args=[slug]))
    with django_assert_max_num_queries(7):
        client.post(reverse(HELP.step, args=["what-helps"]), ME["what-helps"])
