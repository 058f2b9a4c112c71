"""A worker that dies, and a job that is delivered twice, leave what one quiet run would have left."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection

from accounts.models import User
from accounts.tests.factories import TeamFactory, UserFactory
from audit.models import Event
from caseportal.celery import app
from caseportal.tests import processes
from caseportal.tests.processes import KILLED, differences, story, wait_until
from contacts.tests.factories import ContactFactory
from core import clock, crash
from core.models import JobRun, Outbox
from reporting.models import Export
from reporting.services import ask_for_export
from worklist.models import Notification, Task

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]

DAY = date(2026, 11, 23)
RAISE, SWEEP = "worklist.jobs.raise_due_tasks", "core.jobs.sweep_outbox"
OF_EXPORTS = {"export.after_file", "export.while_written"}
OF_THE_NIGHT = sorted(crash.POINTS - {"import.after_batch"} - OF_EXPORTS)


def quiet_night(workshop, database):
    """The daily run and the sweep that follows, with nothing going wrong. Returns the story and how many mails left."""
    assert workshop.task(database, RAISE, on=DAY.isoformat()) == [0]
    assert workshop.task(database, SWEEP) == [0]
    return story(database), workshop.mails(database)


@pytest.mark.parametrize("point", OF_THE_NIGHT)
def test_a_worker_killed_anywhere_in_the_night_leaves_the_same_tasks_and_messages(
    reminders, workshop, copies, point
):
    # Given the story of a night without a kill
    whole, mails = quiet_night(workshop, copies.make())
    assert sum(whole["worklist_task"].values()) == 6
    assert mails

    # When the worker dies at this point of the same night, and its leases run out
    database = copies.make()
    night, sweep = (RAISE, ""), (SWEEP, "")
    killed = (SWEEP, point) if point.startswith("outbox") else (RAISE, point)
    first = [night, killed] if killed[0] == SWEEP else [killed]
    ends = [
        workshop.task(database, task, crash_at=at, **({"on": DAY.isoformat()} if task == RAISE else {}))
        for task, at in first
    ]
    assert ends[-1] == [KILLED]
    processes.end_all_leases(database)

    # And the schedule asks again
    assert workshop.task(database, night[0], on=DAY.isoformat()) == [0]
    assert workshop.task(database, sweep[0]) == [0]

    # Then the same tasks stand there, and everybody heard once
    assert differences(whole, story(database)) == ""
    # A kill between the mail and its mark may send it once more, with the same Message-ID; no other point may.
    assert workshop.mails(database) - mails in ({0, 1} if point == "outbox.after_work" else {0})


def test_a_real_worker_killed_with_all_its_processes_and_started_again_finishes_the_night(
    reminders, workshop, copies, broker, tmp_path
):
    whole, _ = quiet_night(workshop, copies.make())
    database = copies.make()
    (tmp_path / "mail").mkdir()

    def ask():
        with app.connection_for_write(broker.url) as line:
            app.send_task(RAISE, kwargs={"on": DAY.isoformat()}, connection=line)

    # Given a worker that dies after the tasks are written and before they are committed
    with processes.celery_worker(
        database, broker, tmp_path, CASEPORTAL_CRASH_AT="reminders.after_task"
    ) as worker:
        ask()
        with processes.connected_to(database):
            wait_until(lambda: JobRun.objects.filter(finished_at=None).exists(), "the run to begin")
            processes.kill_group(worker)
            assert not Task.objects.exists()

    # When a worker is started again, the lease has run out and the schedule asks once more
    processes.end_all_leases(database)
    with processes.celery_worker(database, broker, tmp_path):
        ask()
        with processes.connected_to(database):
            wait_until(lambda: JobRun.objects.filter(finished_at__isnull=False).exists(), "the run to end")
            wait_until(lambda: not Outbox.objects.filter(done_at=None).exists(), "the messages to go out")

    # Then the night is whole
    assert differences(whole, story(database)) == ""
    with processes.connected_to(database):
        assert not Notification.objects.filter(status=Notification.Status.WAITING).exists()


def night_with_kills(workshop, database, chance):
    """The night, its worker killed up to three times at any moment, until a run gets through. Returns how many kills."""
    kills = 0
    for task, arguments in ((RAISE, {"on": DAY.isoformat()}), (SWEEP, {})):
        for moment in [chance.uniform(0.005, 0.2) for _ in range(3)]:
            ends = workshop.task(database, task, kill_after=moment, **arguments)
            processes.end_all_leases(database)
            if ends == [0]:
                break
            assert ends == [KILLED]
            kills += 1
        assert workshop.task(database, task, **arguments) == [0]
    return kills


def test_a_worker_killed_at_any_moment_again_and_again_leaves_the_same_story(reminders, workshop, copies):
    whole, _ = quiet_night(workshop, copies.make())
    chance = Random(20261123)

    for trial in range(4):
        database = copies.make()
        night_with_kills(workshop, database, chance)
        assert differences(whole, story(database)) == "", f"trial {trial}"


# What each job of the schedule is given to do here. A job that is not in this table fails the test below it.
JOBS = {
    RAISE: {"on": DAY.isoformat()},
    SWEEP: {},
    "contacts.jobs.tell_of_untouched": {},
    "core.jobs.forget_open_drafts": {},
    "safeguarding.jobs.watch": {},
    "support_plans.jobs.activate_due_plans": {"on": DAY.isoformat()},
    "reablement.jobs.keep_time": {"on": DAY.isoformat()},
    # So far ahead that nobody of the story has used their account for long.
    "accounts.jobs.close_unused_accounts": {"on": "2028-06-30"},
    # Counts what stands now: no other day can be asked for.
    "reporting.jobs.keep_figures": {},
    "reporting.jobs.take_files_away": {},
}


def test_every_job_is_proved_against_double_delivery():
    app.loader.import_default_modules()

    assert {name for name in app.tasks if not name.startswith("celery.")} == set(JOBS)


@pytest.mark.parametrize("job", sorted(JOBS))
@pytest.mark.parametrize("at_once", [1, 2], ids=["twice", "twice in parallel"])
def test_a_job_delivered_twice_does_its_work_once(reminders, workshop, copies, job, at_once):
    if job == SWEEP:
        assert workshop.task(connection.settings_dict["NAME"], RAISE, on=DAY.isoformat()) == [0]
    once, twice = copies.make(), copies.make()
    assert workshop.task(once, job, **JOBS[job]) == [0]

    for _ in range(3 - at_once):
        assert set(workshop.task(twice, job, at_once=at_once, **JOBS[job])) == {0}

    assert differences(story(once), story(twice)) == ""
    assert workshop.mails(once) == workshop.mails(twice)
    if job == "reablement.jobs.keep_time":
        with processes.connected_to(twice):
            assert Event.objects.filter(code="reablement.episode.free_period_over").count() == 1


@pytest.mark.parametrize("seed", range(2))
def test_every_job_delivered_twice_shuffled_and_late_leaves_what_one_run_of_each_leaves(
    reminders, workshop, copies, seed
):
    # Given a night, a contact that nobody has looked at, and a list asked for
    door = TeamFactory(is_front_door=True)
    ContactFactory(team=door, received_at=clock.now() - timedelta(days=5))
    asked_export(UserFactory(manager_of=door))
    jobs = {**JOBS, "accounts.jobs.close_unused_accounts": {"on": DAY.isoformat()}}
    clean, shuffled = copies.make(), copies.make()
    for job in [*sorted(jobs.keys() - {SWEEP}), SWEEP]:
        assert workshop.task(clean, job, **jobs[job]) == [0]

    # When each job comes twice in any order
    deliveries = [(job, arguments) for job, arguments in jobs.items() for _ in range(2)]
    Random(seed).shuffle(deliveries)
    for job, arguments in [*deliveries, (SWEEP, {})]:
        assert workshop.task(shuffled, job, **arguments) == [0]

    # Then every row is the same, and as many messages left
    assert differences(story(clean), story(shuffled)) == ""
    assert workshop.mails(clean) == workshop.mails(shuffled) > 0


def asked_export(manager: User) -> Export:
    return ask_for_export(
        code="unallocated",
        query={},
        format="csv",
        purpose="planning",
        purpose_words="Meeting",
        by=manager,
        now=clock.now(),
    )


@pytest.mark.parametrize("point", sorted(OF_EXPORTS))
def test_an_export_killed_while_or_after_its_file_is_written_ends_as_one_without_a_kill(
    reminders, workshop, copies, point
):
    export = asked_export(UserFactory(manager_of=TeamFactory()))
    whole, broken = copies.make(), copies.make()
    assert workshop.task(whole, SWEEP) == [0]

    assert workshop.task(broken, SWEEP, crash_at=point) == [KILLED]
    with processes.connected_to(broken):
        # How far it was is seen by everybody, though nothing was finished.
        seen = Export.objects.get(pk=export.pk)
        assert (seen.status, seen.written, seen.rows) == (Export.Status.ASKED, 0, 0)
    processes.end_all_leases(broken)
    assert workshop.task(broken, SWEEP) == [0]

    assert differences(story(whole), story(broken)) == ""
    with processes.connected_to(broken):
        assert Export.objects.get(pk=export.pk).status == Export.Status.READY


def test_an_import_killed_between_batches_goes_on_and_ends_as_one_without_a_kill(workshop, copies, tmp_path):
    file = tmp_path / "return.csv"
    with connection.cursor():
        pass
    from django.core.management import call_command

    call_command("make_cld", str(file), people=40, seed=3, period_end="2026-09-30", verbosity=0)
    whole, broken = copies.make(), copies.make()
    assert workshop.command(whole, "import_cld", str(file)) == [0]

    assert workshop.command(broken, "import_cld", str(file), crash_at="import.after_batch") == [KILLED]
    assert workshop.command(broken, "import_cld", str(file)) == [0]

    def told(database):
        return story(
            database,
            dropped=frozenset({"local_number", "search_text", "import_run_id", "key"}),
            left_out=("national_returns_importrun", "audit_event"),
        )

    assert sum(told(whole)["people_person"].values()) >= 40
    assert differences(told(whole), told(broken)) == ""
