"""Every action on a plan and a review: in every state, and by every role."""

from __future__ import annotations

import pytest

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from core.permissions import YES
from core.workflow import Action, WrongState
from people.tests.factories import PortalAccessFactory
from support_plans import permissions, workflow
from support_plans.models import Review, SupportPlan
from support_plans.tests.factories import ReviewFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db

# State to what each action leads to; what is not named is refused.
PLAN_TABLE: dict[str, dict[str, str]] = {
    "draft": {"send_to_person": "with_person", "end": "ended"},
    "with_person": {"agree": "agreed", "disagree": "disagreed", "take_back": "draft", "end": "ended"},
    "agreed": {"submit": "submitted", "take_back": "draft", "end": "ended"},
    "disagreed": {"send_to_person": "with_person", "end": "ended"},
    "submitted": {"approve": "approved", "return": "returned", "end": "ended"},
    "returned": {"send_to_person": "with_person", "end": "ended"},
    "approved": {"activate": "active", "end": "ended"},
    "active": {"supersede": "superseded", "end": "ended"},
    "superseded": {},
    "ended": {},
}
REVIEW_TABLE: dict[str, dict[str, str]] = {
    "scheduled": {"invite": "invited", "decline": "declined", "hold": "held"},
    "invited": {"decline": "declined", "hold": "held"},
    "held": {"write_up": "written_up"},
    "written_up": {"write_up": "written_up", "close": "closed"},
    "approved": {"close": "closed"},
    "closed": {},
    "missed": {},
    "declined": {},
    "cancelled": {},
}


def anybody(user: object, record: object):
    return YES


def test_the_tables_name_every_state():
    assert set(PLAN_TABLE) == set(SupportPlan.Status.values)
    assert set(REVIEW_TABLE) == set(Review.Status.values)


@pytest.mark.parametrize("name", workflow.ACTIONS)
@pytest.mark.parametrize("state", PLAN_TABLE)
def test_each_action_on_a_plan_fits_its_states_and_no_other(name, state):
    _leads_to(workflow.ACTIONS[name], SupportPlan(status=state), PLAN_TABLE[state].get(name))


@pytest.mark.parametrize("name", workflow.REVIEW_ACTIONS)
@pytest.mark.parametrize("state", REVIEW_TABLE)
def test_each_action_on_a_review_fits_its_states_and_no_other(name, state):
    _leads_to(workflow.REVIEW_ACTIONS[name], Review(status=state), REVIEW_TABLE[state].get(name))


def _leads_to(action: Action, record, wanted: str | None) -> None:
    open_to_all = Action(action.label, action.sources, action.target, anybody)
    if wanted is None:
        with pytest.raises(WrongState):
            open_to_all.apply(record, by=None)
    else:
        open_to_all.apply(record, by=None)
        assert record.status == wanted


WORKERS = {"practitioner", "social_worker", "occupational_therapist", "system"}
LEADERS = {"team_manager", "service_manager", "director"}
ROLE_TABLE: dict[str, set[str]] = {
    "send_to_person": WORKERS,
    "take_back": WORKERS,
    "agree": WORKERS | {"public_act"},
    "disagree": WORKERS | {"public_act"},
    "submit": WORKERS,
    "approve": LEADERS,
    "return": LEADERS,
    "activate": WORKERS | LEADERS,
    "supersede": WORKERS | LEADERS,
    "end": LEADERS | {"system"},
}
ACTORS = [*Role.values, "outside", "system", "public_act", "public_view"]


def actor(name: str, record):
    if name == "outside":
        return UserFactory(worker_in=TeamFactory(service="Another service"))
    if name == "system":
        return UserFactory(machine=True)
    if name.startswith("public_"):
        user = UserFactory(public=True)
        scope = name.removeprefix("public_")
        PortalAccessFactory(user=user, person=record.person, relation="representative", scope=scope)
        return user
    return UserFactory(role_in=(name, record.team))


@pytest.mark.parametrize("who", ACTORS)
def test_who_may_do_what_with_a_plan(who):
    plan = SupportPlanFactory(submitted=True)
    user = actor(who, plan)

    may = {name for name, action in workflow.ACTIONS.items() if action.allowed(user, plan)}

    assert may == {name for name, actors in ROLE_TABLE.items() if who in actors}


@pytest.mark.parametrize("who", ACTORS)
def test_who_may_do_what_with_a_review(who):
    review = ReviewFactory()
    user = actor(who, review)

    may = {name for name, action in workflow.REVIEW_ACTIONS.items() if action.allowed(user, review)}

    assert may == (set(workflow.REVIEW_ACTIONS) if who in WORKERS | LEADERS else set())


@pytest.mark.parametrize("who", ACTORS)
def test_who_may_prepare_a_plan_and_who_may_ask_for_a_review(who):
    plan = SupportPlanFactory()
    user = actor(who, plan)
    case_work = (
        WORKERS
        | LEADERS
        | {"safeguarding_manager", "broker", "reablement_lead", "reablement_worker", "outside"}
    )

    assert bool(permissions.can_prepare(user, plan)) is (who in WORKERS | {"broker"})
    assert bool(permissions.can_request_review(user, plan)) is (who in case_work | {"public_act"})


@pytest.mark.parametrize("part", ["prepared_by", "submitted_by"])
def test_whoever_prepared_a_plan_or_sent_it_never_decides_whatever_their_role(part):
    plan = SupportPlanFactory(submitted=True)
    user = UserFactory(role_in=(Role.DIRECTOR, plan.team))
    setattr(plan, part, user)

    assert not permissions.can_decide(user, plan)
