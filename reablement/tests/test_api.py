"""Reablement in the API: the same services, keys on making, versions on changing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from assessments.tests.helpers import make_handover
from audit.models import View
from core import clock
from reablement.models import Episode
from reablement.tests.factories import EpisodeFactory
from reablement.tests.helpers import GROUNDS, TRIAGE, WEEK, Story

pytestmark = pytest.mark.django_db


def post(client: Client, name: str, *arguments: Any, version: int | None = None, key: str = "", **body: Any):
    headers = {}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    if key:
        headers["Idempotency-Key"] = key
    return client.post(
        reverse(f"api-reablement-{name}", args=arguments),
        body,
        content_type="application/json",
        headers=headers,
    )


def test_an_episode_goes_from_referral_to_its_first_week_by_the_api():
    story = Story()
    lead = signed_in_client(story.lead)
    today = clock.today().isoformat()

    # Made once for a key
    facts = {
        "team": story.team.ref,
        "source": "hospital",
        "reason": "A hip.",
        "ward": "6",
        "discharge_on": today,
    }
    made = post(lead, "refer", story.person.ref, key="12345678", **facts)
    again = post(lead, "refer", story.person.ref, key="12345678", **facts)
    assert (made.status_code, again.status_code) == (201, 200)
    ref = made.json()["ref"]
    assert again.json()["ref"] == ref

    # Changed with its version
    assert post(lead, "triage", ref, **TRIAGE).status_code == 428
    triaged = post(lead, "triage", ref, version=1, **TRIAGE)
    assert (triaged.status_code, triaged.json()["status"]) == (200, "triaged")
    assert post(lead, "accept", ref, version=1, lead_worker=story.worker.ref, **GROUNDS).status_code == 409
    accepted = post(lead, "accept", ref, version=2, lead_worker=story.worker.ref, **GROUNDS)
    assert accepted.json()["lead_worker"] == story.worker.ref
    information = {"information_given_on": today, "information_format": "By hand"}
    started = post(lead, "start", ref, version=3, started_on=today, **information)
    assert (started.status_code, started.json()["day"]) == (200, 1)

    goal = {
        "statement": "Make my lunch",
        "area": "A",
        "baseline": 1,
        "target": 4,
        "measure": "Five days",
        "target_on": started.json()["planned_end_on"],
        "agreed_on": today,
    }
    with_goal = post(lead, "add-goal", ref, key="abcdefgh", **goal)
    assert with_goal.status_code == 201
    goal_ref = with_goal.json()["goals"][0]["ref"]
    week = {**WEEK, "hours_needed": "8.00", "scores": {goal_ref: 2}}
    written = post(lead, "write-week", ref, 1, version=0, **week)
    assert written.status_code == 200
    assert written.json()["weeks"][0]["scores"] == [{"goal": goal_ref, "score": 2}]
    assert post(lead, "write-week", ref, 1, version=0, **week).status_code == 409
    changed = post(lead, "change-goal", ref, goal_ref, version=1, **{**goal, "target": 3})
    assert changed.json()["goals"][0]["target"] == 3
    closed = post(lead, "close-goal", ref, goal_ref, version=2, status="achieved")
    assert closed.json()["goals"][0]["status"] == "achieved"


def test_the_rest_of_the_actions_by_the_api():
    story = Story()
    manager, today = signed_in_client(story.manager), clock.today().isoformat()
    episode = EpisodeFactory(started=True, team=story.team)

    paused = post(manager, "pause", episode.ref, version=1, reason="holiday", last_service_on=today)
    assert paused.json()["status"] == "paused"
    assert post(manager, "resume", episode.ref, version=2, first_service_on=today).status_code == 400
    assert (
        post(manager, "change-lead", episode.ref, version=2, lead_worker=story.worker.ref).status_code == 200
    )
    early = post(manager, "end-early", episode.ref, version=3, ended_on=today, reason="moved")
    assert (early.json()["outcome"], early.json()["sequel"]) == ("NFA_MOVED", "no_ongoing")

    declined = EpisodeFactory(triaged=True, team=story.team)
    assert (
        post(manager, "decline", declined.ref, version=1, reason="no_room", note="Told.").status_code == 200
    )
    sent_on = EpisodeFactory(triaged=True, team=story.team)
    assert post(manager, "redirect", sent_on.ref, version=1, route="equipment", note="So.").status_code == 200
    ending = EpisodeFactory(end_review=True, team=story.team)
    longer = {
        "reason": "other",
        "note": "Two weeks.",
        "new_end_on": (ending.planned_end_on + (ending.planned_end_on - ending.started_on)).isoformat(),
        "told_on": today,
        "charge_basis": "free_discretion",
    }
    assert post(manager, "extend", ending.ref, version=1, **longer).json()["status"] == "extended"
    review = {
        "held_on": today,
        "what_changed": "Much.",
        "transition_plan": "None.",
        "achieved": "partly",
        "hours_at_end": "3",
    }
    assert post(manager, "end-review", ending.ref, version=2, **review).json()["status"] == "end_review"
    refused = post(manager, "end", ending.ref, version=3, ended_on=today, outcome="NFA_PLANNED")
    assert refused.status_code == 400
    assert "Week 1 is not written up." in refused.json()["detail"]
    assert post(manager, "end", ending.ref, version=3, ended_on=today, outcome="PROG_X").status_code == 400


def test_a_hand_over_is_accepted_by_the_api(now):
    handover = make_handover(now, kind="reablement")
    lead = signed_in_client(UserFactory(role_in=("reablement_lead", handover.to_team)))

    made = post(lead, "accept-handover", handover.ref, key="12345678")

    assert made.status_code == 201
    assert Episode.objects.get().ref == made.json()["ref"]


def test_the_list_is_of_my_teams_the_detail_is_written_down_and_strangers_are_refused():
    story = Story()
    mine, other = EpisodeFactory(started=True, team=story.team), EpisodeFactory(started=True)
    lead = signed_in_client(story.lead)

    listed = lead.get(reverse("api-reablement-list"), {"open": "true"}).json()["results"]
    assert [row["ref"] for row in listed] == [mine.ref]
    of_one = lead.get(reverse("api-reablement-list"), {"person": other.person.ref}).json()["results"]
    assert [row["ref"] for row in of_one] == [other.ref]
    shown = lead.get(reverse("api-reablement-show", args=[mine.ref]))
    assert (shown.status_code, shown["ETag"]) == (200, '"1"')
    assert View.objects.filter(person_id=mine.person_id, by=story.lead, page="api-reablement-show").exists()

    analyst = signed_in_client(UserFactory(role_in=("analyst", TeamFactory())))
    assert analyst.get(reverse("api-reablement-show", args=[mine.ref])).status_code == 403
    assert (
        post(lead, "pause", other.ref, version=1, reason="holiday", last_service_on="2026-01-01").status_code
        == 403
    )
