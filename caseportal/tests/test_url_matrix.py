"""Every address against every kind of visitor. An address without a row, or a view without a policy, fails."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import sign_in
from caseportal.tests.url_matrix import KINDS, MATRIX, ROWS
from caseportal.url_walk import Route, routes
from core.policy import Audience, Policy, stated_by

pytestmark = pytest.mark.django_db
ROUTES = routes()
THIRD_PARTY: dict[str, Policy] = import_string(settings.THIRD_PARTY_POLICIES)


def policy_of(route: Route) -> Policy | None:
    return stated_by(route.view) or THIRD_PARTY.get(route.name)


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(MATRIX) == set(ROUTES)


def test_no_address_stands_in_two_rows():
    names = [name for row in ROWS.values() for name in row]
    assert len(names) == len(set(names))


def test_every_third_party_policy_belongs_to_a_route_that_is_mounted():
    assert {name for name in THIRD_PARTY if name != "admin:*"} <= set(ROUTES)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_view_states_the_policy_of_its_row(name):
    stated = policy_of(ROUTES[name])
    assert stated is not None, "no policy stated"
    expected = KINDS[MATRIX[name]]
    assert (stated.audience, stated.roles) == (expected.audience, expected.roles)
    if stated.audience == Audience.ANYONE:
        assert stated.reason, "an open page says why it is open"


@pytest.fixture
def visitors():
    """One of each kind, none of whom has anything to do with the record asked for."""
    team = TeamFactory()
    users = {
        "public": UserFactory(audience="public"),
        "analyst": UserFactory(role_in=(Role.ANALYST, team)),
        "worker": UserFactory(worker_in=team),
        "manager": UserFactory(manager_of=team),
        "administrator": UserFactory(role_in=(Role.ADMINISTRATOR, team)),
    }
    clients = {"stranger": Client()}
    for kind, user in users.items():
        clients[kind] = Client()
        sign_in(clients[kind], user)
    return users, clients


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_each_kind_of_visitor_gets_the_answer_of_the_row(name, visitors):
    """The address names a record that nobody has: who may not know gets 404, who has no right 403 with a reason."""
    users, clients = visitors
    route, policy = ROUTES[name], KINDS[MATRIX[name]]
    address = route.address()
    is_api = address.startswith("/api/")
    for kind, client in clients.items():
        for method in ("get", "post"):
            arguments = {"content_type": "application/json"} if is_api and method == "post" else {}
            response = getattr(client, method)(address, **arguments)
            said = f"{name}: {kind} {method} got {response.status_code}"
            user = users.get(kind)
            if policy.audience == Audience.ANYONE:
                assert response.status_code < 500, said
            elif user is None:
                assert response.status_code == (401 if is_api else 302), said
                assert is_api or response.headers["Location"].startswith("/sign-in/"), said
            elif (policy.audience == Audience.STAFF and user.audience != "staff") or (
                policy.audience == Audience.PUBLIC and user.audience != "public"
            ):
                assert response.status_code == 404, said
            elif policy.roles and not user.has_role(*policy.roles):
                assert response.status_code == 403, said
            else:
                assert response.status_code < 500, said
                # A record nobody has is never found; a page about no record is never a refusal without a reason.
                if "ref" in route.parameters:
                    assert response.status_code in (404, 405, 428), said


@pytest.mark.parametrize(
    "name", sorted(name for name in ROUTES if KINDS[MATRIX[name]].audience != Audience.ANYONE)
)
def test_no_address_opens_with_the_first_factor_alone(name):
    if not KINDS[MATRIX[name]].second_factor:
        return
    audience = "public" if KINDS[MATRIX[name]].audience == Audience.PUBLIC else "staff"
    user = UserFactory(audience=audience) if audience == "public" else UserFactory(worker_in=TeamFactory())
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    response = client.get(ROUTES[name].address())
    if ROUTES[name].address().startswith("/api/"):
        assert response.status_code == 403
    else:
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/second-factor/")


def test_the_admin_opens_to_administrators_alone(visitors):
    users, clients = visitors
    answers = {kind: client.get("/admin/").status_code for kind, client in clients.items()}
    assert answers == {
        "stranger": 302,
        "public": 404,
        "analyst": 403,
        "worker": 403,
        "manager": 403,
        "administrator": 200,
    }
