"""People of a reablement team, and an episode taken through its states by the services."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import Role, Team, User
from accounts.tests.factories import TeamFactory, UserFactory
from core import clock
from people.tests.factories import PersonFactory
from reablement import services
from reablement.models import Episode, Goal, Week

GROUNDS = {
    "can_benefit": "Walked before the operation and wants to again.",
    "in_area": True,
    "limits_discussed": True,
}
TRIAGE = {
    "consent": "yes",
    "goal_idea": "To make my own lunch",
    "risks": "None known",
    "key_safe": "Opens the door herself",
}
WEEK: dict[str, Any] = {
    "visits_planned": 21,
    "visits_delivered": 20,
    "minutes": 600,
    "help_level": "prompt",
    "hours_needed": Decimal("8.00"),
    "notes": "Dressed herself on four days.",
    "next_week": "Stand back at breakfast.",
}


def at_ten(day: date) -> datetime:
    """Ten in the morning of a day, in London."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=clock.LONDON)


class Story:
    """One person and one reablement team, on days that a test chooses."""

    def __init__(self, **person: Any) -> None:
        self.team: Team = TeamFactory(service="Adult social care")
        self.lead: User = UserFactory(role_in=(Role.REABLEMENT_LEAD, self.team))
        self.worker: User = UserFactory(role_in=(Role.REABLEMENT_WORKER, self.team))
        self.manager: User = UserFactory(manager_of=self.team)
        self.assessing: Team = TeamFactory()
        self.assessor: User = UserFactory(worker_in=self.assessing)
        self.person = PersonFactory(**person)

    @property
    def episode(self) -> Episode:
        return Episode.objects.select_related("person", "team").latest("pk")

    def referred(self, on: date, **facts: Any) -> Story:
        services.refer(
            person=self.person,
            team=self.team,
            by=self.lead,
            now=at_ten(on),
            **{"source": Episode.Source.STAFF, "reason": "Home after a new hip.", **facts},
        )
        return self

    def accepted(self, on: date) -> Story:
        services.triage(episode=self.episode, facts=TRIAGE, version=None, by=self.lead, now=at_ten(on))
        services.accept(
            episode=self.episode,
            lead_worker=self.worker,
            version=None,
            by=self.lead,
            now=at_ten(on),
            **GROUNDS,
        )
        return self

    def started(self, on: date, **facts: Any) -> Story:
        """The first visit on a day, recorded on that day."""
        if not Episode.objects.exists():
            self.referred(on).accepted(on)
        services.start(
            episode=self.episode,
            started_on=on,
            information_given_on=on,
            information_format="Large print",
            hours_at_start=Decimal("10.00"),
            version=None,
            by=self.worker,
            now=at_ten(on),
            **facts,
        )
        return self

    def goal(self, on: date, **facts: Any) -> Goal:
        return services.add_goal(
            episode=self.episode,
            facts={
                "statement": "Make my own lunch",
                "area": "A",
                "baseline": 1,
                "target": 4,
                "measure": "Lunch on five days",
                "target_on": on + timedelta(days=20),
                "agreed_on": on,
                **facts,
            },
            by=self.worker,
            now=at_ten(on),
        )

    def week(self, number: int, on: date, score: int = 2, **facts: Any) -> Week:
        open_goals = self.episode.goals.filter(status="open")
        return services.write_week(
            episode=self.episode,
            number=number,
            facts={**WEEK, **facts},
            scores={goal.ref: score for goal in open_goals},
            version=None,
            by=self.worker,
            now=at_ten(on),
        )

    def reviewed(self, on: date) -> Story:
        services.review_end(
            episode=self.episode,
            held_on=on,
            what_changed="Cooks alone.",
            transition_plan="Her daughter rings on Sundays.",
            person_words="I did it.",
            achieved="fully",
            hours_at_end=Decimal("2.00"),
            version=None,
            by=self.worker,
            now=at_ten(on),
        )
        return self
