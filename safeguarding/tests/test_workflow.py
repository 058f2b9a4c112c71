"""Every action in every state for every kind of actor: what moves, what is too late, and who is refused why."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from core.workflow import WrongState
from safeguarding import permissions, workflow
from safeguarding.models import Concern
from safeguarding.tests.factories import ConcernFactory, manager_in, safeguarding_team

pytestmark = pytest.mark.django_db

BEFORE = {"screened", "info_gathering", "reopened"}
ENDED = {"not_safeguarding", "nfa", "closed", "transferred_la", "duplicate", "ceased_at_request"}
ALL = set(Concern.Status.values)
OPEN = ALL - ENDED

# Actors: on the list unless said otherwise.
ACTORS = (
    "manager", "unregistered manager", "manager who leads", "duty worker", "team manager", "lead from elsewhere",
    "head of service", "director", "manager not on the list", "duty worker not on the list", "team manager of another team",
    "administrator", "analyst", "finance officer", "member of the public",
)  # fmt: skip
MANAGERS = {"manager", "unregistered manager", "manager who leads"}
REGISTERED = {"manager", "manager who leads"}
TEAM = MANAGERS | {"duty worker", "team manager"}
LEADS = {"manager who leads", "lead from elsewhere"}

#                    sources, target, who
TABLE: dict[str, tuple[set[str], str, set[str]]] = {
    "screen": ({"concern_received"}, "screened", TEAM | LEADS),
    "gather": ({"screened", "reopened", "s42_decision"}, "info_gathering", TEAM | LEADS),
    "set_aside": ({"screened", "info_gathering"}, "not_safeguarding", REGISTERED),
    "decide": (BEFORE, "s42_decision", REGISTERED),
    "no_further_action": ({"s42_decision"}, "nfa", REGISTERED),
    "plan_enquiry": ({"s42_decision"}, "enquiry_planning", REGISTERED),
    "start_enquiry": ({"enquiry_planning"}, "enquiry", REGISTERED),
    "conclude": ({"enquiry"}, "outcomes", LEADS),
    "protect": ({"outcomes"}, "plan_active", REGISTERED),
    "review": ({"plan_active"}, "plan_review", MANAGERS | LEADS),
    "renew": ({"plan_review"}, "plan_active", REGISTERED),
    "close": ({"outcomes", "plan_review"}, "closed", {"manager"}),
    "cease": (
        {"info_gathering", "s42_decision", "enquiry_planning", "enquiry", "outcomes"},
        "ceased_at_request",
        {"manager"},
    ),
    "transfer": (OPEN, "transferred_la", REGISTERED),
    "mark_duplicate": (BEFORE | {"concern_received", "s42_decision"}, "duplicate", MANAGERS),
    "reopen": (ENDED, "reopened", MANAGERS),
}
IN_PLACE: dict[str, tuple[set[str], set[str]]] = {
    "match": (BEFORE | {"concern_received"}, TEAM | LEADS),
    "add_risk": (OPEN - {"concern_received"}, TEAM | LEADS),
    "add_alleged": (OPEN, TEAM | LEADS),
    "add_wish": (OPEN, TEAM | LEADS),
    "record_voice": (OPEN, TEAM | LEADS),
    "record_capacity": (OPEN, TEAM | LEADS),
    "add_entry": (ALL, TEAM | LEADS),
    "give_delay": (OPEN, TEAM | LEADS),
    "ask_another": ({"enquiry_planning", "enquiry"}, MANAGERS | LEADS),
    "record_report": ({"enquiry_planning", "enquiry"}, MANAGERS | LEADS),
    "do_without_plan": ({"outcomes"}, REGISTERED),
    "add_plan_action": ({"plan_active"}, MANAGERS | LEADS),
    "do_plan_action": ({"plan_active", "plan_review"}, MANAGERS | LEADS),
    "tell": (ENDED | {"outcomes", "plan_active", "plan_review"}, TEAM | LEADS),
    "consider_review": (ALL, MANAGERS),
    "let_know": (ALL, MANAGERS),
    "take_off": (ALL, MANAGERS),
    "bar": (ALL, MANAGERS),
}


def test_the_tables_name_every_state_and_every_action():
    assert set(TABLE) == set(workflow.ACTIONS)
    assert set(IN_PLACE) == set(workflow.IN_PLACE_ACTIONS)
    assert set().union(*(row[0] for row in TABLE.values())) == ALL


@pytest.fixture
def world():
    """A case on whose list some of these actors are, and each of the actors."""
    team, elsewhere = safeguarding_team(), TeamFactory()
    actors = {
        "manager": manager_in(team),
        "unregistered manager": manager_in(team, registered=False),
        "manager who leads": manager_in(team),
        "duty worker": UserFactory(worker_in=team),
        "team manager": UserFactory(manager_of=team),
        "lead from elsewhere": UserFactory(worker_in=elsewhere),
        "head of service": UserFactory(role_in=(Role.SERVICE_MANAGER, elsewhere)),
        "director": UserFactory(role_in=(Role.DIRECTOR, elsewhere)),
        "manager not on the list": manager_in(team),
        "duty worker not on the list": UserFactory(worker_in=team),
        "team manager of another team": UserFactory(manager_of=elsewhere),
        "administrator": UserFactory(role_in=(Role.ADMINISTRATOR, elsewhere)),
        "analyst": UserFactory(role_in=(Role.ANALYST, elsewhere)),
        "finance officer": UserFactory(role_in=(Role.FINANCE_OFFICER, elsewhere)),
        "member of the public": UserFactory(public=True),
    }
    known = [user for name, user in actors.items() if name in TEAM | LEADS | {"head of service", "director"}]
    concern = ConcernFactory(team=team, known_to=known)
    assert set(actors) == set(ACTORS)
    return team, actors, concern


def cells(world, state, actor):
    """The case in a state, seen by an actor; whoever may lead is the lead."""
    _, actors, concern = world
    concern.status = state
    concern.lead = actors[actor] if actor in LEADS else None
    return actors[actor], concern


@pytest.mark.parametrize("state", Concern.Status.values)
def test_a_case_moves_only_as_the_table_says_and_only_for_whom_it_says(state, world):
    for name, (sources, target, who) in TABLE.items():
        for actor in ACTORS:
            check(world, workflow.ACTIONS[name], name, state, actor, state in sources, target, who)


@pytest.mark.parametrize("state", Concern.Status.values)
def test_what_is_written_down_leaves_the_state_and_is_for_whom_the_table_says(state, world):
    for name, (sources, who) in IN_PLACE.items():
        for actor in ACTORS:
            action = workflow.IN_PLACE_ACTIONS[name]
            check(world, action, name, state, actor, state in sources, state, who)


def check(world, action, name, state, actor, fits, target, who):
    user, concern = cells(world, state, actor)
    said = f"{name} in {state} by the {actor}"
    assert action.is_open_to(user, concern) == (fits and actor in who), said
    if actor not in who:
        with pytest.raises(PermissionDenied) as refused:
            action.apply(concern, by=user)
        assert str(refused.value), said
        assert concern.status == state, said
    elif not fits:
        with pytest.raises(WrongState, match=concern.get_status_display()):
            action.apply(concern, by=user)
        assert concern.status == state, said
    else:
        action.apply(concern, by=user)
        assert concern.status == target, said


def test_the_reasons_of_the_refusals_say_what_to_do(world):
    user, concern = cells(world, "s42_decision", "unregistered manager")
    assert "ask a registered colleague" in permissions.can_decide(user, concern).reason
    user, concern = cells(world, "outcomes", "manager who leads")
    assert "Ask another safeguarding adults manager" in permissions.can_close(user, concern).reason


def test_the_index_of_open_concerns_leaves_out_exactly_those_that_have_ended():
    (index,) = (each for each in Concern._meta.indexes if each.name == "safeguarding_open")

    assert index.condition == ~Q(status__in=[status.value for status in Concern.ENDED])
