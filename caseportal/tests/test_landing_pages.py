"""Whoever signs in lands on the page of their day, and the menu offers the places they may open and no other."""

from __future__ import annotations

import pytest

from accounts.models import CASE_ROLES, Role
from accounts.tests.factories import TeamFactory, UserFactory, give_role
from accounts.tests.helpers import signed_in_client

pytestmark = pytest.mark.django_db

LANDS_ON = {
    **dict.fromkeys(CASE_ROLES, "/worklist/"),
    Role.REABLEMENT_LEAD: "/reablement/",
    Role.REABLEMENT_WORKER: "/reablement/",
    Role.SAFEGUARDING_MANAGER: "/safeguarding/",
    Role.BROKER: "/packages/",
    Role.FINANCE_OFFICER: "/budgets/contributions/",
    Role.DIRECT_PAYMENTS_OFFICER: "/direct-payments/",
    Role.ANALYST: "/manage/",
    Role.INFORMATION_OFFICER: "/manage/",
    Role.ADMINISTRATOR: "/admin/",
}


@pytest.mark.parametrize("role", Role.values)
def test_each_role_lands_on_a_page_that_opens(role):
    client = signed_in_client(UserFactory(role_in=(role, TeamFactory())))

    response = client.get("/", follow=True)

    assert response.redirect_chain == [(LANDS_ON[Role(role)], 302)]
    assert response.status_code == 200


@pytest.mark.parametrize("role", Role.values)
def test_every_place_of_the_menu_opens_for_whoever_is_offered_it(role):
    client = signed_in_client(UserFactory(role_in=(role, TeamFactory())))
    navigation = client.get("/account/").context["navigation"]

    assert navigation, "a member of staff has somewhere to go"
    for place in navigation:
        assert client.get(place["url"]).status_code == 200, place


@pytest.mark.parametrize(
    ("first", "second", "lands_on"),
    [
        (Role.BROKER, Role.SOCIAL_WORKER, "/worklist/"),
        (Role.FINANCE_OFFICER, Role.DIRECT_PAYMENTS_OFFICER, "/budgets/contributions/"),
        (Role.ADMINISTRATOR, Role.ANALYST, "/manage/"),
    ],
)
def test_who_holds_several_roles_lands_where_people_come_first(first, second, lands_on):
    team = TeamFactory()
    user = UserFactory(role_in=(first, team))
    give_role(user, second, team)

    assert signed_in_client(user).get("/").url == lands_on


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.DIRECT_PAYMENTS_OFFICER])
def test_money_staff_have_the_search_box_on_every_page(role):
    client = signed_in_client(UserFactory(role_in=(role, TeamFactory())))

    assert 'id="find"' in client.get("/", follow=True).content.decode()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.INFORMATION_OFFICER, Role.ADMINISTRATOR])
def test_who_may_know_no_names_has_no_search_box(role):
    client = signed_in_client(UserFactory(role_in=(role, TeamFactory())))

    assert 'id="find"' not in client.get("/account/").content.decode()
    assert client.get("/search/").status_code == 403


def test_a_member_of_staff_without_a_role_lands_on_their_account():
    assert signed_in_client(UserFactory()).get("/").url == "/account/"
