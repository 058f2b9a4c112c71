"""The front door's list: who stands where, in which order, at which cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import TeamFactory
from accounts.tests.helpers import sign_in
from contacts import front_door as lists
from contacts.tests.factories import ContactFactory, HandoverFactory
from core import clock
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, duty):
    return sign_in(client, duty)


def page(desk, **query):
    response = desk.get(reverse("contacts:list-contacts"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_urgent_ones_stand_first_and_then_whoever_has_waited_longest(desk, front_door):
    now = clock.now()
    young = ContactFactory(team=front_door, received_at=now - timedelta(hours=1))
    old = ContactFactory(team=front_door, screened=True, received_at=now - timedelta(days=9))
    urgent = ContactFactory(team=front_door, urgent=True, received_at=now - timedelta(minutes=5))

    text = page(desk)

    places = [text.index(contact.ref) for contact in (urgent, old, young)]
    assert places == sorted(places)
    assert "Waiting 9 days" in text
    assert "1 urgent, 1 new" in text


def test_an_empty_list_says_so(desk):
    assert "Nothing stands here." in page(desk)


def test_what_was_returned_is_back_on_the_list_and_says_by_whom(desk, front_door, receiving):
    handover = HandoverFactory(returned=True, contact__team=front_door, to_team=receiving)
    ContactFactory(team=front_door, screened=True)

    for show in ("to-do", "returned"):
        text = page(desk, show=show)
        assert handover.contact.ref in text
        assert "Returned by North team" in text


def test_what_was_passed_on_waits_under_the_name_of_the_team_that_has_to_answer(desk, front_door, receiving):
    handover = HandoverFactory(contact__team=front_door, to_team=receiving)

    assert handover.contact.ref not in page(desk)
    text = page(desk, show="waiting")
    assert handover.contact.ref in text
    assert "North team, since" in text


@pytest.mark.parametrize(
    ("trait", "show"),
    [
        ("urgent", "to-do"),
        ("screened", "to-do"),
        ("waiting", "waiting"),
        ("allocated", "finished"),
        ("closed", "finished"),
        ("imported", "finished"),
    ],
)
def test_each_contact_stands_in_one_list(desk, front_door, trait, show):
    contact = ContactFactory(team=front_door, **{trait: True})

    assert [each for each in ("to-do", "waiting", "finished") if contact.ref in page(desk, show=each)] == [
        show
    ]


def test_by_default_the_reader_sees_their_own_front_door_and_can_choose_another_or_all(desk, front_door):
    other = TeamFactory(front_door=True)
    mine, theirs = ContactFactory(team=front_door), ContactFactory(team=other)

    def shown(**query):
        text = page(desk, **query)
        return mine.ref in text, theirs.ref in text

    assert shown() == (True, False)
    assert shown(team=other.ref) == (False, True)
    assert shown(team="all") == (True, True)
    assert shown(team="nonsense") == (True, False)


def test_somebody_of_no_front_door_sees_all_of_them(client, stranger):
    contact = ContactFactory()

    assert contact.ref in page(sign_in(client, stranger))


def test_contacts_about_people_one_may_not_know_of_are_neither_shown_nor_counted(desk, duty, front_door):
    hidden = ContactFactory(team=front_door, person=PersonFactory(restricted=True))

    assert hidden.ref not in page(desk)
    assert lists.counts(lists.contacts_of(duty, [front_door]))["to_do"] == 0


@pytest.mark.parametrize(
    "query", [{"show": "x" * 300}, {"team": "😀"}, {"after": "nobody"}, {"before": "x" * 90}]
)
def test_nonsense_in_the_address_is_no_choice(desk, query):
    page(desk, **query)


@pytest.mark.parametrize("name", ["show", "team", "after", "before"])
def test_a_character_that_no_address_has_is_refused(desk, name):
    assert desk.get(reverse("contacts:list-contacts"), {name: "\x00"}).status_code == 400


def test_a_long_list_is_cut_by_a_key_and_nobody_is_lost_or_shown_twice(desk, front_door):
    contacts = ContactFactory.create_batch(53, team=front_door, received_at=clock.now() - timedelta(days=1))

    first = desk.get(reverse("contacts:list-contacts"))
    next_address = first.context["page"].next_url
    second = desk.get(next_address)

    shown = [row.ref for row in (*first.context["page"].rows, *second.context["page"].rows)]
    assert sorted(shown) == sorted(contact.ref for contact in contacts)
    assert desk.get(second.context["page"].previous_url).context["page"].rows == first.context["page"].rows


@pytest.mark.parametrize("show", list(lists.SHOWS))
def test_a_list_costs_the_same_for_one_row_and_for_fifty(desk, front_door, show):
    def fill(count):
        for _ in range(count):
            ContactFactory(team=front_door)
            ContactFactory(team=front_door, urgent=True)
            ContactFactory(team=front_door, closed=True)
            HandoverFactory(contact__team=front_door)
            HandoverFactory(contact__team=front_door, returned=True)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(desk, show=show)
        return [query["sql"] for query in queries if "core_clockoffset" not in query["sql"]]

    fill(1)
    page(desk, show=show)
    one = cost()
    fill(49)
    fifty = cost()

    assert len(one) == len(fifty), "\n".join(fifty)
    assert len(fifty) <= 8, "\n".join(sql[:150] for sql in fifty)
