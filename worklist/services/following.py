"""What follows here from events in people: work follows the allocation, and a death stops what is no longer owed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

import audit.services as audit
from accounts.models import User
from core import calendar, clock
from people.models import Allocation, Person
from worklist import events
from worklist.models import Anchor, Task, WorkItem
from worklist.services.anchors import close_all, set_anchor
from worklist.services.conversing import end_conversations
from worklist.services.notifying import notify
from worklist.services.rules import RuleBook
from worklist.services.tasks import close_rows

UNALLOCATED, DECEASED_CLOSE = "UNALLOCATED", "DECEASED_CLOSE"
ALLOCATED = "worklist.allocated"
# Work that stays with who does it, whoever the named worker is: the front door, reablement, safeguarding.
STAYS = (WorkItem.Kind.CONTACT, WorkItem.Kind.REABLEMENT, WorkItem.Kind.SAFEGUARDING)
# Money and safeguarding go on after a death (domain/reviews-and-reminders.md 1).
SURVIVING_TASKS = ("finance", "direct_payment", "safeguarding", "budget", "deceased")
SURVIVING_WORK = (WorkItem.Kind.SAFEGUARDING, WorkItem.Kind.BUDGET_REVIEW)


@transaction.atomic
def follow_allocation(
    *, person_id: int, team_id: int | None, worker_id: int | None, by: User, now: datetime, **_: Any
) -> dict[str, int]:
    """The person has a new named worker, or a team alone: open work of the one before goes with them.

    Approvals, the front door, and work held by somebody who was not the named worker stay where they are. Without a
    worker the reminder “nobody is allocated” begins; with one it stops.
    """
    person = Person.objects.get(pk=person_id)
    before = (
        Allocation.objects.filter(person=person, role=Allocation.Role.LEAD, valid_to__isnull=False)
        .exclude(worker=worker_id)
        .order_by("-valid_to", "-pk")
        .values_list("worker", flat=True)
        .first()
    )
    book = RuleBook.load(holidays=calendar.england())
    followers = [code for code, rules in book.rules.items() if "owner" in rules[0].audience]
    theirs = Q(owner=None) | Q(owner=before) if before else Q(owner=None)

    anchors = Anchor.objects.open().filter(theirs, person=person, rule_code__in=followers)
    moved_anchors = anchors.update(owner=worker_id, team=team_id, updated_at=now)
    tasks = Task.objects.open().filter(theirs, person=person, waiting_for="")
    tasks = tasks.filter(Q(anchor=None, owner__isnull=False) | Q(kind__in=followers))
    moved_tasks = tasks.update(owner=worker_id, team=team_id, updated_at=now)
    items = WorkItem.objects.open().filter(theirs, person=person).exclude(kind__in=STAYS)
    facts: dict[str, Any] = {
        "owner": worker_id,
        "last_activity_on": clock.london_date(now),
        "updated_at": now,
    }
    moved_items = items.update(**facts, **({"team": team_id} if team_id else {}))

    if worker_id:
        close_all(
            Anchor.objects.open().filter(rule_code=UNALLOCATED, person=person),
            now=now,
            because="allocated",
            by=by,
        )
        if worker_id != by.pk:
            notify(
                template=ALLOCATED,
                recipient=User.objects.get(pk=worker_id),
                key=f"allocated:{person.ref}:{now.isoformat()}",
                now=now,
                person=person,
                url=person.get_absolute_url(),
                access_list=person.access_list,
            )
    elif team_id and moved_items:
        allocation = (
            Allocation.objects.filter(person=person, team=team_id, valid_to=None).order_by("-pk").first()
        )
        set_anchor(
            rule=UNALLOCATED,
            subject=person,
            cycle=clock.london_date(now).isoformat(),
            on=clock.london_date(now),
            person=person,
            team=allocation.team if allocation else None,
            owner=None,
            url=person.get_absolute_url(),
            now=now,
            access_list=person.access_list,
        )
    audit.record(
        events.WORK_FOLLOWED,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        reminders=moved_anchors,
        tasks=moved_tasks,
        items=moved_items,
    )
    return {"reminders": moved_anchors, "tasks": moved_tasks, "items": moved_items}


@transaction.atomic
def death_recorded(*, person_id: int, by: User, now: datetime, **_: Any) -> int:
    """A death stops every reminder, task, conversation and piece of work except those of money and safeguarding, and
    begins the reminder to end services. Returns how many reminders stopped."""
    person = Person.objects.get(pk=person_id)
    book = RuleBook.load(holidays=calendar.england())
    survive = book.codes_that_survive_death()
    stopped = close_all(
        Anchor.objects.open().filter(person=person).exclude(rule_code__in=survive),
        now=now,
        because="the person has died",
        by=by,
    )
    tasks = Task.objects.open().filter(person=person, anchor=None)
    for prefix in SURVIVING_TASKS:
        tasks = tasks.exclude(kind__istartswith=prefix)
    close_rows(tasks, now=now, by=by, because="the person has died", status=Task.Status.CANCELLED)
    end_conversations(person=person, by=by, now=now)
    had_work = WorkItem.objects.open().filter(person=person).exclude(kind__in=SURVIVING_WORK)
    lead = Allocation.objects.lead_of(person, on=clock.london_date(now))
    if had_work.exists() or lead:
        set_anchor(
            rule=DECEASED_CLOSE,
            subject=person,
            on=clock.london_date(now),
            person=person,
            team=lead.team if lead else None,
            owner=lead.worker if lead else None,
            url=person.get_absolute_url(),
            now=now,
            access_list=person.access_list,
        )
    had_work.update(closed_on=clock.london_date(now), updated_at=now)
    audit.record(
        events.REMINDERS_STOPPED,
        subject=person,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        because="the person has died",
        reminders=stopped,
    )
    return stopped
