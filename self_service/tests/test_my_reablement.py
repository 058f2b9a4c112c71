"""What a person sees of their reablement, and says about their week."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from accounts.tests.helpers import signed_in_client
from core import clock, form_keys
from people.tests.factories import PortalAccessFactory
from reablement.models import WeekComment
from reablement.tests.helpers import Story
from worklist.models import Notification

pytestmark = pytest.mark.django_db
PAGE, COMMENT = "self_service:reablement", "self_service:comment-on-week"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def browser(story: Story, relation: str = "self", scope: str = "act"):
    user = UserFactory(public=True)
    PortalAccessFactory(user=user, person=story.person, relation=relation, scope=scope)
    return signed_in_client(user)


@pytest.fixture
def story() -> Story:
    first = clock.today() - timedelta(days=9)
    told = Story()
    told.started(first, who_visits="Joyce and Sam, mornings")
    told.goal(first)
    told.week(1, first + timedelta(days=6), score=2)
    return told


def test_the_person_sees_goals_in_their_words_days_left_who_visits_and_what_comes_next(story):
    said = text_of(browser(story).get(reverse(PAGE)))

    assert "Days left 32" in said
    assert "Today is day 10 of 42" in said
    assert "“Make my own lunch”" in said
    assert "In week 1: 2 of 4" in said
    assert "Joyce and Sam, mornings" in said
    assert "In week 5 we agree a day with you" in said


def test_somebody_without_an_episode_or_before_it_is_accepted_is_told_what_it_is():
    referred = Story().referred(clock.today())

    assert "You are not having it at the moment" in text_of(browser(referred).get(reverse(PAGE)))


def test_a_comment_on_the_week_is_kept_once_and_the_worker_is_told(story):
    client = browser(story)
    answer = {"form_key": form_keys.new_key(), "text": "I made soup."}

    first, second = client.post(reverse(COMMENT), answer), client.post(reverse(COMMENT), answer)

    assert first.url == second.url == reverse(PAGE)
    comment = WeekComment.objects.get()
    assert (comment.number, comment.text) == (2, "I made soup.")
    assert Notification.objects.filter(recipient=story.worker, template="reablement.commented").exists()
    assert "I made soup." in text_of(client.get(reverse(PAGE)))
    staff = signed_in_client(story.lead).get(story.episode.get_absolute_url())
    assert "I made soup." in text_of(staff)


def test_a_carer_who_may_only_see_does_not_comment_and_one_without_consent_sees_nothing(story):
    carer = browser(story, relation="carer", scope="view")

    assert carer.get(reverse(PAGE)).status_code == 200
    assert "Say how this week went" not in text_of(carer.get(reverse(PAGE)))
    assert carer.get(reverse(COMMENT)).status_code == 403
    assert signed_in_client(UserFactory(public=True)).get(reverse(PAGE)).status_code == 404
