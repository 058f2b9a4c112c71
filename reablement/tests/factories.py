"""Episodes for tests: valid by default, with a trait for each state."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from core import clock
from people.tests.factories import PersonFactory
from reablement import timescales
from reablement.models import (
    ChargeBasis,
    Episode,
    Extension,
    Goal,
    GoalScore,
    Pause,
    PausePolicy,
    Week,
    WeekComment,
)
from reablement.outcomes import EventOutcome

Status = Episode.Status
STARTED_DAYS_AGO = 16


def _days_ago(days: int) -> Any:
    return factory.LazyFunction(lambda: clock.today() - timedelta(days=days))


def _end(episode: Any) -> date:
    return timescales.planned_end_on(started_on=episode.started_on)


TRIAGED: dict[str, Any] = {
    "goal_idea": "To make my own lunch",
    "consent": Episode.Consent.YES,
    "risks": "None known",
    "key_safe": "Opens the door herself",
    "triaged_at": factory.LazyFunction(clock.now),
    "triaged_by": factory.SelfAttribute("coordinator"),
}
ACCEPTED: dict[str, Any] = {
    **TRIAGED,
    "can_benefit": "Walked before the operation and wants to again.",
    "in_area": True,
    "limits_discussed": True,
    "decided_at": factory.LazyFunction(clock.now),
    "decided_by": factory.SelfAttribute("coordinator"),
    "lead_worker": factory.SelfAttribute("coordinator"),
}
STARTED: dict[str, Any] = {
    **ACCEPTED,
    "referred_at": factory.LazyFunction(lambda: clock.now() - timedelta(days=STARTED_DAYS_AGO + 3)),
    "started_on": _days_ago(STARTED_DAYS_AGO),
    "last_free_on": factory.LazyAttribute(_end),
    "planned_end_on": factory.LazyAttribute(_end),
    "pause_policy": PausePolicy.STOPS,
    "information_given_on": factory.SelfAttribute("started_on"),
    "information_format": "Large print",
    "hours_at_start": Decimal("10.50"),
    "who_visits": "Joyce and Sam, mornings and teatimes",
}
AT_ITS_END: dict[str, Any] = {**STARTED, "started_on": _days_ago(38)}
REVIEWED: dict[str, Any] = {
    **AT_ITS_END,
    "referred_at": factory.LazyFunction(lambda: clock.now() - timedelta(days=41)),
    "end_reviewed_on": _days_ago(1),
    "end_reviewed_by": factory.SelfAttribute("coordinator"),
    "what_changed": "Washes and dresses alone.",
    "transition_plan": "Her daughter rings on Sundays.",
    "achieved": Episode.Achieved.FULLY,
    "hours_at_end": Decimal("2.00"),
}
OVER: dict[str, Any] = {
    "ended_on": factory.LazyFunction(clock.today),
    "ended_at": factory.LazyFunction(clock.now),
    "ended_by": factory.SelfAttribute("coordinator"),
}


class EpisodeFactory(DjangoModelFactory):
    class Meta:
        model = Episode
        exclude = ("coordinator",)

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    coordinator = factory.LazyAttribute(lambda it: UserFactory(role_in=(Role.REABLEMENT_LEAD, it.team)))
    source = Episode.Source.STAFF
    reason = "Home after a new hip. Cannot manage lunch."
    referred_at = factory.LazyFunction(clock.now)
    referred_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        from_hospital = factory.Trait(
            source=Episode.Source.HOSPITAL, discharge_on=_days_ago(STARTED_DAYS_AGO), ward="Ward 6, Infirmary"
        )
        referred = factory.Trait(status=Status.REFERRED)
        triaged = factory.Trait(status=Status.TRIAGED, **TRIAGED)
        declined = factory.Trait(
            status=Status.DECLINED,
            **TRIAGED,
            decline_reason=Episode.DeclineReason.CANNOT_BENEFIT,
            decision_note="Told on the phone.",
        )
        redirected = factory.Trait(
            status=Status.REDIRECTED,
            **TRIAGED,
            route=Episode.Route.NHS_REHAB,
            decision_note="Passed to the ward.",
        )
        accepted = factory.Trait(status=Status.ACCEPTED, **ACCEPTED)
        started = factory.Trait(status=Status.STARTED, **STARTED)
        paused = factory.Trait(status=Status.PAUSED, **STARTED, paused_since=_days_ago(2))
        extended = factory.Trait(status=Status.EXTENDED, **STARTED)
        end_review = factory.Trait(status=Status.END_REVIEW, **REVIEWED)
        ended = factory.Trait(status=Status.ENDED, **REVIEWED, **OVER, outcome=EventOutcome.NFA_PLANNED)
        early_end = factory.Trait(
            status=Status.EARLY_END,
            **STARTED,
            **OVER,
            outcome=EventOutcome.HOSPITAL,
            early_reason=Episode.EarlyReason.HOSPITAL,
        )

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Episode:
        """A paused or extended episode has its pause or its extension."""
        episode = super()._create(model_class, *args, **kwargs)
        if episode.status == Status.PAUSED:
            PauseFactory(episode=episode, last_service_on=episode.paused_since - timescales.ONE_DAY)
        if episode.status == Status.EXTENDED:
            ExtensionFactory(episode=episode)
        return episode


class PartFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    episode = factory.SubFactory(EpisodeFactory, started=True)
    person = factory.SelfAttribute("episode.person")
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)


class PauseFactory(PartFactory):
    class Meta:
        model = Pause

    reason = Pause.Reason.HOLIDAY
    last_service_on = _days_ago(3)
    paused_by = factory.SubFactory(UserFactory)


class ExtensionFactory(PartFactory):
    class Meta:
        model = Extension

    number = 1
    reason = Extension.Reason.GOAL_NEARLY_MET
    note = "Two more weeks for the stairs."
    new_end_on = factory.LazyAttribute(lambda it: it.episode.planned_end_on)
    last_free_on = factory.LazyAttribute(lambda it: it.episode.last_free_on)
    charge_basis = ChargeBasis.FREE_DISCRETION
    told_on = factory.LazyFunction(clock.today)
    extended_by = factory.SubFactory(UserFactory)


class GoalFactory(PartFactory):
    class Meta:
        model = Goal

    number = factory.Sequence(lambda number: number + 1)
    statement = "Make my own lunch and a hot drink"
    area = "A"
    baseline = 1
    target = 4
    measure = "Lunch made on five days of seven"
    target_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=14))
    agreed_on = _days_ago(STARTED_DAYS_AGO)

    class Params:
        achieved = factory.Trait(status=Goal.Status.ACHIEVED, closed_on=factory.LazyFunction(clock.today))
        dropped = factory.Trait(
            status=Goal.Status.DROPPED,
            closed_on=factory.LazyFunction(clock.today),
            closed_note="No longer wanted",
        )


class WeekFactory(PartFactory):
    class Meta:
        model = Week

    number = 1
    starts_on = factory.LazyAttribute(
        lambda it: timescales.week_starts_on(started_on=it.episode.started_on, week=it.number)
    )
    visits_planned = 21
    visits_delivered = 21
    minutes = 630
    help_level = Week.Help.PROMPT
    hours_needed = Decimal("9.00")
    notes = "Dressed herself on four days."
    next_week = "Stand back at breakfast."
    written_by = factory.SubFactory(UserFactory)


class GoalScoreFactory(DjangoModelFactory):
    class Meta:
        model = GoalScore

    week = factory.SubFactory(WeekFactory)
    goal = factory.SubFactory(GoalFactory, episode=factory.SelfAttribute("..week.episode"))
    score = 2


class WeekCommentFactory(PartFactory):
    class Meta:
        model = WeekComment

    number = 3
    text = "I made soup."
    written_at = factory.LazyFunction(clock.now)
    written_by = factory.SubFactory(UserFactory, public=True)
