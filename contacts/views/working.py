"""One contact and what is done to it: read, screened, decided, passed on, closed, put before the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import CASE_ROLES, Team
from accounts.requests import SignedInRequest
from audit import services as audit
from contacts import services, workflow
from contacts.forms import (
    TO_SAFEGUARDING,
    CloseForm,
    DecideForm,
    MarkUrgentForm,
    PassOnForm,
    ScreenForm,
)
from contacts.models import Contact, Handover, Outcome
from contacts.permissions import can_work_contact
from core import clock, policy
from core.forms import VersionedForm
from core.permissions import require
from core.versions import StaleVersion
from core.workflow import Action, WrongState
from people import services as people
from people.models import Person
from people.pages import identity

DECIDED = "contacts_decided"
MOST_DECIDED = 20
EARLIER_SHOWN = 5
STATUS_COLOURS = {
    Contact.Status.RECEIVED: "blue",
    Contact.Status.URGENT: "red",
    Contact.Status.SCREENED: "teal",
    Contact.Status.WAITING: "yellow",
    Contact.Status.ALLOCATED: "green",
    Contact.Status.CLOSED_IA: "grey",
}
NEXT = {
    Contact.Status.RECEIVED: "The front door looks at it: is anybody at risk, and is there a sign of abuse or neglect?",
    Contact.Status.URGENT: "Look at it now. Needs that cannot wait may be met before any assessment.",
    Contact.Status.SCREENED: "The front door decides: pass it on to a team, or close it with advice.",
    Contact.Status.WAITING: "The receiving team accepts it or returns it. Until then it stays with the front door.",
    Contact.Status.ALLOCATED: "Nothing more. The receiving team has taken it on.",
    Contact.Status.CLOSED_IA: "Nothing more. It ended at the front door.",
}


def open_contact(request: SignedInRequest, ref: str) -> Contact:
    """The contact behind a reference, for this page. Who looks at whose is written down before anything is shown."""
    contacts = Contact.objects.visible_to(request.user).for_list()
    contact = get_object_or_404(
        contacts.select_related("screened_by", "closed_by", "online_request__cared_for_person"), ref=ref
    )
    match = request.resolver_match
    audit.record_view(
        person_id=contact.person_id,
        by=request.user,
        page=match.view_name if match else "",
        access_list_id=contact.access_list_id or contact.person.access_list_id,
    )
    return contact


# Reading --------------------------------------------------------------------------------------------------------


@require_GET
@policy.staff(*CASE_ROLES)
def show_contact(request: SignedInRequest, ref: str) -> HttpResponse:
    contact = open_contact(request, ref)
    user = request.user
    handovers = Handover.objects.visible_to(user).filter(contact=contact)
    earlier = Contact.objects.visible_to(user).filter(person=contact.person).exclude(pk=contact.pk)
    may_work = can_work_contact(user, contact)
    is_ours_to_move = contact.status in (*workflow.SCREEN.sources, *workflow.PASS_ON.sources)
    context = {
        "contact": contact,
        "colour": STATUS_COLOURS[Contact.Status(contact.status)],
        "is_open": contact.status in Contact.OPEN,
        "next": NEXT[Contact.Status(contact.status)],
        "handovers": handovers.select_related("to_team", "passed_by", "answered_by").order_by(
            "-passed_at", "-pk"
        ),
        "earlier": earlier.select_related("team").order_by("-received_at", "-pk")[:EARLIER_SHOWN],
        "may_screen": workflow.SCREEN.is_open_to(user, contact),
        "may_decide": workflow.PASS_ON.is_open_to(user, contact) or workflow.CLOSE.is_open_to(user, contact),
        "may_mark_urgent": workflow.MARK_URGENT.is_open_to(user, contact),
        "cares_for": _cared_for(contact, user),
        "why_not": "" if may_work or not is_ours_to_move else may_work.reason,
        **identity(contact.person, user),
    }
    return render(request, "contacts/show_contact.html", context)


def _cared_for(contact: Contact, user: Any) -> Person | None:
    """Whom a carer who wrote from the website cares for, when that is one person on record the reader may know."""
    online_request = contact.from_website
    if online_request is None or online_request.cared_for_person_id is None:
        return None
    person: Person | None = (
        Person.objects.visible_to(user).filter(pk=online_request.cared_for_person_id).first()
    )
    return person


@require_GET
@policy.staff(*CASE_ROLES)
def show_handover(request: SignedInRequest, ref: str) -> HttpResponse:
    """A hand-over with the contact it carries."""
    handover = get_object_or_404(
        Handover.objects.visible_to(request.user)
        .for_list()
        .select_related("answered_by", "contact__team", "contact__online_request"),
        ref=ref,
    )
    audit.record_view(
        person_id=handover.person_id,
        by=request.user,
        page="contacts:show-handover",
        access_list_id=handover.access_list_id or handover.person.access_list_id,
    )
    may_answer = workflow.ACCEPT.allowed(request.user, handover)
    context = {
        "handover": handover,
        "contact": handover.contact,
        "may_answer": workflow.ACCEPT.is_open_to(request.user, handover),
        "why_not": "" if may_answer or not workflow.ACCEPT.fits(handover) else may_answer.reason,
        **identity(handover.person, request.user),
    }
    return render(request, "contacts/show_handover.html", context)


# Doing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One thing done to a contact on a page of its own."""

    action: Action
    heading: str
    button: str
    help: str
    said: str
    template: str = "contacts/step.html"
    more: Mapping[str, Any] = field(default_factory=dict)


def _show(
    request: SignedInRequest, contact: Contact, step: Step, form: VersionedForm, *, status: int
) -> HttpResponse:
    context = {
        "contact": contact,
        "step": step,
        "form": form,
        **step.more,
        **identity(contact.person, request.user),
    }
    return render(request, step.template, context, status=status)


def _too_late(request: SignedInRequest, contact: Contact, action: Action) -> HttpResponse:
    """The page was opened for something that no longer fits: back to the contact, which says how it stands."""
    messages.info(
        request, f"“{action.label}” is not possible now: the contact is “{contact.get_status_display()}”."
    )
    return HttpResponseRedirect(contact.get_absolute_url())


def _take(
    request: SignedInRequest,
    contact: Contact,
    step: Step,
    make_form: Callable[..., VersionedForm],
    *,
    initial: Mapping[str, Any],
    saved: Callable[[Contact], Mapping[str, Any]],
    save: Callable[..., Any],
) -> HttpResponse:
    """Ask, then do. Whoever was slower reads both texts and keeps their own (409)."""
    require(step.action.allowed(request.user, contact))
    if request.method != "POST":
        if not step.action.fits(contact):
            return _too_late(request, contact, step.action)
        return _show(
            request, contact, step, make_form(initial=dict(initial), version=contact.version), status=200
        )
    form = make_form(request.POST)
    if not form.is_valid():
        return _show(request, contact, step, form, status=400)
    try:
        save(contact=contact, by=request.user, now=clock.now(), **form.cleaned_data)
    except StaleVersion as stale:
        form.show_conflict(version=stale.record.version, saved=saved(stale.record))
        return _show(request, contact, step, form, status=409)
    except WrongState as moved_on:
        form.add_error(None, f"{moved_on} Your text is kept below, and nothing is saved")
        return _show(request, contact, step, form, status=409)
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return _show(request, contact, step, form, status=400)
    _forget_decision(request, contact)
    messages.success(request, step.said)
    return HttpResponseRedirect(contact.get_absolute_url())


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def mark_urgent(request: SignedInRequest, ref: str) -> HttpResponse:
    contact = open_contact(request, ref)
    step = Step(
        workflow.MARK_URGENT,
        "Mark as urgent",
        "Mark as urgent",
        "Puts the contact before all others on the front door’s list. Needs that cannot wait may be met before any "
        "assessment (Care Act, section 19).",
        "The contact stands first on the list.",
    )
    return _take(
        request,
        contact,
        step,
        MarkUrgentForm,
        initial={},
        saved=lambda record: {"why_urgent": record.why_urgent},
        save=services.mark_urgent,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def screen_contact(request: SignedInRequest, ref: str) -> HttpResponse:
    """The first look, beside everybody who may be the same person on another record."""
    contact = open_contact(request, ref)
    person = contact.person
    twice = people.find_duplicates(
        given_names=person.given_names,
        family_name=person.family_name,
        date_of_birth=person.date_of_birth,
        nhs_number=person.nhs_number or "",
        user=request.user,
        but=person,
    )
    step = Step(
        workflow.SCREEN,
        "Screen",
        "Save the first look",
        "The first look at a contact, within one working day: is there a sign of abuse or neglect, how much risk is "
        "there, and why. No contact is refused here; that is decided by an assessment.",
        "The first look is saved. Decide what happens next.",
        template="contacts/screen_contact.html",
        more={"twice": [match for match in twice if match.person.pk != person.pk]},
    )

    def answers(record: Contact) -> dict[str, Any]:
        return {
            "safeguarding_considered": record.safeguarding_considered,
            "risk": record.risk,
            "screening_summary": record.screening_summary,
        }

    return _take(
        request, contact, step, ScreenForm, initial=answers(contact), saved=answers, save=services.screen
    )


# Deciding -------------------------------------------------------------------------------------------------------


def _remember_decision(request: SignedInRequest, contact: Contact, outcome: str) -> None:
    """Between two pages the outcome is kept in the session: it says something of the person, so no address has it."""
    kept = dict(list(request.session.get(DECIDED, {}).items())[-(MOST_DECIDED - 1) :])
    request.session[DECIDED] = {**kept, contact.ref: outcome}


def _forget_decision(request: SignedInRequest, contact: Contact) -> None:
    kept = request.session.get(DECIDED, {})
    if contact.ref in kept:
        request.session[DECIDED] = {ref: outcome for ref, outcome in kept.items() if ref != contact.ref}


def _decided(request: SignedInRequest, contact: Contact) -> str:
    return str(request.session.get(DECIDED, {}).get(contact.ref, ""))


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def decide_contact(request: SignedInRequest, ref: str) -> HttpResponse:
    """Choose from the national list what happens; the next page passes it on or closes it."""
    contact = open_contact(request, ref)
    step = Step(
        workflow.PASS_ON,
        "Decide what happens",
        "Continue",
        "The outcomes are those of the national return. Low need or savings are no reason to refuse: whoever appears "
        "to have needs for care and support gets an assessment (Care Act, section 9).",
        "",
        template="contacts/decide_contact.html",
    )
    require(step.action.allowed(request.user, contact))
    if not step.action.fits(contact):
        return _too_late(request, contact, step.action)
    if request.method != "POST":
        form = DecideForm(initial={"outcome": _decided(request, contact)}, version=contact.version)
        return _show(request, contact, step, form, status=200)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _show(request, contact, step, form, status=400)
    if form.cleaned_data["version"] != contact.version:
        form.show_conflict(version=contact.version, saved={})
        return _show(request, contact, step, form, status=409)
    outcome = form.cleaned_data["outcome"]
    _remember_decision(request, contact, outcome)
    closes = outcome in Contact.CLOSING
    name = "contacts:close-contact" if closes else "contacts:pass-on"
    return HttpResponseRedirect(reverse(name, args=[contact.ref]))


def _kind_for(contact: Contact, decided: str) -> str:
    if decided == TO_SAFEGUARDING:
        return Handover.Kind.SAFEGUARDING
    if decided == Outcome.REABLEMENT:
        return Handover.Kind.REABLEMENT
    return Handover.Kind.CARER_ASSESSMENT if contact.is_about_a_carer else Handover.Kind.ASSESSMENT


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def pass_on(request: SignedInRequest, ref: str) -> HttpResponse:
    contact = open_contact(request, ref)
    decided = _decided(request, contact)
    teams = list(Team.objects.filter(is_active=True).order_by("name", "pk"))
    step = Step(
        workflow.PASS_ON,
        "Pass on",
        "Pass on to the team",
        "The receiving team accepts it or returns it with a reason. Until it has answered, the contact stays on the "
        "front door’s list, so nothing is lost on the way.",
        "The contact is passed on. It stays on your list until the team accepts it.",
    )
    initial = {
        "kind": _kind_for(contact, decided) if decided else "",
        "outcome": Outcome.OTHER_SERVICE if decided == TO_SAFEGUARDING else decided,
        "summary": contact.screening_summary,
    }
    return _take(
        request,
        contact,
        step,
        lambda *args, **options: PassOnForm(*args, teams=teams, **options),
        initial=initial,
        saved=lambda record: {"outcome": record.outcome},
        save=services.pass_on,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def close_contact(request: SignedInRequest, ref: str) -> HttpResponse:
    contact = open_contact(request, ref)
    step = Step(
        workflow.CLOSE,
        "Close with advice",
        "Close the contact",
        "Ends the request at the front door. The advice is written down, and the person has been told that they can "
        "ask for an assessment all the same. Both fall away only where the person has died.",
        "The contact is closed.",
    )

    def answers(record: Contact) -> dict[str, Any]:
        return {
            "outcome": record.outcome,
            "advice_given": record.advice_given,
            "told_right_to_assessment": record.told_right_to_assessment,
        }

    return _take(
        request,
        contact,
        step,
        CloseForm,
        initial={**answers(contact), "outcome": _decided(request, contact)},
        saved=answers,
        save=services.close_with_advice,
    )
