"""What the tests of worklist stand on: a team with its people, a person, and rules."""

from __future__ import annotations

import pytest

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from people.tests.factories import PersonFactory


@pytest.fixture
def team(db):
    return TeamFactory(service="Community")


@pytest.fixture
def worker(team):
    return UserFactory(worker_in=team)


@pytest.fixture
def manager(team):
    return UserFactory(manager_of=team)


@pytest.fixture
def service_manager(db):
    return UserFactory(role_in=(Role.SERVICE_MANAGER, TeamFactory()))


@pytest.fixture
def person(db):
    return PersonFactory(external_id="")
