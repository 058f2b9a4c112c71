"""What is sent from the website without an account: taken in, matched to a person, made a contact, or set aside."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

import people.services as people
from accounts.models import Team, User
from accounts.services import system_user
from audit import services as audit
from contacts import events, timescales, workflow
from contacts.models import Contact, OnlineRequest
from contacts.services.untouched import on_duty
from contacts.services.working import receive
from core import calendar, clock, outbox
from people import names
from people.models import Address, Person
from worklist import services as worklist

ACKNOWLEDGE = "contacts.acknowledge"
TO_MATCH = "contacts.request_to_match"


class NoFrontDoor(Exception):  # noqa: N818
    """No team answers new contacts, so nothing that is sent would be read."""


def team_for_the_web() -> Team:
    """The front door that takes in what comes from the website: the one that was made first."""
    team = Team.objects.filter(is_active=True, is_front_door=True).order_by("pk").first()
    if team is None:
        raise NoFrontDoor
    return team


@transaction.atomic
def send(
    *,
    kind: str,
    asked_by: str,
    person_facts: dict[str, Any],
    contact_facts: dict[str, Any],
    answers: list[dict[str, str]],
    now: datetime,
    cared_for: dict[str, Any] | None = None,
    reply_email: str = "",
    reply_phone: str = "",
) -> OnlineRequest:
    """Take in a request from the website; whoever sent it is told by e-mail or text after the commit.

    `person_facts` are facts of `people.services.register` with the date of birth as a date, and needs of communication
    under `communication`; `contact_facts` are those of `receive`. Nothing is refused for low need or savings (Care Act
    s9(1)). Raises NoFrontDoor when no team would read it.
    """
    team = team_for_the_web()
    born: date = person_facts["date_of_birth"]
    person = _the_one(person_facts)
    cared_for = dict(cared_for or {})
    online_request = OnlineRequest(
        kind=kind,
        asked_by=asked_by,
        team=team,
        given_names=person_facts["given_names"],
        family_name=person_facts["family_name"],
        date_of_birth=born,
        postcode=person_facts.get("postcode", ""),
        nhs_number=person_facts.get("nhs_number", ""),
        person_facts={**person_facts, "date_of_birth": born.isoformat()},
        contact_facts=contact_facts,
        cared_for={
            name: fact.isoformat() if isinstance(fact, date) else fact for name, fact in cared_for.items()
        },
        cared_for_person=_the_one(cared_for) if cared_for.get("date_of_birth") else None,
        answers=answers,
        reply_email=reply_email,
        reply_phone=reply_phone,
        sent_at=now,
        created_at=now,
        updated_at=now,
    )
    if person is None:
        online_request.save()
        _tell_duty(online_request, now=now)
    else:
        _becomes_contact(
            online_request, person, how=OnlineRequest.MatchedHow.EXACT, by=system_user(), now=now
        )
    if reply_email or reply_phone:
        outbox.emit(
            ACKNOWLEDGE,
            key=f"{ACKNOWLEDGE}:{online_request.ref}",
            payload={"online_request": online_request.ref},
        )
    audit.record(
        events.ONLINE_RECEIVED,
        subject=online_request,
        person_id=person.pk if person else None,
        by=None,
        at=now,
        kind=online_request.get_kind_display(),
    )
    return online_request


def _the_one(facts: dict[str, Any]) -> Person | None:
    """The one person on record with this name, date of birth, and home postcode or NHS number.

    Records with a level of their own are left to people who may know them: a request never hides on a record that the
    front door cannot open.
    """
    postcode, number = facts.get("postcode", ""), facts.get("nhs_number", "")
    homes = Address.objects.filter(
        person=OuterRef("pk"), postcode=postcode, valid_to=None, is_confidential=False
    )
    proof = Q(nhs_number=number) if number else Q(pk=None)
    if postcode:
        proof |= Q(Exists(homes))
    found = Person.objects.filter(
        proof,
        level=Person.Level.STANDARD,
        is_deceased=False,
        date_of_birth=facts["date_of_birth"],
        name_sort=names.name_sort(family_name=facts["family_name"], given_names=facts["given_names"]),
    )[:2]
    return found[0] if len(found) == 1 else None


def _tell_duty(online_request: OnlineRequest, *, now: datetime) -> None:
    """Those on duty at the front door hear at once of a request that waits to be matched."""
    for user in on_duty(online_request.team, today=clock.london_date(now)):
        worklist.notify(
            template=TO_MATCH,
            recipient=user,
            key=f"online:{online_request.ref}:received",
            now=now,
            url=online_request.get_absolute_url(),
        )


def _becomes_contact(
    online_request: OnlineRequest, person: Person, *, how: str, by: User, now: datetime
) -> Contact:
    """The contact, as old as the request; every target counts from when it was sent."""
    workflow.MATCH.apply(online_request, by=by)
    contact = receive(
        person=person,
        team=online_request.team,
        by=system_user(),
        now=now,
        received_at=online_request.sent_at,
        **online_request.contact_facts,
    )
    online_request.contact, online_request.person = contact, person
    online_request.matched_how = how
    online_request.decided_at, online_request.decided_by = now, by
    online_request.updated_at = now
    online_request.save()
    return contact


@transaction.atomic
def match(
    *, online_request: OnlineRequest, person: Person, version: int | None, by: User, now: datetime
) -> Contact:
    """It is about this person, who is on record already. The request becomes a contact, with every answer."""
    return _match(online_request, person, OnlineRequest.MatchedHow.BY_STAFF, version, by, now)


def _match(
    online_request: OnlineRequest, person: Person, how: str, version: int | None, by: User, now: datetime
) -> Contact:
    online_request = OnlineRequest.objects.lock(online_request.pk)
    online_request.expect_version(version)
    online_request.next_version()
    contact = _becomes_contact(online_request, person, how=how, by=by, now=now)
    audit.record(
        events.ONLINE_MATCHED,
        subject=online_request,
        person_id=person.pk,
        by=by,
        at=now,
        access_list_id=person.access_list_id,
        how=online_request.get_matched_how_display(),
    )
    return contact


@transaction.atomic
def match_to_new(*, online_request: OnlineRequest, version: int | None, by: User, now: datetime) -> Contact:
    """Nobody on record is meant: make the record from the answers, with the home and how to communicate.

    Raises ValidationError when the answers cannot be those of anyone, such as an NHS number that another record has.
    """
    facts = dict(online_request.person_facts)
    needs = facts.pop("communication", [])
    if not workflow.MATCH.is_open_to(by, online_request):
        workflow.MATCH.apply(online_request, by=by)  # says why not
    facts["date_of_birth"] = date.fromisoformat(facts["date_of_birth"])
    person = people.register(facts=facts, by=by, now=now)
    for code in needs:
        people.add_communication_need(person=person, code=code, by=by, now=now)
    return _match(online_request, person, OnlineRequest.MatchedHow.NEW, version, by, now)


@transaction.atomic
def set_aside(
    *, online_request: OnlineRequest, why: str, version: int | None, by: User, now: datetime
) -> OnlineRequest:
    """Put away what is no request: sent twice, a try-out, or nonsense. The reason stays with it."""
    online_request = OnlineRequest.objects.lock(online_request.pk)
    online_request.expect_version(version)
    workflow.SET_ASIDE.apply(online_request, by=by)
    if not why.strip():
        raise ValidationError({"why": "Say why this is set aside"})
    online_request.why_set_aside = why
    online_request.decided_at, online_request.decided_by = now, by
    online_request.updated_at = now
    online_request.next_version()
    online_request.save()
    audit.record(events.ONLINE_SET_ASIDE, subject=online_request, person_id=None, by=by, at=now)
    return online_request


def answer_promised_on(sent_at: datetime) -> date:
    """The working day by which whoever sent a request hears what happens next (rule 2 CONTACT_ACK, design)."""
    holidays = calendar.england()
    received = timescales.screening_counts_from(received_at=sent_at, holidays=holidays)
    return calendar.add_working_days(received, timescales.ANSWER_WORKING_DAYS, holidays)
