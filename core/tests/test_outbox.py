"""Work written down in a transaction is done after it: once, whoever dies, and never lost from sight."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from core import clock, crash, outbox
from core.models import Outbox

KIND = "core.test"


@pytest.fixture
def done(monkeypatch):
    """The payloads handled; a payload that says so fails."""
    handled: list[int] = []

    def handler(row: Outbox) -> None:
        if row.payload.get("fail"):
            raise TimeoutError("the address of somebody")
        handled.append(row.payload["number"])

    monkeypatch.setitem(outbox._handlers, KIND, handler)
    return handled


def emit(number: int, **more):
    outbox.emit(KIND, key=f"test:{number}", payload={"number": number, **more})


@pytest.mark.django_db
def test_the_same_key_twice_is_done_once(done):
    emit(1)
    emit(1)

    assert outbox.deliver() == {"done": 1, "failed": 0}
    assert outbox.deliver() == {"done": 0, "failed": 0}
    assert done == [1]


@pytest.mark.django_db
def test_what_a_transaction_took_back_is_not_done(done):
    with transaction.atomic():
        emit(1)
        transaction.set_rollback(True)

    assert outbox.deliver() == {"done": 0, "failed": 0}


@pytest.mark.django_db
def test_what_is_due_later_waits(done):
    outbox.emit(KIND, key="later", payload={"number": 1}, due_at=clock.real_now() + timedelta(hours=1))

    assert outbox.deliver()["done"] == 0


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_after_five_stands_in_view(done):
    emit(1, fail=True)
    emit(2)

    for attempt in range(1, 6):
        Outbox.objects.filter(done_at=None).update(due_at=clock.real_now())
        outbox.deliver()
        row = Outbox.objects.get(key="test:1")
        assert row.attempts == attempt
        assert (row.failed_at is None) == (attempt < 5)

    assert done == [2]
    assert row.last_error == "TimeoutError", "the kind of error, never its text"
    assert outbox.deliver() == {"done": 0, "failed": 0}


@pytest.mark.django_db
def test_a_failure_waits_longer_each_time(done):
    emit(1, fail=True)
    pauses = []
    for _ in range(3):
        Outbox.objects.update(due_at=clock.real_now())
        outbox.deliver()
        pauses.append(Outbox.objects.get().due_at - clock.real_now())

    assert timedelta(seconds=3) < pauses[0] < pauses[1] < pauses[2] < timedelta(seconds=30)


@pytest.mark.django_db
def test_a_person_who_looked_at_a_failure_has_it_tried_again(done):
    emit(1, fail=True)
    Outbox.objects.update(failed_at=clock.real_now(), attempts=5)

    Outbox.objects.update(payload={"number": 1})
    outbox.try_again(Outbox.objects.get().pk)

    assert outbox.deliver() == {"done": 1, "failed": 0}


@pytest.mark.django_db
def test_a_row_held_by_a_worker_that_died_comes_back_when_its_lease_ends(done):
    emit(1)
    Outbox.objects.update(lease_until=clock.real_now() + timedelta(seconds=30), attempts=1)
    assert outbox.deliver()["done"] == 0

    Outbox.objects.update(lease_until=clock.real_now() - timedelta(seconds=1))

    assert outbox.deliver()["done"] == 1


@pytest.mark.django_db
def test_the_oldest_goes_first_and_a_claim_has_a_limit(done):
    for number in (3, 1, 2):
        emit(number)
        Outbox.objects.filter(key=f"test:{number}").update(
            due_at=clock.real_now() - timedelta(minutes=10 - number)
        )

    outbox.deliver(limit=2)

    assert done == [1, 2]


@pytest.mark.django_db
def test_a_kind_nobody_handles_is_a_failure_not_a_loss():
    outbox.emit("core.unknown", key="unknown", payload={})

    assert outbox.deliver() == {"done": 0, "failed": 1}
    assert Outbox.objects.get().last_error == "KeyError"


@pytest.mark.django_db
def test_a_broker_that_is_away_never_reaches_the_page(
    done, settings, monkeypatch, django_capture_on_commit_callbacks
):
    from core import jobs

    def away(*_args, **_options):
        raise ConnectionError

    settings.OUTBOX_NUDGE = True
    monkeypatch.setattr(jobs.sweep_outbox, "apply_async", away)
    monkeypatch.setattr(outbox, "_quiet_until", None)

    with django_capture_on_commit_callbacks(execute=True):
        emit(1)

    assert jobs.sweep_outbox() == {"done": 1, "failed": 0}
    assert outbox._quiet_until > clock.real_now(), "the next pages do not even try for a moment"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_row_once(done):
    for number in range(60):
        emit(number)
    start = threading.Barrier(2)

    def worker():
        try:
            start.wait(timeout=10)
            while outbox.deliver(limit=7)["done"]:
                pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join(timeout=60) for thread in threads]

    assert sorted(done) == list(range(60))


def test_a_crash_point_nobody_declared_is_refused():
    with pytest.raises(ValueError, match="somewhere"):
        crash.crash_point("somewhere")
