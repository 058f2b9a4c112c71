"""What nobody has looked at: the manager hears after 4 working hours, the head of service after 1 working day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import ASSESSING_ROLES, Membership, Role, Team, User
from accounts.querysets import live_on
from audit import services as audit
from contacts import events, timescales
from contacts.models import Contact, OnlineRequest
from core import calendar, clock
from worklist import services as worklist

UNTOUCHED = "contacts.left_untouched"
MANAGER, HEAD = "told_manager_at", "told_head_at"
WHO = {
    MANAGER: ("the manager", (Role.TEAM_MANAGER,)),
    HEAD: ("the head of service", (Role.SERVICE_MANAGER, Role.DIRECTOR)),
}
BATCH = 200


def holding(team: Team, roles: Iterable[str], *, today: date) -> list[User]:
    """Who holds one of these roles for a team: in the team, else in its service, else anywhere in the council."""
    held = Membership.objects.filter(live_on(today), role__in=list(roles), user__is_active=True)
    rows = list(held.select_related("user", "team").order_by("pk"))
    for near in (
        lambda row: row.team_id == team.pk,
        lambda row: bool(team.service) and row.team.service == team.service,
        lambda row: True,
    ):
        found = {row.user_id: row.user for row in rows if near(row)}
        if found:
            return list(found.values())
    return []


def on_duty(team: Team, *, today: date) -> list[User]:
    """Those at a front door who may take a request on, and their manager: there is no rota of who is on duty."""
    return holding(team, (*ASSESSING_ROLES, Role.TEAM_MANAGER), today=today)


def tell_of_untouched(*, now: datetime) -> dict[str, int]:
    """Tell managers of each request and each contact that nobody has looked at in time. Each is told of once.

    Safe to run twice, late and beside itself: rows that another run holds are left to it.
    """
    counts = {"managers": 0, "heads": 0}
    holidays = calendar.england()
    for rows in (
        OnlineRequest.objects.to_match(),
        Contact.objects.filter(
            status__in=(Contact.Status.RECEIVED, Contact.Status.URGENT), origin="portal"
        ).order_by("received_at", "pk"),
    ):
        waiting = rows.filter(told_head_at=None)
        # Nothing younger than the shortest wait can be late.
        moment = "sent_at" if rows.model is OnlineRequest else "received_at"
        for key, since in list(waiting.values_list("pk", moment)):
            after = timescales.told_of_untouched(received_at=since, holidays=holidays)
            if now < after[0]:
                break  # they stand in the order in which they came
            told = _tell(rows, key, after, now=now)
            counts["managers"] += told[0]
            counts["heads"] += told[1]
    return counts


@transaction.atomic
def _tell(rows: Any, key: int, after: tuple[datetime, datetime], *, now: datetime) -> tuple[int, int]:
    row = (
        rows.filter(pk=key, told_head_at=None)
        .select_related("team")
        .select_for_update(of=("self",), skip_locked=True)
        .first()
    )
    if row is None:
        return 0, 0
    told = []
    for field, moment in zip((MANAGER, HEAD), after, strict=True):
        due = getattr(row, field) is None and now >= moment
        told.append(int(due))
        if due:
            setattr(row, field, now)
            _notify(row, field, now=now)
    if any(told):
        row.updated_at = now
        row.save(update_fields=[MANAGER, HEAD, "updated_at"])
    return told[0], told[1]


def _notify(row: Contact | OnlineRequest, field: str, *, now: datetime) -> None:
    words, roles = WHO[field]
    access_list = getattr(row, "access_list", None)
    for user in holding(row.team, roles, today=clock.london_date(now)):
        worklist.notify(
            template=UNTOUCHED,
            recipient=user,
            key=f"untouched:{row.ref}:{field}",
            now=now,
            person=row.person,
            url=row.get_absolute_url(),
            access_list=access_list,
        )
    audit.record(
        events.LEFT_UNTOUCHED,
        subject=row,
        person_id=row.person_id,
        by=None,
        at=now,
        access_list_id=access_list.pk if access_list else None,
        to=words,
    )
