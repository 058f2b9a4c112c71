"""What goes with every step of an assessment: the task it leads to, who is told, and the line in the trail."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import User
from assessments import timescales
from assessments.models import Assessment
from audit import services as audit
from core import calendar, clock, policy_settings
from worklist import services as worklist


def _due(setting: str, now: datetime) -> date:
    today = clock.london_date(now)
    days = policy_settings.value(setting, on=today)
    return timescales.due_on(from_day=today, working_days=days, holidays=calendar.england())


def ask(
    assessment: Assessment,
    what: str,
    title: str,
    *,
    owner: User | None,
    within: str,
    by: User,
    now: datetime,
    page: str = "",
) -> None:
    """A task about this assessment, due within so many working days; each round has its own."""
    worklist.open_task(
        key=f"assessment:{assessment.ref}:{what}:{assessment.version}",
        kind=f"{what}_assessment",
        title=title,
        why=assessment.get_kind_display(),
        person=assessment.person,
        team=assessment.team,
        owner=owner,
        due_on=_due(within, now),
        url=f"{assessment.get_absolute_url()}{page}",
        now=now,
        by=by,
        access_list=assessment.access_list,
    )


def done(assessment: Assessment, *, now: datetime, by: User) -> None:
    worklist.close_tasks(subject_key_prefix=f"assessment:{assessment.ref}:", now=now, by=by)


def record(code: str, assessment: Assessment, *, by: User, now: datetime, **detail: Any) -> None:
    audit.record(
        code,
        subject=assessment,
        person_id=assessment.person_id,
        by=by,
        at=now,
        access_list_id=assessment.access_list_id,
        **detail,
    )


def tell(assessment: Assessment, what: str, *, now: datetime) -> None:
    worklist.notify(
        template=f"assessments.{what}",
        recipient=assessment.assessor,
        key=f"assessment:{assessment.ref}:{what}:{assessment.version}",
        now=now,
        person=assessment.person,
        url=assessment.get_absolute_url(),
        access_list=assessment.access_list,
    )
