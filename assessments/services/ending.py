"""An assessment that ends before a decision: the person refuses it, or it is stopped."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.services import system_user
from assessments import events, workflow
from assessments.models import Assessment
from assessments.services.asking import record, tell
from audit import services as audit
from core import clock
from people.models import Person
from worklist import services as worklist
from worklist.models import WorkItem

AT_RISK = "A refusal does not count while the person is at risk of abuse or neglect (Care Act s11(2)(b))"
HAS_DIED = "The person has died"
NO_CAPACITY = (
    "A refusal does not count where the person lacks capacity to refuse and the assessment is in their best interests "
    "(Care Act s11(2)(a))"
)


def work_is_over(assessment: Assessment, *, now: datetime, by: User) -> None:
    """Off the lists; and where nothing else is open, nobody has to lead any more."""
    worklist.close_work_item(kind="assessment", subject=assessment, now=now)
    # Work that few may know of does not count: what follows here is seen by everybody.
    if not WorkItem.objects.open().filter(person=assessment.person_id, access_list=None).exists():
        worklist.close_anchor(
            rule="UNALLOCATED", subject=assessment.person, now=now, because="no work is open", by=by
        )


def _end(
    assessment: Assessment,
    *,
    reason: str,
    now: datetime,
    by: User,
    fields: list[str],
    on: date | None = None,
) -> None:
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence or two"})
    if len(reason) > 300:
        raise ValidationError({"reason": "Write at most 300 characters"})
    assessment.end_reason = reason
    assessment.ended_on = on or clock.london_date(now)
    assessment.updated_at = now
    assessment.next_version()
    assessment.save(update_fields=["status", "end_reason", "ended_on", "version", "updated_at", *fields])
    worklist.close_tasks(subject_key_prefix=f"assessment:{assessment.ref}:", now=now, by=by)
    work_is_over(assessment, now=now, by=by)


@transaction.atomic
def refuse(
    *,
    assessment: Assessment,
    reason: str,
    has_capacity: bool,
    in_best_interests: bool,
    at_risk: bool,
    version: int | None,
    by: User,
    now: datetime,
) -> Assessment:
    """The person refuses to be assessed. An adult's refusal is checked under s11(2) first; a carer's always counts.

    Raises ValidationError where the refusal does not count.
    """
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.REFUSE.apply(assessment, by=by)
    if not assessment.is_about_a_carer:
        if at_risk:
            raise ValidationError({"at_risk": AT_RISK})
        if not has_capacity and in_best_interests:
            raise ValidationError({"in_best_interests": NO_CAPACITY})
    assessment.refuser_has_capacity = has_capacity
    assessment.refuser_at_risk = at_risk
    _end(
        assessment,
        reason=reason,
        now=now,
        by=by,
        fields=["refuser_has_capacity", "refuser_at_risk"],
    )
    audit.record(
        events.REFUSED,
        subject=assessment,
        person_id=assessment.person_id,
        by=by,
        at=now,
        access_list_id=assessment.access_list_id,
        has_capacity=has_capacity,
        at_risk=at_risk,
    )
    return assessment


@transaction.atomic
def abandon(
    *, assessment: Assessment, reason: str, version: int | None, by: User, now: datetime
) -> Assessment:
    """Stop an assessment that nobody will finish, with the reason."""
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.ABANDON.apply(assessment, by=by)
    _end(assessment, reason=reason, now=now, by=by, fields=[])
    audit.record(
        events.ABANDONED,
        subject=assessment,
        person_id=assessment.person_id,
        by=by,
        at=now,
        access_list_id=assessment.access_list_id,
    )
    return assessment


@transaction.atomic
def end_by_death(
    *, assessment: Assessment, by: User, now: datetime, version: int | None = None, on: date | None = None
) -> Assessment:
    """The person has died: whatever waits in the assessment ends, on the day of death. The machine alone does this."""
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.DEATH.apply(assessment, by=by)
    today = clock.london_date(now)
    _end(
        assessment,
        reason=HAS_DIED,
        now=now,
        by=by,
        fields=[],
        on=max(min(on or today, today), assessment.started_on or assessment.requested_on),
    )
    tell(assessment, "ended_by_death", now=now)
    record(events.ENDED_BY_DEATH, assessment, by=by, now=now, kind=assessment.get_kind_display())
    return assessment


def death_recorded(*, person_id: int, by: User, now: datetime, **_more_facts: object) -> None:
    """Every open assessment of somebody who has died ends. One that was decided already stands."""
    died_on = Person.objects.values_list("date_of_death", flat=True).get(pk=person_id)
    for assessment in Assessment.objects.open().filter(person=person_id).order_by("pk"):
        end_by_death(assessment=assessment, by=system_user(), now=now, on=died_on)
