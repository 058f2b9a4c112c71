"""A person loses the phone with the codes, is recognised by the worker, and is back in: four steps, two people."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from accounts.tests.factories import PASSWORD, TeamFactory, UserFactory
from accounts.tests.helpers import app_code, set_up_app
from core import outbox
from people.tests.factories import PersonFactory, PortalAccessFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "zigzag7-jukebox9-quartz4"


def link_in_mail(beginning):
    outbox.deliver()
    return re.search(rf"https?://[^/]+({beginning}\S+)", mail.outbox[-1].body).group(1)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_person_who_lost_the_phone_is_recognised_and_sets_up_another(visitor, scripts):
    # Given Peggy, who has an app for codes, and the worker who invited her
    worker = UserFactory(worker_in=TeamFactory(name="Riverside team"), name="Aisha Khan")
    peggy = UserFactory(public=True, name="Peggy Whitlow")
    access = PortalAccessFactory(user=peggy, person=PersonFactory(), granted_by=worker)
    set_up_app(peggy)

    # When she signs in and cannot give a code, she asks for a link, and asks for help by it
    at_home = visitor(scripts=scripts)
    at_home.go("/sign-in/")
    at_home.page.get_by_label("E-mail address").fill(peggy.email)
    at_home.page.get_by_label("Password", exact=True).fill(PASSWORD)
    at_home.press("Sign in")
    at_home.follow("Ask for a new second step")
    at_home.press("Send the link")
    assert "Enter your e-mail address" in at_home.page.content()
    at_home.page.get_by_label("E-mail address").fill(peggy.email)
    at_home.press("Send the link")
    assert at_home.page.get_by_role("heading", level=1).inner_text() == "Check your e-mail"
    at_home.go(link_in_mail("/sign-in/lost-second-step/"))
    at_home.press("Ask for a new second step")
    assert "We have told those who can help" in at_home.page.content()

    # And the worker finds the task, rings her, and sends her a link
    desk = visitor(worker, scripts=scripts)
    desk.go("/worklist/")
    desk.follow("Second step lost: check who is asking and reset", exact=False)
    desk.go(f"/people/{access.person.ref}/own-pages/")
    assert "Says that the second step is lost" in desk.page.content()
    desk.follow("Set up anew", exact=False)
    desk.page.get_by_label("I rang them on the number that is on the record").check()
    desk.press("Send the link")
    assert "A link is on its way" in desk.page.content()
    desk.go("/worklist/")
    assert "Second step lost" not in desk.page.content()

    # Then she chooses a password, sets up the app of the new phone, and is in
    at_home.go(link_in_mail("/join/"))
    at_home.page.get_by_label("New password", exact=True).fill(NEW)
    at_home.page.get_by_label("New password again").fill(NEW)
    at_home.press("Continue")
    at_home.page.get_by_role("button", name="Set up an app").click()
    at_home.page.wait_for_url("**/second-factor/app/")
    secret = at_home.page.locator("strong.app-num").inner_text().replace(" ", "")
    at_home.page.get_by_label("Code from the app").fill(app_code(secret))
    at_home.press("Set up the app")
    at_home.go("/account/")
