"""Work follows the named worker; what is not theirs stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.tests.factories import UserFactory
from core import knock_ons
from people.tests.factories import AllocationFactory
from worklist import services
from worklist.models import Anchor, Notification, Task, WorkItem

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
TODAY = NOW.date()

pytestmark = pytest.mark.django_db


def anchor(person, team, owner, rule, on=TODAY):
    return services.set_anchor(
        rule=rule, subject=person, on=on, person=person, team=team, owner=owner, url="/", now=NOW
    )


def item(person, team, owner, kind):
    return services.open_work_item(
        person=person, kind=kind, subject=person, url="/", team=team, owner=owner, now=NOW
    )


def follow(person, team, worker, by):
    knock_ons.happened(
        "people.allocated",
        person_id=person.pk,
        team_id=team.pk,
        worker_id=worker.pk if worker else None,
        by=by,
        now=NOW,
    )


def test_reviews_tasks_and_work_go_with_the_new_worker_and_approvals_stay(person, team, worker, manager):
    successor = UserFactory(worker_in=team)
    AllocationFactory(person=person, team=team, worker=worker, ended=True)
    AllocationFactory(person=person, team=team, worker=successor)
    anchor(person, team, worker, "REVIEW_INITIAL", on=date(2026, 10, 12))
    anchor(person, team, manager, "PLAN_APPROVE")
    item(person, team, worker, WorkItem.Kind.MONITORING)
    item(person, team, None, WorkItem.Kind.CONTACT)

    follow(person, team, successor, manager)

    owners = dict(Anchor.objects.values_list("rule_code", "owner"))
    assert owners == {"REVIEW_INITIAL": successor.pk, "PLAN_APPROVE": manager.pk}
    assert Task.objects.get(kind="REVIEW_INITIAL").owner == successor
    assert Task.objects.get(kind="PLAN_APPROVE").owner == manager
    assert WorkItem.objects.get(kind="monitoring").owner == successor
    assert WorkItem.objects.get(kind="contact").owner is None
    assert (
        Notification.objects.in_portal().filter(recipient=successor, template="worklist.allocated").count()
        == 1
    )


def test_work_of_somebody_who_was_not_the_named_worker_stays_with_them(person, team, worker, manager):
    occupational_therapist = UserFactory(worker_in=team)
    item(person, team, occupational_therapist, WorkItem.Kind.ASSESSMENT)

    follow(person, team, worker, manager)

    assert WorkItem.objects.get().owner == occupational_therapist


def test_a_named_worker_ends_the_reminder_that_there_is_none(person, team, worker, manager):
    anchor(person, team, None, "UNALLOCATED")

    follow(person, team, worker, manager)

    assert Anchor.objects.get().status == Anchor.Status.CLOSED
    assert not Task.objects.open().exists()


def test_without_a_worker_the_team_is_reminded_to_find_one(person, team, worker, manager):
    AllocationFactory(person=person, team=team, worker=worker, ended=True)
    AllocationFactory(person=person, team=team, team_alone=True)
    item(person, team, worker, WorkItem.Kind.ASSESSMENT)

    follow(person, team, None, manager)

    assert WorkItem.objects.get().owner is None
    task = Task.objects.open().get()
    assert (task.kind, task.team, task.due_on) == ("UNALLOCATED", team, date(2026, 11, 26))


def test_a_note_means_that_something_has_happened(person, team, worker):
    item(person, team, worker, WorkItem.Kind.ASSESSMENT)
    WorkItem.objects.update(last_activity_on=TODAY - timedelta(days=30))

    knock_ons.happened("people.note_added", person=person, now=NOW)

    assert WorkItem.objects.get().last_activity_on == TODAY


def test_a_piece_of_work_is_opened_once_moves_and_closes(person, team, worker):
    first = item(person, team, None, WorkItem.Kind.ASSESSMENT)
    again = item(person, team, worker, WorkItem.Kind.ASSESSMENT)
    assert (first, again.owner) == (again, None)
    assert first.next_contact_on == TODAY + timedelta(days=28)

    moved = services.move_work_item(
        kind=WorkItem.Kind.ASSESSMENT,
        subject=person,
        now=NOW,
        stage="active",
        owner=worker,
        next_contact_on=None,
    )
    closed = services.close_work_item(kind=WorkItem.Kind.ASSESSMENT, subject=person, now=NOW)

    assert (moved.owner, moved.stage, moved.next_contact_on, moved.team) == (worker, "active", None, team)
    assert closed == 1
    assert services.move_work_item(kind=WorkItem.Kind.ASSESSMENT, subject=person, now=NOW) is None
    assert services.close_work_item(kind=WorkItem.Kind.ASSESSMENT, subject=person, now=NOW) == 0


def test_closing_tasks_without_saying_which_is_refused():
    with pytest.raises(ValueError, match="Say which"):
        services.close_tasks(now=NOW)
