"""Whoever sent a request follows it by reference and date of birth: five stages, limited words, no guessing."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessList
from accounts.services import system_user
from assessments.tests.factories import AssessmentFactory
from contacts.tests.factories import ContactFactory, OnlineRequestFactory
from core import clock, open_drafts
from support_plans.tests.factories import SupportPlanFactory

pytestmark = pytest.mark.django_db
BORN = {"date_of_birth_day": "14", "date_of_birth_month": "3", "date_of_birth_year": "1944"}


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()


def look(online, **born):
    client = Client()
    answer = client.post(reverse("track"), {"reference": open_drafts.spaced(online.ref), **BORN, **born})
    assert answer.status_code == 302, answer.content
    return client.get(answer["Location"]).content.decode()


def states(page):
    return [page.count(f">{word}</strong>") for word in ("Done", "Now", "Later")]


def test_a_request_that_nobody_has_matched_was_received_and_a_date_is_promised():
    page = look(OnlineRequestFactory())

    assert states(page) == [0, 1, 4]
    assert "We get in touch by" in page


def matched(**facts):
    online = OnlineRequestFactory(matched=True, contact=None, status="received", person=None, matched_how="",
                                  decided_at=None, decided_by=None)  # fmt: skip
    contact = ContactFactory(team=online.team, **facts)
    online.contact, online.person, online.status, online.matched_how = (
        contact,
        contact.person,
        "matched",
        "exact",
    )
    online.decided_at, online.decided_by = clock.now(), system_user()
    online.save()
    return online


def test_the_five_stages_are_reached_one_after_the_other():
    assert states(look(matched())) == [0, 1, 4]
    assert states(look(matched(screened=True))) == [1, 1, 3]

    online = matched(allocated=True)
    assessment = AssessmentFactory(contact=online.contact, person=online.person)
    assert states(look(online)) == [2, 1, 2]
    assessment = AssessmentFactory(contact=matched(allocated=True).contact, issued=True)
    online = assessment.contact.online_request
    SupportPlanFactory(assessment=assessment, person=assessment.person)
    assert states(look(online)) == [3, 1, 1]
    assessment.support_plans.all().delete()
    SupportPlanFactory(assessment=assessment, person=assessment.person, active=True)
    page = look(online)
    assert states(page) == [4, 1, 0]
    assert "We check with you that it is working" in page


def test_the_words_are_limited_to_stages_and_dates():
    online = matched(screened=True, what_is_happening="Private words", screening_summary="More of them")
    page = look(online)

    for word in (
        "Private",
        "More of them",
        online.person.family_name,
        online.family_name,
        online.person.local_number,
    ):
        assert word not in page


def test_a_wrong_reference_and_a_wrong_birthday_get_the_same_answer_by_the_same_queries():
    online = OnlineRequestFactory()

    def answer(reference, **born):
        client = Client()
        client.get(reverse("track"))
        with CaptureQueriesContext(connection) as queries:
            page = client.post(reverse("track"), {"reference": reference, **BORN, **born})
        text = page.content.decode().replace(reference, "REFERENCE")
        asked = [
            query["sql"].split("WHERE")[0]
            for query in queries
            if query["sql"].startswith("SELECT")
            and "core_cache" not in query["sql"]
            and "set_config" not in query["sql"]
        ]
        return page.status_code, text.partition("<main")[2].replace('value="15"', 'value="14"'), asked

    wrong_birthday = answer(online.ref, date_of_birth_day="15")
    wrong_reference = answer("bcdfghjkmnpq", date_of_birth_day="15")
    assert wrong_birthday[0] == wrong_reference[0] == 400
    import re

    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", wrong_birthday[1]) == token.sub("", wrong_reference[1])
    assert wrong_birthday[2] == wrong_reference[2]


def test_guessing_the_birthday_of_a_reference_ends_after_ten_tries_and_for_a_reference_nobody_has_as_well():
    online = OnlineRequestFactory()

    for reference in (online.ref, "bcdfghjkmnpq"):
        answers = [
            Client().post(
                reverse("track"), {"reference": reference, **BORN, "date_of_birth_year": str(1900 + n)}
            )
            for n in range(11)
        ]
        assert [answer.status_code for answer in answers] == [400] * 10 + [429]


def test_one_address_may_try_sixty_times_a_minute():
    answers = [
        Client().post(reverse("track"), {"reference": f"bcdfghjkm{n:03}", **BORN}).status_code
        for n in range(61)
    ]

    assert answers == [400] * 60 + [429]


def test_bad_input_is_refused_in_words():
    client = Client()
    for reference in ("", "before\x00after", "Ä" * 10_000, "שלום"):
        assert client.post(reverse("track"), {"reference": reference, **BORN}).status_code == 400
    for born in ({"date_of_birth_day": "31", "date_of_birth_month": "2"}, {"date_of_birth_year": "9999"}):
        assert client.post(reverse("track"), {"reference": "bcdfghjkmnpq", **BORN, **born}).status_code == 400


def test_who_asked_for_somebody_who_did_not_agree_hears_nothing_of_what_follows():
    online = matched(allocated=True, consent="no")
    AssessmentFactory(contact=online.contact, person=online.person)
    online.asked_by = "someone_else"
    online.save()

    page = look(online)

    assert states(page) == [1, 1, 0]
    assert "we speak with the person themself" in page


def test_what_stands_on_a_list_is_not_told():
    online = matched(allocated=True)
    AssessmentFactory(contact=online.contact, person=online.person)
    access_list = AccessList.objects.create(purpose="test", created_at=clock.now(), created_by=system_user())
    online.person.level, online.person.access_list = "named_users", access_list
    online.person.save()

    page = look(online)

    assert states(page) == [1, 1, 3]
    assert "Please ring us to hear more" in page


def test_a_request_that_ended_at_the_front_door_says_so():
    assert "We have answered your request" in look(matched(closed=True))


def test_the_answer_is_not_open_to_the_next_visitor():
    assert Client().get(reverse("track-status"))["Location"] == reverse("track")


def test_the_status_costs_the_same_however_far_it_is():
    def cost(online):
        client = Client()
        client.post(reverse("track"), {"reference": online.ref, **BORN})
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("track-status"))
        return len(queries)

    assessment = AssessmentFactory(contact=matched(allocated=True).contact, issued=True)
    SupportPlanFactory(assessment=assessment, person=assessment.person)
    assert cost(matched()) <= 4
    assert cost(assessment.contact.online_request) <= 6
