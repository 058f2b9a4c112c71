"""Acting for somebody else: every page honours the limits of the right, and what is done is signed with a name."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import View
from budgets.models import PersonalBudget
from budgets.tests.conftest import journey
from caseportal.url_walk import routes
from core import clock
from documents.tests.factories import LetterFactory
from people.authority import Part
from people.models import PortalAccess
from people.tests.factories import PortalAccessFactory

__all__ = ["journey"]
pytestmark = pytest.mark.django_db

OWN = "own"  # for the person alone
# Which part of the pages each address belongs to; "" for those that stand open to everybody with a right.
PARTS = {
    "acknowledge-figures": Part.MONEY,
    "answer-plan": Part.CARE,
    "ask-about-budget": Part.MONEY,
    "ask-for-review": Part.CARE,
    "asked-about-budget": Part.MONEY,
    "assessment": Part.CARE,
    "budget": Part.MONEY,
    "comment-on-assessment": Part.CARE,
    "comment-on-week": Part.CARE,
    "autosave-message": "",
    "contact-preferences": Part.DETAILS,
    "documents": "",
    "end-permission": "",
    "file": "",
    "home": "",
    "letter": "",
    "letter-pdf": "",
    "message": "",
    "messages": "",
    "other-format": "",
    "people": "",
    "plan": Part.CARE,
    "reablement": Part.CARE,
    "send-file": "",
    "switch": "",
    "who-looked": OWN,
    "write-message": "",
}
LIMITS = {
    "care alone": {"covers_money": False, "covers_details": False},
    "money alone": {"covers_care": False, "covers_details": False},
    "details alone": {"covers_care": False, "covers_money": False},
}


def own_pages():
    return {
        name.partition(":")[2]: route for name, route in routes().items() if name.startswith("self_service:")
    }


def test_every_page_says_to_which_part_it_belongs():
    assert set(own_pages()) == set(PARTS)


@pytest.mark.parametrize("limit", LIMITS)
def test_each_page_opens_only_where_the_right_reaches(journey, limit):
    # Given somebody who acts for the person in some matters, and a budget in force
    journey.in_force()
    access = PortalAccessFactory(person=journey.person, acting_for=True, **LIMITS[limit])
    client = signed_in_client(access.user)

    # When they try every page
    for name, route in own_pages().items():
        before = View.objects.count()
        for method in ("get", "post"):
            answer = getattr(client, method)(route.address())
            if answer.status_code == 405:
                continue
            if PARTS[name] == OWN:
                assert answer.status_code == 403, f"{name} {method}"
            elif PARTS[name] and not access.covers(PARTS[name]):
                # Then a page beyond the limits is refused with its reason, and nothing counts as looked at
                assert answer.status_code == 403, f"{name} {method}"
                assert "does not reach to this page" in answer.content.decode()
                assert View.objects.count() == before
            else:
                assert answer.status_code != 403, f"{name} {method}"


def test_every_page_names_whose_it_is_to_whoever_acts_for_them_and_no_title_does(journey):
    # Given a person with a plan, a budget and a letter, and somebody who acts for them in everything
    journey.in_force()
    letter = LetterFactory(person=journey.person, kind="plan_copy", given=True)
    access = PortalAccessFactory(person=journey.person, acting_for=True)
    client = signed_in_client(access.user)
    own = signed_in_client(PortalAccessFactory(person=journey.person).user)
    first_name = journey.person.first_name
    addresses = [route.address() for name, route in own_pages().items() if PARTS[name] != OWN]
    addresses.append(reverse("self_service:letter", args=[letter.ref]))

    # When they open every page, then none says “my” of what is another's, and the person reads “my” everywhere
    shown = 0
    for address in addresses:
        answer = client.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        shown += 1
        page, theirs = answer.content.decode(), own.get(address).content.decode()
        title = page.partition("<title>")[2].partition("</title>")[0]
        assert first_name not in title, address
        said = re.sub("<[^>]+>", " ", page).replace(
            "My own kitchen", ""
        )  # in the plan, in the person's words
        assert not re.search(r"\b[Mm]y\b(?! account)", said), address
        assert f"{first_name}’s care" in page, address
        assert "My care" in theirs, address
        assert f"{first_name}’s" not in theirs, address
    assert shown >= 15


def test_letters_follow_the_limits_of_the_right(journey):
    care = LetterFactory(person=journey.person, kind="plan_copy", given=True)
    money = LetterFactory(person=journey.person, kind="budget_decision", given=True)

    for limit, seen in (("care alone", care), ("money alone", money), ("details alone", None)):
        access = PortalAccessFactory(person=journey.person, acting_for=True, **LIMITS[limit])
        client = signed_in_client(access.user)
        for letter in (care, money):
            answer = client.get(reverse("self_service:letter", args=[letter.ref]))
            assert (answer.status_code == 200) is (letter == seen), f"{limit} {letter.kind}"


def test_the_home_page_offers_what_the_right_reaches_to_and_says_so(journey):
    journey.in_force()
    access = PortalAccessFactory(person=journey.person, acting_for=True, **LIMITS["money alone"])

    page = signed_in_client(access.user).get(reverse("self_service:home")).content.decode()

    assert "These are the pages of" in page
    assert reverse("self_service:budget") in page
    assert reverse("self_service:plan") not in page
    assert "What is happening now" not in page


def test_a_right_that_ends_closes_the_pages_on_the_next_click(journey):
    access = PortalAccessFactory(person=journey.person, acting_for=True)
    client = signed_in_client(access.user)
    assert client.get(reverse("self_service:plan")).status_code == 200

    PortalAccess.objects.filter(pk=access.pk).update(ended_at=clock.now())

    assert client.get(reverse("self_service:plan")).status_code == 404


def test_figures_read_by_somebody_else_are_signed_with_their_name(journey):
    journey.sent_for_approval().approved()
    anna = PortalAccessFactory(
        person=journey.person, acting_for=True, user=UserFactory(public=True, name="Anna Whitlow")
    ).user

    signed_in_client(anna).post(reverse("self_service:acknowledge-figures"))

    budget = PersonalBudget.objects.get(person=journey.person)
    assert budget.acknowledged_how == "On their own pages, by Anna Whitlow, who acts for them"


def test_an_advocate_does_not_acknowledge_in_the_persons_place(journey):
    journey.sent_for_approval().approved()
    advocate = PortalAccessFactory(person=journey.person, relation="representative", kind="advocate").user

    answer = signed_in_client(advocate).post(reverse("self_service:acknowledge-figures"))

    assert answer.status_code == 403
    assert PersonalBudget.objects.get(person=journey.person).acknowledged_on is None
