"""Every action on an export, in every state, by every role."""

from __future__ import annotations

import pytest

from accounts.models import Role
from accounts.services import system_user
from accounts.tests.factories import TeamFactory, UserFactory
from reporting import workflow
from reporting.models import Export
from reporting.tests.factories import ExportFactory

pytestmark = pytest.mark.django_db

S = Export.Status
ACTIONS = {
    #            asked        held        ready        refused  failed  expired
    "hold":      (S.HELD,     None,       None,        None,    None,   None),
    "approve":   (None,       S.ASKED,    None,        None,    None,   None),
    "refuse":    (None,       S.REFUSED,  None,        None,    None,   None),
    "finish":    (S.READY,    None,       None,        None,    None,   None),
    "give_up":   (S.FAILED,   None,       None,        None,    None,   None),
    "fetch":     (None,       None,       S.READY,     None,    None,   None),
    "take_away": (None,       None,       S.EXPIRED,   None,    None,   None),
}  # fmt: skip
STATES = (S.ASKED, S.HELD, S.READY, S.REFUSED, S.FAILED, S.EXPIRED)
MAY = {
    #            asker  same head  other head  director  information  analyst  worker  machine
    "hold":      (0,    0,         0,          0,        0,           0,       0,      1),
    "approve":   (0,    1,         1,          1,        0,           0,       0,      0),
    "refuse":    (0,    1,         1,          1,        0,           0,       0,      0),
    "finish":    (0,    0,         0,          0,        0,           0,       0,      1),
    "give_up":   (0,    0,         0,          0,        0,           0,       0,      1),
    "fetch":     (1,    0,         0,          0,        0,           0,       0,      0),
    "take_away": (0,    0,         0,          0,        0,           0,       0,      1),
}  # fmt: skip


def test_the_tables_name_every_action_and_every_state():
    assert set(ACTIONS) == set(MAY) == set(workflow.EXPORT_ACTIONS)
    assert set(STATES) == set(Export.Status)


@pytest.mark.parametrize("name", ACTIONS)
def test_each_action_leads_from_and_to_the_states_of_the_table(name):
    action = workflow.EXPORT_ACTIONS[name]

    for state, target in zip(STATES, ACTIONS[name], strict=True):
        assert action.fits(Export(status=state)) is (target is not None)
        assert target in (None, action.target)


@pytest.mark.parametrize("name", MAY)
def test_each_action_is_open_to_the_roles_of_the_table(name, team, worker, manager):
    export = Export(code="assessment", asked_by=manager, teams=[team.pk])
    others = [
        UserFactory(role_in=(Role.SERVICE_MANAGER, team)),
        UserFactory(role_in=(Role.SERVICE_MANAGER, TeamFactory())),
        UserFactory(role_in=(Role.DIRECTOR, TeamFactory())),
        UserFactory(role_in=(Role.INFORMATION_OFFICER, team)),
        UserFactory(role_in=(Role.ANALYST, team)),
    ]
    action = workflow.EXPORT_ACTIONS[name]

    decisions = [bool(action.allowed(user, export)) for user in (manager, *others, worker, system_user())]

    assert decisions == [bool(may) for may in MAY[name]]


def test_every_kind_of_export_of_the_factory_is_sound():
    for state in STATES:
        ExportFactory(**{state: True}).full_clean()
