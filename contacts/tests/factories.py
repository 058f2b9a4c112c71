"""Contacts and hand-overs for tests: valid by default, with a trait for each state."""

from __future__ import annotations

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.tests.factories import TeamFactory, UserFactory
from contacts.models import Contact, Handover, OnlineRequest, Outcome
from core import clock
from people.models import Origin, Risk
from people.tests.factories import PersonFactory

ADVICE = "Told her about the handyperson service, with the leaflet in large print."


class ContactFactory(DjangoModelFactory):
    """A request as it came in. Its team is a front door; who received it works there."""

    class Meta:
        model = Contact

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory, front_door=True)
    source = Contact.Source.FAMILY
    reason = Contact.Reason.ASSESSMENT
    what_is_happening = "She fell twice in the bathroom this month and no longer washes by herself."
    in_their_words = "I do not want to trouble anybody, but the bath frightens me."
    consent = Contact.Consent.YES
    contact_name = "A daughter"
    contact_phone = "01632 960141"
    received_at = factory.LazyFunction(lambda: clock.now() - timedelta(hours=3))
    received_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        looked_at = factory.Trait(
            safeguarding_considered="no",
            screening_summary="Two falls, no injury. Her daughter is there in the evenings.",
            risk=Risk.MEDIUM,
            screened_at=factory.LazyFunction(clock.now),
            screened_by=factory.SubFactory(UserFactory),
        )
        urgent = factory.Trait(
            status=Contact.Status.URGENT, why_urgent="Nobody is with her from tonight until Monday."
        )
        screened = factory.Trait(looked_at=True, status=Contact.Status.SCREENED)
        waiting = factory.Trait(looked_at=True, status=Contact.Status.WAITING, outcome=Outcome.ASSESSMENT)
        allocated = factory.Trait(
            looked_at=True,
            status=Contact.Status.ALLOCATED,
            outcome=Outcome.ASSESSMENT,
            closed_at=factory.LazyFunction(clock.now),
            closed_by=factory.SubFactory(UserFactory),
        )
        closed = factory.Trait(
            looked_at=True,
            status=Contact.Status.CLOSED_IA,
            outcome=Outcome.ADVICE,
            advice_given=ADVICE,
            told_right_to_assessment=True,
            closed_at=factory.LazyFunction(clock.now),
            closed_by=factory.SubFactory(UserFactory),
        )
        imported = factory.Trait(
            origin=Origin.IMPORTED,
            status=Contact.Status.CLOSED_IA,
            outcome=Outcome.ADVICE,
            received_by=None,
            closed_at=factory.LazyFunction(clock.now),
            imported_outcome=Outcome.ADVICE.label,
        )
        about_a_carer = factory.Trait(reason=Contact.Reason.CARER)


class HandoverFactory(DjangoModelFactory):
    """A contact passed on, with the contact in the state that goes with the hand-over's."""

    class Meta:
        model = Handover

    contact = factory.SubFactory(ContactFactory, waiting=True)
    person = factory.SelfAttribute("contact.person")
    kind = Handover.Kind.ASSESSMENT
    to_team = factory.SubFactory(TeamFactory)
    summary = "Two falls this month; she would like help with washing."
    passed_at = factory.LazyFunction(clock.now)
    passed_by = factory.SubFactory(UserFactory)

    class Params:
        accepted = factory.Trait(
            contact=factory.SubFactory(ContactFactory, allocated=True),
            status=Handover.Status.ACCEPTED,
            answered_at=factory.LazyFunction(clock.now),
            answered_by=factory.SubFactory(UserFactory),
            result_url="/assessments/abcdefgh12345678/",
        )
        returned = factory.Trait(
            contact=factory.SubFactory(ContactFactory, screened=True),
            status=Handover.Status.RETURNED,
            answered_at=factory.LazyFunction(clock.now),
            answered_by=factory.SubFactory(UserFactory),
            return_reason="She lives outside our area; please ask the northern team.",
        )
        to_reablement = factory.Trait(kind=Handover.Kind.REABLEMENT)
        to_safeguarding = factory.Trait(kind=Handover.Kind.SAFEGUARDING)
        about_a_carer = factory.Trait(kind=Handover.Kind.CARER_ASSESSMENT)


class OnlineRequestFactory(DjangoModelFactory):
    """A request from the website that waits to be matched."""

    class Meta:
        model = OnlineRequest

    kind = OnlineRequest.Kind.HELP
    asked_by = OnlineRequest.AskedBy.ME
    team = factory.SubFactory(TeamFactory, front_door=True)
    given_names = "Margaret"
    family_name = "Marlow"
    date_of_birth = date(1944, 3, 14)
    postcode = "ZZ1 4QT"
    person_facts = factory.LazyAttribute(
        lambda row: {
            "given_names": row.given_names,
            "family_name": row.family_name,
            "date_of_birth": row.date_of_birth.isoformat(),
            "nhs_number": "",
            "address_lines": "3 Mill Lane",
            "postcode": row.postcode,
            "phone": "01632 960172",
            "is_service_user": True,
            "is_carer": False,
            "communication": ["large_print"],
        }
    )
    contact_facts = factory.LazyFunction(
        lambda: {
            "source": "self",
            "reason": "assessment",
            "consent": "yes",
            "what_is_happening": "Two falls since August.",
            "in_their_words": "I want to stay here.",
        }
    )
    answers = factory.LazyFunction(
        lambda: [
            {
                "part": "Your request",
                "question": "What matters most to you?",
                "answer": "I want to stay here.",
            }
        ]
    )
    sent_at = factory.LazyFunction(lambda: clock.now() - timedelta(minutes=20))
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        matched = factory.Trait(
            status=OnlineRequest.Status.MATCHED,
            person=factory.SubFactory(PersonFactory),
            contact=factory.SubFactory(
                ContactFactory, person=factory.SelfAttribute("..person"), team=factory.SelfAttribute("..team")
            ),
            matched_how=OnlineRequest.MatchedHow.BY_STAFF,
            decided_at=factory.LazyFunction(clock.now),
            decided_by=factory.SubFactory(UserFactory),
        )
        set_aside = factory.Trait(
            status=OnlineRequest.Status.SET_ASIDE,
            why_set_aside="Sent twice.",
            decided_at=factory.LazyFunction(clock.now),
            decided_by=factory.SubFactory(UserFactory),
        )
