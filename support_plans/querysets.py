"""Which plans, lines and reviews, and what comes with them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q

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
    def visible_to(self, user: Any) -> ItemQuerySet:
        """The person is visible, and the plan has no access list or one the user is on."""
        listed = Q(plan__access_list=None) | Q(plan__access_list__in=user.access_list_ids())
        return super().visible_to(user).filter(listed)

    def standing(self) -> ItemQuerySet:
        """Lines that are part of the plan: not taken out again."""
        return self.filter(removed_at=None)

    def for_plan(self) -> ItemQuerySet:
        return self.standing().select_related("provider", "costed_by").order_by("pk")

    def approved_and_arranged_by_us(self) -> ItemQuerySet:
        """Lines of approved and running plans that the council arranges: a broker's work. A plan taken over from
        another system has its services in place."""
        return self.standing().filter(
            plan__status__in=["approved", "active"], plan__origin="portal", mode="council_managed"
        )

    def without_provider(self) -> ItemQuerySet:
        return self.approved_and_arranged_by_us().filter(provider=None, provider_name="")

    def without_start(self) -> ItemQuerySet:
        """With a provider, in a plan that has not begun, and no day agreed with the provider. Once a plan runs, its
        lines without a day of their own began with it."""
        rows = self.approved_and_arranged_by_us().exclude(provider=None, provider_name="")
        return rows.filter(plan__status="approved", starts_on=None)

    def counted_to_source(self) -> dict[str, int]:
        unfound = Q(provider=None, provider_name="")
        return self.approved_and_arranged_by_us().aggregate(
            without_provider=Count("pk", filter=unfound),
            without_start=Count("pk", filter=~unfound & Q(plan__status="approved", starts_on=None)),
        )

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
