"""The long form of caseportal/tests/test_killed_worker.py: 100 nights with kills, and eight deliveries at once."""

from __future__ import annotations

from random import Random

import pytest
from django.db import connection

from caseportal.tests.processes import differences, story
from caseportal.tests.test_killed_worker import DAY, JOBS, RAISE, SWEEP, night_with_kills, quiet_night

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.real_database,
]
TRIALS = 100


def test_a_hundred_nights_with_kills_at_any_moment_tell_one_story(reminders, workshop, copies, proved):
    whole, _ = quiet_night(workshop, copies.make())
    chance, kills = Random(1), 0

    for trial in range(TRIALS):
        database = copies.make()
        kills += night_with_kills(workshop, database, chance)
        assert differences(whole, story(database)) == "", f"trial {trial} of seed 1"
        copies.drop_all()

    proved("worker killed at any moment of the night", trials=TRIALS, kills=kills)


@pytest.mark.parametrize("job", sorted(JOBS))
def test_a_job_delivered_eight_times_at_once_does_its_work_once(reminders, workshop, copies, proved, job):
    if job == SWEEP:
        assert workshop.task(connection.settings_dict["NAME"], RAISE, on=DAY.isoformat()) == [0]
    once = copies.make()
    assert workshop.task(once, job, **JOBS[job]) == [0]
    whole = story(once)

    for trial in range(10):
        many = copies.make()
        assert set(workshop.task(many, job, at_once=8, **JOBS[job])) == {0}
        assert differences(whole, story(many)) == "", f"trial {trial}"
        assert workshop.mails(many) == workshop.mails(once)

    proved(f"{job} delivered eight times at once", trials=10)
