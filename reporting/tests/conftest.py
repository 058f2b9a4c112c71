"""What the tests of reporting stand on: two teams, a manager of one, and somebody above both."""

from __future__ import annotations

import pytest

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory


@pytest.fixture
def team(db):
    return TeamFactory(name="Riverside")


@pytest.fixture
def other_team(db):
    return TeamFactory(name="Hillside")


@pytest.fixture
def worker(team):
    return UserFactory(worker_in=team)


@pytest.fixture
def manager(team):
    return UserFactory(manager_of=team)


@pytest.fixture
def service_manager(team):
    return UserFactory(role_in=(Role.SERVICE_MANAGER, team))
