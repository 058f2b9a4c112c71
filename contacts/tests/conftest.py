"""What the tests of contacts stand on: a front door with its people, a team that takes work over, and a person."""

from __future__ import annotations

import pytest

from accounts.tests.factories import TeamFactory, UserFactory
from people.tests.factories import PersonFactory


@pytest.fixture
def front_door(db):
    return TeamFactory(front_door=True, name="Front door")


@pytest.fixture
def receiving(db):
    return TeamFactory(name="North team")


@pytest.fixture
def duty(front_door):
    """The duty worker: a practitioner of the front door."""
    return UserFactory(worker_in=front_door, name="Dilys Duty")


@pytest.fixture
def manager(front_door):
    return UserFactory(manager_of=front_door)


@pytest.fixture
def receiver(receiving):
    return UserFactory(worker_in=receiving)


@pytest.fixture
def stranger(db):
    """Works with people, in neither team."""
    return UserFactory(worker_in=TeamFactory())


@pytest.fixture
def person(db):
    return PersonFactory()
