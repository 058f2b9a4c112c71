"""What the machine did: failures stand in view until somebody asks for them once more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.tests.helpers import signed_in_client
from core import clock
from core.models import JobRun, Outbox

pytestmark = pytest.mark.django_db


def a_failure(**more):
    now = clock.real_now()
    facts = {"kind": "worklist.deliver", "key": "worklist.deliver:x", "created_at": now, "due_at": now}
    return Outbox.objects.create(
        **{**facts, "failed_at": now, "attempts": 5, "last_error": "SMTPException", **more}
    )


def test_a_failed_message_is_shown_and_tried_again(manager):
    row = a_failure()
    client = signed_in_client(manager)

    text = client.get(reverse("reporting:runs")).content.decode()
    client.post(reverse("reporting:try-again"), {"key": row.key})

    row.refresh_from_db()
    assert "SMTPException" in text
    assert (row.failed_at, row.attempts) == (None, 0)


def test_one_that_is_no_longer_failed_is_said_so(manager):
    response = signed_in_client(manager).post(reverse("reporting:try-again"), {"key": "gone"}, follow=True)

    assert "no longer among the failures" in response.content.decode()


def test_something_that_waits_too_long_is_an_alarm(manager):
    long_ago = clock.real_now() - timedelta(minutes=9)
    a_failure(failed_at=None, attempts=0, due_at=long_ago)

    text = signed_in_client(manager).get(reverse("reporting:runs")).content.decode()

    assert "1 message or job waits" in text
    assert "the worker may have stopped" in text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"finished_at": True, "counts": {"tasks": 3, "failed": 0}}, "3 tasks made"),
        ({"finished_at": True, "counts": {"failed": 2}}, "Done, with failures"),
        ({"lease": timedelta(minutes=5)}, "Under way"),
        ({"lease": timedelta(minutes=-5)}, "Stopped, to be tried again"),
    ],
)
def test_a_run_says_how_it_went(manager, facts, words):
    now = clock.real_now()
    JobRun.objects.create(
        job="worklist.raise_due_tasks",
        due="2026-11-25",
        started_at=now,
        lease_until=now + facts.get("lease", timedelta()),
        finished_at=now if facts.get("finished_at") else None,
        counts=facts.get("counts", {}),
    )

    assert words in signed_in_client(manager).get(reverse("reporting:runs")).content.decode()
