"""The end of a plan: by a manager's decision, or because the person has died."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

import worklist.services as worklist
from accounts.models import User
from accounts.services import system_user
from core import clock, knock_ons
from people.models import Person
from support_plans import events, workflow
from support_plans.models import SupportPlan
from support_plans.services.agreeing import DISAGREED_TASK
from support_plans.services.approving import cancel_reviews, stop_watching
from support_plans.services.drafting import _record, _save


@transaction.atomic
def end_plan(
    *, plan: SupportPlan, on: date, reason: str, by: User, now: datetime, version: int | None = None
) -> SupportPlan:
    """End a plan on a day, with the reason. Its reviews and reminders stop, and its budget ends with it.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    plan = SupportPlan.objects.lock(plan.pk)
    workflow.END.apply(plan, by=by)
    plan.expect_version(version)
    if not reason.strip():
        raise ValidationError({"reason": "Write why the plan ends"})
    if on > clock.london_date(now):
        raise ValidationError(
            {"on": "The plan can end today or earlier. To end it later, do this on the day"}
        )
    if plan.active_from and on < plan.active_from:
        raise ValidationError({"on": "The plan cannot end before it started"})
    plan.ended_on, plan.end_reason, plan.next_review_on = on, reason, None
    _save(plan, now)
    worklist.close_tasks(subject_key_prefix=f"{DISAGREED_TASK}:{plan.ref}:", now=now, by=by)
    stop_watching(plan, now=now, because="the plan has ended", by=by)
    cancel_reviews(plan, now=now, begun=True)
    knock_ons.happened("support_plans.ended", plan_id=plan.pk, on=on, by=by, now=now)
    _record(events.ENDED, plan, by=by, now=now, number=plan.number, on=on)
    return plan


@transaction.atomic
def death_recorded(
    *, person_id: int, by: User, now: datetime, date_of_death: date | None = None, **_more_facts: object
) -> None:
    """Every plan of somebody who has died ends on the day of death: support, reviews and reminders with it."""
    died_on = date_of_death or Person.objects.values_list("date_of_death", flat=True).get(pk=person_id)
    on = min(died_on or clock.london_date(now), clock.london_date(now))
    live = SupportPlan.objects.filter(person=person_id, status__in=workflow.END.sources).order_by("pk")
    for plan in live.select_related("person", "team"):
        end_plan(
            plan=plan,
            on=max(on, plan.active_from) if plan.active_from else on,
            reason="The person has died",
            by=system_user(),
            now=now,
        )
