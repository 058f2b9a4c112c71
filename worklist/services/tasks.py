"""Tasks opened by other apps and by hand: opened once for each key, finished, set aside, handed to a colleague."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

import audit.services as audit
from accounts.models import AccessList, Team, User
from audit import catalogue
from audit.models import Event
from core import bulk, clock
from core.permissions import require
from people.models import Person
from worklist import events, workflow
from worklist.models import Task
from worklist.permissions import can_ask_colleague
from worklist.services.notifying import notify

ASKED = "worklist.task_asked"
# The kind of a task that a worker wrote down.
BY_HAND = "worklist.by_hand"


@transaction.atomic
def open_task(
    *,
    key: str,
    kind: str,
    title: str,
    why: str,
    person: Person,
    team: Team | None,
    owner: User | None,
    due_on: date,
    url: str,
    now: datetime,
    by: User | None = None,
    waiting_for: str = "",
    legal_on: date | None = None,
    access_list: AccessList | None = None,
) -> tuple[Task, bool]:
    """Open something a human being has to do, once for each key. Returns the task, and whether it is new.

    A key that was used by a finished task stays finished. A colleague asked by another is told.
    """
    task, made = Task.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "title": title,
            "why": why,
            "person": person,
            "team": team,
            "owner": owner,
            "asked_by": by if by and owner and by.pk != owner.pk and not by.is_system else None,
            "due_on": due_on,
            "legal_on": legal_on,
            "url": url,
            "waiting_for": waiting_for,
            "access_list": access_list,
            "created_at": now,
            "updated_at": now,
        },
    )
    if made:
        if task.asked_by_id:
            notify(
                template=ASKED,
                recipient=owner,
                key=f"task:{task.ref}:asked",
                now=now,
                person=person,
                task=task,
                url=f"/worklist/tasks/{task.ref}/",
                access_list=access_list,
            )
        _write(events.TASK_OPENED, task, by=by, now=now, due_on=due_on)
    return task, made


@transaction.atomic
def complete_task(*, task: Task, by: User, now: datetime, version: int | None = None) -> Task:
    """The task is done. Raises PermissionDenied, WrongState or StaleVersion; then nothing is changed."""
    task = Task.objects.lock(task.pk)
    task.expect_version(version)
    workflow.DONE.apply(task, by=by)
    _close(task, by=by, now=now)
    _write(events.TASK_DONE, task, by=by, now=now)
    return task


@transaction.atomic
def cancel_task(*, task: Task, reason: str, by: User, now: datetime, version: int | None = None) -> Task:
    """The task is no longer needed, and why. Raises PermissionDenied, WrongState or StaleVersion."""
    if not reason.strip():
        raise ValidationError("Say why the task is no longer needed.")
    task = Task.objects.lock(task.pk)
    task.expect_version(version)
    workflow.CANCEL.apply(task, by=by)
    _close(task, by=by, now=now)
    _write(events.TASK_CANCELLED, task, by=by, now=now, reason=reason.strip()[:200])
    return task


@transaction.atomic
def ask_colleague(
    *,
    task: Task,
    colleague: User,
    by: User,
    now: datetime,
    due_on: date | None = None,
    version: int | None = None,
) -> Task:
    """Hand a task to a colleague, who is told; it stands in the asker's list as waiting for others.

    Raises PermissionDenied, StaleVersion, or ValidationError for a colleague who may not know the person.
    """
    task = Task.objects.lock(task.pk)
    task.expect_version(version)
    require(can_ask_colleague(by, task))
    if not Task.objects.visible_to(colleague).filter(pk=task.pk).exists():
        raise ValidationError("That colleague cannot see this person’s record. Choose somebody else.")
    task.owner, task.asked_by = colleague, by
    if due_on and not task.anchor_id:
        task.due_on = due_on
    task.updated_at = now
    task.next_version()
    task.save()
    notify(
        template=ASKED,
        recipient=colleague,
        key=f"task:{task.ref}:asked:{task.version}",
        now=now,
        person=task.person,
        task=task,
        url=f"/worklist/tasks/{task.ref}/",
        access_list=task.access_list,
    )
    _write(events.TASK_ASKED, task, by=by, now=now, due_on=task.due_on, colleague=colleague.ref)
    return task


@transaction.atomic
def close_tasks(
    *,
    now: datetime,
    kind: str | None = None,
    subject_key_prefix: str | None = None,
    person: Person | None = None,
    by: User | None = None,
    because: str = "the work was recorded",
) -> int:
    """Close the open tasks of a kind, of keys that begin alike, or of a person. Returns how many.

    Raises ValueError when nothing says which.
    """
    if kind is None and subject_key_prefix is None and person is None:
        raise ValueError("Say which tasks: by kind, key prefix or person.")
    rows = Task.objects.open()
    if kind is not None:
        rows = rows.filter(kind=kind)
    if subject_key_prefix is not None:
        rows = rows.filter(key__startswith=subject_key_prefix)
    if person is not None:
        rows = rows.filter(person=person)
    return close_rows(rows, now=now, by=by, because=because)


def close_rows(
    rows: Any, *, now: datetime, by: User | None, because: str, status: str = Task.Status.DONE
) -> int:
    """Close whatever a query finds, each with its line in the trail. Within a transaction."""
    tasks = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not tasks:
        return 0
    for task in tasks:
        task.status, task.closed_at, task.closed_by, task.updated_at = status, now, by, now
        task.next_version()
    bulk.update_rows(tasks, ["status", "closed_at", "closed_by", "updated_at", "version"])
    Event.objects.bulk_create(
        [
            Event(
                at=now,
                occurred_on=clock.london_date(now),
                code=events.TASK_CLOSED,
                by=by,
                subject_type=task._meta.label_lower,
                subject_ref=task.ref,
                person_id=task.person_id,
                detail={"because": because[:200], "kind": task.kind, "what": named(task)},
                significant=catalogue.find(events.TASK_CLOSED).significant,
                access_list_id=task.access_list_id,
            )
            for task in tasks
        ]
    )
    return len(tasks)


def named(task: Task) -> str:
    """How the trail names a task: by the product's own words. What a worker typed stays on the task alone."""
    return "something a worker wrote down" if task.kind == BY_HAND else task.title


def _close(task: Task, *, by: User, now: datetime) -> None:
    task.closed_at, task.closed_by, task.updated_at = now, by, now
    task.next_version()
    task.save(update_fields=["status", "closed_at", "closed_by", "updated_at", "version"])


def _write(code: str, task: Task, *, by: User | None, now: datetime, **detail: Any) -> None:
    audit.record(
        code,
        subject=task,
        person_id=task.person_id,
        by=by,
        at=now,
        access_list_id=task.access_list_id,
        kind=task.kind,
        what=named(task),
        **detail,
    )
