"""Facts with a date become reminders: once, moved with their date, stopped when the work is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import AccessList, AccessListMember
from audit.models import Event
from people.tests.factories import PersonFactory
from worklist import events, services
from worklist.models import Anchor, Notification, Task, WorkItem

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
TODAY = NOW.date()


def an_anchor(person, team, owner, **more):
    facts = {
        "rule": "REVIEW_INITIAL",
        "subject": person,
        "on": date(2026, 10, 12),
        "person": person,
        "team": team,
        "owner": owner,
        "url": person.get_absolute_url(),
        "now": NOW,
    }
    return services.set_anchor(**{**facts, **more})


def test_the_same_fact_twice_makes_one_reminder_and_one_task(person, team, worker):
    an_anchor(person, team, worker)
    an_anchor(person, team, worker)

    anchor, task = Anchor.objects.get(), Task.objects.get()
    assert (anchor.legal_on, anchor.due_on) == (date(2026, 11, 23), date(2026, 11, 23))
    assert (task.due_on, task.owner, task.anchor) == (date(2026, 11, 23), worker, anchor)
    assert Event.objects.filter(code=events.TASK_OPENED).count() == 1


def test_a_reminder_that_opens_at_once_stands_in_the_list_from_its_first_day(person, team):
    an_anchor(person, team, None, rule="CONTACT_SCREEN", on=TODAY)

    task = Task.objects.get()
    assert task.due_on == date(2026, 11, 26)
    assert task.title == "Screen a contact"


def test_a_reminder_far_ahead_makes_no_task_yet(person, team, worker):
    anchor = an_anchor(person, team, worker, rule="REVIEW_ANNUAL", on=date(2026, 11, 24))

    assert not Task.objects.exists()
    assert (anchor.due_on, anchor.next_step_on) == (date(2027, 11, 24), date(2027, 9, 29))


def test_moving_the_date_moves_the_open_task_and_the_trail_says_why(person, team, worker):
    an_anchor(person, team, worker)

    anchor = an_anchor(person, team, worker, on=date(2026, 10, 26), because="the service changed")

    task = Task.objects.get()
    assert anchor.due_on == task.due_on == date(2026, 12, 7)
    moved = Event.objects.get(code=events.REMINDER_MOVED)
    assert moved.detail["before"] == "2026-11-23"
    assert moved.detail["after"] == "2026-12-07"
    assert moved.detail["because"] == "the service changed"


def test_closing_the_fact_closes_its_task_with_a_line_in_the_trail(person, team, worker):
    an_anchor(person, team, worker)

    closed = services.close_anchor(
        rule="REVIEW_INITIAL", subject=person, now=NOW, because="the review was held", by=worker
    )

    task = Task.objects.get()
    assert closed == 1
    assert (task.status, task.closed_by) == (Task.Status.DONE, worker)
    assert Event.objects.get(code=events.TASK_CLOSED).detail["because"] == "the review was held"
    assert Anchor.objects.get().next_step_on is None


def test_a_fact_that_comes_back_opens_its_task_again(person, team, worker):
    an_anchor(person, team, worker)
    services.close_anchor(rule="REVIEW_INITIAL", subject=person, now=NOW, because="closed by mistake")

    an_anchor(person, team, worker, now=NOW + timedelta(hours=1))

    assert Anchor.objects.get().status == Anchor.Status.OPEN
    assert Task.objects.get().status == Task.Status.OPEN


def test_a_rule_nobody_wrote_is_refused(person, team, worker):
    with pytest.raises(LookupError, match="NO_SUCH_RULE"):
        an_anchor(person, team, worker, rule="NO_SUCH_RULE")


def test_only_those_on_the_access_list_are_told(person, team, worker, manager):
    access = AccessList.objects.create(purpose="safeguarding", created_at=NOW, created_by=manager)
    AccessListMember.objects.create(access_list=access, user=manager, valid_from=TODAY, reason="decides")

    an_anchor(person, team, worker, access_list=access)

    assert set(Notification.objects.values_list("recipient", flat=True)) == {manager.pk}
    assert not Task.objects.visible_to(worker).exists()


def test_many_anchors_are_set_in_bulk_with_their_tasks_and_nobody_is_written_to(team, worker):
    people = PersonFactory.create_batch(3, external_id="")
    facts = [
        services.anchors.AnchorFacts(
            rule="REVIEW_ANNUAL",
            subject_type="people.person",
            subject_ref=person.ref,
            on=date(2025, 6, 1),
            person_id=person.pk,
            url=person.get_absolute_url(),
            team_id=team.pk,
            owner_id=worker.pk,
        )
        for person in people
    ]

    first = services.bulk_set_anchors(facts, now=NOW, tell=False)
    again = services.bulk_set_anchors(facts, now=NOW + timedelta(hours=1), tell=False)

    assert (first, again) == ({"anchors": 3, "tasks": 3}, {"anchors": 0, "tasks": 0})
    assert Task.objects.overdue(TODAY).count() == 3
    assert not Notification.objects.exists()


def test_a_death_stops_all_but_money_and_begins_the_end_of_services(person, team, worker, manager):
    an_anchor(person, team, worker)
    an_anchor(person, team, worker, rule="BUDGET_REVIEW_ACK", on=TODAY)
    services.open_task(
        key="ring", kind="worklist.ring", title="Ring", why="", person=person, team=team, owner=worker,
        due_on=TODAY, url="/", now=NOW,
    )  # fmt: skip
    services.open_work_item(
        person=person,
        kind=WorkItem.Kind.MONITORING,
        subject=person,
        url="/",
        team=team,
        owner=worker,
        now=NOW,
    )

    services.death_recorded(person_id=person.pk, by=manager, now=NOW)

    assert set(Task.objects.open().values_list("kind", flat=True)) == {"BUDGET_REVIEW_ACK", "DECEASED_CLOSE"}
    assert not WorkItem.objects.open().exists()
