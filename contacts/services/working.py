"""A contact from the moment it came in: screened, passed on, closed; and the hand-over answered."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Team, User
from audit import services as audit
from contacts import events, timescales, workflow
from contacts.models import Contact, Handover, Outcome
from contacts.permissions import can_record_contact
from core import calendar, clock, policy_settings
from core.permissions import require
from people.models import Person
from worklist import services as worklist

SCREENING = "CONTACT_SCREEN"
ANSWER_THE_PERSON = "CONTACT_ACK"
ANSWER_TASK = "answer_handover"

OUTCOME_OF_KIND = {
    Handover.Kind.ASSESSMENT: Outcome.ASSESSMENT,
    Handover.Kind.CARER_ASSESSMENT: Outcome.ASSESSMENT,
    Handover.Kind.REABLEMENT: Outcome.REABLEMENT,
    Handover.Kind.SAFEGUARDING: Outcome.OTHER_SERVICE,
}


@transaction.atomic
def receive(
    *,
    person: Person,
    team: Team,
    source: str,
    reason: str,
    what_is_happening: str,
    consent: str,
    by: User,
    now: datetime,
    route: str = Contact.Route.COMMUNITY,
    in_their_words: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    received_at: datetime | None = None,
    safeguarding_considered: str = "",
    why_urgent: str = "",
) -> Contact:
    """Take down a request about a person, for a front-door team to look at within a working day.

    Nothing here refuses a request: the council assesses whoever appears to have needs (Care Act s9(1)). Raises
    PermissionDenied, and ValidationError for a team that is no front door or a moment that has not come yet.
    """
    require(can_record_contact(by))
    if not team.is_front_door:
        raise ValidationError({"team": "Choose a team that answers new contacts"})
    received_at = received_at or now
    if received_at > now:
        raise ValidationError({"received_at": "The contact cannot have come in later than now"})
    urgent = bool(why_urgent) or reason in (Contact.Reason.URGENT, Contact.Reason.URGENT_CARER)
    contact = Contact.objects.create(
        person=person,
        team=team,
        status=Contact.Status.URGENT if urgent else Contact.Status.RECEIVED,
        source=source,
        reason=reason,
        route=route,
        what_is_happening=what_is_happening,
        in_their_words=in_their_words,
        consent=consent,
        contact_name=contact_name,
        contact_phone=contact_phone,
        received_at=received_at,
        received_by=None if by.is_system else by,
        safeguarding_considered=safeguarding_considered,
        why_urgent=why_urgent,
        created_at=now,
        updated_at=now,
    )
    _ask_for_screening(contact, on=received_at, cycle="1", now=now)
    _remind(ANSWER_THE_PERSON, contact, on=received_at, cycle="1", now=now)
    worklist.open_work_item(
        person=person,
        kind="contact",
        subject=contact,
        url=contact.get_absolute_url(),
        team=team,
        owner=None,
        now=now,
        risk=person.risk,
    )
    audit.record(
        events.RECEIVED,
        subject=contact,
        person_id=person.pk,
        by=by,
        at=now,
        source=contact.get_source_display(),
        reason=contact.get_reason_display(),
    )
    return contact


def _ask_for_screening(contact: Contact, *, on: datetime, cycle: str, now: datetime) -> None:
    _remind(SCREENING, contact, on=on, cycle=cycle, now=now)


def stop_reminding(contact: Contact, *, because: str, by: User, now: datetime) -> None:
    """The first look is over, and with it the person hears what happens next."""
    for rule in (SCREENING, ANSWER_THE_PERSON):
        worklist.close_anchor(rule=rule, subject=contact, now=now, because=because, by=by)
    worklist.close_tasks(subject_key_prefix=f"contact:{contact.ref}:", now=now, by=by, because=because)


def _remind(rule: str, contact: Contact, *, on: datetime, cycle: str, now: datetime) -> None:
    worklist.set_anchor(
        rule=rule,
        subject=contact,
        cycle=cycle,
        on=timescales.screening_counts_from(received_at=on, holidays=calendar.england()),
        person=contact.person,
        team=contact.team,
        owner=None,
        url=contact.get_absolute_url(),
        now=now,
        access_list=contact.access_list,
    )


@transaction.atomic
def mark_urgent(
    *, contact: Contact, why_urgent: str, version: int | None, by: User, now: datetime
) -> Contact:
    """Put a contact before all others, with the reason. Urgent needs may be met before any assessment (s19(3))."""
    contact = Contact.objects.lock(contact.pk)
    contact.expect_version(version)
    workflow.MARK_URGENT.apply(contact, by=by)
    if not why_urgent.strip():
        raise ValidationError({"why_urgent": "Say why this cannot wait"})

    contact.why_urgent = why_urgent
    contact.updated_at = now
    contact.next_version()
    contact.save(update_fields=["status", "why_urgent", "version", "updated_at"])

    audit.record(
        events.MARKED_URGENT,
        subject=contact,
        person_id=contact.person_id,
        by=by,
        at=now,
        access_list_id=contact.access_list_id,
    )
    return contact


@transaction.atomic
def screen(
    *,
    contact: Contact,
    safeguarding_considered: str,
    screening_summary: str,
    risk: str,
    version: int | None,
    by: User,
    now: datetime,
) -> Contact:
    """Record the first look: the safeguarding question answered, the risk with its reason. Ends the reminder."""
    contact = Contact.objects.lock(contact.pk)
    contact.expect_version(version)
    workflow.SCREEN.apply(contact, by=by)
    missing = {
        name: words
        for name, given, words in (
            (
                "safeguarding_considered",
                safeguarding_considered,
                "Say whether there is a sign of abuse or neglect",
            ),
            ("risk", risk, "Choose how much risk there is"),
            (
                "screening_summary",
                screening_summary.strip(),
                "Say what you found, and why the risk is as you say",
            ),
        )
        if not given
    }
    if missing:
        raise ValidationError(missing)

    contact.safeguarding_considered = safeguarding_considered
    contact.screening_summary = screening_summary
    contact.risk = risk
    contact.screened_at = now
    contact.screened_by = by
    contact.updated_at = now
    contact.next_version()
    contact.save(
        update_fields=[
            "status",
            "safeguarding_considered",
            "screening_summary",
            "risk",
            "screened_at",
            "screened_by",
            "version",
            "updated_at",
        ]
    )

    worklist.close_anchor(rule=SCREENING, subject=contact, now=now, because="screened", by=by)
    worklist.move_work_item(kind="contact", subject=contact, now=now, stage="active", owner=by)
    audit.record(
        events.SCREENED,
        subject=contact,
        person_id=contact.person_id,
        by=by,
        at=now,
        access_list_id=contact.access_list_id,
        risk=risk,
        safeguarding=safeguarding_considered,
    )
    return contact


@transaction.atomic
def pass_on(
    *,
    contact: Contact,
    kind: str,
    to_team: Team,
    summary: str,
    version: int | None,
    by: User,
    now: datetime,
    outcome: str = "",
) -> Handover:
    """Hand a screened contact to the team that goes on with it. It stays on the front door's list until accepted."""
    contact = Contact.objects.lock(contact.pk)
    contact.expect_version(version)
    workflow.PASS_ON.apply(contact, by=by)
    if not to_team.is_active:
        raise ValidationError({"to_team": "That team is closed. Choose another one"})
    if not summary.strip():
        raise ValidationError({"summary": "Say what the receiving team needs to know"})

    contact.outcome = outcome or OUTCOME_OF_KIND[Handover.Kind(kind)]
    if contact.outcome in Contact.CLOSING and kind in Handover.ASSESSING:
        raise ValidationError({"outcome": "An assessment does not go with an outcome that ends the request"})
    contact.updated_at = now
    contact.next_version()
    contact.save(update_fields=["status", "outcome", "version", "updated_at"])
    handover = Handover.objects.create(
        contact=contact,
        person=contact.person,
        kind=kind,
        to_team=to_team,
        summary=summary,
        passed_at=now,
        passed_by=by,
        access_list=contact.access_list,
    )

    stop_reminding(contact, because="passed on", by=by, now=now)
    worklist.move_work_item(kind="contact", subject=contact, now=now, stage="with_others")
    worklist.open_task(
        key=f"handover:{handover.ref}:answer",
        kind=ANSWER_TASK,
        title="Accept or return a hand-over",
        why=f"{handover.get_kind_display()}, passed on by {contact.team}",
        person=contact.person,
        team=to_team,
        owner=None,
        due_on=timescales.handover_answer_due_on(
            passed_on=clock.london_date(now),
            working_days=policy_settings.value(timescales.HANDOVER_ANSWER, on=clock.london_date(now)),
            holidays=calendar.england(),
        ),
        url=handover.get_absolute_url(),
        now=now,
        by=by,
        access_list=handover.access_list,
    )
    audit.record(
        events.PASSED_ON,
        subject=contact,
        person_id=contact.person_id,
        by=by,
        at=now,
        access_list_id=contact.access_list_id,
        team=to_team.name,
        kind=handover.get_kind_display(),
        outcome=contact.outcome,
    )
    return handover


@transaction.atomic
def close_with_advice(
    *,
    contact: Contact,
    outcome: str,
    advice_given: str,
    told_right_to_assessment: bool,
    version: int | None,
    by: User,
    now: datetime,
) -> Contact:
    """End a screened contact at the front door, with advice in writing and the right to an assessment told.

    The advice and the telling fall away only where the person has died. Raises ValidationError.
    """
    contact = Contact.objects.lock(contact.pk)
    contact.expect_version(version)
    workflow.CLOSE.apply(contact, by=by)
    missing: dict[str, str] = {}
    if outcome not in Contact.CLOSING:
        missing["outcome"] = "Choose how the request ended"
    if outcome != Outcome.DECEASED:
        if not advice_given.strip():
            missing["advice_given"] = "Write down the advice that was given"
        if not told_right_to_assessment:
            missing["told_right_to_assessment"] = (
                "Tell them of their right to an assessment before you close this"
            )
    if missing:
        raise ValidationError(missing)

    contact.outcome = outcome
    contact.advice_given = advice_given
    contact.told_right_to_assessment = told_right_to_assessment
    contact.closed_at = now
    contact.closed_by = by
    contact.updated_at = now
    contact.next_version()
    contact.save(
        update_fields=[
            "status",
            "outcome",
            "advice_given",
            "told_right_to_assessment",
            "closed_at",
            "closed_by",
            "version",
            "updated_at",
        ]
    )

    stop_reminding(contact, because="closed", by=by, now=now)
    worklist.close_work_item(kind="contact", subject=contact, now=now)
    audit.record(
        events.CLOSED,
        subject=contact,
        person_id=contact.person_id,
        by=by,
        at=now,
        access_list_id=contact.access_list_id,
        outcome=contact.get_outcome_display(),
    )
    return contact


def _lock_handover(handover: Handover) -> tuple[Handover, Contact]:
    """The contact first, then its hand-over: the same order as when it is passed on, so nobody waits for ever."""
    contact = Contact.objects.lock(handover.contact_id)
    return Handover.objects.lock(handover.pk), contact


@transaction.atomic
def handover_accepted(*, handover: Handover, result_url: str, by: User, now: datetime) -> Handover:
    """The receiving team takes the work on; the contact is done. `result_url` leads to what it became."""
    handover, contact = _lock_handover(handover)
    workflow.ACCEPT.apply(handover, by=by)

    handover.answered_at = now
    handover.answered_by = by
    handover.result_url = result_url
    handover.next_version()
    handover.save(update_fields=["status", "answered_at", "answered_by", "result_url", "version"])
    contact.status = Contact.Status.ALLOCATED
    contact.closed_at = now
    contact.closed_by = by
    contact.updated_at = now
    contact.next_version()
    contact.save(update_fields=["status", "closed_at", "closed_by", "version", "updated_at"])

    worklist.close_tasks(subject_key_prefix=f"handover:{handover.ref}:", now=now, by=by)
    worklist.close_work_item(kind="contact", subject=contact, now=now)
    audit.record(
        events.HANDOVER_ACCEPTED,
        subject=handover,
        person_id=handover.person_id,
        by=by,
        at=now,
        access_list_id=handover.access_list_id,
        team=handover.to_team.name,
        kind=handover.get_kind_display(),
    )
    return handover


@transaction.atomic
def handover_returned(*, handover: Handover, reason: str, by: User, now: datetime) -> Handover:
    """The receiving team sends the work back with a reason: it stands on the front door's list again, with a new
    reminder, and whoever passed it on is told."""
    handover, contact = _lock_handover(handover)
    workflow.RETURN.apply(handover, by=by)
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is returned, and what should happen"})

    handover.answered_at = now
    handover.answered_by = by
    handover.return_reason = reason
    handover.next_version()
    handover.save(update_fields=["status", "answered_at", "answered_by", "return_reason", "version"])
    contact.status = Contact.Status.SCREENED
    contact.outcome = ""
    contact.updated_at = now
    contact.next_version()
    contact.save(update_fields=["status", "outcome", "version", "updated_at"])

    worklist.close_tasks(subject_key_prefix=f"handover:{handover.ref}:", now=now, by=by)
    _ask_for_screening(contact, on=now, cycle=handover.ref, now=now)
    worklist.move_work_item(kind="contact", subject=contact, now=now, stage="waiting", owner=None)
    worklist.notify(
        template="contacts.handover_returned",
        recipient=handover.passed_by,
        key=f"handover:{handover.ref}:returned",
        now=now,
        person=contact.person,
        url=contact.get_absolute_url(),
        access_list=handover.access_list,
    )
    audit.record(
        events.HANDOVER_RETURNED,
        subject=handover,
        person_id=handover.person_id,
        by=by,
        at=now,
        access_list_id=handover.access_list_id,
        team=handover.to_team.name,
        kind=handover.get_kind_display(),
    )
    return handover
