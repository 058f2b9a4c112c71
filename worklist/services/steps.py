"""What the rules ask for on a day, done for many reminders at once: tasks made, audiences told, managers brought in.

Used when an anchor is set and by the daily job. The number of queries does not grow with the number of reminders.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import ASSESSING_ROLES, CASE_ROLES, AccessListMember, Membership, Role
from accounts.querysets import live_on
from audit import catalogue
from audit.models import Event
from core import bulk, clock, outbox
from core.crash import crash_point
from core.models import Outbox
from people.authority import Part
from people.models import PortalAccess
from worklist import delivery, events
from worklist.models import Anchor, Notification, Rule, Task
from worklist.services.rules import RuleBook
from worklist.timescales import RED, Step, next_step

# The steps of escalation name roles; what each is called in a sentence.
ESCALATES_TO = {
    "team_manager": "team manager",
    "service_manager": "service manager",
    "safeguarding_manager": "safeguarding adults manager",
    RED: "managers’ page",
}
DUE, LATE, PERSON_DUE = "worklist.task_due", "worklist.task_escalated", "worklist.something_for_you"
FOR_TEAM = "worklist.task_for_team"
# Audiences that are a team rather than somebody. There is no rota of who is on duty, so duty is whoever may take it
# on: those of the team who assess, and their manager (domain/care-act.md 1: the duty worker screens).
OF_TEAM: dict[str, frozenset[str]] = {
    "duty": ASSESSING_ROLES | {Role.TEAM_MANAGER},
    "team": CASE_ROLES,
}


def task_key(anchor: Anchor) -> str:
    """What makes the task one, however often a job runs. Names the record by reference only."""
    return f"{anchor.rule_code}:{anchor.subject_ref}:{anchor.cycle}"


def event(code: str, anchor: Anchor, *, by: Any, now: datetime, **detail: Any) -> Event:
    """A line for the trail about the record an anchor hangs on, not yet saved."""
    return Event(
        at=now,
        occurred_on=clock.london_date(now),
        code=code,
        by=by,
        subject_type=anchor.subject_type,
        subject_ref=anchor.subject_ref,
        person_id=anchor.person_id,
        detail=detail,
        significant=catalogue.find(code).significant,
        access_list_id=anchor.access_list_id,
    )


def write_events(lines: Sequence[Event]) -> None:
    Event.objects.bulk_create(lines, batch_size=1000)


@dataclass
class Audiences:
    """Who is behind an audience or a role, for a whole batch: read once."""

    people: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    managers: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    anywhere: dict[str, list[int]] = field(default_factory=dict)
    services: dict[int, str] = field(default_factory=dict)
    of_service: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    listed: dict[int, set[int]] = field(default_factory=dict)

    @classmethod
    def load(cls, anchors: Collection[Anchor], *, roles: set[str], portal: bool, today: date) -> Audiences:
        found = cls()
        if roles:
            rows = Membership.objects.filter(live_on(today), role__in=roles, user__is_active=True)
            for user, team, role, service in rows.order_by("pk").values_list(
                "user", "team", "role", "team__service"
            ):
                found.managers.setdefault((team, role), []).append(user)
                found.anywhere.setdefault(role, []).append(user)
                if service:
                    found.of_service.setdefault((service, role), []).append(user)
        if portal:
            access = PortalAccess.objects.live(today).covering(Part.CARE)
            access = access.filter(person__in={anchor.person_id for anchor in anchors}, user__is_active=True)
            for person, relation, user in access.order_by("pk").values_list("person", "relation", "user"):
                audience = "carer" if relation == PortalAccess.Relation.CARER else "person"
                found.people.setdefault((person, audience), []).append(user)
        lists = {anchor.access_list_id for anchor in anchors if anchor.access_list_id}
        if lists:
            members = AccessListMember.objects.filter(live_on(today), access_list__in=lists)
            for access_list, user in members.values_list("access_list", "user"):
                found.listed.setdefault(access_list, set()).add(user)
        return found

    def allowed(self, anchor: Anchor, users: list[int]) -> list[int]:
        """Those of them who may know: all, or those on the anchor's access list."""
        if anchor.access_list_id is None:
            return users
        return [user for user in users if user in self.listed.get(anchor.access_list_id, set())]

    def holding(self, role: str, anchor: Anchor) -> list[int]:
        """Who holds a role for an anchor's team: in the team, else in its service, else anywhere, so that somebody is
        always told."""
        in_team = self.managers.get((anchor.team_id or 0, role))
        if in_team:
            return in_team
        service = anchor.team.service if anchor.team else ""
        return self.of_service.get((service, role)) or self.anywhere.get(role, [])

    def of_team(self, audience: str, anchor: Anchor) -> list[int]:
        """Those of the anchor's team behind “duty” or “team”; where the team has nobody, the manager who is nearest."""
        holders = (self.managers.get((anchor.team_id or 0, role), []) for role in sorted(OF_TEAM[audience]))
        found = dict.fromkeys(user for users in holders for user in users)
        return list(found) or self.holding(Role.TEAM_MANAGER, anchor)


@dataclass
class Work:
    """What is to be written for a batch."""

    tasks: list[Task] = field(default_factory=list)
    changed: dict[int, Task] = field(default_factory=dict)
    notifications: list[Notification] = field(default_factory=list)
    mailed: dict[int, None] = field(default_factory=dict)
    lines: list[Event] = field(default_factory=list)


def take(
    anchors: Sequence[Anchor], *, today: date, now: datetime, book: RuleBook, tell: bool = True
) -> dict[str, int]:
    """Do every step due today or earlier, and say when each anchor must be looked at next.

    The caller holds the rows' locks in a transaction. Of several steps missed, the audience hears of the last one.
    """
    rules = {anchor.pk: book.find(anchor.rule_code, anchor.on) for anchor in anchors}
    pending = {
        anchor.pk: [
            step
            for step in book.dates(anchor.rule_code, anchor.on).steps
            if step.on <= today and step.code not in anchor.steps_done
        ]
        for anchor in anchors
    }
    roles = {step.to for steps in pending.values() for step in steps if step.to and step.to != RED}
    roles |= {role for rule in rules.values() for role in rule.audience if role in Role.values}
    roles |= {role for rule in rules.values() for part in rule.audience for role in OF_TEAM.get(part, ())}
    portal = tell and any({"person", "carer"} & set(rule.audience) for rule in rules.values())
    audiences = Audiences.load(anchors, roles=roles if tell else set(), portal=portal, today=today)
    present = {
        task.key: task for task in Task.objects.filter(key__in=[task_key(anchor) for anchor in anchors])
    }

    work = Work()
    for anchor in anchors:
        if not pending[anchor.pk]:
            continue
        task = _task_for(anchor, rules[anchor.pk], present.get(task_key(anchor)), work, now)
        if task.status == Task.Status.OPEN:
            _escalate(anchor, task, pending[anchor.pk], work, now)
            if tell:
                _tell(anchor, task, rules[anchor.pk], pending[anchor.pk], audiences, work, now)
        anchor.steps_done = [*anchor.steps_done, *(step.code for step in pending[anchor.pk])]
    for anchor in anchors:
        steps = book.dates(anchor.rule_code, anchor.on).steps
        anchor.next_step_on = next_step(steps, anchor.steps_done)
        anchor.updated_at = now
    _write(anchors, work, today=today, now=now)
    escalated = sum(line.code == events.TASK_ESCALATED for line in work.lines)
    return {"tasks": len(work.tasks), "told": len(work.notifications), "escalated": escalated}


def _task_for(anchor: Anchor, rule: Rule, present: Task | None, work: Work, now: datetime) -> Task:
    """The anchor's task: the one there is, opened again when the fact came back, or a new one."""
    if present:
        if present.status != Task.Status.OPEN and present.closed_at and anchor.updated_at > present.closed_at:
            present.status, present.closed_at, present.closed_by = Task.Status.OPEN, None, None
            present.due_on, present.legal_on = anchor.due_on, anchor.legal_on
            present.owner_id, present.team_id = anchor.owner_id, anchor.team_id
            work.changed[present.pk] = present
        return present
    task = Task(
        key=task_key(anchor),
        kind=anchor.rule_code,
        title=rule.title,
        why=rule.why,
        person_id=anchor.person_id,
        anchor=anchor,
        team_id=anchor.team_id,
        owner_id=anchor.owner_id,
        due_on=anchor.due_on,
        legal_on=anchor.legal_on,
        url=anchor.url,
        access_list_id=anchor.access_list_id,
        created_at=now,
        updated_at=now,
    )
    work.tasks.append(task)
    work.lines.append(
        event(
            events.TASK_OPENED,
            anchor,
            by=None,
            now=now,
            rule=anchor.rule_code,
            what=rule.title,
            due_on=str(anchor.due_on),
        )
    )
    return task


def _escalate(anchor: Anchor, task: Task, steps: Sequence[Step], work: Work, now: datetime) -> None:
    reached = [step for step in steps if step.is_escalation]
    if not reached:
        return
    task.escalated_to = reached[-1].to
    if task.pk:
        work.changed[task.pk] = task
    to = ESCALATES_TO.get(reached[-1].to, reached[-1].to.replace("_", " "))
    work.lines.append(
        event(events.TASK_ESCALATED, anchor, by=None, now=now, rule=anchor.rule_code, what=task.title, to=to)
    )


def _tell(
    anchor: Anchor,
    task: Task,
    rule: Rule,
    steps: Sequence[Step],
    audiences: Audiences,
    work: Work,
    now: datetime,
) -> None:
    """One message for each recipient: a manager who is also the owner hears once. What somebody holds already is no
    longer a matter of whoever is on duty."""
    told: dict[int, tuple[str, Step]] = {}
    tellings = [step for step in steps if not step.is_escalation]
    if tellings:
        for audience in rule.audience:
            if audience in ("person", "carer"):
                for user in audiences.people.get((anchor.person_id, audience), []):
                    told.setdefault(user, (PERSON_DUE, tellings[-1]))
            elif audience in Role.values:
                for user in audiences.holding(audience, anchor):
                    told.setdefault(user, (DUE, tellings[-1]))
            elif audience in OF_TEAM and not (audience == "duty" and anchor.owner_id):
                for user in audiences.of_team(audience, anchor):
                    told.setdefault(user, (FOR_TEAM, tellings[-1]))
            elif anchor.owner_id:
                told.setdefault(anchor.owner_id, (DUE, tellings[-1]))
    for step in steps:
        if step.is_escalation and step.to != RED:
            for user in audiences.holding(step.to, anchor):
                told.setdefault(user, (LATE, step))
    for user in audiences.allowed(anchor, list(told)):
        template, step = told[user]
        work.notifications.append(
            Notification(
                key=f"{anchor.pk}:{step.code}:{user}",
                template=template,
                channel=Notification.Channel.IN_APP,
                recipient_id=user,
                person_id=anchor.person_id,
                task=task if template != PERSON_DUE else None,
                url=anchor.url if template != PERSON_DUE else "/my/",
                status=Notification.Status.SENT,
                created_at=now,
                sent_at=now,
                access_list_id=anchor.access_list_id,
            )
        )
        work.mailed[user] = None


def _write(anchors: Sequence[Anchor], work: Work, *, today: date, now: datetime) -> None:
    Task.objects.bulk_create(work.tasks, batch_size=1000)
    bulk.update_rows(
        list(work.changed.values()),
        ["status", "closed_at", "closed_by", "due_on", "legal_on", "owner", "team", "escalated_to"],
    )
    crash_point("reminders.after_task")
    for notification in work.notifications:
        notification.task_id = notification.task.pk if notification.task else None
    Notification.objects.bulk_create(work.notifications, ignore_conflicts=True, batch_size=1000)
    daily_mail(list(work.mailed), today=today, now=now)
    write_events(work.lines)
    bulk.update_rows(anchors, ["steps_done", "next_step_on", "updated_at"])


def daily_mail(users: Sequence[int], *, today: date, now: datetime) -> None:
    """One e-mail a day for each recipient, however many reminders: it only says that there is something to see."""
    if not users:
        return
    mails = [
        Notification(
            key=f"daily:{user}:{today.isoformat()}",
            template=delivery.DAILY,
            channel=Notification.Channel.EMAIL,
            recipient_id=user,
            created_at=now,
        )
        for user in users
    ]
    keys = [mail.key for mail in mails]
    Notification.objects.bulk_create(mails, ignore_conflicts=True, batch_size=1000)
    refs = Notification.objects.filter(
        Q(key__in=keys), status=Notification.Status.WAITING, channel=Notification.Channel.EMAIL
    ).values_list("ref", flat=True)
    moment = clock.real_now()
    Outbox.objects.bulk_create(
        [
            Outbox(
                kind=delivery.KIND,
                key=f"{delivery.KIND}:{ref}",
                payload={"notification": ref},
                created_at=moment,
                due_at=moment,
            )
            for ref in refs
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )
    transaction.on_commit(outbox.nudge, robust=True)
