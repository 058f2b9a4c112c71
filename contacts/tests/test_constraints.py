"""What the database refuses, by the name of the constraint, whoever writes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from contacts.models import Contact, Handover
from contacts.tests.factories import ContactFactory, HandoverFactory
from core import clock

pytestmark = pytest.mark.django_db


def refused(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def change(record, **facts):
    return lambda: type(record).objects.filter(pk=record.pk).update(**facts)


def test_who_looked_at_a_contact_and_when_stand_together():
    refused("contacts_screened_at_and_by_together", change(ContactFactory(screened=True), screened_by=None))
    refused("contacts_screened_at_and_by_together", change(ContactFactory(), screened_at=clock.now()))


def test_a_contact_ends_with_an_outcome():
    refused("contacts_closed_with_an_outcome", change(ContactFactory(allocated=True), outcome=""))


@pytest.mark.parametrize(
    "lacking", [{"advice_given": ""}, {"told_right_to_assessment": False}, {"closed_at": None}]
)
def test_a_contact_is_closed_with_advice_in_writing_and_the_right_told(lacking):
    refused("contacts_closed_with_written_advice", change(ContactFactory(closed=True), **lacking))


def test_where_the_person_has_died_the_advice_falls_away_but_not_the_moment():
    contact = ContactFactory(closed=True, outcome="nfa_deceased", advice_given="")

    refused("contacts_closed_with_written_advice", change(contact, closed_at=None))


@pytest.mark.parametrize("trait", ["screened", "waiting", "allocated", "closed"])
def test_the_safeguarding_question_is_answered_before_a_contact_goes_on(trait):
    contact = ContactFactory(**{trait: True})

    refused("contacts_safeguarding_question_answered", change(contact, safeguarding_considered=""))


def test_a_contact_waits_for_one_team_at_a_time():
    first = HandoverFactory()

    refused("contacts_one_open_handover_per_contact", lambda: HandoverFactory(contact=first.contact))
    HandoverFactory(contact=HandoverFactory(returned=True).contact)


def test_who_answered_a_handover_and_when_stand_together():
    name = "contacts_handover_answered_at_and_by_together"
    refused(name, change(HandoverFactory(accepted=True), answered_by=None))
    refused(name, change(HandoverFactory(), answered_at=clock.now()))
    refused(name, change(HandoverFactory(), status="accepted"))


def test_a_handover_is_returned_with_a_reason():
    refused(
        "contacts_handover_returned_with_a_reason", change(HandoverFactory(returned=True), return_reason="")
    )


def test_a_handover_is_answered_by_somebody_else():
    handover = HandoverFactory(accepted=True)

    refused("contacts_handover_answered_by_somebody_else", change(handover, answered_by=handover.passed_by))


def test_every_constraint_has_a_test():
    named = {each.name for model in (Contact, Handover) for each in model._meta.constraints}

    with open(__file__) as source:
        text = source.read()
    assert {name for name in named if name not in text} == set()
