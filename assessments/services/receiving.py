"""An assessment is asked for, taken on, given to somebody, and begun."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Role, Team, User
from assessments import events, workflow
from assessments.models import Assessment
from assessments.permissions import NOT_AN_ASSESSOR, can_assign, can_request, can_write, may_assess_in
from audit import services as audit
from contacts import services as contacts
from contacts.models import Contact, Handover
from contacts.permissions import can_answer_handover
from core import clock
from core.permissions import require
from core.workflow import WrongState
from people.models import Allocation, Person
from worklist import services as worklist

UNALLOCATED = "UNALLOCATED"

KINDS = {
    Handover.Kind.ASSESSMENT: Assessment.Kind.NEEDS,
    Handover.Kind.CARER_ASSESSMENT: Assessment.Kind.CARER,
}


def _open(
    *,
    person: Person,
    team: Team,
    kind: str,
    requested_on: date,
    assessor: User | None,
    contact: Contact | None,
    now: datetime,
) -> Assessment:
    """Make the record, put it on the waiting list from the day it was asked for, and watch that somebody leads."""
    assessment = Assessment(
        person=person,
        team=team,
        kind=kind,
        requested_on=requested_on,
        assessor=assessor,
        contact=contact,
        access_list=contact.access_list if contact else None,
        created_at=now,
        updated_at=now,
    )
    assessment.previous = Assessment.objects.before(assessment).first()
    assessment.save()
    worklist.open_work_item(
        person=person,
        kind="assessment",
        subject=assessment,
        url=assessment.get_absolute_url(),
        team=team,
        owner=assessor,
        now=now,
        risk=(contact.risk if contact else "") or person.risk,
        access_list=assessment.access_list,
        opened_on=requested_on,
    )
    today = clock.london_date(now)
    leads = Allocation.objects.live(today).filter(
        person=person, role=Allocation.Role.LEAD, worker__isnull=False
    )
    if not leads.exists():
        worklist.set_anchor(
            rule=UNALLOCATED,
            subject=person,
            cycle=today.isoformat(),
            on=today,
            person=person,
            team=team,
            owner=None,
            url=person.get_absolute_url(),
            now=now,
            access_list=person.access_list,
        )
    return assessment


def _tell_assessor(assessment: Assessment, *, by: User, now: datetime) -> None:
    if assessment.assessor and assessment.assessor_id != by.pk:
        worklist.notify(
            template="assessments.assigned",
            recipient=assessment.assessor,
            key=f"assessment:{assessment.ref}:assigned:{now.isoformat()}",
            now=now,
            person=assessment.person,
            url=assessment.get_absolute_url(),
            access_list=assessment.access_list,
        )


@transaction.atomic
def request_assessment(
    *, person: Person, team: Team, kind: str, by: User, now: datetime, contact: Contact | None = None
) -> Assessment:
    """Ask for an assessment without a hand-over: after a review, or for a carer. Nobody is asked for twice at a time.

    Raises PermissionDenied, and ValidationError where one of the kind is open already.
    """
    require(can_request(by))
    Person.objects.lock(person.pk)
    if Assessment.objects.open().filter(person=person, kind=kind).exists():
        raise ValidationError(
            "An assessment of this kind is already open for this person. Go on with that one."
        )
    assessment = _open(
        person=person,
        team=team,
        kind=kind,
        requested_on=clock.london_date(now),
        assessor=None,
        contact=contact,
        now=now,
    )
    audit.record(
        events.REQUESTED,
        subject=assessment,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=assessment.access_list_id,
        kind=assessment.get_kind_display(),
    )
    return assessment


@transaction.atomic
def accept_handover(*, handover: Handover, assessor: User | None, by: User, now: datetime) -> Assessment:
    """The receiving team takes a hand-over on. A manager chooses who assesses; a worker takes it on in person.

    Raises PermissionDenied, WrongState, or ValidationError for somebody who does not assess in the team.
    """
    require(can_answer_handover(by, handover))
    if handover.kind not in KINDS:
        raise ValidationError("This hand-over does not ask for an assessment.")
    if handover.status != Handover.Status.OPEN:
        raise WrongState(f"This hand-over is already “{handover.get_status_display()}”.")
    _check_assessor(assessor, handover.to_team, by)
    assessment = _open(
        person=handover.person,
        team=handover.to_team,
        kind=KINDS[Handover.Kind(handover.kind)],
        requested_on=clock.london_date(handover.contact.received_at),
        assessor=assessor,
        contact=handover.contact,
        now=now,
    )
    contacts.handover_accepted(handover=handover, result_url=assessment.get_absolute_url(), by=by, now=now)
    _tell_assessor(assessment, by=by, now=now)
    audit.record(
        events.ACCEPTED,
        subject=assessment,
        person_id=assessment.person_id,
        by=by,
        at=now,
        access_list_id=assessment.access_list_id,
        kind=assessment.get_kind_display(),
        team=assessment.team.name,
    )
    return assessment


def _check_assessor(assessor: User | None, team: Team, by: User) -> None:
    if assessor is None:
        return
    if not may_assess_in(assessor, team):
        raise ValidationError({"assessor": NOT_AN_ASSESSOR})
    if assessor.pk != by.pk and not by.has_role(Role.TEAM_MANAGER, team=team):
        raise ValidationError(
            {"assessor": "Only the team’s manager gives work to a colleague. Choose yourself"}
        )


@transaction.atomic
def assign(
    *, assessment: Assessment, assessor: User, version: int | None, by: User, now: datetime
) -> Assessment:
    """Give an open assessment to somebody of the team."""
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    require(can_assign(by, assessment))
    if assessment.status not in Assessment.OPEN or assessment.status == Assessment.Status.SUBMITTED:
        raise WrongState(
            f"The assessment is now “{assessment.get_status_display()}”, so it keeps its assessor."
        )
    _check_assessor(assessor, assessment.team, by)

    assessment.assessor = assessor
    assessment.updated_at = now
    assessment.next_version()
    assessment.save(update_fields=["assessor", "version", "updated_at"])

    worklist.move_work_item(kind="assessment", subject=assessment, now=now, owner=assessor)
    _tell_assessor(assessment, by=by, now=now)
    audit.record(
        events.ASSIGNED,
        subject=assessment,
        person_id=assessment.person_id,
        by=by,
        at=now,
        access_list_id=assessment.access_list_id,
        assessor=assessor.name,
    )
    return assessment


@transaction.atomic
def start(
    *,
    assessment: Assessment,
    assessor: User,
    method: str,
    by: User,
    now: datetime,
    version: int | None = None,
) -> Assessment:
    """Begin: who assesses, and in which way (care-act.md 4.1)."""
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    workflow.START.apply(assessment, by=by)
    if method not in Assessment.Method:
        raise ValidationError({"method": "Choose how the assessment is done"})
    if not may_assess_in(assessor, assessment.team):
        raise ValidationError({"assessor": NOT_AN_ASSESSOR})

    assessment.assessor = assessor
    assessment.method = method
    assessment.started_on = clock.london_date(now)
    assessment.updated_at = now
    assessment.next_version()
    assessment.save(update_fields=["status", "assessor", "method", "started_on", "version", "updated_at"])

    worklist.move_work_item(kind="assessment", subject=assessment, now=now, stage="active", owner=assessor)
    _tell_assessor(assessment, by=by, now=now)
    audit.record(
        events.STARTED,
        subject=assessment,
        person_id=assessment.person_id,
        by=by,
        at=now,
        access_list_id=assessment.access_list_id,
        kind=assessment.get_kind_display(),
        method=method,
    )
    return assessment


@transaction.atomic
def change_method(
    *, assessment: Assessment, method: str, version: int | None, by: User, now: datetime
) -> Assessment:
    """Assess in another way, for example as a supported self-assessment when the person wants it (SI 2014/2827
    reg 2)."""
    assessment = Assessment.objects.lock(assessment.pk)
    assessment.expect_version(version)
    require(can_write(by, assessment))
    if not assessment.is_editable:
        raise WrongState(f"The assessment is now “{assessment.get_status_display()}”.")
    if method not in Assessment.Method:
        raise ValidationError({"method": "Choose how the assessment is done"})
    before = assessment.get_method_display()

    assessment.method = method
    assessment.updated_at = now
    assessment.next_version()
    assessment.save(update_fields=["method", "version", "updated_at"])

    audit.record(
        events.METHOD_CHANGED,
        subject=assessment,
        person_id=assessment.person_id,
        by=by,
        at=now,
        access_list_id=assessment.access_list_id,
        before=before,
        after=assessment.get_method_display(),
    )
    return assessment
