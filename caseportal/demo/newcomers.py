"""Stories of people who have no plan yet: at the front door, on a waiting list, or just handed over."""

from __future__ import annotations

from datetime import date

import assessments.services as assessments
import contacts.services as contacts
import people.services as people
from accounts.services import system_user
from caseportal.demo.telling import Teller
from contacts.models import Contact
from people.models import CaseNote, Risk

AISHA, TOM = "Aisha Khan", "Tom Bell"


def sandra(teller: Teller) -> None:
    """High risk, accepted by the team, and nobody is named to work with her."""
    person = teller.person(
        "Sandra", "Okoro", date(1967, 9, 12), days_ago=13, by="Priya Nair", gender="Female",
        phone="01632 960147", address_lines="9 Canal Side", postcode="ZZ1 3HJ",
    )  # fmt: skip
    people.set_risk(
        person=person, risk=Risk.HIGH, version=None, by=teller.users["Priya Nair"], now=teller.worked(12, 9)
    )
    person.refresh_from_db()
    contact = teller.asked(
        person, days_ago=12, source=Contact.Source.HOSPITAL, reason=Contact.Reason.DISCHARGE,
        route=Contact.Route.HOSPITAL_DISCHARGE,
        what="Leaves ward 6 this week after a broken hip. Lives alone on the second floor, no lift.",
    )  # fmt: skip
    handover = teller.passed_on(
        contact, to="riverside", days_ago=11, risk=Risk.HIGH,
        summary="Cannot manage the stairs. The ward wants a date. Nobody at home.",
    )  # fmt: skip
    teller.accepted(handover, worker=None, by=TOM, days_ago=9)
    people.allocate(
        person=person,
        team=teller.teams["riverside"],
        worker=None,
        handover_summary="",
        by=teller.users[TOM],
        now=teller.worked(9, 12),
    )


def vera(teller: Teller) -> None:
    """A contact that came in last night and waits to be looked at."""
    person = teller.person(
        "Vera", "Lindqvist", date(1940, 12, 1), days_ago=200, by="Priya Nair", gender="Female",
        phone="01632 960148", address_lines="15 Orchard Way", postcode="ZZ2 4CD",
    )  # fmt: skip
    moment = teller.exactly(1, 20, 40)
    contacts.receive(
        person=person,
        team=teller.teams["front-door"],
        source=Contact.Source.FAMILY,
        reason=Contact.Reason.ASSESSMENT,
        what_is_happening="Her son rang the out-of-hours line: she let the pan burn twice this week, and does not answer "
        "the door after dark. He lives two hours away.",
        in_their_words="She says she is perfectly all right.",
        consent=Contact.Consent.UNABLE,
        contact_name="Erik Lindqvist",
        contact_phone="01632 960149",
        by=system_user(),
        now=moment,
    )


def iris(teller: Teller) -> None:
    """A hand-over that the Riverside team has not answered yet."""
    person = teller.person(
        "Iris", "Calloway", date(1953, 2, 17), days_ago=5, by="Priya Nair", gender="Female",
        phone="01632 960150", address_lines="44 Bridge Street", postcode="ZZ1 8KL",
    )  # fmt: skip
    contact = teller.asked(
        person, days_ago=4, source=Contact.Source.GP,
        what="The surgery asks for an assessment: her sight is failing and she has stopped going out.",
    )  # fmt: skip
    teller.passed_on(
        contact, to="riverside", days_ago=2, risk=Risk.MEDIUM,
        summary="Registered blind last month. Lives with her sister, who works. Would like a visit in the morning.",
    )  # fmt: skip


def maureen(teller: Teller) -> None:
    """Allocated, and nothing has happened for 23 days."""
    person = teller.person(
        "Maureen", "Tait", date(1955, 8, 23), days_ago=60, by="Priya Nair", gender="Female",
        phone="01632 960151", address_lines="6 Tanner’s Yard", postcode="ZZ1 9MN",
    )  # fmt: skip
    contact = teller.asked(
        person, days_ago=48, what="Wants to know what help there is after her sister moved away."
    )
    handover = teller.passed_on(
        contact, to="riverside", days_ago=46, risk=Risk.STANDARD,
        summary="Manages at present. Would like somebody to look at the whole picture.",
    )  # fmt: skip
    assessment = teller.accepted(handover, worker=AISHA, by=TOM, days_ago=44)
    teller.given_to(person, AISHA, by=TOM, days_ago=44)
    assessments.start(
        assessment=assessment,
        assessor=teller.users[AISHA],
        method="phone",
        by=teller.users[AISHA],
        now=teller.exactly(23, 10),
    )


def callum(teller: Teller) -> None:
    """Moved from one worker to another with a summary; a young man who manages most things."""
    person = teller.person(
        "Callum", "Reece", date(2000, 7, 6), days_ago=90, by="Priya Nair", gender="Male",
        phone="01632 960152", address_lines="Flat 12, Foundry House", postcode="ZZ1 1PQ",
        primary_support_reason="Learning Disability Support",
    )  # fmt: skip
    assessment = teller.known_by(
        person, "Ben Hollis", TOM, days_ago=80, what="His college asks what happens when the course ends."
    )
    teller.begun(assessment, "Ben Hollis", days_ago=70)
    teller.note(
        person, "Ben Hollis", CaseNote.Kind.MEETING, "Met Callum and his tutor. He wants work with animals.",
        days_ago=60, person_words="Dogs, not cats.",
    )  # fmt: skip
    teller.given_to(
        person, AISHA, by=TOM, days_ago=19,
        summary="Two visits done. Likes short meetings in the morning. His mother Carol rings on Mondays; he agrees to it.",
    )  # fmt: skip
