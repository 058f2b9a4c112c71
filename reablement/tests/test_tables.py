"""Every action on an episode: in every state, and by every role."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from audit.models import Event
from core import clock
from core.workflow import WrongState
from people.tests.factories import PortalAccessFactory
from reablement import permissions, services, workflow
from reablement.models import Episode, Goal
from reablement.tests.factories import EpisodeFactory, GoalFactory
from reablement.tests.helpers import GROUNDS, TRIAGE

pytestmark = pytest.mark.django_db

# State to what each action leads to; what is not named is refused.
TABLE: dict[str, dict[str, str]] = {
    "referred": {"triage": "triaged", "end_early": "early_end"},
    "triaged": {
        "accept": "accepted",
        "decline": "declined",
        "redirect": "redirected",
        "end_early": "early_end",
    },
    "declined": {},
    "redirected": {},
    "accepted": {"start": "started", "end_early": "early_end"},
    "started": {
        "pause": "paused",
        "extend": "extended",
        "review_end": "end_review",
        "end_early": "early_end",
    },
    "paused": {"resume": "started", "end_early": "early_end"},
    "extended": {
        "pause": "paused",
        "extend": "extended",
        "review_end": "end_review",
        "end_early": "early_end",
    },
    "end_review": {
        "extend": "extended",
        "review_end": "end_review",
        "end": "ended",
        "end_early": "early_end",
    },
    "ended": {},
    "early_end": {},
}
ACTIONS = [name for name in workflow.ACTIONS if name != "resume_extended"]


def act(action: str, episode: Episode, *, by, version=None):
    today = clock.today()
    start = episode.started_on
    facts = {
        "triage": {"facts": TRIAGE},
        "accept": {"lead_worker": by, **GROUNDS},
        "decline": {"reason": "cannot_benefit", "note": "Told on the phone."},
        "redirect": {"route": "nhs_rehab", "note": "Passed to the ward."},
        "start": {
            "started_on": today,
            "information_given_on": today,
            "information_format": "Large print",
        },
        "pause": {"reason": "holiday", "last_service_on": today},
        "resume": {"first_service_on": today},
        "extend": {
            "reason": "goal_nearly_met",
            "note": "The stairs.",
            "new_end_on": (episode.planned_end_on or today) + timedelta(days=7),
            "told_on": today,
            "charge_basis": "free_discretion",
        },
        "review_end": {
            "held_on": today,
            "what_changed": "Cooks alone.",
            "transition_plan": "Her daughter rings.",
            "person_words": "",
            "achieved": "fully",
            "hours_at_end": Decimal("2.00"),
        },
        "end": {"ended_on": start, "outcome": "NFA_PLANNED", "note": ""},
        "end_early": {"ended_on": today, "reason": "person_stopped", "note": ""},
    }[action]
    return getattr(services, action)(episode=episode, version=version, by=by, now=clock.now(), **facts)


def made(state: str) -> Episode:
    """An episode in a state; one in which an end review can be held now, where it runs."""
    more = {}
    if state in ("started", "extended"):
        long_ago = clock.now() - timedelta(days=35)
        more = {"started_on": clock.today() - timedelta(days=32), "referred_at": long_ago}
    return EpisodeFactory(**{state: True}, **more)


def test_the_table_names_every_state_and_every_action():
    assert set(TABLE) == set(Episode.Status.values)
    assert {name for row in TABLE.values() for name in row} == set(ACTIONS)


@pytest.mark.parametrize("state", TABLE)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_fits_the_states_of_the_table_and_no_other(action, state):
    episode = made(state)
    manager = UserFactory(manager_of=episode.team)
    target = TABLE[state].get(action)

    if target is None:
        with pytest.raises(WrongState):
            act(action, episode, by=manager)
        episode.refresh_from_db()
        assert episode.status == state
        assert not Event.objects.filter(code__startswith="reablement.").exists()
    else:
        act(action, episode, by=manager)
        episode.refresh_from_db()
        assert episode.status == target
        assert episode.version == 2
        assert Event.objects.filter(code__startswith="reablement.").count() == 1


def test_a_pause_in_the_time_that_was_added_leads_back_into_it():
    episode = EpisodeFactory(extended=True)
    manager = UserFactory(manager_of=episode.team)
    act("pause", episode, by=manager)
    before = clock.today() + timedelta(days=2)

    services.resume(
        episode=episode,
        first_service_on=before,
        version=None,
        by=manager,
        now=clock.now() + timedelta(days=2),
    )

    episode.refresh_from_db()
    assert episode.status == "extended"


COORDINATORS = {"reablement_lead", "team_manager"}
LEADS = COORDINATORS | {"lead_worker", "system"}
MANAGERS = {"team_manager", "service_manager", "director"}
ROLE_TABLE: dict[str, set[str]] = {
    "triage": COORDINATORS,
    "accept": COORDINATORS,
    "decline": COORDINATORS,
    "redirect": COORDINATORS,
    "start": LEADS,
    "pause": LEADS,
    "resume": LEADS,
    "resume_extended": LEADS,
    "extend": MANAGERS,
    "review_end": LEADS,
    "end": LEADS | MANAGERS,
    "end_early": LEADS | MANAGERS,
}
WRITERS = LEADS | {"reablement_worker", "occupational_therapist"}
ACTORS = [*Role.values, "lead_worker", "outside", "lead_elsewhere", "system", "public_act", "public_view"]


def actor(name: str, episode: Episode):
    if name == "lead_worker":
        return episode.lead_worker
    if name == "outside":
        return UserFactory(worker_in=TeamFactory(service="Another service"))
    if name == "lead_elsewhere":
        return UserFactory(role_in=(Role.REABLEMENT_LEAD, TeamFactory()))
    if name == "system":
        return UserFactory(machine=True)
    if name.startswith("public_"):
        user = UserFactory(public=True)
        scope = name.removeprefix("public_")
        PortalAccessFactory(user=user, person=episode.person, relation="representative", scope=scope)
        return user
    return UserFactory(role_in=(name, episode.team))


def led_by_a_worker() -> Episode:
    team = TeamFactory(service="Adult social care")
    worker = UserFactory(role_in=(Role.REABLEMENT_WORKER, team))
    return EpisodeFactory(started=True, team=team, lead_worker=worker)


@pytest.mark.parametrize("who", ACTORS)
def test_who_may_do_what_with_an_episode(who):
    episode = led_by_a_worker()
    user = actor(who, episode)

    may = {name for name, action in workflow.ACTIONS.items() if action.allowed(user, episode)}

    assert may == {name for name, actors in ROLE_TABLE.items() if who in actors}


@pytest.mark.parametrize("who", ACTORS)
def test_who_may_write_goals_and_weeks_who_may_refer_and_who_may_comment(who):
    episode = led_by_a_worker()
    user = actor(who, episode)
    goal = GoalFactory(episode=episode)
    case_work = {
        "practitioner",
        "social_worker",
        "occupational_therapist",
        "team_manager",
        "safeguarding_manager",
        "broker",
        "reablement_lead",
        "reablement_worker",
        "service_manager",
        "director",
        "lead_worker",
        "outside",
        "lead_elsewhere",
        "system",
    }

    assert bool(permissions.can_write(user, episode)) is (who in WRITERS)
    closing = {name for name, action in workflow.GOAL_ACTIONS.items() if action.allowed(user, goal)}
    assert closing == (set(workflow.GOAL_ACTIONS) if who in WRITERS else set())
    assert bool(permissions.can_refer(user)) is (who in case_work)
    assert bool(permissions.can_comment(user, episode)) is (who == "public_act")


@pytest.mark.parametrize("state", Goal.Status.values)
@pytest.mark.parametrize("action", workflow.GOAL_ACTIONS)
def test_only_an_open_goal_is_closed_and_once(action, state):
    episode = EpisodeFactory(started=True)
    closed = {} if state == "open" else {"closed_on": clock.today(), "closed_note": "So."}
    goal = GoalFactory(episode=episode, status=state, **closed)
    manager = UserFactory(manager_of=episode.team)

    def close():
        return services.close_goal(
            goal=goal, status=action, note="So.", version=None, by=manager, now=clock.now()
        )

    if state == "open":
        assert close().status == action
    else:
        with pytest.raises(WrongState):
            close()


@pytest.mark.parametrize("action", ACTIONS)
def test_somebody_of_another_team_is_refused_and_nothing_changes(action):
    state = next(state for state, row in TABLE.items() if action in row)
    episode = made(state)
    stranger = UserFactory(role_in=(Role.REABLEMENT_LEAD, TeamFactory(service="Elsewhere")))

    with pytest.raises(PermissionDenied):
        act(action, episode, by=stranger)

    episode.refresh_from_db()
    assert episode.status == state
    assert not Event.objects.exists()
