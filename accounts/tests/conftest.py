"""What the tests of accounts share."""

from __future__ import annotations

import importlib

import pytest
from django.core.cache import cache
from django.urls import clear_url_caches

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory


def _reload_addresses() -> None:
    import accounts.urls
    import caseportal.urls

    importlib.reload(accounts.urls)
    importlib.reload(caseportal.urls)
    clear_url_caches()


@pytest.fixture
def evaluation(settings):
    """Evaluation mode, with the addresses that exist only then."""
    settings.EVALUATION = True
    _reload_addresses()
    yield
    settings.EVALUATION = False
    _reload_addresses()


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
