"""Which tasks, work items, reminders and notifications, in which order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from accounts.models import CASE_ROLES
from core import clock
from people.querysets import AboutAPersonQuerySet, on_my_lists

WEEK = timedelta(days=7)


def _held_by(rows: Any, worker: str) -> Any:
    """Narrowed by the reference of whoever holds them; “nobody” for nobody."""
    if not worker:
        return rows
    return rows.filter(owner=None) if worker == "nobody" else rows.filter(owner__ref=worker)


class TaskQuerySet(AboutAPersonQuerySet):
    def open(self) -> TaskQuerySet:
        return self.filter(status="open")

    def mine(self, user: Any) -> TaskQuerySet:
        return self.filter(owner=user)

    def of_teams(self, team_ids: list[int]) -> TaskQuerySet:
        return self.filter(team__in=team_ids)

    def overdue(self, today: date) -> TaskQuerySet:
        """Due before today; what is due today is not overdue."""
        return self.filter(due_on__lt=today)

    def concerning(self, user: Any) -> TaskQuerySet:
        """The user's own tasks, and those they asked a colleague to take."""
        return self.filter(Q(owner=user) | Q(asked_by=user))

    def in_sections(self, user: Any, today: date) -> TaskQuerySet:
        """With the part of “My work” in which each stands: waiting for others, overdue, the next 7 days, later."""
        waiting = ~Q(waiting_for="") | ~Q(owner=user)
        return self.annotate(
            section=Case(
                When(waiting, then=Value("waiting")),
                When(due_on__lt=today, then=Value("overdue")),
                When(due_on__lte=today + WEEK, then=Value("week")),
                default=Value("later"),
                output_field=CharField(),
            )
        )

    def first_of_each_section(self, number: int, today: date) -> TaskQuerySet:
        """The first rows of each part and how many there are in all, in one query."""
        order = ("due_on", "pk")
        return (
            self.annotate(
                place=Window(RowNumber(), partition_by=F("section"), order_by=order),
                in_section=Window(Count("pk"), partition_by=F("section")),
                passed=Window(Count("pk", filter=Q(due_on__lt=today)), partition_by=F("section")),
            )
            .filter(place__lte=number)
            .select_related("person", "owner", "team")
            .order_by(*order)
        )

    def for_list(self) -> TaskQuerySet:
        return self.select_related("person", "owner", "team").order_by("due_on", "pk")

    def for_page(self) -> TaskQuerySet:
        return self.select_related(
            "person", "owner", "team", "asked_by", "closed_by", "anchor", "access_list"
        )

    def for_team(self, *, risk: str = "", worker: str = "") -> TaskQuerySet:
        """A team's open tasks, narrowed by the person's risk and by who holds them (“nobody” for nobody)."""
        rows = self.select_related("person", "owner")
        if risk:
            rows = rows.filter(person__risk=risk)
        return _held_by(rows, worker)

    def counted_for_team(self, today: date) -> dict[str, int]:
        return self.aggregate(tasks=Count("pk"), tasks_hint=Count("pk", filter=Q(due_on__lt=today)))


class AnchorQuerySet(AboutAPersonQuerySet):
    def open(self) -> AnchorQuerySet:
        return self.filter(status="open")

    def to_look_at(self, today: date) -> AnchorQuerySet:
        """Reminders with a step due today or earlier: a missed night is caught up."""
        return self.open().filter(next_step_on__lte=today).order_by("next_step_on", "pk")

    def after(self, next_step_on: date, pk: int) -> AnchorQuerySet:
        """The rows behind a place in the order of the daily job."""
        return self.filter(Q(next_step_on__gt=next_step_on) | Q(next_step_on=next_step_on, pk__gt=pk))


# What a team looks at first: high risk whatever it is, then what waits or is written, by risk. Support that runs
# already, without a worker of its own, comes last.
MOST_URGENT = Case(
    When(risk="high", then=Value(0)),
    When(kind="monitoring", then=Value(3)),
    When(risk="medium", then=Value(1)),
    default=Value(2),
)


def is_quiet(day: date) -> Q:
    """Work that is allocated, with nothing noted, said or decided since a day, and no task open for the person. Support
    in place runs quietly by its nature. Tasks with a list of their own do not count: who is not on it must not be able
    to tell that there is one."""
    tasks = apps.get_model("worklist", "Task").objects
    busy = tasks.open().filter(person__isnull=False, access_list=None).values("person")
    return Q(owner__isnull=False, last_activity_on__lte=day) & ~Q(kind="monitoring") & ~Q(person__in=busy)


class WorkItemQuerySet(AboutAPersonQuerySet):
    def open(self) -> WorkItemQuerySet:
        return self.filter(closed_on=None)

    def waiting(self) -> WorkItemQuerySet:
        """In the queue: nobody works on it yet."""
        return self.filter(stage="waiting")

    def active(self) -> WorkItemQuerySet:
        return self.exclude(stage="waiting")

    def mine(self, user: Any) -> WorkItemQuerySet:
        return self.filter(owner=user)

    def of_teams(self, team_ids: list[int]) -> WorkItemQuerySet:
        return self.filter(team__in=team_ids)

    def unallocated(self) -> WorkItemQuerySet:
        """Open work that no worker holds."""
        return self.filter(owner=None)

    def quiet_since(self, day: date) -> WorkItemQuerySet:
        """Work on which nothing has happened since a day."""
        return self.filter(is_quiet(day))

    def counted_for_team(self, today: date) -> dict[str, int]:
        """How much work nobody holds, how much waits, how much is in progress, and what of it runs late."""
        waiting, free = Q(stage="waiting"), Q(owner=None)
        return self.aggregate(
            unallocated=Count("pk", filter=free),
            unallocated_hint=Count("pk", filter=free & Q(risk="high")),
            waiting=Count("pk", filter=waiting),
            waiting_hint=Count("pk", filter=waiting & Q(next_contact_on__lt=today)),
            active=Count("pk", filter=~waiting),
            active_hint=Count("pk", filter=~waiting & free),
        )

    def for_team(self, *, show: str, kind: str = "", risk: str = "", worker: str = "") -> WorkItemQuerySet:
        """One list of a team, narrowed by kind of work, risk and worker."""
        rows = {"unallocated": self.unallocated, "waiting": self.waiting, "active": self.active}[show]()
        if kind:
            rows = rows.filter(kind=kind)
        if risk:
            rows = rows.filter(risk=risk)
        return _held_by(rows.select_related("person", "owner"), worker)

    def narrowed(self, *, kind: str, stage: str, free: bool) -> WorkItemQuerySet:
        """By kind, by stage, and to what nobody holds; nothing is no filter."""
        rows = self
        if kind:
            rows = rows.filter(kind=kind)
        if stage:
            rows = rows.filter(stage=stage)
        return rows.unallocated() if free else rows

    def with_count(self) -> WorkItemQuerySet:
        """Each row with how many rows there are in all."""
        return self.annotate(in_all=Window(Count("pk")))

    def past_next_contact(self, today: date) -> WorkItemQuerySet:
        return self.filter(next_contact_on__lt=today)

    def for_list(self) -> WorkItemQuerySet:
        return self.select_related("person", "owner", "team").order_by("opened_on", "pk")


class ConversationQuerySet(AboutAPersonQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Staff who work with people, for people whose record they may open. On the own pages, the person sees every
        conversation about them; whoever acts for them those that they began themself, so that the person can write
        in confidence."""
        rows = super().visible_to(user)
        if user.is_authenticated and user.audience == user.Audience.PUBLIC:
            access = apps.get_model("people", "PortalAccess").objects.live(clock.today())
            own = Exists(access.filter(user=user, person=OuterRef("person"), relation="self"))
            return rows.filter(own | Q(begun_by=user))
        return rows if user.is_system or user.has_role(*CASE_ROLES) else rows.none()

    def waiting(self) -> Self:
        """Those that wait for our reply."""
        return self.filter(status="waiting")

    def for_list(self) -> Self:
        return self.select_related("person", "begun_by")


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> NotificationQuerySet:
        """What the user was told, and may still know of."""
        from people.models import Person

        visible = Q(person=None) | Q(person__in=Person.objects.visible_to(user).values("pk"))
        return self.filter(visible, on_my_lists(user), recipient=user)

    def in_portal(self) -> NotificationQuerySet:
        return self.filter(channel="in_app")

    def unseen(self) -> NotificationQuerySet:
        return self.filter(seen_at=None)

    def at(self, url: str) -> NotificationQuerySet:
        """The lines that lead to one page."""
        return self.filter(url=url)

    def for_list(self) -> NotificationQuerySet:
        return self.select_related("person", "task").order_by("-created_at", "-pk")
