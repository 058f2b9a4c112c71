"""Details: who the person is, how to reach them, where they live; one fact at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES, MANAGING_ROLES, AccessListMember, User
from accounts.querysets import live_on
from accounts.requests import SignedInRequest
from accounts.services import make_access_list
from audit.models import Event
from core import clock, policy
from core.forms import VersionedForm
from core.permissions import require
from core.templatetags.dates import moment
from people import events, permissions, services
from people.forms.details import (
    DETAILS,
    DeathForm,
    HomeForm,
    LevelForm,
    RiskForm,
    WhatMattersForm,
)
from people.models import Address, Person
from people.pages import home_of, identity, lead_of, open_person
from people.views.asking import Question, change

HELP = "Change one thing at a time. What stood there before stays in the history of the record, with who changed it."


def _details(person: Person) -> str:
    return reverse("people:show-details", args=[person.ref])


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def show_details(request: SignedInRequest, ref: str) -> HttpResponse:
    """Every fact about the person, each with its link to change it."""
    person = open_person(request, ref)
    lead = lead_of(person)
    may_see = permissions.can_see_confidential_home(request.user, person, lead)
    addresses = [
        address
        for address in person.addresses.order_by("-valid_from", "-pk")
        if not address.is_confidential or may_see
    ]
    set_last = Event.objects.for_person(person.pk).filter(code=events.PREFERENCES_SET).first()
    context = {
        "addresses": addresses,
        "preferences_set": _who_set(set_last) if set_last else "",
        "can_restrict": bool(permissions.can_set_level(request.user, person)),
        "can_withdraw_death": bool(permissions.can_withdraw_death(request.user, person)),
        **identity(person, request.user),
    }
    return render(request, "people/show_details.html", context)


def _who_set(event: Event) -> str:
    """The last change of how to get in touch: what, by whom and when. All of them stand in the chronology."""
    who = event.by.name if event.by else "the portal"
    return f"Changed by {who}, {moment(event.at, 'year')}: {event.detail['what']}"


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_detail(request: SignedInRequest, ref: str, fact: str) -> HttpResponse:
    """Change one fact, or the few that go together."""
    person = open_person(request, ref)
    detail = DETAILS.get(fact)
    if detail is None:
        raise Http404
    require(permissions.can_change(request.user, person))
    question = Question(detail.heading, "Save", _details(person), HELP)

    def saved(record: Person) -> dict[str, Any]:
        return {name: getattr(record, name) for name in detail.facts}

    return change(
        request,
        person,
        question,
        detail.form,
        record=person,
        saved=saved,
        save=lambda answers, version: services.correct(
            person=person, facts=answers, version=version, by=request.user, now=clock.now()
        ),
        done=_details(person),
        said="The change is saved.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_home(request: SignedInRequest, ref: str) -> HttpResponse:
    """Where the person lives, from which day on."""
    person = open_person(request, ref)
    require(permissions.can_change(request.user, person))
    home = home_of(person)
    if home and home.is_confidential:
        require(permissions.can_see_confidential_home(request.user, person, lead_of(person)))

    def saved(record: Person) -> dict[str, Any]:
        home = Address.objects.filter(person=record, use=Address.Use.HOME, valid_to=None).first()
        if home is None:
            return {"moved_on": clock.today()}
        return {
            "address_lines": home.lines,
            "postcode": home.postcode,
            "no_fixed_abode": home.no_fixed_abode,
            "is_confidential": home.is_confidential,
            "moved_on": home.valid_from,
        }

    return change(
        request,
        person,
        Question("Change where they live", "Save", _details(person), HELP),
        HomeForm,
        record=person,
        saved=saved,
        save=lambda answers, version: services.change_home(
            person=person, version=version, by=request.user, now=clock.now(), **answers
        ),
        done=_details(person),
        said="The address is saved.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_what_matters(request: SignedInRequest, ref: str) -> HttpResponse:
    """What the person says matters to them now."""
    person = open_person(request, ref)
    require(permissions.can_change(request.user, person))

    def saved(record: Person) -> dict[str, Any]:
        return {"text": record.what_matters, "on": record.what_matters_on or clock.today()}

    return change(
        request,
        person,
        Question(
            "What matters now",
            "Save",
            person.get_absolute_url(),
            "The person’s own words, on their overview, so that nobody has to ask them again what matters to them.",
            current="overview",
        ),
        WhatMattersForm,
        record=person,
        saved=saved,
        save=lambda answers, version: services.set_what_matters(
            person=person, version=version, by=request.user, now=clock.now(), **answers
        ),
        done=person.get_absolute_url(),
        said="What matters to them is saved.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_risk(request: SignedInRequest, ref: str) -> HttpResponse:
    """How much risk the person is at now."""
    person = open_person(request, ref)
    require(permissions.can_change(request.user, person))
    return change(
        request,
        person,
        Question(
            "Change risk",
            "Save",
            person.get_absolute_url(),
            "The risk stands beside the name, and orders the waiting lists of the teams.",
            current="overview",
        ),
        RiskForm,
        record=person,
        saved=lambda record: {"risk": record.risk},
        save=lambda answers, version: services.set_risk(
            person=person, version=version, by=request.user, now=clock.now(), **answers
        ),
        done=person.get_absolute_url(),
        said="The risk is saved.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def record_death(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record that the person has died; says first what will happen."""
    person = open_person(request, ref)
    require(permissions.can_change(request.user, person))
    if person.is_deceased:
        messages.info(request, "This person’s death is recorded already.")
        return HttpResponseRedirect(_details(person))
    return change(
        request,
        person,
        Question(
            "Record a death",
            "Record the death",
            _details(person),
            "Makes sure that nobody writes or rings as if to a living person, and that what runs is ended.",
            intro="Reminders and messages stop at once. Support plans and budgets end on the day of death. "
            "Work on money and safeguarding stays open. A manager can undo it when it was recorded in error, "
            "but what was ended must then be started again by hand.",
            warning=True,
        ),
        DeathForm,
        record=person,
        saved=lambda record: {"date_of_death": record.date_of_death},
        save=lambda answers, version: services.record_death(
            person=person,
            date_of_death=answers["date_of_death"],
            version=version,
            by=request.user,
            now=clock.now(),
        ),
        done=person.get_absolute_url(),
        said="The death is recorded.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*MANAGING_ROLES)
def withdraw_death(request: SignedInRequest, ref: str) -> HttpResponse:
    """Undo a death that was recorded in error."""
    person = open_person(request, ref)
    require(permissions.can_withdraw_death(request.user, person))
    return change(
        request,
        person,
        Question(
            "Withdraw a death recorded in error",
            "Withdraw it",
            _details(person),
            "For a death that was recorded on the wrong record.",
            intro="The record opens as before. Plans, budgets and reminders that were ended stay ended: start again by "
            "hand what is still needed.",
            warning=True,
        ),
        VersionedForm,
        record=person,
        saved=lambda record: {},
        save=lambda answers, version: services.withdraw_death(
            person=person, version=version, by=request.user, now=clock.now()
        ),
        done=person.get_absolute_url(),
        said="The death is withdrawn.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*MANAGING_ROLES)
def change_level(request: SignedInRequest, ref: str) -> HttpResponse:
    """Who may open the record."""
    person = open_person(request, ref)
    require(permissions.can_set_level(request.user, person))

    def saved(record: Person) -> dict[str, Any]:
        members = AccessListMember.objects.filter(live_on(clock.today()), access_list=record.access_list_id)
        return {
            "level": record.level,
            "members": "\n".join(members.order_by("user__email").values_list("user__email", flat=True)),
        }

    return change(
        request,
        person,
        Question(
            "Who may open this record",
            "Save",
            _details(person),
            "Keeps the record of someone in danger, or known to staff, to those who need it. For everyone else it does "
            "not exist, in search neither. Each look is written down.",
        ),
        LevelForm,
        record=person,
        saved=saved,
        save=lambda answers, version: _set_level(request, person, answers, version),
        done=person.get_absolute_url(),
        said="Who may open the record is saved.",
    )


def _set_level(request: SignedInRequest, person: Person, answers: dict[str, Any], version: int) -> None:
    """Make the list of those named, and put the record behind it, together or not at all."""
    now = clock.now()
    with transaction.atomic():
        access_list = None
        if answers["level"] == Person.Level.NAMED_USERS:
            access_list = make_access_list(
                purpose="named users of a record",
                members=[request.user, *_named(answers["members"])],
                by=request.user,
                now=now,
                reason=answers["reason"],
            )
        services.set_level(
            person=person,
            level=answers["level"],
            access_list=access_list,
            version=version,
            by=request.user,
            now=now,
        )


def _named(text: str) -> list[User]:
    """The staff behind addresses, one a line. Raises ValidationError naming those that are nobody's."""
    typed = [part.strip().lower() for part in text.replace(",", "\n").replace(";", "\n").split("\n")]
    wanted = [address for address in dict.fromkeys(typed) if address]
    known = {user.email.lower(): user for user in User.objects.staff().filter(email__in=wanted)}
    missing = [address for address in wanted if address not in known]
    if missing:
        raise ValidationError({"members": f"No member of staff has the address {missing[0]}. Check it"})
    return [known[address] for address in wanted]
