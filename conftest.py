"""Fixtures for all, and the strict guards that every test runs under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test.client import Client

from core import clock

# A Wednesday in working hours, outside summer time.
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)

INLINE = re.compile(rb"<[^>]+\s(?:on[a-z]+|style)\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE)
UNRENDERED = (b"{{", b"{%")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit begin with the reference data, so that no test depends on its place in the order."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ()))
        if (marker and marker.kwargs.get("transaction")) or {"live_server", "transactional_db"} & fixtures:
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


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


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    """Each test begins with the product's clock at true time."""
    from datetime import timedelta

    clock._offset.set(timedelta(0))
    yield
    clock._offset.set(timedelta(0))


@pytest.fixture
def now() -> datetime:
    return NOW
