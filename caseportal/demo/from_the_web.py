"""A carer who wrote from the website last evening, and waits to be matched."""

from __future__ import annotations

from datetime import date

import contacts.services as contacts
from caseportal.demo.telling import Teller
from contacts.models import OnlineRequest
from people.models import Person


def brian(teller: Teller) -> None:
    """Brian Tait cares for his sister Maureen, who is on record; he is not."""
    contacts.send(
        kind=OnlineRequest.Kind.CARER,
        asked_by=OnlineRequest.AskedBy.ME,
        person_facts={
            "given_names": "Brian",
            "family_name": "Tait",
            "date_of_birth": date(1952, 4, 30),
            "nhs_number": "",
            "address_lines": "11 Station Road",
            "postcode": "ZZ1 9MP",
            "no_fixed_abode": False,
            "phone": "01632 960153",
            "email": "brian.tait@people.example",
            "preferred_channel": Person.Channel.PHONE,
            "safe_to_leave_message": True,
            "is_service_user": False,
            "is_carer": True,
            "communication": ["hard_of_hearing"],
        },
        contact_facts={
            "source": "self",
            "contact_phone": "01632 960153",
            "reason": "carer",
            "consent": "yes",
            "what_is_happening": "I go to my sister twice a day and sleep there when she has a bad night.",
            "in_their_words": "One evening a week for the choir.",
        },
        cared_for={
            "given_names": "Maureen",
            "family_name": "Tait",
            "date_of_birth": date(1955, 8, 23),
            "postcode": "ZZ1 9MN",
        },
        answers=[
            {"part": part, "question": question, "answer": answer}
            for part, question, answer in (
                ("Caring", "Their first names", "Maureen"),
                ("Caring", "Their family name", "Tait"),
                (
                    "Caring",
                    "What you do",
                    "I go to my sister twice a day and sleep there when she has a bad night.",
                ),
                ("Caring", "About how many hours a week?", "35 to 49"),
                (
                    "Caring",
                    "What has become hard because you care for them?",
                    "My own health, or sleep, Time for myself",
                ),
                ("Caring", "Are you able and willing to go on caring?", "Yes, with some help"),
                (
                    "Your request",
                    "What would make your own life better?",
                    "One evening a week for the choir.",
                ),
                ("Keeping safe", "Is anyone hurting you, or are you afraid?", "No"),
                ("Keeping safe", "Can it wait until the next working day?", "Yes"),
            )
        ],
        now=teller.exactly(1, 19, 10),
    )
