"""Sessions end in time, and rights change with the next page (quality/security.md S11 and S12)."""

from datetime import timedelta

import pytest
import time_machine

from accounts import services
from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from core import clock

pytestmark = pytest.mark.django_db


def is_signed_in(client):
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize(("public", "minutes"), [(False, 30), (True, 20)])
def test_a_session_ends_after_its_idle_minutes_and_not_before(public, minutes):
    start = clock.real_now()
    with time_machine.travel(start, tick=False) as moved:
        client = signed_in_client(UserFactory(public=public))
        assert is_signed_in(client)

        moved.shift(timedelta(minutes=minutes))
        assert is_signed_in(client)

        moved.shift(timedelta(minutes=minutes, seconds=1))
        assert not is_signed_in(client)


@pytest.mark.parametrize(("public", "hours"), [(False, 12), (True, 4)])
def test_a_session_ends_after_its_hours_however_busy_it_is(public, hours):
    start = clock.real_now()
    with time_machine.travel(start, tick=False) as moved:
        client = signed_in_client(UserFactory(public=public))
        assert is_signed_in(client)

        while clock.real_now() - start < timedelta(hours=hours):
            assert is_signed_in(client), clock.real_now() - start
            moved.shift(timedelta(minutes=15))
        moved.shift(timedelta(seconds=1))

        assert not is_signed_in(client)


def test_the_evaluation_clock_does_not_end_a_session(now):
    client = signed_in_client(UserFactory())
    assert is_signed_in(client)

    clock.move_to(clock.today() + timedelta(days=400))

    assert is_signed_in(client)


def test_signing_in_gives_the_session_a_new_key():
    from django.test import Client

    from accounts.tests.factories import PASSWORD

    user = UserFactory()
    client = Client()
    client.get("/sign-in/")
    session = client.session
    session["something"] = "kept before signing in"
    session.save()
    before = session.session_key

    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})

    assert client.session.session_key != before


def test_a_role_that_is_taken_away_is_refused_with_the_next_page(administrator, now):
    # Given an administrator at work
    team = TeamFactory()
    user = UserFactory(role_in=(Role.ADMINISTRATOR, team))
    client = signed_in_client(user)
    assert client.get("/admin/").status_code == 200

    # When another one takes the role away
    services.withdraw_role(user=user, team=team, role=Role.ADMINISTRATOR, by=administrator, now=clock.now())

    # Then the next page is refused
    assert client.get("/admin/").status_code == 403


def test_closing_an_account_ends_its_sessions_with_the_next_request(administrator):
    user = UserFactory(worker_in=TeamFactory())
    one, two = signed_in_client(user), signed_in_client(user)
    assert is_signed_in(one)

    services.deactivate(user=user, by=administrator, now=clock.now(), reason="left")

    assert not is_signed_in(one)
    assert not is_signed_in(two)
    user.refresh_from_db()
    assert not user.memberships.live_on(clock.today()).exists()
