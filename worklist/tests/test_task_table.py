"""Every action on a task, in every state, by everyone."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from audit import catalogue
from core.workflow import WrongState
from worklist import events, workflow
from worklist.models import Anchor, Task
from worklist.tests.factories import NotificationFactory, TaskFactory, WorkItemFactory

#               done         cancel
TABLE = {
    "open": ("done", "cancelled"),
    "done": (None, None),
    "cancelled": (None, None),
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", TABLE)
@pytest.mark.parametrize(("place", "name"), [(0, "done"), (1, "cancel")])
def test_what_can_be_done_to_a_task_in_each_state(worker, team, state, place, name):
    task = TaskFactory.build(person=None, team=team, owner=worker, status=state, anchor=None)
    target = TABLE[state][place]

    if target is None:
        with pytest.raises(WrongState):
            workflow.ACTIONS[name].apply(task, by=worker)
        assert task.status == state
    else:
        workflow.ACTIONS[name].apply(task, by=worker)
        assert task.status == target


def test_the_table_holds_every_state_and_action():
    assert set(TABLE) == set(Task.Status.values)
    assert set(workflow.ACTIONS) == {"done", "cancel"}


def people(team):
    return {
        "owner": UserFactory(),
        "colleague": UserFactory(worker_in=team),
        "manager": UserFactory(manager_of=team),
        "worker elsewhere": UserFactory(worker_in=TeamFactory()),
        "manager elsewhere": UserFactory(manager_of=TeamFactory()),
        "service manager": UserFactory(role_in=(Role.SERVICE_MANAGER, TeamFactory())),
        "director": UserFactory(role_in=(Role.DIRECTOR, TeamFactory())),
        "finance officer": UserFactory(role_in=(Role.FINANCE_OFFICER, team)),
        "administrator": UserFactory(role_in=(Role.ADMINISTRATOR, team)),
        "the public": UserFactory(public=True),
        "the machine": UserFactory(machine=True),
    }


MAY = {"owner", "colleague", "manager", "service manager", "director", "the machine"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["done", "cancel"])
def test_who_may_finish_or_set_aside_a_task(team, name):
    crowd = people(team)
    for who, user in crowd.items():
        task = TaskFactory.build(person=None, team=team, owner=crowd["owner"])
        assert workflow.ACTIONS[name].is_open_to(user, task) is (who in MAY), who


@pytest.mark.django_db
def test_a_date_set_by_a_rule_cannot_be_ticked_away_by_anybody_but_the_machine(team):
    for who, user in people(team).items():
        task = TaskFactory.build(person=None, team=team, owner=user, anchor=Anchor(pk=1))
        if who == "the machine":
            continue
        with pytest.raises(PermissionDenied):
            workflow.DONE.apply(task, by=user)


def test_every_event_has_its_sentence():
    for code in events.CODES:
        assert catalogue.find(code.code) == code


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [TaskFactory, WorkItemFactory, NotificationFactory])
def test_every_trait_makes_a_valid_record(factory):
    for trait in [None, *factory._meta.parameters]:
        row = factory(**({trait: True} if trait else {}))
        row.full_clean(exclude=["url", "owner", "team"])
