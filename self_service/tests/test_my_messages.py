"""Messages on the person's own pages and on the record: sent once, kept while typed, answered, read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from core import clock, drafts
from people.tests.factories import AllocationFactory, PersonFactory, PortalAccessFactory
from worklist import services
from worklist.models import Conversation, Message, Task

pytestmark = pytest.mark.django_db
TOKEN = "Xylophone"


@pytest.fixture
def lead(db):
    team = TeamFactory(name="Riverside")
    worker = UserFactory(worker_in=team, name="Aisha Khan")
    return AllocationFactory(person=PersonFactory(), team=team, worker=worker)


@pytest.fixture
def person(lead):
    return lead.person


@pytest.fixture
def worker(lead):
    return lead.worker


@pytest.fixture
def herself(person):
    return PortalAccessFactory(person=person).user


def written(person, by, **facts):
    return services.write_message(
        **{
            "person": person,
            "subject_line": "The morning visits",
            "text": TOKEN,
            "by": by,
            "now": clock.now(),
            **facts,
        }
    )


def test_a_message_is_answered_on_the_record_once_and_read_on_the_own_pages(person, herself, worker):
    # Given a message sent twice by a double click
    own, staff = signed_in_client(herself), signed_in_client(worker)
    answers = {"form_key": "m" * 24, "subject_line": "The morning visits", "text": TOKEN}
    for _ in range(2):
        sent = own.post(reverse("self_service:write-message"), answers)
    conversation = Conversation.objects.get()
    assert sent.headers["Location"] == reverse("self_service:message", args=[conversation.ref])
    assert Task.objects.open().count() == 1

    # When the worker reads it on the record and answers, twice by a double click
    address = reverse("messages:show-conversation", args=[person.ref, conversation.ref])
    assert TOKEN.encode() in staff.get(address).content
    for _ in range(2):
        staff.post(address, {"form_key": "a" * 24, "text": "They come at eight from Monday."})
    assert Message.objects.count() == 2

    # Then the person is told on the first page, reads it, and is told no more
    home = reverse("self_service:home")
    assert b"We have answered you" in own.get(home).content
    page = own.get(reverse("self_service:message", args=[conversation.ref])).content
    assert b"They come at eight" in page
    assert b"Aisha Khan" in page
    assert b"We have answered you" not in own.get(home).content


def test_what_is_typed_is_kept_until_it_is_sent(person, herself, worker):
    own = signed_in_client(herself)
    own.post(
        reverse("self_service:autosave-message", args=["new"]), {"subject_line": "Visits", "text": TOKEN}
    )
    assert TOKEN.encode() in own.get(reverse("self_service:write-message")).content
    own.post(reverse("self_service:write-message"), {"text": f"{TOKEN} and more", "later": "yes"})
    assert b"and more" in own.get(reverse("self_service:write-message")).content
    assert not Conversation.objects.exists()

    own.post(
        reverse("self_service:write-message"),
        {"form_key": "n" * 24, "subject_line": "Visits", "text": "Sent"},
    )
    assert not drafts.of(herself).exists()

    conversation = Conversation.objects.get()
    staff = signed_in_client(worker)
    arguments = [person.ref, conversation.ref]
    staff.post(reverse("messages:autosave-answer", args=arguments), {"text": "Half an answer"})
    address = reverse("messages:show-conversation", args=arguments)
    assert b"Half an answer" in staff.get(address).content
    assert b"Answer to a message" in staff.get(reverse("worklist:my-work")).content
    staff.post(address, {"discard": "yes"})
    assert b"Half an answer" not in staff.get(address).content


def test_a_text_that_cannot_be_sent_comes_back_as_it_was_typed(person, herself):
    answer = signed_in_client(herself).post(
        reverse("self_service:write-message"),
        {"form_key": "n" * 24, "subject_line": "", "text": TOKEN},
    )

    assert answer.status_code == 400
    assert TOKEN.encode() in answer.content


def test_the_record_shows_who_wrote_for_the_person(person, worker):
    anna = PortalAccessFactory(
        person=person, acting_for=True, user=UserFactory(public=True, name="Anna Whitlow")
    ).user
    conversation = written(person, anna)
    staff = signed_in_client(worker)

    for name, arguments in (
        ("messages:list-conversations", [person.ref]),
        ("messages:show-conversation", [person.ref, conversation.ref]),
    ):
        page = " ".join(staff.get(reverse(name, args=arguments)).content.decode().split())
        assert "Anna Whitlow" in page
        assert "who acts for" in page


@pytest.mark.parametrize("rows", [1, 6])
def test_the_lists_cost_the_same_for_one_conversation_and_for_six(
    person, herself, worker, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        written(person, herself)
    own, staff = signed_in_client(herself), signed_in_client(worker)
    with django_assert_max_num_queries(12):
        own.get(reverse("self_service:messages"))
    with django_assert_max_num_queries(18):
        staff.get(reverse("messages:list-conversations", args=[person.ref]))
