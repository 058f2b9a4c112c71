"""Which tasks, work items, reminders and notifications, in which order."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from people.querysets import AboutAPersonQuerySet, on_my_lists


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


class AnchorQuerySet(AboutAPersonQuerySet):
    def open(self) -> AnchorQuerySet:
        return self.filter(status=self.model.Status.OPEN)

    def to_look_at(self, today: date) -> AnchorQuerySet:
        """Reminders with a step due today or earlier: a missed night is caught up."""
        return self.open().filter(next_step_on__lte=today).order_by("next_step_on", "pk")

    def after(self, next_step_on: date, pk: int) -> AnchorQuerySet:
        """The rows behind a place in the order of the daily job."""
        return self.filter(Q(next_step_on__gt=next_step_on) | Q(next_step_on=next_step_on, pk__gt=pk))


class WorkItemQuerySet(AboutAPersonQuerySet):
    def open(self) -> WorkItemQuerySet:
        return self.filter(closed_on=None)

    def waiting(self) -> WorkItemQuerySet:
        """In the queue: nobody works on it yet."""
        return self.filter(stage=self.model.Stage.WAITING)

    def active(self) -> WorkItemQuerySet:
        return self.exclude(stage=self.model.Stage.WAITING)

    def mine(self, user: Any) -> WorkItemQuerySet:
        return self.filter(owner=user)

    def of_teams(self, team_ids: list[int]) -> WorkItemQuerySet:
        return self.filter(team__in=team_ids)

    def unallocated(self) -> WorkItemQuerySet:
        """Open work that no worker holds."""
        return self.filter(owner=None)

    def quiet_since(self, day: date) -> WorkItemQuerySet:
        """Allocated, with nothing noted, said or decided since a day. Support in place runs quietly by its nature."""
        return self.filter(owner__isnull=False, last_activity_on__lte=day).exclude(
            kind=self.model.Kind.MONITORING
        )

    def past_next_contact(self, today: date) -> WorkItemQuerySet:
        return self.filter(next_contact_on__lt=today)

    def for_list(self) -> WorkItemQuerySet:
        return self.select_related("person", "owner", "team").order_by("opened_on", "pk")


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> NotificationQuerySet:
        """What the user was told, and may still know of."""
        from people.models import Person

        visible = Q(person=None) | Q(person__in=Person.objects.visible_to(user).values("pk"))
        return self.filter(visible, on_my_lists(user), recipient=user)

    def in_portal(self) -> NotificationQuerySet:
        return self.filter(channel=self.model.Channel.IN_APP)

    def unseen(self) -> NotificationQuerySet:
        return self.filter(seen_at=None)

    def for_list(self) -> NotificationQuerySet:
        return self.select_related("person", "task").order_by("-created_at", "-pk")
