"""Messages in the API: read, answered once, closed with the version that was read."""

from __future__ import annotations

import pytest

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from audit.models import View
from people.tests.factories import PersonFactory
from worklist.models import Message
from worklist.tests.factories import ConversationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    return api_client(UserFactory(worker_in=TeamFactory()))


def test_a_message_is_read_with_the_look_written_down_answered_once_and_closed(client):
    conversation = ConversationFactory()
    listed = client.get(f"/api/v1/people/{conversation.person.ref}/messages/").json()
    assert [row["ref"] for row in listed["results"]] == [conversation.ref]
    address = f"/api/v1/messages/{conversation.ref}/"
    assert client.get(address).json()["status"] == "waiting"
    assert View.objects.filter(person_id=conversation.person_id, page="api-messages-conversation").exists()

    for code in (201, 200):
        answer = client.post(f"{address}answer/", {"text": "Yes"}, headers={"Idempotency-Key": "one-answer"})
        assert answer.status_code == code
    assert Message.objects.count() == 1
    assert answer.json()["messages"][0]["from_staff"] is True

    closing = f"{address}close/"
    assert client.post(closing, {}).status_code == 428
    assert client.post(closing, {}, headers={"If-Match": '"99"'}).status_code == 409
    assert client.post(closing, {}, headers={"If-Match": answer.headers["ETag"]}).json()["status"] == "closed"


def test_a_message_that_waits_is_not_closed(client):
    conversation = ConversationFactory()

    answer = client.post(
        f"/api/v1/messages/{conversation.ref}/close/", {}, headers={"If-Match": f'"{conversation.version}"'}
    )

    assert answer.status_code == 409


def test_a_message_about_somebody_who_may_not_be_known_is_not_there(client):
    hidden = ConversationFactory(person=PersonFactory(restricted=True))

    assert client.get(f"/api/v1/messages/{hidden.ref}/").status_code == 404
    money = api_client(UserFactory(role_in=(Role.FINANCE_OFFICER, TeamFactory())))
    assert money.get(f"/api/v1/messages/{hidden.ref}/").status_code == 403
