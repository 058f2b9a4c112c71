"""What happens by itself: those on duty are told, reporters are answered, nothing waits unseen, a death is noticed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from accounts.models import User
from core import calendar, clock, outbox, policy_settings
from core.models import Outbox
from safeguarding import events, timescales
from safeguarding.models import Concern
from safeguarding.services import knowing
from safeguarding.services.acting import record
from worklist import services as worklist

ACKNOWLEDGE = "safeguarding.acknowledge"
NEW, UNTOUCHED = "safeguarding.new", "safeguarding.untouched"
SUBJECT = "We have received your message"
BODY = (
    "Hello\n\n"
    "{council} has received your message. Somebody will read it.\n\n"
    "For everybody’s safety this e-mail says nothing about what you wrote, and please do not answer it.\n"
    "If somebody is in danger, ring 999.\n"
)


def received(row: Outbox) -> None:
    """After the commit: tell everybody on the list of a new concern, and answer whoever reported it. Safe to repeat."""
    concern = Concern.objects.select_related("access_list").filter(ref=row.payload["concern"]).first()
    if concern is None:
        return
    members = concern.access_list.members.live_on(clock.today()).select_related("user").order_by("pk")
    for member in members:
        _notify(concern, member.user, template=NEW, key="new", now=clock.now())
    if concern.referrer_email:
        outbox.emit(
            ACKNOWLEDGE,
            key=f"{ACKNOWLEDGE}:{concern.ref}",
            payload={"concern": concern.ref},
            access_list_id=concern.access_list_id,
        )


def acknowledge(row: Outbox) -> None:
    """The e-mail to whoever reported it: neutral words, and nothing of what they said."""
    concern = Concern.objects.filter(ref=row.payload["concern"]).exclude(referrer_email="").first()
    if concern is None:
        return
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    EmailMessage(
        SUBJECT,
        BODY.format(council=settings.COUNCIL_NAME),
        to=[concern.referrer_email],
        headers={"Message-ID": f"<{row.pk}.received@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()


def _notify(concern: Concern, user: User, *, template: str, key: str, now: datetime) -> None:
    worklist.notify(
        template=template,
        recipient=user,
        key=f"safeguarding:{concern.ref}:{key}",
        now=now,
        url=concern.get_absolute_url(),
        access_list=concern.access_list,
    )


def raise_untouched(*, now: datetime) -> None:
    """Bring every concern that nobody has looked at to the duty manager after four working hours, and to the head of
    service after one working day. Safe to run twice; each is told once."""
    today = clock.london_date(now)
    hours = policy_settings.value(timescales.UNTOUCHED_HOURS, on=today)
    days = policy_settings.value(timescales.UNTOUCHED_DAYS, on=today)
    holidays = calendar.england()
    waiting = Concern.objects.new().filter(head_told_at=None).order_by("received_at", "pk")
    for pk, received_at, manager_told_at in waiting.values_list("pk", "received_at", "manager_told_at"):
        to_manager = manager_told_at is None and now >= timescales.working_hours_after(
            received_at, hours, holidays
        )
        to_head = now >= timescales.working_days_after(received_at, days, holidays)
        if to_manager or to_head:
            _raise_hand(pk, to_manager=to_manager, to_head=to_head, now=now)


@transaction.atomic
def _raise_hand(pk: int, *, to_manager: bool, to_head: bool, now: datetime) -> None:
    concern: Concern = Concern.objects.lock(pk)
    if concern.status != Concern.Status.CONCERN_RECEIVED:
        return
    knowing.bring_up_to_date(concern, now=now)
    if to_manager and concern.manager_told_at is None:
        for user in knowing.duty_managers(concern):
            _notify(concern, user, template=UNTOUCHED, key="untouched", now=now)
        concern.manager_told_at = now
        record(events.ESCALATED, concern, by=None, now=now, to="duty manager")
    if to_head and concern.head_told_at is None:
        for user in knowing.heads_on_list(concern):
            _notify(concern, user, template=UNTOUCHED, key="untouched-head", now=now)
        concern.head_told_at = now
        record(events.ESCALATED, concern, by=None, now=now, to="head of service")
    concern.save(update_fields=["manager_told_at", "head_told_at"])


@transaction.atomic
def death_recorded(*, person_id: int, by: User, now: datetime, **_: Any) -> None:
    """A death closes no case: those who know of one are asked to consider a review (s44) before it is closed."""
    for concern in (
        Concern.objects.open().filter(person=person_id).order_by("pk").select_for_update(of=("self",))
    ):
        if concern.sar_considered or concern.person is None:
            continue
        worklist.open_task(
            key=f"safeguarding:{concern.ref}:review",
            kind="safeguarding.review",
            title="Consider a safeguarding adults review",
            why="The person has died. The case stays open until this is considered (Care Act s44)",
            person=concern.person,
            team=concern.team,
            owner=None,
            due_on=calendar.add_working_days(clock.london_date(now), 5, calendar.england()),
            url=concern.get_absolute_url(),
            now=now,
            access_list=concern.access_list,
        )
        record(events.DEATH_NOTED, concern, by=None, now=now)
