"""What somebody tells us is complete, once and on its list, or refused in words: whatever breaks while they write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg2
import pytest
from django.core.cache import cache
from django.db import connection, connections, models
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.tests.broker_drill import nudging
from caseportal.tests.many_requests import at_once, visitor_who_answered
from caseportal.tests.public_journey import ME
from contacts.asking import HELP
from contacts.models import OnlineRequest
from core import outbox
from core.journeys import Journey
from core.models import OpenDraft, Outbox
from safeguarding.models import Concern
from safeguarding.tests.factories import Staff
from safeguarding.tests.test_public import ANSWERS
from safeguarding.views.public import JOURNEY as CONCERN

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]


@dataclass(frozen=True)
class Door:
    """A way in for the public: its questions, what comes of it, and the answer that is sent once."""

    journey: Journey
    answers: dict[str, dict[str, Any]]
    made: type[models.Model]
    acknowledged: str
    staff: Callable[[], Any]


def front_door() -> None:
    UserFactory(worker_in=TeamFactory(front_door=True))


DOORS = {
    "a request": Door(HELP, ME, OnlineRequest, "contacts.acknowledge", front_door),
    "a concern": Door(CONCERN, dict(ANSWERS), Concern, "safeguarding.acknowledge", Staff),
}


@pytest.fixture(params=DOORS, ids=str)
def door(request: pytest.FixtureRequest) -> Door:
    chosen = DOORS[request.param]
    chosen.staff()
    return chosen


def tell(door: Door) -> None:
    """Go through all questions and send."""
    client = Client()
    address = reverse(door.journey.step, args=[door.journey.steps[0].slug])
    while not address.endswith("/check-answers/"):
        answer = client.post(address, door.answers[address.rstrip("/").rpartition("/")[2]])
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        address = answer["Location"]
    assert "sent" in client.post(address)["Location"]


def is_complete(door: Door) -> None:
    """There is one, it was acknowledged once, and it waits on its list."""
    while outbox.deliver()["done"]:
        pass
    assert door.made._base_manager.count() == 1
    assert OpenDraft.objects.exclude(result="").count() == 1
    assert Outbox.objects.filter(kind=door.acknowledged, done_at__isnull=False).count() == 1
    assert not Outbox.objects.filter(done_at=None).exists()
    on_its_list = (
        OnlineRequest.objects.exclude(status="matched").count()
        if door.made is OnlineRequest
        else Concern.objects.visible_to(User.objects.get(name="Duty Worker")).count()
    )
    assert on_its_list == 1


class Restart:
    """The database is started again just before the n-th statement: the connection dies in the middle of a page."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left == -1:
            with psycopg2.connect(**_server()) as server, server.cursor() as cursor:
                cursor.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        return execute(sql, params, many, context)


def _server() -> dict[str, Any]:
    facts = {**connection.get_connection_params(), "dbname": "postgres"}
    return {name: facts[name] for name in ("user", "password", "host", "port", "dbname") if facts.get(name)}


def test_without_a_worker_it_is_taken_in_and_answered_once_when_there_is_one(door):
    tell(door)
    assert door.made._base_manager.count() == 1
    assert Outbox.objects.filter(done_at=None).exists()

    is_complete(door)


def test_with_the_broker_stopped_it_is_taken_in_as_ever(door, broker):
    broker.stop()
    with nudging(broker):
        tell(door)

    is_complete(door)


def test_with_the_database_started_again_at_any_statement_of_sending_it_is_refused_in_words_or_whole(door):
    refused = 0
    for at in range(200):
        # Given somebody who has answered everything
        client = visitor_who_answered(door.journey, door.answers, at)
        client.raise_request_exception = False
        restart = Restart(at)

        # When the database goes away at one statement of sending
        with connection.execute_wrapper(restart):
            answer = client.post(reverse(door.journey.check))
        connections.close_all()

        # Then they are told in words that it was not sent, and sending again is enough
        if answer.status_code >= 500:
            refused += 1
            assert "what you typed is still there" in answer.content.decode()
            assert door.made._base_manager.count() in (at, at + 1)
            answer = client.post(reverse(door.journey.check))
        if (
            answer.status_code == 429
        ):  # the count of tries was being written just then: for ten seconds it is locked
            assert "try again" in answer.content.decode().lower()
            cache.clear()
            answer = client.post(reverse(door.journey.check))
        assert answer.status_code == 302
        assert door.made._base_manager.count() == at + 1
        if restart.left >= 0:
            break
    assert refused > 10
    while outbox.deliver()["done"]:
        pass
    assert Outbox.objects.filter(kind=door.acknowledged, done_at__isnull=False).count() == at + 1


def test_sixty_concerns_in_parallel_are_sixty_references_and_sixty_rows():
    Staff()

    references = at_once(60, CONCERN, dict(ANSWERS))

    assert len(references) == len(set(references)) == Concern.objects.count() == 60
    assert set(references) == set(Concern.objects.values_list("ref", flat=True))
    assert Outbox.objects.filter(kind="safeguarding.received").count() == 60
