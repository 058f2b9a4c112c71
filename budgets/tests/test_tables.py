"""Every action on a budget and a budget review: in every state, and by every role."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from budgets import permissions, workflow
from budgets.models import BudgetReview, PersonalBudget
from budgets.permissions import Limits
from budgets.tests.factories import BudgetReviewFactory, PersonalBudgetFactory
from core import clock
from core.permissions import YES
from core.workflow import Action, WrongState
from people.tests.factories import PortalAccessFactory
from support_plans.tests.factories import PlanItemFactory

pytestmark = pytest.mark.django_db

Status = PersonalBudget.Status

# State to what each action leads to; what is not named is refused.
BUDGET_TABLE: dict[str, dict[str, str]] = {
    "draft": {"cost": "costed", "end": "ended"},
    "costed": {"cost": "costed", "submit": "submitted", "end": "ended"},
    "submitted": {"approve": "approved", "return": "returned", "reject": "rejected", "end": "ended"},
    "returned": {"cost": "costed", "end": "ended"},
    "rejected": {"cost": "costed", "end": "ended"},
    "approved": {"acknowledge": "agreed_with_person", "end": "ended"},
    "agreed_with_person": {"change_figures": "approved", "activate": "active", "end": "ended"},
    "active": {"put_under_review": "under_review", "supersede": "superseded", "end": "ended"},
    "under_review": {"settle": "active", "supersede": "superseded", "end": "ended"},
    "suspended": {"supersede": "superseded", "end": "ended"},
    "superseded": {},
    "ended": {},
}
REVIEW_TABLE: dict[str, dict[str, str]] = {
    "requested": {"acknowledge": "acknowledged"},
    "acknowledged": {"decide_interim": "interim_support_decided", "decide": "decided"},
    "interim_support_decided": {"decide_interim": "interim_support_decided", "decide": "decided"},
    "reassessment": {"decide": "decided"},
    "decided": {"notify": "notified"},
    "notified": {},
}


def anybody(user: object, record: object):
    return YES


def test_the_tables_name_every_state():
    assert set(BUDGET_TABLE) == set(Status.values)
    assert set(REVIEW_TABLE) == set(BudgetReview.Status.values)


@pytest.mark.parametrize("name", workflow.ACTIONS)
@pytest.mark.parametrize("state", BUDGET_TABLE)
def test_each_action_on_a_budget_fits_its_states_and_no_other(name, state):
    _leads_to(workflow.ACTIONS[name], PersonalBudget(status=state), BUDGET_TABLE[state].get(name))


@pytest.mark.parametrize("name", workflow.REVIEW_ACTIONS)
@pytest.mark.parametrize("state", REVIEW_TABLE)
def test_each_action_on_a_budget_review_fits_its_states_and_no_other(name, state):
    _leads_to(workflow.REVIEW_ACTIONS[name], BudgetReview(status=state), REVIEW_TABLE[state].get(name))


def _leads_to(action: Action, record, wanted: str | None) -> None:
    open_to_all = Action(action.label, action.sources, action.target, anybody)
    if wanted is None:
        with pytest.raises(WrongState):
            open_to_all.apply(record, by=None)
    else:
        open_to_all.apply(record, by=None)
        assert record.status == wanted


# Who may, by role in the team that holds the plan. "outside" is a practitioner of another team.
WORKERS = {"practitioner", "social_worker", "occupational_therapist", "system"}
DECIDERS = {"team_manager", "service_manager", "director"}
ROLE_TABLE: dict[str, set[str]] = {
    "cost": WORKERS | {"broker", "finance_officer"},
    "submit": WORKERS,
    "approve": DECIDERS,
    "return": DECIDERS,
    "reject": DECIDERS,
    "acknowledge": WORKERS | {"public_act"},
    "change_figures": {"finance_officer"},
    "activate": WORKERS | DECIDERS,
    "put_under_review": WORKERS
    | DECIDERS
    | {
        "broker",
        "finance_officer",
        "safeguarding_manager",
        "reablement_lead",
        "reablement_worker",
        "outside",
        "public_act",
    },
    "settle": WORKERS | DECIDERS,
    "supersede": WORKERS | DECIDERS,
    "end": WORKERS | DECIDERS,
}
REVIEW_ROLE_TABLE: dict[str, set[str]] = {
    "acknowledge": WORKERS | DECIDERS,
    "decide_interim": WORKERS | DECIDERS,
    "decide": DECIDERS,
    "notify": WORKERS | DECIDERS,
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
def test_who_may_do_what_with_a_budget(who):
    budget = PersonalBudgetFactory(status=Status.SUBMITTED)
    user = actor(who, budget)

    may = {name for name, action in workflow.ACTIONS.items() if action.allowed(user, budget)}

    assert may == {name for name, actors in ROLE_TABLE.items() if who in actors}


@pytest.mark.parametrize("who", ACTORS)
def test_who_may_do_what_with_a_budget_review(who):
    review = BudgetReviewFactory()
    user = actor(who, review)

    may = {name for name, action in workflow.REVIEW_ACTIONS.items() if action.allowed(user, review)}

    assert may == {name for name, actors in REVIEW_ROLE_TABLE.items() if who in actors}


@pytest.mark.parametrize("part", ["assessed_by", "costed_by", "contribution_entered_by"])
def test_whoever_assessed_or_costed_never_decides_whatever_their_role(part):
    budget = PersonalBudgetFactory(status=Status.SUBMITTED)
    user = UserFactory(role_in=(Role.DIRECTOR, budget.team))
    setattr(budget, part, user)

    for action in (workflow.APPROVE, workflow.RETURN, workflow.REJECT):
        with pytest.raises(PermissionDenied, match="Somebody else must decide"):
            action.apply(budget, by=user)


def test_whoever_priced_a_single_line_never_decides():
    budget = PersonalBudgetFactory(status=Status.SUBMITTED)
    user = UserFactory(manager_of=budget.team)
    PlanItemFactory(plan=budget.plan, costed_by=user)

    assert not permissions.can_decide(user, budget)


def test_whoever_said_that_a_budget_looks_wrong_does_not_decide_on_it():
    review = BudgetReviewFactory()
    manager = UserFactory(manager_of=review.team)
    review.requested_by = manager

    assert not permissions.can_decide_review(manager, review)


@pytest.mark.parametrize(
    "role,weekly,allowed",
    [
        (Role.TEAM_MANAGER, "300.00", True),
        (Role.TEAM_MANAGER, "300.01", False),
        (Role.SERVICE_MANAGER, "750.00", True),
        (Role.SERVICE_MANAGER, "750.01", False),
        (Role.DIRECTOR, "99999.99", True),
    ],
)
def test_a_limit_holds_to_the_penny_of_the_gross_yearly_cost(role, weekly, allowed):
    budget = PersonalBudgetFactory(status=Status.SUBMITTED)
    budget.total_weekly = Decimal(weekly)
    user = UserFactory(role_in=(role, budget.team))

    assert bool(permissions.within_limit(user, budget, Limits.on(clock.today()))) is allowed


def test_a_service_manager_decides_for_teams_of_the_service_and_for_no_other():
    team, sister = TeamFactory(service="Adults North"), TeamFactory(service="Adults North")
    stranger = TeamFactory(service="Adults South")
    manager = UserFactory(role_in=(Role.SERVICE_MANAGER, team))

    assert permissions.approving_roles_of(manager, sister) == {"service_manager"}
    assert permissions.approving_roles_of(manager, stranger) == frozenset()
