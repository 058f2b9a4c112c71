"""What the tests of accounts share."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import evaluation_mode


@pytest.fixture
def evaluation():
    """Evaluation mode, with the addresses that exist only then."""
    with evaluation_mode():
        yield


@pytest.fixture(autouse=True)
def no_attempts_counted(db):
    """Each test begins with no wrong password counted."""
    cache.clear()


@pytest.fixture
def team(db):
    return TeamFactory()


@pytest.fixture
def administrator(db):
    return UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory(code="administration")))
