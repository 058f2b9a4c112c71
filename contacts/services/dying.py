"""What a death does to the requests about a person: they end, but for those that may be about abuse, or a complaint.

Refs: people.md 8 (tasks of safeguarding and complaints go on), care-act.md 3 (outcome "NFA: deceased").
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.services import system_user
from audit import services as audit
from contacts import events, timescales, workflow
from contacts.models import Contact, Handover, Outcome
from contacts.services.working import handover_returned, stop_reminding
from core import calendar, clock, policy_settings
from worklist import services as worklist

HAS_DIED = "The person has died"
GOES_ON = {
    Contact.Reason.SAFEGUARDING: "it is about abuse or neglect",
    Contact.Reason.COMPLAINT: "it is a complaint",
}


def why_it_goes_on(contact: Contact) -> str:
    """Why a death does not end this contact; empty where it does.

    Nobody ends a request before it is known whether there was a sign of abuse: a review may be due (Care Act s44).
    """
    if contact.reason in GOES_ON:
        return GOES_ON[Contact.Reason(contact.reason)]
    if contact.safeguarding_considered == "yes":
        return "there may have been abuse or neglect"
    if Handover.objects.open().filter(contact=contact, kind=Handover.Kind.SAFEGUARDING).exists():
        return "it was passed on to safeguarding"
    if not contact.safeguarding_considered:
        return "nobody has said yet whether there was a sign of abuse or neglect"
    return ""


def death_recorded(*, person_id: int, by: User, now: datetime, **_more_facts: object) -> None:
    """Every open contact about somebody who has died ends, or is asked about once more."""
    open_ones = Contact.objects.filter(person=person_id, status__in=Contact.OPEN, origin="portal")
    for contact in open_ones.order_by("pk"):
        if why_it_goes_on(contact):
            keep_after_death(contact=contact, by=system_user(), now=now)
        else:
            end_by_death(contact=contact, by=system_user(), now=now)


@transaction.atomic
def end_by_death(*, contact: Contact, by: User, now: datetime, version: int | None = None) -> Contact:
    """End a contact with the national outcome for a death. An open hand-over comes back first, and its sender is told.
    The machine alone does this."""
    handover = Handover.objects.open().filter(contact=contact).first()
    if handover:
        handover_returned(handover=handover, reason=HAS_DIED, by=by, now=now)
    contact = Contact.objects.lock(contact.pk)
    contact.expect_version(version)
    workflow.DEATH.apply(contact, by=by)

    contact.outcome = Outcome.DECEASED
    contact.closed_at = now
    contact.closed_by = by
    contact.updated_at = now
    contact.next_version()
    contact.save(update_fields=["status", "outcome", "closed_at", "closed_by", "version", "updated_at"])

    stop_reminding(contact, because="the person has died", by=by, now=now)
    worklist.close_work_item(kind="contact", subject=contact, now=now)
    audit.record(
        events.ENDED_BY_DEATH,
        subject=contact,
        person_id=contact.person_id,
        by=by,
        at=now,
        access_list_id=contact.access_list_id,
        outcome=contact.get_outcome_display(),
    )
    return contact


@transaction.atomic
def keep_after_death(*, contact: Contact, by: User, now: datetime) -> Contact:
    """Reminders stop with a death; for this contact the front door is asked by a task that goes on."""
    contact = Contact.objects.lock(contact.pk)
    why = why_it_goes_on(contact)
    today = clock.london_date(now)
    worklist.open_work_item(
        person=contact.person,
        kind="contact",
        subject=contact,
        url=contact.get_absolute_url(),
        team=contact.team,
        owner=None,
        now=now,
        risk=contact.risk or contact.person.risk,
        access_list=contact.access_list,
        opened_on=clock.london_date(contact.received_at),
    )
    _, is_new = worklist.open_task(
        key=f"contact:{contact.ref}:after-death",
        kind="safeguarding.contact_after_death",
        title="Look at a contact about somebody who has died",
        why=f"The contact is still open: {why}",
        person=contact.person,
        team=contact.team,
        owner=None,
        due_on=calendar.add_working_days(
            today, policy_settings.value(timescales.AFTER_DEATH, on=today), calendar.england()
        ),
        url=contact.get_absolute_url(),
        now=now,
        by=by,
        access_list=contact.access_list,
    )
    if is_new:
        audit.record(
            events.KEPT_AFTER_DEATH,
            subject=contact,
            person_id=contact.person_id,
            by=by,
            at=now,
            access_list_id=contact.access_list_id,
            because=why,
        )
    return contact
