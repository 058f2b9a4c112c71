"""A death is recorded: assessments end, requests end or are asked about, and nobody is reminded of either."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.services import system_user
from accounts.tests.factories import TeamFactory, UserFactory
from assessments import services as assessments
from assessments.models import Assessment
from assessments.tests.factories import complete_assessment
from assessments.tests.helpers import make_handover
from audit.models import Event
from contacts import services as contacts
from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from core import clock
from people import services as people
from people.tests.factories import PersonFactory
from worklist.models import Anchor, Notification, Task, WorkItem

pytestmark = pytest.mark.django_db


def dies(person, now, *, days_ago: int = 2):
    people.record_death(
        person=person,
        date_of_death=clock.london_date(now) - timedelta(days=days_ago),
        by=UserFactory(worker_in=TeamFactory()),
        now=now,
    )


@pytest.mark.parametrize("kind", ["needs", "carer"])
@pytest.mark.parametrize("state", Assessment.OPEN)
def test_an_open_assessment_ends_in_every_state(state, kind, now):
    assessment = complete_assessment(kind=kind, **{state: True})

    dies(assessment.person, now)

    assessment.refresh_from_db()
    assert (assessment.status, assessment.end_reason) == ("abandoned", "The person has died")
    assert assessment.ended_on == clock.london_date(now) - timedelta(days=2)
    event = Event.objects.get(code="assessments.assessment.ended_by_death")
    assert event.by == system_user()
    assert event.person_id == assessment.person_id
    assert Notification.objects.filter(
        recipient=assessment.assessor, template="assessments.ended_by_death"
    ).exists()


def test_its_tasks_its_work_and_its_reminders_end_with_it(now):
    # Given an assessment that was sent for authorisation, of somebody without a named worker
    team, person = TeamFactory(), PersonFactory()
    worker = UserFactory(worker_in=team)
    asked = assessments.request_assessment(person=person, team=team, kind="needs", by=worker, now=now)
    assessments.abandon(assessment=asked, reason="Asked twice.", version=None, by=worker, now=now)
    assessments.request_assessment(person=person, team=team, kind="needs", by=worker, now=now)
    sent = complete_assessment(person=person, team=team, kind="ot")
    assessments.submit(assessment=sent, reasons="", advice="", version=1, by=sent.assessor, now=now)
    assert Task.objects.open().filter(kind="authorise_assessment").exists()
    assert Anchor.objects.open().filter(person=person, rule_code="UNALLOCATED").exists()

    # When the person dies
    dies(person, now)

    # Then nothing of them waits for anybody, but for the services to be ended
    assert not Assessment.objects.open().filter(person=person).exists()
    assert not Task.objects.open().filter(person=person, key__startswith="assessment:").exists()
    assert not WorkItem.objects.open().filter(person=person).exists()
    assert {anchor.rule_code for anchor in Anchor.objects.open().filter(person=person)} <= {"DECEASED_CLOSE"}


@pytest.mark.parametrize("state", ["authorised", "issued", "refused", "abandoned", "superseded"])
def test_what_was_decided_or_over_stands(state, now):
    assessment = complete_assessment(**{state: True})

    dies(assessment.person, now)

    assessment.refresh_from_db()
    assert assessment.status == state
    assert not Event.objects.filter(code="assessments.assessment.ended_by_death").exists()


def test_the_day_of_death_is_never_before_the_assessment_began(now):
    assessment = complete_assessment(started=True)

    dies(assessment.person, now, days_ago=400)

    assessment.refresh_from_db()
    assert assessment.ended_on == assessment.started_on


def test_a_carers_assessment_goes_on_when_the_person_they_care_for_dies(now):
    cared_for, carer = PersonFactory(), PersonFactory(carer=True)
    assessment = complete_assessment(carer=True, started=True, person=carer)

    dies(cared_for, now)

    assessment.refresh_from_db()
    assert assessment.status == "started"


@pytest.mark.parametrize("state", ["received", "urgent", "screened"])
def test_an_open_contact_without_a_sign_of_abuse_ends_as_the_return_has_it(state, now):
    traits = {} if state == "received" else {state: True}
    contact = ContactFactory(**traits)
    Contact.objects.filter(pk=contact.pk).update(safeguarding_considered="no")

    dies(contact.person, now)

    contact.refresh_from_db()
    assert (contact.status, contact.outcome) == ("closed_ia", "nfa_deceased")
    assert contact.closed_by == system_user()
    assert Event.objects.filter(code="contacts.contact.ended_by_death").count() == 1
    assert not Task.objects.open().filter(person=contact.person).exists()


def test_an_open_hand_over_comes_back_and_its_sender_is_told(now):
    handover = make_handover(now)

    dies(handover.person, now)

    handover.refresh_from_db()
    assert (handover.status, handover.return_reason) == ("returned", "The person has died")
    contact = Contact.objects.get(pk=handover.contact_id)
    assert (contact.status, contact.outcome) == ("closed_ia", "nfa_deceased")
    assert Notification.objects.filter(
        recipient=handover.passed_by, template="contacts.handover_returned"
    ).exists()
    assert (
        not Anchor.objects.open().filter(person=contact.person).exclude(rule_code="DECEASED_CLOSE").exists()
    )
    assert not WorkItem.objects.open().filter(person=contact.person, kind="contact").exists()


@pytest.mark.parametrize(
    "facts,because",
    [
        ({"safeguarding_considered": ""}, "nobody has said yet"),
        ({"safeguarding_considered": "yes"}, "may have been abuse"),
        ({"safeguarding_considered": "no", "reason": "safeguarding"}, "about abuse"),
        ({"safeguarding_considered": "no", "reason": "complaint"}, "complaint"),
    ],
)
def test_a_contact_that_may_be_about_abuse_goes_on_and_somebody_is_asked(facts, because, now):
    # Given a contact that is still open
    contact = ContactFactory()
    Contact.objects.filter(pk=contact.pk).update(**facts)

    # When the person dies
    dies(contact.person, now)

    # Then it stays on the front door's list, with a task that says why
    contact.refresh_from_db()
    assert contact.status == "received"
    task = Task.objects.open().get(person=contact.person)
    assert because in task.why
    assert task.team == contact.team
    assert WorkItem.objects.open().filter(person=contact.person, kind="contact").exists()
    assert Event.objects.filter(code="contacts.contact.kept_after_death").count() == 1


def test_the_task_is_done_when_the_contact_is(now):
    contact = ContactFactory()
    duty = UserFactory(worker_in=contact.team)
    dies(contact.person, now)

    contacts.screen(
        contact=contact,
        safeguarding_considered="no",
        screening_summary="Rang the family.",
        risk="standard",
        version=None,
        by=duty,
        now=now,
    )
    contacts.close_with_advice(
        contact=contact,
        outcome="nfa_deceased",
        advice_given="",
        told_right_to_assessment=False,
        version=None,
        by=duty,
        now=now,
    )

    assert not Task.objects.open().filter(person=contact.person).exists()


def test_recorded_twice_nothing_happens_twice(now):
    contact = ContactFactory()
    facts = {"person_id": contact.person_id, "by": system_user(), "now": now}
    dies(contact.person, now)

    contacts.death_recorded(**facts)
    assessments.death_recorded(**facts)

    assert Task.objects.filter(person=contact.person, key__startswith="contact:").count() == 1
    assert Event.objects.filter(code="contacts.contact.kept_after_death").count() == 1
