"""The draft of an assessment on the person's own pages: read as it was shared, answered once, and by whom."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.tests.helpers import signed_in_client
from assessments.models import Section, Sharing
from assessments.services import share
from assessments.tests.factories import complete_assessment
from audit.models import View
from core import form_keys
from people.tests.factories import PortalAccessFactory

pytestmark = pytest.mark.django_db
PAGE, ANSWER = "self_service:assessment", "self_service:comment-on-assessment"


@pytest.fixture
def shared(now):
    assessment = complete_assessment(draft_complete=True)
    share(assessment=assessment, how="online", version=1, by=assessment.assessor, now=now)
    assessment.refresh_from_db()
    return assessment


def browser_of(assessment, **facts):
    return signed_in_client(PortalAccessFactory(person=assessment.person, **facts).user)


def answer(**more) -> dict[str, str]:
    return {"form_key": form_keys.new_key(), "view": "partly", "comments": "My sister helps too.", **more}


def test_the_person_reads_the_draft_and_answers_once(shared):
    # Given that an answer was changed after the draft was shared
    browser = browser_of(shared, scope="act")
    Section.objects.filter(slug="matters").update(answers={"matters": "Something else"})
    assert "read the draft" in browser.get(reverse("self_service:home")).content.decode()

    # When the person reads it and answers, by a double click
    page = browser.get(reverse(PAGE)).content.decode()
    assert "I want to stay in my own home" in page
    assert "Something else" not in page
    said = answer()
    first, second = browser.post(reverse(ANSWER), said), browser.post(reverse(ANSWER), said)

    # Then it stands once, and the page shows it
    assert first.status_code == second.status_code == 302
    sharing = Sharing.objects.get()
    assert (sharing.view, sharing.comments) == ("partly", "My sister helps too.")
    shared.refresh_from_db()
    assert shared.status == "comments_received"
    page = browser.get(reverse(PAGE)).content.decode()
    assert "My sister helps too." in page
    assert "Tell us what you think" not in page
    assert View.objects.filter(page=PAGE, person_id=shared.person_id).exists()
    late = browser.post(reverse(ANSWER), answer())
    assert late.status_code == 400
    assert "no longer possible" in late.content.decode()


@pytest.mark.parametrize("said", [{"view": ""}, {"comments": ""}, {"view": "no_answer"}])
def test_an_answer_that_says_nothing_is_asked_for_again(shared, said):
    browser = browser_of(shared, scope="act")

    page = browser.post(reverse(ANSWER), answer(**said))

    assert page.status_code == 400
    assert Sharing.objects.get().view == ""


def test_who_only_sees_the_pages_does_not_read_the_assessment(shared):
    browser = browser_of(shared, relation="carer", scope="view")

    page = browser.get(reverse(PAGE)).content.decode()

    assert "Only the person" in page
    assert "I want to stay" not in page
    assert browser.post(reverse(ANSWER), answer()).status_code == 403


def test_who_may_only_see_their_own_pages_reads_it_and_does_not_answer(shared):
    browser = browser_of(shared, scope="view")

    assert "I want to stay" in browser.get(reverse(PAGE)).content.decode()
    assert browser.post(reverse(ANSWER), answer()).status_code == 403


def test_before_anything_is_shared_there_is_nothing_to_read():
    assessment = complete_assessment(draft_complete=True)
    browser = browser_of(assessment, scope="act")

    assert "There is no draft to read" in browser.get(reverse(PAGE)).content.decode()
    assert browser.post(reverse(ANSWER), answer()).status_code == 404
