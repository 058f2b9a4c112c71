"""The pages of reablement on which something is written, on the records of the demo council."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from caseportal.tests.door import Door, day, person, user
from core import clock
from reablement import services as reablement
from reablement.models import Episode

AISHA, GRACE, JOYCE, NEIL = "Aisha Khan", "Grace Adeyemi", "Joyce Mensah", "Neil Foster"


def episode(family: str) -> Episode:
    return Episode.objects.select_related("person", "team").get(person=person(family))


def triaged() -> Episode:
    """Winifred's referral, looked at by the lead."""
    facts = {
        "consent": "yes",
        "goal_idea": "To sleep upstairs.",
        "risks": "None known",
        "key_safe": "Opens the door herself",
    }
    return reablement.triage(
        episode=episode("Archer"), facts=facts, version=None, by=user("Grace Adeyemi"), now=clock.now()
    )


def accepted_episode() -> Episode:
    return reablement.accept(
        episode=triaged(),
        lead_worker=user("Grace Adeyemi"),
        can_benefit="Was well before.",
        in_area=True,
        limits_discussed=True,
        version=None,
        by=user("Grace Adeyemi"),
        now=clock.now(),
    )


def paused() -> Episode:
    """Harry's episode, paused after yesterday's visit."""
    return reablement.pause(
        episode=episode("Osei"),
        reason="holiday",
        last_service_on=clock.today() - timedelta(days=1),
        version=None,
        by=user("Grace Adeyemi"),
        now=clock.now(),
    )


def reviewed_at_the_end() -> Episode:
    """Harry's end review written up, and his goals closed."""
    present = reablement.review_end(
        episode=episode("Osei"),
        held_on=clock.today(),
        what_changed="Cooks alone.",
        transition_plan="The domino league.",
        person_words="",
        achieved="fully",
        hours_at_end=Decimal("2.00"),
        version=None,
        by=user("Grace Adeyemi"),
        now=clock.now(),
    )
    for each in present.goals.all():
        reablement.close_goal(
            goal=each, status="achieved", note="", version=None, by=user("Grace Adeyemi"), now=clock.now()
        )
    return present


def of_episode(record: Any) -> list[str]:
    return [record.episode.ref, record.ref]


REABLEMENT: dict[str, Door] = {
    "reablement:refer": Door(
        AISHA,
        lambda: person("Pettifer"),
        lambda: {"source": "hospital", "assessment": "", **day("discharge_on")},
    ),
    "reablement:triage": Door(GRACE, lambda: episode("Archer"), lambda: {"consent": "yes"}),
    "reablement:accept": Door(GRACE, triaged, lambda: {"in_area": "on", "limits_discussed": "on"}),
    "reablement:decline": Door(GRACE, triaged),
    "reablement:redirect": Door(GRACE, triaged, lambda: {"route": "equipment"}),
    "reablement:start": Door(
        GRACE,
        accepted_episode,
        lambda: {**day("started_on"), **day("information_given_on"), "hours_at_start": "6"},
    ),
    "reablement:pause": Door(GRACE, lambda: episode("Osei")),
    "reablement:resume": Door(GRACE, paused, lambda: day("first_service_on")),
    "reablement:extend": Door(
        NEIL,
        lambda: episode("Osei"),
        lambda: {**day("new_end_on", ahead=14), **day("told_on"), "charge_basis": "free_discretion"},
    ),
    "reablement:add-goal": Door(
        GRACE, lambda: episode("Osei"), lambda: {"baseline": "1", "target": "3", **day("target_on", ahead=2)}
    ),
    "reablement:change-goal": Door(GRACE, lambda: episode("Osei").goals.first(), arguments=of_episode),
    "reablement:close-goal": Door(GRACE, lambda: episode("Osei").goals.first(), arguments=of_episode),
    "reablement:write-week": Door(
        JOYCE,
        lambda: episode("Osei"),
        lambda: {"visits_planned": "5", "visits_delivered": "5", "minutes": "120", "hours_needed": "3"},
        more=("5",),
    ),
    "reablement:book-end-review": Door(
        GRACE, lambda: episode("Osei"), lambda: {**day("on", ahead=2), "reviewer": ""}
    ),
    "reablement:end-review": Door(
        GRACE, lambda: episode("Osei"), lambda: {**day("held_on"), "hours_at_end": "2"}
    ),
    "reablement:end": Door(
        GRACE, reviewed_at_the_end, lambda: {"outcome": "NFA_PLANNED", "assessment_team": ""}
    ),
    "reablement:end-early": Door(
        GRACE, lambda: episode("Osei"), lambda: {"reason": "person_stopped", "assessment_team": ""}
    ),
}
