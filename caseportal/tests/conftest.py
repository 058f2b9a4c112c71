"""What the proofs stand on: processes that can be killed, copies of the database, a broker of one's own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.tests import processes
from people.tests.factories import PersonFactory, PortalAccessFactory
from reablement.tests.factories import EpisodeFactory
from worklist import services as worklist

STARTED = date(2026, 10, 12)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    house = processes.Workshop(tmp_path_factory.mktemp("workshop"))
    yield house
    house.close()


@pytest.fixture
def copies():
    made = processes.Copies()
    yield made
    made.drop_all()


@pytest.fixture
def broker(tmp_path):
    own = processes.Broker(tmp_path)
    own.start()
    yield own
    own.stop()


@pytest.fixture
def reminders():
    """Six people whose first review is due: tasks to open, workers and people to tell, a manager to bring in. And one
    whose free weeks of reablement ended yesterday."""
    team = TeamFactory(service="Community")
    UserFactory(manager_of=team)
    UserFactory(role_in=(Role.SERVICE_MANAGER, team))
    workers = [UserFactory(worker_in=team), UserFactory(worker_in=team)]
    for number in range(6):
        person = PersonFactory()
        PortalAccessFactory(person=person)
        worklist.set_anchor(
            rule="REVIEW_INITIAL",
            subject=person,
            on=STARTED,
            person=person,
            team=team,
            owner=workers[number % 2],
            url=person.get_absolute_url(),
            now=datetime(2026, 10, 12, 9, tzinfo=UTC),
        )
    EpisodeFactory(
        started=True, team=team, started_on=STARTED, referred_at=datetime(2026, 10, 9, 9, tzinfo=UTC)
    )
