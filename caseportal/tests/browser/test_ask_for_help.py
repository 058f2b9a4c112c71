"""Ask for help, every question through the pages, to an answer that is tracked: with scripts and without."""

from __future__ import annotations

import re
from datetime import date

import pytest

from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.tests.browser.moves import Moves
from contacts.models import Contact, OnlineRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOW = {"B": "hurts", "E": "some"}


def answer_about(someone: Moves) -> None:
    """Name, birth, home, how to reach them, and what helps: the same in both journeys."""
    someone.fill(given_names="Margaret", family_name="Marlow")
    someone.send()
    someone.fill(date_of_birth=date(1944, 3, 14))
    someone.send()
    someone.fill(address_lines="3 Mill Lane", postcode="ZZ1 4QT")
    someone.send()
    someone.fill(phone="01632 960172", email="margaret@people.example", channel="phone", message="yes")
    someone.send()
    someone.fill(needs=["large_print"])
    someone.send()
    assert someone.path().endswith("/check-answers/")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_asks_for_help_comes_back_by_code_sends_it_and_follows_it(visitor, scripts):
    team = TeamFactory(front_door=True, name="Front door")
    duty = UserFactory(worker_in=team)

    # Given a visitor at the front page
    someone = Moves(visitor(scripts=scripts))
    someone.go("/")
    someone.next()
    someone.next()
    someone.fill(who="me")
    someone.send()
    someone.fill(matters="Staying in my own house.")
    someone.send()
    someone.fill(happening="I fell twice, and am afraid of the bath.")
    someone.send()

    someone.fill(areas=list(HOW))

    # Who leaves, and takes it up again on another phone
    someone.visitor.press("Save and come back later")
    someone.send()
    code = someone.page.locator(".app-big").inner_text()
    someone = Moves(visitor(scripts=scripts))
    someone.go("/ask-for-help/start/")
    someone.follow("Go on with saved answers")
    someone.fill(code=code)
    someone.send()

    # When everything is answered
    for area, how in HOW.items():
        assert someone.path().endswith(f"/everyday-life-{area.lower()}/")
        someone.fill(how=how)
        someone.send()
    someone.fill(safe="safe")
    someone.send()
    someone.fill(can_wait="yes")
    someone.send()
    answer_about(someone)
    assert "I fell twice" in someone.text()

    # And an answer is changed before it is sent
    someone.follow_to("/what-matters/?change=1")
    someone.fill(matters="My own house, and my cat.")
    someone.send()
    assert "My own house, and my cat." in someone.text()
    someone.send()
    reference = someone.page.locator(".govuk-panel strong").inner_text()

    # Then it stands at the front door with every answer
    online = OnlineRequest.objects.get()
    worker = Moves(visitor(duty, scripts=scripts))
    worker.go("/contacts/")
    worker.follow_to(online.get_absolute_url())
    assert "My own house, and my cat." in worker.text()
    worker.send()
    contact = Contact.objects.get()
    assert worker.path() == contact.get_absolute_url()
    worker.next()
    worker.fill(safeguarding_considered="no", risk="medium", screening_summary="Rang. Two falls.")
    worker.send()

    # And whoever sent it sees how far it is
    someone.next()
    someone.fill(reference=reference, date_of_birth=date(1944, 3, 14))
    someone.send()
    assert re.search(r"Somebody is looking at it\s*Now", someone.text())
    assert "What happens next" in someone.text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_carer_asks_in_their_own_right(visitor, scripts):
    TeamFactory(front_door=True)
    someone = Moves(visitor(scripts=scripts))
    someone.go("/carers/ask-for-an-assessment/start/")
    someone.next()
    someone.fill(given_names="Alan", family_name="Marlow")
    someone.send()
    someone.fill(what="I wash and dress him.", hours="50_more")
    someone.send()
    someone.fill(effects=["health"])
    someone.send()
    someone.fill(going_on="with_help")
    someone.send()
    someone.fill(matters="One night of sleep.")
    someone.send()
    someone.fill(safe="unsaid")
    someone.send()
    someone.fill(can_wait="yes")
    someone.send()
    answer_about(someone)
    someone.send()
    assert "Request sent" in someone.text()
    assert OnlineRequest.objects.get().kind == "carer"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_other_public_pages(visitor, scripts):
    someone = Moves(visitor(scripts=scripts))
    for address in (
        "/",
        "/track/",
        "/privacy/",
        "/accessibility-statement/",
        "/how-we-work-out-a-budget/",
        "/ask-for-help/start/",
        "/carers/ask-for-an-assessment/start/",
        "/ask-for-help/come-back/",
    ):
        someone.go(address)
