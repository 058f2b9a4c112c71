"""Which tasks and work items, in which order."""

from __future__ import annotations

from datetime import date
from typing import Any

from people.querysets import AboutAPersonQuerySet


class TaskQuerySet(AboutAPersonQuerySet):
    def open(self) -> TaskQuerySet:
        return self.filter(status=self.model.Status.OPEN)

    def mine(self, user: Any) -> TaskQuerySet:
        return self.filter(owner=user)

    def of_teams(self, team_ids: list[int]) -> TaskQuerySet:
        return self.filter(team__in=team_ids)

    def overdue(self, today: date) -> TaskQuerySet:
        """Due before today; what is due today is not overdue."""
        return self.filter(due_on__lt=today)

    def for_list(self) -> TaskQuerySet:
        return self.select_related("person", "owner", "team").order_by("due_on", "pk")


class WorkItemQuerySet(AboutAPersonQuerySet):
    def open(self) -> WorkItemQuerySet:
        return self.filter(closed_on=None)

    def for_list(self) -> WorkItemQuerySet:
        return self.select_related("person", "owner", "team").order_by("opened_on", "pk")
