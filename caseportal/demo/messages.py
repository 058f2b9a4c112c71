"""Messages from people's own pages: one that was answered, and one that waits for a reply."""

from __future__ import annotations

from datetime import timedelta

import people.services as people
import worklist.services as worklist
from accounts.models import User
from caseportal.demo.telling import Teller
from people.models import Person, PortalAccess


def peggy_writes(teller: Teller) -> None:
    """Peggy asked about Saturdays and was answered; since the evening before last another question waits."""
    peggy = Person.objects.get(family_name="Whitlow", is_service_user=True)
    herself, aisha = teller.users["Peggy Whitlow"], teller.users["Aisha Khan"]
    conversation = worklist.write_message(
        person=peggy,
        subject_line="Saturdays",
        text="Who comes on Saturday evenings once Karen starts her weekend shifts?",
        by=herself,
        now=teller.worked(8, 10),
    )
    worklist.answer_message(
        conversation=conversation,
        text="Ola can come on Saturdays from the day your plan begins. I have put it in the plan. Ring me if you want "
        "to talk about it.",
        by=aisha,
        now=teller.worked(6, 14),
    )
    worklist.write_message(
        person=peggy,
        subject_line="The dog on Tuesdays",
        text="The lunch club is on Tuesdays and the evening call comes at five. Could they come at six that day, so that "
        "I am back for Biscuit?",
        by=herself,
        now=teller.exactly(2, 19, 20),
    )


def harold_is_helped(teller: Teller) -> None:
    """Harold's niece acts for him in everything but money, by his permission."""
    harold = Person.objects.get(family_name="Ashdown", is_service_user=True)
    niece = User.objects.create_user(
        "ruby.ashdown@people.example", name="Ruby Ashdown", audience=User.Audience.PUBLIC
    )
    teller.users = {**teller.users, "Ruby Ashdown": niece}
    people.grant_portal_access(
        user=niece,
        person=harold,
        relation=PortalAccess.Relation.REPRESENTATIVE,
        scope=PortalAccess.Scope.ACT,
        kind=PortalAccess.Kind.CONSENT,
        authority="Harold’s permission, on the phone with Ruby beside him",
        covers=["care", "details"],
        valid_to=teller.today + timedelta(days=300),
        by=teller.users["Sunita Rao"],
        now=teller.worked(40, 11),
    )
