"""The targets of a case: one runs at each stage. Passing it asks for a reason, and changes nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import User
from core import calendar, clock
from safeguarding import timescales
from safeguarding.models import Concern
from worklist import services as worklist
from worklist.services.rules import RuleBook

SCREEN, SCREEN_NOW, DECISION = "SG_SCREEN", "SG_SCREEN_NOW", "SG_DECISION"
PLANNING, PLANNING_URGENT, ENQUIRY = "SG_PLANNING", "SG_PLANNING_URGENT", "SG_ENQUIRY"
OUTCOMES, PLAN_REVIEW, FEEDBACK, CAUSED = "SG_OUTCOMES", "SG_PLAN_REVIEW", "SG_FEEDBACK", "SG_CAUSED"
OF_STAGES = (SCREEN, SCREEN_NOW, DECISION, PLANNING, PLANNING_URGENT, ENQUIRY, OUTCOMES, PLAN_REVIEW)


def day_received(concern: Concern) -> date:
    return timescales.counts_from(
        received_at=concern.received_at,
        immediate_danger=concern.immediate_danger,
        holidays=calendar.england(),
    )


def run(concern: Concern, rule: str, *, on: date, now: datetime, cycle: str = "") -> None:
    """Let the target of a stage run from a day, in place of the one before. Within a transaction, before saving."""
    stop(concern, now=now, but=rule)
    concern.rule = rule
    concern.due_on = RuleBook.load(holidays=calendar.england()).dates(rule, on).due_on
    remind(concern, rule, on=on, now=now, cycle=cycle)


def remind(
    concern: Concern, rule: str, *, on: date, now: datetime, cycle: str = "", subject: Any = None
) -> None:
    """Reminders by a rule, for those on the list alone. Without a record to hang them on there are none yet: the
    concern stands in the duty list, and raises its hand by itself."""
    if concern.person is None:
        return
    worklist.set_anchor(
        rule=rule,
        subject=subject or concern,
        cycle=f"{cycle or concern.round}:{concern.person.ref}",
        on=on,
        person=concern.person,
        team=concern.team,
        owner=_owner(concern, rule),
        url=concern.get_absolute_url(),
        now=now,
        access_list=concern.access_list,
    )


def _owner(concern: Concern, rule: str) -> User | None:
    return concern.lead if rule in (ENQUIRY, OUTCOMES, PLAN_REVIEW, CAUSED) else None


def stop(concern: Concern, *, now: datetime, but: str = "", by: User | None = None) -> None:
    """No target of a stage runs any more, but perhaps one."""
    concern.rule, concern.due_on = "", None
    for rule in OF_STAGES:
        if rule != but:
            worklist.close_anchor(rule=rule, subject=concern, now=now, because="the case moved on", by=by)


def ask_for_feedback(concern: Concern, *, now: datetime) -> None:
    """After an ending: the adult and whoever reported it hear within five working days, unless they have."""
    if not concern.was_told_all:
        remind(concern, FEEDBACK, on=clock.london_date(now), now=now)


def open_item(concern: Concern, *, now: datetime) -> None:
    """The case on the lists of work, for those on its list alone."""
    if concern.person is None or concern.team is None:
        return
    worklist.open_work_item(
        person=concern.person,
        kind="safeguarding",
        subject=concern,
        url=concern.get_absolute_url(),
        team=concern.team,
        owner=concern.lead,
        now=now,
        risk=concern.risk or None,
        complexity=4,
        access_list=concern.access_list,
        opened_on=clock.london_date(concern.received_at),
    )


def close_item(concern: Concern, *, now: datetime) -> None:
    worklist.close_work_item(kind="safeguarding", subject=concern, now=now)
