"""Which plans, lines and reviews, and what comes with them."""

from __future__ import annotations

from datetime import date
from typing import Any

from people.querysets import AboutAPersonQuerySet


class PlanQuerySet(AboutAPersonQuerySet):
    model: Any

    def active(self) -> PlanQuerySet:
        return self.filter(status=self.model.Status.ACTIVE)

    def for_list(self) -> PlanQuerySet:
        return self.select_related("person", "team", "prepared_by").order_by("-created_at", "-pk")

    def of_person(self, person: Any) -> PlanQuerySet:
        """All versions of a person's plans, the newest first."""
        return self.filter(person=person).select_related("team", "prepared_by").order_by("-number", "-pk")

    def starting_by(self, day: date) -> PlanQuerySet:
        """Approved plans whose start has come."""
        return self.filter(status=self.model.Status.APPROVED, starts_on__lte=day)

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("person", "team").get(pk=pk)


class ItemQuerySet(AboutAPersonQuerySet):
    def standing(self) -> ItemQuerySet:
        """Lines that are part of the plan: not taken out again."""
        return self.filter(removed_at=None)

    def for_plan(self) -> ItemQuerySet:
        return self.standing().select_related("provider", "costed_by").order_by("pk")

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("plan", "person").get(pk=pk)


class ReviewQuerySet(AboutAPersonQuerySet):
    model: Any

    def open(self) -> ReviewQuerySet:
        return self.filter(status__in=self.model.OPEN)

    def for_list(self) -> ReviewQuerySet:
        return self.select_related("person", "plan", "team", "reviewer").order_by("due_on", "pk")

    def of_teams(self, team_ids: list[int]) -> ReviewQuerySet:
        return self.filter(team__in=team_ids)

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("person", "plan", "team").get(pk=pk)
