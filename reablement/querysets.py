"""Which episodes, goals and weeks, and what comes with them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from people.querysets import AboutAPersonQuerySet
from reablement.timescales import CLOCK_STOPS

END_IN_SIGHT = timedelta(days=13)


class EpisodeQuerySet(AboutAPersonQuerySet):
    model: Any

    def open(self) -> EpisodeQuerySet:
        return self.filter(status__in=self.model.OPEN)

    def running(self) -> EpisodeQuerySet:
        """Started and not over: paused ones too."""
        return self.filter(status__in=self.model.RUNNING)

    def before_start(self) -> EpisodeQuerySet:
        return self.filter(status__in=self.model.BEFORE_START)

    def finished(self) -> EpisodeQuerySet:
        return self.exclude(status__in=self.model.OPEN)

    def ending_by(self, today: date) -> EpisodeQuerySet:
        """The end is within two weeks, and the end review has not been held."""
        return (
            self.running()
            .exclude(status=self.model.Status.END_REVIEW)
            .filter(planned_end_on__lte=today + END_IN_SIGHT)
        )

    def undecided_by(self, day: date) -> EpisodeQuerySet:
        """The planned end lies on a day or before, and no end review has been held. While a pause stops the clock the
        end is not known."""
        stopped = Q(status=self.model.Status.PAUSED, pause_policy=CLOCK_STOPS)
        return (
            self.running()
            .exclude(status=self.model.Status.END_REVIEW)
            .exclude(stopped)
            .filter(planned_end_on__lte=day)
        )

    def late(self, today: date) -> EpisodeQuerySet:
        """The planned end has passed and nobody has ended it."""
        return self.running().exclude(status=self.model.Status.PAUSED).filter(planned_end_on__lt=today)

    def of_teams(self, team_ids: list[int]) -> EpisodeQuerySet:
        return self.filter(team__in=team_ids)

    def led_by(self, user: Any) -> EpisodeQuerySet:
        return self.filter(lead_worker=user)

    def of_person(self, person: Any) -> EpisodeQuerySet:
        return (
            self.filter(person=person).select_related("team", "lead_worker").order_by("-referred_at", "-pk")
        )

    def for_list(self) -> EpisodeQuerySet:
        """With the last week written and how many goals are open."""
        goal, week = (apps.get_model("reablement", name) for name in ("Goal", "Week"))
        weeks = week.objects.filter(episode=OuterRef("pk")).order_by().values("episode")
        goals = goal.objects.filter(episode=OuterRef("pk"), status="open").order_by().values("episode")
        return self.select_related("person", "team", "lead_worker").annotate(
            last_week=Subquery(weeks.annotate(last=Max("number")).values("last")),
            open_goals=Coalesce(Subquery(goals.annotate(many=Count("pk")).values("many")), 0),
        )

    def for_page(self) -> EpisodeQuerySet:
        return self.select_related(
            "team",
            "lead_worker",
            "referred_by",
            "triaged_by",
            "decided_by",
            "end_reviewer",
            "end_reviewed_by",
            "ended_by",
            "assessment",
            "sequel_assessment",
            "contact",
        )

    def counted(self, today: date) -> dict[str, int]:
        """How many rows each tab of the list has, in one query."""
        model = self.model
        running = Q(status__in=model.RUNNING)
        return self.open().aggregate(
            referrals=Count("pk", filter=Q(status__in=model.BEFORE_START)),
            active=Count("pk", filter=running),
            ending=Count(
                "pk",
                filter=running
                & ~Q(status=model.Status.END_REVIEW)
                & Q(planned_end_on__lte=today + END_IN_SIGHT),
            ),
            late=Count("pk", filter=running & ~Q(status=model.Status.PAUSED) & Q(planned_end_on__lt=today)),
        )

    def over_free_period(self, today: date) -> EpisodeQuerySet:
        """Running past the last free day, not marked yet, and not kept free at the council's discretion. While somebody
        is away there is nothing to charge for."""
        return (
            self.running()
            .exclude(status=self.model.Status.PAUSED)
            .exclude(charge_basis="free_discretion")
            .filter(last_free_on__lt=today, charge_from_on=None)
        )

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("person", "team", "lead_worker").get(pk=pk)


class PartQuerySet(AboutAPersonQuerySet):
    """Goals, weeks, pauses, extensions: what hangs on an episode."""

    def of_episode(self, episode: Any) -> PartQuerySet:
        return self.filter(episode=episode).order_by("pk")

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("episode", "person").get(pk=pk)


class GoalQuerySet(PartQuerySet):
    def open(self) -> GoalQuerySet:
        return self.filter(status="open")

    def in_order(self) -> GoalQuerySet:
        return self.select_related("owner").order_by("number", "pk")


class WeekQuerySet(PartQuerySet):
    def in_order(self) -> WeekQuerySet:
        return self.select_related("written_by").prefetch_related("scores").order_by("number")
