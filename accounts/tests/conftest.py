"""What the tests of accounts share."""

from __future__ import annotations

import importlib

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from django.urls import clear_url_caches

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory


def _reload_addresses() -> None:
    for name in ("accounts.urls", "caseportal.urls", settings.ROOT_URLCONF):
        importlib.reload(importlib.import_module(name))
    clear_url_caches()


@pytest.fixture
def evaluation():
    """Evaluation mode, with the addresses that exist only then."""
    with override_settings(EVALUATION=True):
        _reload_addresses()
        yield
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
