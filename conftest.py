"""Fixtures for all, and the strict guards that every test runs under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_django
from django.db import connection
from django.test import TransactionTestCase
from django.test.client import Client
from factory.builder import DeclarationSet

from caseportal.tests.emptying import Reference
from core import clock

# A Wednesday in working hours, outside summer time.
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)

INLINE = re.compile(rb"<[^>]+\s(?:on[a-z]+|style)\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE)
UNRENDERED = (b"{{", b"{%")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """Keep what the migrations wrote, and put it back after each test that commits, so that no test depends on its place
    in the order. At the end, close what threads left open."""
    with django_db_blocker.unblock():
        reference = Reference()
    plain = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _case: reference.put_back()  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = plain  # type: ignore[method-assign]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and usename = current_user and pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def guarded_responses() -> Iterator[None]:
    """No response of any test holds an inline handler, style or script, or an unrendered template tag."""
    plain = Client.request

    def request(self: Client, **environ):
        response = plain(self, **environ)
        if "text/html" in response.headers.get("Content-Type", "") and not getattr(
            response, "streaming", False
        ):
            body = response.content
            assert not INLINE.search(body), f"inline handler or style: {INLINE.search(body).group(0)!r}"
            assert not INLINE_SCRIPT.search(body), "inline script"
            assert not any(mark in body for mark in UNRENDERED), "unrendered template tag"
        return response

    Client.request = request  # type: ignore[method-assign]
    yield
    Client.request = plain  # type: ignore[method-assign]


# For each trait that is not asked for, factory_boy writes out all declarations into an error that nobody reads: a seventh
# of the time of the suite.
DeclarationSet.__repr__ = object.__repr__  # type: ignore[method-assign]


def set_clock(unmoved: timedelta) -> None:
    clock.unmoved = unmoved
    clock._offset.set(unmoved)


def pytest_configure() -> None:
    """Tables of cases that are made from today's date are made on the same day as everything else."""
    set_clock(NOW - clock.real_now())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Each test begins with the product's clock at NOW, on whatever day it runs. True time goes its own way."""
    set_clock(NOW - clock.real_now())


@pytest.fixture
def true_clock() -> None:
    """The product's clock at true time: for tests with processes of their own, whose clock cannot be moved."""
    set_clock(timedelta(0))


@pytest.fixture
def now() -> datetime:
    return NOW
