"""The daily run: on the day or late, never early; once however often; managers brought in; nothing else held up."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from core import knock_ons
from core.models import BankHoliday, JobRun, Outbox
from people.tests.factories import PersonFactory, PortalAccessFactory
from worklist import events, jobs, services
from worklist.models import Anchor, Notification, Rule, Task
from worklist.services import steps
from worklist.services.anchors import AnchorFacts

NOW = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
STARTED = date(2026, 10, 12)


def first_review(person, team, owner, **more):
    facts = {
        "rule": "REVIEW_INITIAL",
        "subject": person,
        "on": STARTED,
        "person": person,
        "team": team,
        "owner": owner,
        "url": person.get_absolute_url(),
        "now": NOW,
    }
    return services.set_anchor(**{**facts, **more})


def run(day: date) -> dict[str, int]:
    return services.raise_due_tasks(today=day, now=datetime(day.year, day.month, day.day, 6, tzinfo=UTC))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "tasks"),
    [(date(2026, 11, 8), 0), (date(2026, 11, 9), 1), (date(2026, 11, 10), 1), (date(2027, 3, 1), 1)],
)
def test_the_task_appears_at_the_first_lead_time_or_late_but_never_early(person, team, worker, day, tasks):
    first_review(person, team, worker)

    assert run(day)["tasks"] == tasks
    assert Task.objects.count() == tasks


@pytest.mark.django_db
def test_each_lead_time_tells_the_owner_and_the_person_once(person, team, worker):
    access = PortalAccessFactory(person=person)
    first_review(person, team, worker)

    for day in (date(2026, 11, 9), date(2026, 11, 9), date(2026, 11, 18), date(2026, 11, 19)):
        run(day)

    told = Notification.objects.in_portal()
    assert told.filter(recipient=worker).count() == 2
    assert told.filter(recipient=access.user).count() == 2
    assert set(told.filter(recipient=access.user).values_list("task", "url")) == {(None, "/my/")}


@pytest.mark.django_db
def test_a_day_due_brings_in_the_manager_a_week_late_the_service_manager_and_then_red(
    person, team, worker, manager, service_manager
):
    first_review(person, team, worker)
    run(date(2026, 11, 18))

    run(date(2026, 11, 23))
    assert Task.objects.get().escalated_to == "team_manager"
    assert Notification.objects.in_portal().filter(recipient=manager).count() == 1
    assert not Notification.objects.filter(recipient=service_manager).exists()

    run(date(2026, 11, 30))
    assert Task.objects.get().escalated_to == "service_manager"
    assert Notification.objects.in_portal().filter(recipient=service_manager).count() == 1

    run(date(2026, 12, 7))
    assert Task.objects.get().escalated_to == "red"
    assert Event.objects.filter(code=events.TASK_ESCALATED).count() == 3
    assert Anchor.objects.get().next_step_on is None


@pytest.mark.django_db
def test_missed_nights_are_caught_up_and_the_owner_hears_once(person, team, worker, manager):
    first_review(person, team, worker)

    counts = run(date(2026, 11, 24))

    assert counts["tasks"] == 1
    assert Notification.objects.in_portal().filter(recipient=worker).count() == 1
    assert Task.objects.get().escalated_to == "team_manager"


@pytest.mark.django_db
def test_a_second_run_of_a_day_changes_nothing(person, team, worker, manager):
    PortalAccessFactory(person=person)
    first_review(person, team, worker)
    run(date(2026, 11, 23))
    before = [model.objects.count() for model in (Task, Notification, Outbox, Event)]

    again = run(date(2026, 11, 23))

    assert again["looked_at"] == 0
    assert [model.objects.count() for model in (Task, Notification, Outbox, Event)] == before


@pytest.mark.django_db
def test_a_recipient_gets_one_e_mail_a_day_however_many_reminders(team, worker):
    for person in PersonFactory.create_batch(3, external_id=""):
        first_review(person, team, worker)

    run(date(2026, 11, 9))

    mails = Notification.objects.filter(channel=Notification.Channel.EMAIL)
    assert mails.count() == 1
    assert Outbox.objects.filter(kind="worklist.deliver").count() == 1
    assert Notification.objects.in_portal().count() == 3


@pytest.mark.django_db
def test_a_reminder_of_somebody_who_has_died_stops_but_that_of_their_money_goes_on(person, team, worker):
    first_review(person, team, worker)
    first_review(person, team, worker, rule="BUDGET_REVIEW_ACK", on=date(2026, 11, 9))
    type(person).objects.filter(pk=person.pk).update(is_deceased=True)

    counts = run(date(2026, 11, 23))

    assert counts["stopped"] == 1
    assert set(Task.objects.open().values_list("kind", flat=True)) == {"BUDGET_REVIEW_ACK"}


@pytest.mark.django_db
def test_a_reminder_that_cannot_be_worked_on_does_not_hold_up_the_others(team, worker):
    good, bad = PersonFactory.create_batch(2, external_id="")
    first_review(good, team, worker)
    broken = first_review(bad, team, worker)
    Anchor.objects.filter(pk=broken.pk).update(rule_code="GONE")

    counts = run(date(2026, 11, 9))

    assert (counts["tasks"], counts["failed"] > 0) == (1, True)
    assert Task.objects.get().person == good


@pytest.mark.django_db
def test_the_job_is_done_once_a_day_and_recorded(person, team, worker):
    first_review(person, team, worker)

    first, second = jobs.raise_due_tasks(on="2026-11-09"), jobs.raise_due_tasks(on="2026-11-09")

    assert (first["tasks"], second) == (1, None)
    assert JobRun.objects.get(job="worklist.raise_due_tasks", due="2026-11-09").counts["tasks"] == 1


@pytest.mark.django_db
def test_moving_the_evaluation_clock_raises_what_is_due_that_day(person, team, worker):
    first_review(person, team, worker)

    knock_ons.happened("accounts.clock_moved", day=date(2026, 11, 23))

    assert Task.objects.get().due_on == date(2026, 11, 23)


@pytest.mark.django_db
def test_an_extra_bank_holiday_moves_open_reminders_and_says_why(person, team, worker, manager):
    first_review(person, team, worker)
    run(date(2026, 11, 18))
    BankHoliday.objects.create(day=date(2026, 11, 23), name="A royal occasion", source="Proclamation")

    moved = services.redate_open_anchors(now=NOW, because="a bank holiday changed", by=manager)

    task = Task.objects.get()
    assert moved == 1
    assert (task.due_on, task.legal_on) == (date(2026, 11, 20), date(2026, 11, 23))
    assert Event.objects.get(code=events.REMINDER_MOVED).detail["because"] == "a bank holiday changed"


@pytest.mark.django_db
def test_a_new_rule_counts_for_anchors_from_its_first_day_on_only(team, worker):
    old, new = PersonFactory.create_batch(2, external_id="")
    rule = Rule.objects.get(code="REVIEW_INITIAL")
    rule.pk, rule.offset, rule.valid_from = None, 28, date(2026, 10, 19)
    rule.save()

    before = first_review(old, team, worker)
    after = first_review(new, team, worker, on=date(2026, 10, 19))

    assert before.due_on == date(2026, 11, 23)
    assert after.due_on == date(2026, 11, 16)


def _facts(count, team, worker, on):
    return [
        AnchorFacts(
            rule="REVIEW_INITIAL",
            subject_type="people.person",
            subject_ref=person.ref,
            on=on,
            person_id=person.pk,
            url=person.get_absolute_url(),
            team_id=team.pk,
            owner_id=worker.pk,
        )
        for person in PersonFactory.create_batch(count, external_id="")
    ]


@pytest.mark.django_db
def test_the_run_costs_few_queries_a_thousand_reminders(team, worker):
    services.bulk_set_anchors(_facts(300, team, worker, STARTED), now=NOW)

    with CaptureQueriesContext(connection) as idle:
        run(date(2026, 11, 8))
    with CaptureQueriesContext(connection) as busy:
        assert run(date(2026, 11, 9))["tasks"] == 300

    assert len(idle) <= 6
    # One batch holds up to 500 reminders; two batches make a thousand.
    assert len(busy) <= 24, "\n".join(query["sql"][:120] for query in busy)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_each_task_once(team, worker):
    services.bulk_set_anchors(_facts(40, team, worker, STARTED), now=NOW)
    failures: list[BaseException] = []
    start = threading.Barrier(2)

    def one_run():
        try:
            start.wait(timeout=10)
            run(date(2026, 11, 9))
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one_run) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join(timeout=60) for thread in threads]

    assert not failures
    assert Task.objects.count() == 40
    assert Notification.objects.in_portal().count() == 40
    assert Event.objects.filter(code=events.TASK_OPENED).count() == 40
    assert not Anchor.objects.to_look_at(date(2026, 11, 9)).exists()


@pytest.mark.django_db(transaction=True)
def test_a_reminder_being_moved_by_somebody_is_waited_for_at_the_end(person, team, worker):
    anchor = first_review(person, team, worker)
    held, release = threading.Event(), threading.Event()

    def holder():
        try:
            with transaction.atomic():
                Anchor.objects.select_for_update().get(pk=anchor.pk)
                held.set()
                release.wait(timeout=10)
        finally:
            connections.close_all()

    thread = threading.Thread(target=holder)
    thread.start()
    held.wait(timeout=10)
    threading.Timer(0.5, release.set).start()
    counts = run(date(2026, 11, 9))
    thread.join(timeout=10)

    assert counts["tasks"] == 1


@pytest.mark.django_db
def test_a_role_held_by_nobody_in_the_team_is_looked_for_in_its_service_then_anywhere(
    person, team, worker, service_manager
):
    anchor = first_review(person, team, worker)
    found = steps.Audiences.load([anchor], roles={"service_manager"}, portal=False, today=NOW.date())

    assert found.holding("service_manager", anchor) == [service_manager.pk]
