"""A scheduled job happens once for each period, whatever starts it and whoever dies."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections

from core import clock, job_runs
from core.models import JobRun


def run(work=lambda: {"rows": 1}, due="2026-11-25"):
    return job_runs.once_per_period(job="core.test", due=due, work=work)


@pytest.mark.django_db
def test_a_period_is_done_once_and_its_counts_are_kept():
    assert run() == {"rows": 1}
    assert run() is None

    done = JobRun.objects.get()
    assert (done.counts, done.attempts, done.finished_at is None) == ({"rows": 1}, 1, False)


@pytest.mark.django_db
def test_each_period_has_its_own_run():
    run()

    assert run(due="2026-11-26") == {"rows": 1}
    assert JobRun.objects.count() == 2


@pytest.mark.django_db
def test_a_run_under_way_is_left_alone_and_a_dead_one_is_taken_over():
    now = clock.real_now()
    JobRun.objects.create(
        job="core.test", due="2026-11-25", started_at=now, lease_until=now + timedelta(minutes=5)
    )
    assert run() is None

    JobRun.objects.update(lease_until=now - timedelta(seconds=1))

    assert run() == {"rows": 1}
    assert JobRun.objects.get().attempts == 2


@pytest.mark.django_db
def test_a_run_that_fails_says_so_and_may_be_tried_again_at_once():
    def broken():
        raise TimeoutError("details")

    with pytest.raises(TimeoutError):
        run(broken)
    assert JobRun.objects.get().last_error == "TimeoutError"

    assert run() == {"rows": 1}
    assert JobRun.objects.get().last_error == ""


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_do_a_period_once():
    started: list[int] = []
    start = threading.Barrier(4)

    def scheduler():
        try:
            start.wait(timeout=10)
            run(lambda: started.append(1) or {})
        finally:
            connections.close_all()

    threads = [threading.Thread(target=scheduler) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join(timeout=30) for thread in threads]

    assert started == [1]
