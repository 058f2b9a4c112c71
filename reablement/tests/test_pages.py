"""The pages of reablement: what they show, what they refuse, and what they cost."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from assessments.models import Assessment
from assessments.tests.helpers import make_handover
from audit.models import View
from core import clock, drafts, form_keys
from reablement.models import Episode, Week
from reablement.tests.factories import EpisodeFactory, GoalFactory, GoalScoreFactory, WeekFactory
from reablement.tests.helpers import Story

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def parts(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


@pytest.fixture
def story() -> Story:
    return Story(preferred_name="Harry")


def at(name: str, episode: Episode, *more) -> str:
    return reverse(f"reablement:{name}", args=[episode.ref, *more])


def test_the_page_shows_the_day_the_last_free_day_and_the_decision_due(story):
    # Given an episode on its 17th day, with two weeks written
    first = clock.today() - timedelta(days=16)
    story.started(first)
    story.goal(first)
    story.week(1, first + timedelta(days=6), score=1)
    story.week(2, first + timedelta(days=13), score=3)

    # When its lead opens it
    page = signed_in_client(story.lead).get(story.episode.get_absolute_url())
    said = text_of(page)

    # Then day, dates, scores and what is due are there, and the look is written down
    assert "Day 17 of 42" in said
    assert "25 days left after today" in said
    assert "Write week 3 review" in said
    assert "Up 2 since the start." in said
    free = story.episode.last_free_on
    assert f"{free.day} {free:%B}" in said
    assert 'points="38,98 77,98 116,46"' in page.content.decode()
    assert View.objects.filter(person_id=story.person.pk, by=story.lead).exists()


def test_a_referral_from_hospital_is_made_once_and_stands_on_the_list_of_the_team(story):
    worker = signed_in_client(UserFactory(worker_in=TeamFactory()))
    url = reverse("reablement:refer", args=[story.person.ref])
    facts = {
        "form_key": form_keys.new_key(),
        "source": "hospital",
        "team": story.team.ref,
        "reason": "A new hip.",
        "ward": "Ward 6",
        **parts("discharge_on", clock.today()),
    }
    missing = worker.post(url, {**facts, "ward": "", "discharge_on_day": ""})
    assert missing.status_code == 400
    assert "Enter the hospital and the ward" in text_of(missing)

    first, second = worker.post(url, facts), worker.post(url, facts)

    assert first.status_code == 302, text_of(first)[-1500:]
    episode = Episode.objects.get()
    assert first.url == second.url == episode.get_absolute_url()
    listed = text_of(signed_in_client(story.lead).get(reverse("reablement:list-episodes")))
    assert story.person.name in listed
    assert "Ward 6" in listed
    assert worker.get(url).status_code == 409


def test_a_hand_over_to_reablement_is_accepted_here_and_becomes_a_referral(story, now):
    handover = make_handover(now, kind="reablement")
    lead = signed_in_client(UserFactory(role_in=(Role.REABLEMENT_LEAD, handover.to_team)))
    from_the_list = lead.get(reverse("assessments:accept-handover", args=[handover.ref]))
    assert from_the_list.url == reverse("reablement:accept-handover", args=[handover.ref])
    assert lead.get(from_the_list.url).status_code == 200
    facts = {"form_key": form_keys.new_key()}

    first, second = lead.post(from_the_list.url, facts), lead.post(from_the_list.url, facts)

    episode = Episode.objects.get()
    assert first.url == second.url == episode.get_absolute_url()
    handover.refresh_from_db()
    assert (handover.status, handover.result_url) == ("accepted", episode.get_absolute_url())
    assert episode.reason == handover.summary


def test_a_referral_sent_on_to_long_term_support_asks_for_an_assessment(story):
    episode = EpisodeFactory(triaged=True, team=story.team, person=story.person)
    lead = signed_in_client(story.lead)
    facts = {"version": "1", "route": "long_term", "note": "Needs more than six weeks."}

    without_team = lead.post(at("redirect", episode), facts)
    assert without_team.status_code == 400
    assert (
        lead.post(at("redirect", episode), {**facts, "assessment_team": story.assessing.ref}).status_code
        == 302
    )

    episode.refresh_from_db()
    assert episode.sequel_assessment == Assessment.objects.get(person=story.person)
    assert "The assessment that follows" in text_of(lead.get(episode.get_absolute_url()))


def week_answers(goal, **more) -> dict[str, str]:
    return {
        "version": "0",
        "visits_planned": "21",
        "visits_delivered": "20",
        "minutes": "600",
        "help_level": "prompt",
        "hours_needed": "8",
        "notes": "Dressed himself.",
        "next_week": "Stand back.",
        f"score_{goal.ref}": "2",
        **more,
    }


def test_a_week_is_written_by_a_worker_kept_as_a_draft_meanwhile_and_not_lost_to_a_colleague(story):
    first = clock.today() - timedelta(days=8)
    story.started(first)
    goal = story.goal(first)
    worker, url = signed_in_client(story.worker), at("write-week", story.episode, 1)

    # What is typed is kept
    saved = worker.post(at("autosave-week", story.episode, 1), {"notes": "Half a sentence", "version": "0"})
    assert saved.status_code == 200
    assert "Half a sentence" in worker.get(url).content.decode()

    # Each open goal is scored
    assert "Choose" in text_of(worker.post(url, week_answers(goal, **{f"score_{goal.ref}": ""})))
    assert worker.post(url, week_answers(goal)).status_code == 302
    assert Week.objects.get().scores.get().score == 2
    assert drafts.find(owner=story.worker, kind="reablement.week", subject=f"{story.episode.ref}:1") is None

    # And a second who began from nothing sees both texts
    late = signed_in_client(story.lead).post(url, week_answers(goal, notes="Something else"))
    assert late.status_code == 409
    assert "Dressed himself." in late.content.decode()
    assert "Something else" in late.content.decode()


def test_a_week_that_has_not_begun_is_not_there(story):
    story.started(clock.today())

    assert signed_in_client(story.worker).get(at("write-week", story.episode, 2)).status_code == 404


def test_before_an_episode_ends_a_card_says_what_will_happen(story):
    # Given an episode whose review is held and whose goals are closed
    episode = EpisodeFactory(end_review=True, team=story.team, started_on=clock.today() - timedelta(days=32))
    for number in range(1, 5):
        WeekFactory(episode=episode, number=number)
    manager = signed_in_client(story.manager)
    facts = {
        "version": "1",
        "outcome": "NFA_PLANNED",
        "assessment_team": "",
        "note": "Well done.",
        **parts("ended_on", clock.today()),
    }

    # When the form is sent, nothing has happened yet
    card = manager.post(at("end", episode), facts)
    assert card.status_code == 200
    assert "Are you sure" in text_of(card)
    assert "NFA: Support ended as planned" in text_of(card)
    episode.refresh_from_db()
    assert episode.status == "end_review"

    # Going back keeps what was typed
    back = manager.post(at("end", episode), {**facts, "back": "yes"})
    assert "Well done." in back.content.decode()

    # And the second yes ends it
    assert manager.post(at("end", episode), {**facts, "sure": "yes"}).status_code == 302
    episode.refresh_from_db()
    assert (episode.status, episode.outcome) == ("ended", "NFA_PLANNED")


def test_a_stale_end_is_refused_before_the_card(story):
    episode = EpisodeFactory(end_review=True, team=story.team)
    facts = {"version": "7", "outcome": "NFA_PLANNED", **parts("ended_on", clock.today())}

    assert signed_in_client(story.manager).post(at("end", episode), facts).status_code == 409


def test_strangers_find_nothing_and_insiders_of_other_teams_may_look_and_not_act(story):
    story.started(clock.today())
    episode = story.episode
    other = signed_in_client(UserFactory(worker_in=TeamFactory()))
    analyst = signed_in_client(UserFactory(role_in=(Role.ANALYST, TeamFactory())))

    assert other.get(episode.get_absolute_url()).status_code == 200
    for name in ("pause", "end-early", "end-review", "add-goal", "change-lead"):
        assert other.get(at(name, episode)).status_code == 403
    assert analyst.get(episode.get_absolute_url()).status_code == 403


@pytest.mark.parametrize("state", Episode.Status.values)
def test_every_state_has_its_page_with_one_green_button_at_most(state, story):
    episode = EpisodeFactory(**{state: True}, team=story.team)

    for user in (story.lead, story.manager, story.worker):
        page = signed_in_client(user).get(episode.get_absolute_url())
        assert page.status_code == 200
        main = page.content.decode().split("<main", 1)[1].split("</main>")[0]
        assert len(re.findall(r'class="govuk-button"', main)) <= 1


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("show", ["referrals", "active", "ending", "late", "finished"])
def test_the_list_costs_the_same_for_one_row_and_for_six(show, story):
    def add() -> None:
        if show == "referrals":
            EpisodeFactory(triaged=True, team=story.team)
        elif show == "finished":
            EpisodeFactory(ended=True, team=story.team)
        else:
            days = {"active": 10, "ending": 35, "late": 50}[show]
            episode = EpisodeFactory(
                started=True, team=story.team, started_on=clock.today() - timedelta(days=days)
            )
            GoalFactory(episode=episode)
            WeekFactory(episode=episode)

    url = f"{reverse('reablement:list-episodes')}?show={show}"
    client = signed_in_client(story.lead)
    add()
    client.get(url)
    one = queries_of(client, url)
    for _ in range(5):
        add()

    assert queries_of(client, url) == one


def test_the_page_of_an_episode_costs_the_same_for_one_goal_and_week_and_for_six(story):
    episode = EpisodeFactory(
        started=True,
        team=story.team,
        started_on=clock.today() - timedelta(days=41),
        referred_at=clock.now() - timedelta(days=45),
    )
    client = signed_in_client(story.lead)

    def add(number: int) -> None:
        week = WeekFactory(episode=episode, number=number)
        GoalScoreFactory(week=week, goal=GoalFactory(episode=episode))

    add(1)
    client.get(episode.get_absolute_url())
    one = queries_of(client, episode.get_absolute_url())
    for number in range(2, 7):
        add(number)

    assert queries_of(client, episode.get_absolute_url()) == one
