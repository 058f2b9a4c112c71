"""The worker is killed hard in the middle of the daily run: the next run makes what is missing, and nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import connection

from accounts.tests.factories import TeamFactory, UserFactory
from audit.models import Event
from core import clock
from core.models import JobRun, Outbox
from people.tests.factories import PersonFactory
from worklist import events, jobs, services
from worklist.models import Notification, Task
from worklist.services.anchors import AnchorFacts

NOW = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
DAY = "2026-11-09"

# The same program as the worker runs, on the test's database, with a crash point armed by the environment.
PROGRAM = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from worklist import jobs
print(jobs.raise_due_tasks(on=sys.argv[2]))
"""


def work_killed_at(point: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, connection.settings_dict["NAME"], DAY],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "caseportal.settings_test",
            "CASEPORTAL_CRASH_AT": point,
        },
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["job.after_claim", "reminders.after_task", "job.before_finish"])
def test_the_same_tasks_exist_as_without_the_kill(point):
    team = TeamFactory()
    worker = UserFactory(worker_in=team)
    facts = [
        AnchorFacts(
            rule="REVIEW_INITIAL",
            subject_type="people.person",
            subject_ref=person.ref,
            on=date(2026, 10, 12),
            person_id=person.pk,
            url=person.get_absolute_url(),
            team_id=team.pk,
            owner_id=worker.pk,
        )
        for person in PersonFactory.create_batch(20, external_id="")
    ]
    services.bulk_set_anchors(facts, now=NOW)

    assert work_killed_at(point) == -signal.SIGKILL
    assert JobRun.objects.get().finished_at is None
    # The lease of the dead run ends, and the next beat takes it over.
    JobRun.objects.update(lease_until=clock.real_now())
    jobs.raise_due_tasks(on=DAY)

    assert Task.objects.count() == 20
    assert Notification.objects.in_portal().count() == 20
    assert Event.objects.filter(code=events.TASK_OPENED).count() == 20
    assert Outbox.objects.count() == 1, "one e-mail a day"
    assert JobRun.objects.get().attempts == 2
