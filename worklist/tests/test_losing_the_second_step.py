"""Somebody who uses the person's own pages says that the second step is lost: a task for the team that invited them."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client

from accounts import services as accounts
from accounts.models import Recognised, Role
from accounts.tests.factories import TeamFactory, UserFactory, give_role
from accounts.tests.helpers import set_up_app, signed_in_client
from core import calendar, clock, outbox
from core.models import PolicySetting
from people.tests.factories import AllocationFactory, PersonFactory, PortalAccessFactory, put_on_list
from worklist.models import Notification, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def access(worker, person):
    access = PortalAccessFactory(person=person, granted_by=worker)
    set_up_app(access.user)
    return access


def say_it_is_lost(user):
    mail.outbox.clear()
    accounts.send_lost_second_step_link(email=user.email)
    outbox.deliver()
    written = "".join(message.body for message in mail.outbox if message.to == [user.email])
    link = re.search(r"https?://[^/]+(/sign-in/lost-second-step/\S+)", written).group(1)
    assert Client().post(link).status_code == 302


def told():
    return {line.recipient for line in Notification.objects.in_portal()}


def test_the_task_lands_with_whoever_invited_them_and_leads_to_where_it_is_done(
    access, worker, team, manager
):
    say_it_is_lost(access.user)

    task = Task.objects.get()
    assert task.title == "Second step lost: check who is asking and reset"
    assert (task.person, task.team, task.owner) == (access.person, team, worker)
    assert task.due_on == calendar.add_working_days(clock.today(), 2, calendar.england())
    assert told() == {worker}
    desk = signed_in_client(worker)
    assert "Second step lost" in desk.get("/worklist/").content.decode()
    assert "Says that the second step is lost" in desk.get(task.url).content.decode()
    assert access.user.name not in task.title + task.why
    outbox.deliver()
    assert not any(
        access.person.family_name in message.body for message in mail.outbox if worker.email in message.to
    )


def test_said_again_it_stays_one_task_and_after_it_was_done_another_loss_is_another(access, worker):
    say_it_is_lost(access.user)
    say_it_is_lost(access.user)
    assert Task.objects.count() == 1

    accounts.start_again(user=access.user, by=worker, now=clock.now(), checked=Recognised.KNOWN_NUMBER)
    task = Task.objects.get()
    assert (task.status, task.closed_by) == (Task.Status.DONE, worker)

    access.user.refresh_from_db()
    set_up_app(access.user)
    say_it_is_lost(access.user)
    assert list(Task.objects.order_by("pk").values_list("status", flat=True)) == ["done", "open"]


def test_when_the_inviter_has_moved_on_the_named_worker_s_team_hears_and_else_the_front_door(
    access, worker, person
):
    # Given an inviter without a role, and a named worker's team with a manager
    worker.memberships.update(valid_to=clock.today() - timedelta(days=1))
    lead = AllocationFactory(person=person)
    manager = UserFactory(manager_of=lead.team)

    say_it_is_lost(access.user)

    task = Task.objects.get()
    assert (task.team, task.owner) == (lead.team, None)
    assert told() == {manager}


def test_where_nobody_is_named_it_is_the_front_door_s(access, worker):
    worker.memberships.update(valid_to=clock.today() - timedelta(days=1))
    door = TeamFactory(front_door=True)
    duty = UserFactory(worker_in=door)

    say_it_is_lost(access.user)

    assert Task.objects.get().team == door
    assert told() == {duty}


def test_an_inviter_who_also_administers_gets_it_in_the_team_in_which_they_work_with_people(person, team):
    inviter = UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory()))
    give_role(inviter, Role.PRACTITIONER, team)
    access = PortalAccessFactory(person=person, granted_by=inviter)
    set_up_app(access.user)

    say_it_is_lost(access.user)

    task = Task.objects.get()
    assert (task.team, task.owner) == (team, inviter)
    assert told() == {inviter}


@pytest.mark.parametrize("of_the_team", [True, False])
def test_of_a_restricted_person_only_those_on_the_list_hear(worker, manager, of_the_team):
    # Given a record of which the inviter may not know any more, but their manager or somebody elsewhere may
    access = PortalAccessFactory(person=PersonFactory(restricted=True), granted_by=worker)
    set_up_app(access.user)
    knows = manager if of_the_team else UserFactory(worker_in=TeamFactory())
    put_on_list(access.person.access_list, knows)

    say_it_is_lost(access.user)

    task = Task.objects.get()
    assert (task.access_list, task.owner) == (access.person.access_list, None)
    assert not Task.objects.visible_to(worker).exists()
    assert Task.objects.visible_to(knows).exists()
    assert told() == {knows}


def test_the_council_sets_within_how_many_working_days(access):
    PolicySetting.objects.create(
        code="worklist.second_step_working_days",
        value=1,
        valid_from=date(2026, 1, 1),
        meaning="m",
        source="s",
    )

    say_it_is_lost(access.user)

    assert Task.objects.get().due_on == calendar.add_working_days(clock.today(), 1, calendar.england())


def test_an_account_that_never_had_anyone_s_pages_makes_no_task():
    user = UserFactory(public=True)
    set_up_app(user)

    say_it_is_lost(user)

    assert not Task.objects.exists()
