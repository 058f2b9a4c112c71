"""Recording a contact, a note and a task while the broker is well, stopped, or silent: how long the pages take."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import Team, User
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from caseportal.celery import app
from caseportal.tests.processes import Broker
from core import clock, form_keys, outbox
from people.models import Person
from people.tests.factories import PersonFactory


@contextmanager
def nudging(broker: Broker) -> Iterator[None]:
    """Let this process nudge through a broker, as a web process does."""
    before = app.conf.broker_url
    with override_settings(OUTBOX_NUDGE=True):
        app.conf.broker_url = broker.url
        forget_connections()
        try:
            yield
        finally:
            app.conf.broker_url = before
            forget_connections()


def forget_connections() -> None:
    """As a fresh process: no open connection, and no memory of a broker that was away."""
    app._after_fork()
    outbox._quiet_until = None


class Desk:
    """A duty worker at the front door, with a person on record."""

    def __init__(self) -> None:
        self.team: Team = TeamFactory(front_door=True)
        self.manager: User = UserFactory(manager_of=self.team)
        self.worker: User = UserFactory(worker_in=self.team)
        self.colleague: User = UserFactory(worker_in=self.team)
        self.person: Person = PersonFactory()
        self.client: Client = signed_in_client(self.worker)

    def record_contact(self) -> Any:
        return self.client.post(
            f"{reverse('contacts:add-contact')}?person={self.person.ref}",
            {
                "form_key": form_keys.new_key(),
                "source": "gp",
                "reason": "assessment",
                "what_is_happening": "Two falls since September.",
                "consent": "yes",
                "safeguarding_considered": "no",
                "can_wait": "yes",
                "route": "community",
                "team": self.team.ref,
            },
        )

    def record_note(self) -> Any:
        day = clock.today()
        return self.client.post(
            reverse("people:add-note", args=[self.person.ref]),
            {
                "form_key": form_keys.new_key(),
                "kind": "call",
                "occurred_on_day": day.day,
                "occurred_on_month": day.month,
                "occurred_on_year": day.year,
                "text": "Rang about Saturday.",
            },
        )

    def ask_colleague(self) -> Any:
        """A task for somebody else, who is told by e-mail: of the three the one that nudges the broker."""
        day = clock.today()
        return self.client.post(
            reverse("worklist:add-task", args=[self.person.ref]),
            {
                "form_key": form_keys.new_key(),
                "title": "Ring back about the key safe",
                "due_on_day": day.day,
                "due_on_month": day.month,
                "due_on_year": day.year,
                "owner": self.colleague.ref,
            },
        )


def seconds(action: Callable[[], Any], times: int, *, fresh: bool) -> float:
    """The median time of an action that is answered by a redirect. `fresh` forgets that the broker was away, so that
    every page meets it for the first time: the worst there is."""
    took = []
    for _ in range(times):
        if fresh:
            outbox._quiet_until = None
        began = time.perf_counter()
        answer = action()
        took.append(time.perf_counter() - began)
        assert answer.status_code == 302, answer.status_code
    return statistics.median(took)
