"""My care: a person agrees the plan, writes to the worker, reads the answer, and somebody acts for them."""

from __future__ import annotations

from datetime import timedelta

import pytest

import support_plans.services as plans
from accounts.tests.factories import UserFactory
from budgets.tests.conftest import Journey, journey
from caseportal.tests.browser.moves import Moves
from core import clock
from people.models import PortalAccess
from people.tests.factories import AllocationFactory, PersonFactory, PortalAccessFactory
from support_plans.models import SupportPlan
from worklist.models import Conversation, Task

__all__ = ["journey"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def with_person(journey: Journey) -> Journey:
    """A plan with its figures, given to the person to read."""
    journey.drafted().with_lines(("Visits in the morning", "10", "15.00", "direct_payment")).costed()
    plans.send_to_person(plan=journey.plan, version=None, by=journey.worker, now=journey.now)
    AllocationFactory(person=journey.person, team=journey.team, worker=journey.worker)
    return journey


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without, on a phone"])
def test_a_person_agrees_the_plan_writes_a_message_and_acts_for_another(visitor, with_person, scripts):
    journey, person = with_person, with_person.person
    herself = PortalAccessFactory(person=person, user=UserFactory(public=True, name="Peggy Whitlow")).user
    own, staff = Moves(visitor(herself, scripts=scripts)), Moves(visitor(journey.worker, scripts=scripts))

    # They read the plan and agree
    own.go("/my/")
    assert own.next() == "Read the plan"
    assert own.next() == "Tell us what you think"
    own.fill(view="agree")
    own.send()
    assert "We have your answer" in own.text()
    assert SupportPlan.objects.get(pk=journey.plan.pk).answered_by == herself

    # They write to the worker, keep it for later, and send it
    own.go("/my/messages/")
    own.next()
    own.fill(subject_line="The morning visits", text="Could they come a little later?")
    own.page.get_by_role("button", name="Finish later").click()
    own.page.wait_for_url("**/my/messages/")
    own.next()
    own.send()
    conversation = Conversation.objects.get()
    assert "We have your message" in own.text()
    assert "We answer by" in own.text()

    # The worker finds the task and answers on the record
    assert Task.objects.open().get(kind="MESSAGE_REPLY").owner == journey.worker
    staff.go(f"/people/{person.ref}/messages/")
    staff.follow("The morning visits")
    staff.fill(text="They come at nine from Monday.")
    staff.send()
    assert "The answer is sent" in staff.text()
    own.go("/my/")
    own.follow("Read the answer")
    own.follow("The morning visits")
    assert "They come at nine" in own.text()
    staff.go(f"/people/{person.ref}/messages/{conversation.ref}/")
    staff.follow("Close the conversation")
    staff.send()

    # They change how we get in touch, and see who has looked
    own.go("/my/contact-preferences/")
    own.fill(
        preferred_channel="text",
        formats=["easy_read"],
        safe_to_leave_message="no",
        safe_contact="Not evenings",
    )
    own.send()
    own.go("/my/who-looked/")
    assert "Social worker" in own.text()
    assert journey.worker.name not in own.text()
    staff.go(f"/people/{person.ref}/details/")
    assert "Changed by Peggy Whitlow" in staff.text()

    # They act for somebody else as well, by a right that staff record with its limits
    friend = PersonFactory(given_names="Leon", family_name="Fairweather")
    staff.go(f"/people/{friend.ref}/own-pages/")
    assert staff.next() == "Give access"
    staff.fill(relation="representative", name="Peggy Whitlow", email=herself.email)
    staff.send()
    staff.fill(kind="consent")
    staff.send()
    staff.page.locator('[name="covers"][value="money"]').uncheck()
    staff.fill(scope="act", valid_to=clock.today() + timedelta(days=100))
    staff.send()
    assert "Check your answers" in staff.text()
    staff.follow("Change “Which pages is it for?”")
    staff.send()
    staff.send()
    assert "The access is given" in staff.text()
    own.go("/my/switch/")
    access = PortalAccess.objects.get(person=friend)
    own.fill(whose=access.ref)
    own.send()
    assert "These are the pages of Leon Fairweather" in own.text()
    assert "My money" not in own.text()
    own.go("/my/people/")
    own.go("/my/messages/write/")
    own.fill(subject_line="Leon’s visits", text="He would like the same worker.")
    own.send()
    staff.go(f"/people/{friend.ref}/messages/")
    assert "who acts for Leon" in staff.text()

    # The right ends, and with it everything
    staff.go(f"/people/{friend.ref}/own-pages/")
    staff.follow("End")
    staff.fill(reason="Leon took it back")
    staff.send()
    own.go("/my/")
    assert "Leon" not in own.text()
