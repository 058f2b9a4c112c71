"""What came from the website and is not matched: the front door says whom it is about, and types nothing again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event
from contacts import services
from contacts.models import Contact, OnlineRequest
from contacts.tests.factories import ContactFactory, OnlineRequestFactory
from core import clock
from core.versions import StaleVersion
from core.workflow import WrongState
from people.models import CommunicationNeed, Person
from people.tests.factories import PersonFactory
from worklist.models import Anchor, Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def online(front_door):
    return OnlineRequestFactory(team=front_door)


@pytest.fixture
def margaret(db):
    return PersonFactory(given_names="Margret", family_name="Marlow", date_of_birth=date(1944, 3, 14))


def post(client, name, online, **given):
    return client.post(reverse(name, args=[online.ref]), {"version": online.version, **given})


def test_the_front_door_sees_it_above_its_list_and_reads_the_answers(online, duty):
    client = signed_in_client(duty)

    page = client.get(reverse("contacts:list-contacts")).content.decode()
    assert online.get_absolute_url() in page
    page = client.get(online.get_absolute_url()).content.decode()
    assert "I want to stay here." in page
    assert "Nobody like that is on record" in page


def test_it_is_about_somebody_on_record_and_becomes_a_contact_as_old_as_the_request(online, margaret, duty):
    client = signed_in_client(duty)
    assert margaret.local_number in client.get(online.get_absolute_url()).content.decode()

    answer = post(client, "contacts:match-online", online, person=margaret.ref)

    contact = Contact.objects.get()
    assert answer["Location"] == contact.get_absolute_url()
    assert (contact.person, contact.received_at, contact.in_their_words) == (
        margaret,
        online.sent_at,
        "I want to stay here.",
    )
    online.refresh_from_db()
    assert (online.matched_how, online.decided_by) == ("by_staff", duty)
    page = client.get(contact.get_absolute_url()).content.decode()
    assert "Answers on our website" in page
    # and the screening starts from them
    assert (
        "What matters most to you?"
        in client.get(reverse("contacts:screen-contact", args=[contact.ref])).content.decode()
    )


def test_it_is_about_somebody_with_another_name_found_by_number(online, duty):
    other = PersonFactory(nhs_number="9990000018")
    client = signed_in_client(duty)

    assert post(client, "contacts:match-online", online, number="NB-no-such").status_code == 400
    assert post(client, "contacts:match-online", online).status_code == 400
    answer = post(client, "contacts:match-online", online, number="999 000 0018")

    assert answer.status_code == 302
    assert Contact.objects.get().person == other


def test_nobody_on_record_is_meant_so_the_record_is_made_from_the_answers(online, duty):
    answer = post(signed_in_client(duty), "contacts:match-online", online, is_new="yes")

    person = Person.objects.get(family_name="Marlow")
    assert answer["Location"] == Contact.objects.get().get_absolute_url()
    assert (person.given_names, person.date_of_birth, person.phone) == (
        "Margaret",
        date(1944, 3, 14),
        "01632 960172",
    )
    assert person.addresses.get().postcode == "ZZ1 4QT"
    assert CommunicationNeed.objects.get(person=person).code == "large_print"


def test_of_two_who_decide_the_second_is_told_and_nothing_is_made_twice(online, margaret, duty, manager):
    services.match(online_request=online, person=margaret, version=1, by=duty, now=clock.now())

    with pytest.raises(StaleVersion):
        services.match(online_request=online, person=margaret, version=1, by=manager, now=clock.now())
    with pytest.raises(WrongState):
        services.match(online_request=online, person=margaret, version=None, by=manager, now=clock.now())
    answer = post(signed_in_client(manager), "contacts:match-online", online, is_new="yes")
    assert answer.status_code in (302, 409)
    assert Contact.objects.count() == 1
    assert Person.objects.filter(family_name="Marlow").count() == 1


def test_what_is_no_request_is_set_aside_with_a_reason(online, duty):
    client = signed_in_client(duty)

    assert post(client, "contacts:set-aside-online", online, why=" ").status_code == 400
    assert post(client, "contacts:set-aside-online", online, why="Sent twice.").status_code == 302

    online.refresh_from_db()
    assert (online.status, online.why_set_aside) == ("set_aside", "Sent twice.")
    assert "Sent twice." in client.get(online.get_absolute_url()).content.decode()
    assert Event.objects.filter(code="contacts.online.set_aside", by=duty).count() == 1


@pytest.mark.parametrize("words", ["before\x00after", "Ä" * 10_000])
def test_a_reason_that_cannot_be_kept_is_refused_and_stands_there(online, duty, words):
    answer = post(signed_in_client(duty), "contacts:set-aside-online", online, why=words)

    assert answer.status_code == 400
    assert words.split("\x00")[0] in answer.content.decode()


def test_a_reason_that_comes_too_late_is_shown_beside_the_one_before(online, duty, manager):
    stale = post(signed_in_client(duty), "contacts:set-aside-online", online, why="Sent twice.")
    assert stale.status_code == 302

    answer = post(signed_in_client(manager), "contacts:set-aside-online", online, why="A try-out.")

    assert answer.status_code == 409
    assert "Sent twice." in answer.content.decode()


def test_others_neither_see_nor_decide_what_is_not_matched(online, stranger, margaret):
    client = signed_in_client(stranger)

    assert client.get(online.get_absolute_url()).status_code == 404
    assert post(client, "contacts:match-online", online, is_new="yes").status_code == 404
    assert online.get_absolute_url() not in client.get("/contacts/?team=all").content.decode()
    with pytest.raises(PermissionDenied):
        services.match(online_request=online, person=margaret, version=None, by=stranger, now=clock.now())
    with pytest.raises(PermissionDenied):
        services.match_to_new(online_request=online, version=None, by=stranger, now=clock.now())


def test_a_matched_request_leads_to_its_contact_for_those_who_may_know_the_person(front_door, duty, stranger):
    online = OnlineRequestFactory(matched=True, team=front_door)

    for user in (duty, stranger):
        answer = signed_in_client(user).get(online.get_absolute_url())
        assert answer["Location"] == online.contact.get_absolute_url()


def test_the_list_costs_the_same_with_one_request_and_with_ten(front_door, duty, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in_client(duty)
    counts = []
    for more in (1, 9):
        OnlineRequestFactory.create_batch(more, team=front_door)
        client.get("/contacts/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/contacts/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Nothing waits unseen -------------------------------------------------------------------------------------------

MONDAY_TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
FRIDAY_FOUR = datetime(2026, 11, 20, 16, tzinfo=UTC)


@pytest.fixture
def heads(front_door, manager):
    return [UserFactory(role_in=(Role.SERVICE_MANAGER, TeamFactory(service=front_door.service)))]


def told(online):
    return {
        line.recipient
        for line in Notification.objects.in_portal().filter(key__startswith=f"untouched:{online.ref}")
    }


@pytest.mark.parametrize(
    ("sent", "manager_hears", "head_hears"),
    [
        (MONDAY_TEN, MONDAY_TEN + timedelta(hours=4), datetime(2026, 11, 24, 10, tzinfo=UTC)),
        # One hour on Friday, three on Monday
        (FRIDAY_FOUR, datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC)),
        # At night: from the next opening
        (
            datetime(2026, 11, 23, 23, tzinfo=UTC),
            datetime(2026, 11, 24, 13, tzinfo=UTC),
            datetime(2026, 11, 24, 17, tzinfo=UTC),
        ),
        # Christmas Eve in the afternoon: Christmas, Boxing Day's substitute and a weekend lie between
        (
            datetime(2026, 12, 24, 15, tzinfo=UTC),
            datetime(2026, 12, 29, 11, tzinfo=UTC),
            datetime(2026, 12, 29, 15, tzinfo=UTC),
        ),
        # In summer time, 9:00 in London is 8:00 UTC
        (
            datetime(2026, 7, 1, 8, tzinfo=UTC),
            datetime(2026, 7, 1, 12, tzinfo=UTC),
            datetime(2026, 7, 1, 16, tzinfo=UTC),
        ),
    ],
)
def test_an_untouched_request_reaches_the_manager_after_4_hours_and_the_head_after_a_day(
    front_door, duty, manager, heads, sent, manager_hears, head_hears
):
    rows = [
        OnlineRequestFactory(team=front_door, sent_at=sent),
        ContactFactory(team=front_door, received_at=sent),
    ]

    services.tell_of_untouched(now=manager_hears - timedelta(minutes=1))
    assert not any(told(row) for row in rows)
    services.tell_of_untouched(now=manager_hears)
    assert all(told(row) == {manager} for row in rows)
    services.tell_of_untouched(now=head_hears - timedelta(minutes=1))
    assert all(told(row) == {manager} for row in rows)
    services.tell_of_untouched(now=head_hears)
    assert all(told(row) == {manager, *heads} for row in rows)


def test_a_missed_night_is_caught_up_and_nobody_hears_twice(front_door, manager, heads):
    online = OnlineRequestFactory(team=front_door, sent_at=MONDAY_TEN)

    for _ in range(3):
        services.tell_of_untouched(now=MONDAY_TEN + timedelta(days=9))

    assert told(online) == {manager, *heads}
    assert Notification.objects.in_portal().count() == 2


def test_what_was_looked_at_is_not_told_of(front_door, manager, heads):
    ContactFactory(team=front_door, received_at=MONDAY_TEN, screened=True)
    OnlineRequestFactory(team=front_door, sent_at=MONDAY_TEN, set_aside=True)

    assert services.tell_of_untouched(now=MONDAY_TEN + timedelta(days=9)) == {"managers": 0, "heads": 0}


def test_rule_2_asks_for_an_answer_within_five_working_days_and_ends_when_it_is_passed_on(
    front_door, receiving, duty, person
):
    contact = services.receive(
        person=person, team=front_door, source="gp", reason="assessment", what_is_happening="Falls", consent="yes",
        by=duty, now=MONDAY_TEN,
    )  # fmt: skip
    anchor = Anchor.objects.get(rule_code="CONTACT_ACK")
    assert anchor.due_on == date(2026, 11, 30)

    services.screen(
        contact=contact, safeguarding_considered="no", screening_summary="Rang.", risk="standard", version=None, by=duty,
        now=MONDAY_TEN,
    )  # fmt: skip
    services.pass_on(
        contact=contact,
        kind="assessment",
        to_team=receiving,
        summary="Two falls",
        version=None,
        by=duty,
        now=MONDAY_TEN,
    )
    anchor.refresh_from_db()
    assert anchor.status == "closed"


def test_the_database_refuses_a_request_matched_to_nobody(online):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        OnlineRequest.objects.update(status="matched")
    with pytest.raises(IntegrityError), transaction.atomic():
        OnlineRequest.objects.update(status="set_aside", decided_at=clock.now())
