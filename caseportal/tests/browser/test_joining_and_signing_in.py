"""Joining by invitation, both second steps, and the configuration pages, in a real browser."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from accounts import services
from accounts.models import Role, User
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import app_code, evaluation_mode
from core import clock, outbox

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "four quiet green lamps"


@pytest.fixture(autouse=True)
def portal_on_localhost(settings, live_server):
    """Passkeys need a name, and a page that Chromium trusts without a certificate."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def invited():
    """Somebody with a role who has not joined yet. Returns the address of the link in their e-mail."""

    def make(name="Joan Barley", role=Role.ADMINISTRATOR):
        administrator = UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory()))
        services.invite(
            email="joan.barley@council.example",
            name=name,
            audience=User.Audience.STAFF,
            team=TeamFactory(),
            role=role,
            by=administrator,
            now=clock.now(),
        )
        outbox.deliver()
        return re.search(r"http://[^/]+(/join/\S+)", mail.outbox[-1].body).group(1)

    return make


def choose_password(someone, link):
    someone.go(link)
    someone.page.get_by_label("New password", exact=True).fill(PASSWORD)
    someone.page.get_by_label("New password again").fill(PASSWORD)
    someone.press("Continue")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_administrator_joins_with_an_app_and_looks_after_the_account(visitor, invited, scripts):
    someone = visitor(scripts=scripts)
    choose_password(someone, invited())

    # The second step stands before anything else
    assert someone.page.get_by_role("heading", level=1).inner_text() == "Confirm that it is you"
    someone.page.get_by_role("button", name="Set up an app").click()
    someone.page.wait_for_url("**/second-factor/app/")
    someone.check()
    secret = someone.page.locator("strong.app-num").inner_text().replace(" ", "")
    someone.page.get_by_label("Code from the app").fill("000000")
    someone.press("Set up the app")
    assert "The code is not right" in someone.page.content()
    secret = someone.page.locator("strong.app-num").inner_text().replace(" ", "")
    someone.page.get_by_label("Code from the app").fill(app_code(secret))
    someone.press("Set up the app")
    assert someone.page.get_by_role("heading", level=1).inner_text() == "Your recovery codes"

    # Then their pages are open
    for address in (
        "/account/",
        "/account/second-factor/methods/",
        "/account/second-factor/recovery-codes/new/",
        "/account/second-factor/passkeys/",
        "/account/second-factor/passkeys/add/",
        "/account/second-factor/app/remove/",
        "/password/change/",
        "/sign-out/",
    ):
        someone.go(address)
    someone.press("Sign out")

    # And they come back with password and code
    someone.go("/sign-in/?next=/account/")
    someone.page.get_by_label("E-mail address").fill("joan.barley@council.example")
    someone.page.locator("input[name=password]").fill(PASSWORD)
    someone.press("Sign in")
    someone.page.get_by_label("Code", exact=True).fill(app_code(secret, steps=1))
    someone.press("Continue")
    assert someone.page.url.endswith("/account/")


def test_a_passkey_is_set_up_renamed_and_opens_the_account_alone(visitor, invited):
    someone = visitor()
    someone.base = someone.base.replace("127.0.0.1", "localhost")
    device = someone.page.context.new_cdp_session(someone.page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )

    # Given somebody who joins with a passkey as the second step
    choose_password(someone, invited())
    someone.page.get_by_role("button", name="Add a passkey").click()
    someone.page.wait_for_url("**/passkeys/add/")
    someone.check()
    someone.page.get_by_label("Name of this passkey").fill("Work laptop")
    someone.press("Add a passkey")
    assert someone.page.get_by_role("heading", level=1).inner_text() == "Your recovery codes"
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    someone.go("/account/second-factor/passkeys/")
    assert "Work laptop" in someone.page.content()
    someone.follow("Rename Work laptop")
    someone.page.get_by_label("Name of this passkey").fill("Laptop at home")
    someone.press("Save the name")
    assert "Laptop at home" in someone.page.content()
    someone.go("/sign-out/")
    someone.press("Sign out")

    # When they come back with the passkey alone
    someone.go("/sign-in/?next=/account/")
    someone.press("Sign in with a passkey")
    someone.page.wait_for_load_state()

    # Then they are signed in with both steps
    someone.go("/account/")
    assert "Joan Barley" in someone.page.content()

    # And with password and passkey as well
    someone.go("/sign-out/")
    someone.press("Sign out")
    someone.go("/sign-in/")
    someone.page.get_by_label("E-mail address").fill("joan.barley@council.example")
    someone.page.locator("input[name=password]").fill(PASSWORD)
    someone.press("Sign in")
    someone.press("Use my passkey instead")
    someone.go("/account/")


def test_signing_in_without_an_account_is_met_with_words(visitor):
    someone = visitor()
    someone.go("/sign-in/")
    someone.press("Sign in")
    assert "There is a problem" in someone.page.content()
    someone.page.get_by_label("E-mail address").fill("nobody@council.example")
    someone.page.locator("input[name=password]").fill("a guess that is wrong")
    someone.press("Sign in")
    assert "The e-mail address or the password is not right" in someone.page.content()
    someone.follow("I have forgotten my password")
    someone.page.get_by_label("E-mail address").fill("nobody@council.example")
    someone.press("Send the link")
    someone.go("/sign-in/closed/")
    someone.go("/password/reset/done/")


def test_the_configuration_pages_work_under_the_strict_policy(visitor):
    administrator = UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory(name="Administration")))
    someone = visitor(administrator)
    reports = []
    someone.page.on(
        "console", lambda message: reports.append(message.text) if message.type == "error" else None
    )
    for address in (
        "/admin/",
        "/admin/accounts/user/",
        "/admin/accounts/user/add/",
        "/admin/accounts/membership/add/",
        "/admin/core/bankholiday/add/",
        "/admin/worklist/rule/",
    ):
        for width in (1280, 360):
            someone.page.set_viewport_size({"width": width, "height": 800})
            assert someone.page.goto(someone.base + address).status == 200
            time.sleep(0.2)
    assert not reports


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_in_evaluation_one_press_signs_in_and_the_clock_moves(visitor, evaluation_addresses, scripts):
    team = TeamFactory(name="North team")
    worker = UserFactory(worker_in=team, name="Joan Barley", job_title="Social worker")
    UserFactory(manager_of=team)
    UserFactory(public=True)
    someone = visitor(scripts=scripts)

    someone.go("/sign-in/?next=/account/")
    someone.press("Sign in as Joan Barley", exact=False)
    assert someone.page.url.endswith("/account/")
    assert worker.name in someone.page.content()

    someone.follow("Move the clock")
    someone.press("42 days on")
    assert "The clock is moved to" in someone.page.content()
    someone.press("Back to the true time")
    assert "That is the true day" in someone.page.content()


@pytest.fixture
def evaluation_addresses():
    """Evaluation mode, with the addresses that exist only then."""
    with evaluation_mode():
        yield
