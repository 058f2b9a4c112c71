"""What the database itself refuses (reablement.md 9)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from reablement.models import Episode
from reablement.tests.factories import (
    EpisodeFactory,
    ExtensionFactory,
    GoalFactory,
    GoalScoreFactory,
    PauseFactory,
    WeekFactory,
)

pytestmark = pytest.mark.django_db


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize("first", Episode.OPEN)
def test_a_person_has_one_open_episode(first):
    episode = EpisodeFactory(**{first: True})

    with refused("reablement_one_open_episode_per_person"), transaction.atomic():
        EpisodeFactory(person=episode.person)


@pytest.mark.parametrize("first", ["declined", "redirected", "ended", "early_end"])
def test_a_person_can_have_several_episodes_one_after_the_other(first):
    episode = EpisodeFactory(**{first: True})

    assert EpisodeFactory(person=episode.person).pk


BREACHES = [
    ("reablement_no_charge_in_the_free_weeks", "started", {"charge_from_on": "last_free_on"}),
    ("reablement_end_is_complete_or_absent", "ended", {"outcome": ""}),
    ("reablement_ended_with_outcome_and_review", "ended", {"end_reviewed_on": None}),
    ("reablement_early_end_with_a_reason", "early_end", {"early_reason": ""}),
    ("reablement_start_and_end_dates_together", "started", {"last_free_on": None}),
    ("reablement_started_with_written_information", "started", {"information_given_on": None}),
    ("reablement_accepted_only_on_its_grounds", "accepted", {"in_area": False}),
    ("reablement_accepted_only_on_its_grounds", "accepted", {"consent": "no"}),
    ("reablement_declined_with_a_reason", "declined", {"decline_reason": ""}),
    ("reablement_redirected_with_a_route", "redirected", {"route": ""}),
    ("reablement_paused_since_a_day", "paused", {"paused_since": None}),
    ("reablement_paused_since_a_day", "started", {"paused_since": "started_on"}),
    ("reablement_triage_is_complete_or_absent", "triaged", {"consent": ""}),
    ("reablement_hospital_with_discharge_and_ward", "triaged", {"source": "hospital"}),
]


@pytest.mark.parametrize(("name", "state", "change"), BREACHES)
def test_an_episode_that_breaks_a_rule_is_not_stored(name, state, change):
    episode = EpisodeFactory(**{state: True})
    facts = {
        field: getattr(episode, value) if isinstance(value, str) and value.endswith("_on") else value
        for field, value in change.items()
    }

    with refused(name), transaction.atomic():
        Episode.objects.filter(pk=episode.pk).update(**facts)


def test_an_episode_does_not_end_with_an_open_goal():
    episode = EpisodeFactory(end_review=True)
    GoalFactory(episode=episode)

    with refused("every goal closed"), transaction.atomic():
        Episode.objects.filter(pk=episode.pk).update(
            status="ended",
            outcome="NFA_PLANNED",
            ended_on=clock.today(),
            ended_at=clock.now(),
            ended_by=episode.lead_worker,
        )


def test_time_beyond_the_free_weeks_has_a_basis_of_charge_and_a_charge_has_its_notice():
    episode = EpisodeFactory(started=True)
    beyond = episode.last_free_on + timedelta(days=7)
    facts = {"episode": episode, "new_end_on": beyond}

    with refused("reablement_beyond_the_free_weeks_with_a_basis"), transaction.atomic():
        ExtensionFactory(**facts, charge_basis="")
    for charge in ({}, {"charge_from_on": episode.last_free_on}):
        with refused("reablement_seven_days_notice_of_a_charge"), transaction.atomic():
            ExtensionFactory(**facts, charge_basis="chargeable", financial_assessment_asked=True, **charge)
    told_late = {"told_on": beyond, "charge_from_on": beyond + timedelta(days=6)}
    with refused("reablement_seven_days_notice_of_a_charge"), transaction.atomic():
        ExtensionFactory(**facts, charge_basis="chargeable", financial_assessment_asked=True, **told_late)
    with refused("reablement_two_extensions_at_most"), transaction.atomic():
        ExtensionFactory(**facts, number=3)
    with refused("reablement_awaiting_support_is_not_reablement"), transaction.atomic():
        ExtensionFactory(**facts, reason="awaiting_long_term_support")


def test_pauses_goals_weeks_and_scores_hold_their_rules():
    episode = EpisodeFactory(started=True)
    day = episode.started_on
    PauseFactory(episode=episode, last_service_on=day)
    with refused("reablement_one_open_pause_per_episode"), transaction.atomic():
        PauseFactory(episode=episode, last_service_on=day)
    with refused("reablement_pause_ends_after_it_begins"), transaction.atomic():
        PauseFactory(episode=episode, last_service_on=day, first_service_on=day)
    with refused("reablement_goal_aims_higher"), transaction.atomic():
        GoalFactory(episode=episode, baseline=3, target=3)
    with refused("reablement_goal_dropped_with_a_reason"), transaction.atomic():
        GoalFactory(episode=episode, dropped=True, closed_note="")
    week = WeekFactory(episode=episode)
    with refused("reablement_week_written_once"), transaction.atomic():
        WeekFactory(episode=episode)
    with refused("reablement_score_is_0_to_4"), transaction.atomic():
        GoalScoreFactory(week=week, score=5)
