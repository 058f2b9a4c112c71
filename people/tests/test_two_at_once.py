"""Two people at the same moment, each with a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from core import clock
from people import services
from people.models import Allocation, CaseNote, Person
from people.tests.factories import AllocationFactory, PersonFactory, next_nhs_number

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all of it at the same moment; what each answers, or the error it raises."""
    start = threading.Barrier(len(works))
    answers: list[Any] = [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        start.wait(timeout=20)
        try:
            answers[place] = work()
        except Exception as error:  # noqa: BLE001 the error is the answer
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_two_managers_hand_over_at_once_and_one_worker_is_responsible():
    team = TeamFactory()
    lead = AllocationFactory(team=team)
    manager = UserFactory(manager_of=team)

    def hand_over(worker):
        return lambda: services.allocate(
            person=lead.person, team=team, worker=worker, handover_summary="x", by=manager, now=clock.now()
        )

    at_once(*[hand_over(UserFactory(worker_in=team)) for _ in range(2)])

    assert Allocation.objects.filter(person=lead.person, role="lead", valid_to=None).count() == 1


def test_one_nhs_number_given_by_two_at_once_makes_one_record_and_one_plain_refusal():
    worker = UserFactory(worker_in=TeamFactory())
    facts = {"given_names": "Peggy", "family_name": "Whitlow", "nhs_number": next_nhs_number()}

    answers = at_once(*[lambda: services.register(facts=facts, by=worker, now=clock.now())] * 2)

    assert {type(answer) for answer in answers} == {Person, ValidationError}
    assert Person.objects.count() == 1


def test_one_note_sent_twice_at_once_is_one_note():
    worker, person = UserFactory(worker_in=TeamFactory()), PersonFactory()
    today = clock.today()
    typed = {
        "form_key": "n" * 24,
        "kind": "call",
        "occurred_on_day": today.day,
        "occurred_on_month": today.month,
        "occurred_on_year": today.year,
        "text": "Rang.",
    }
    clients = [signed_in_client(worker) for _ in range(2)]

    answers = at_once(
        *[lambda client=client: client.post(f"/people/{person.ref}/notes/add/", typed) for client in clients]
    )

    assert [answer.status_code for answer in answers] == [302, 302]
    assert CaseNote.objects.count() == 1
