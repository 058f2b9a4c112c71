"""A contact in five answers: who it is about, who asks, what is happening, consent, and whether it can wait."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES, Team
from accounts.requests import SignedInRequest
from audit import services as audit
from contacts import services
from contacts.forms import ContactForm
from contacts.permissions import can_record_contact
from contacts.views import drafting
from contacts.views.drafting import WHO
from contacts.views.listing import front_doors
from core import clock, form_drafts, form_keys, policy
from core.forms import KeyedForm
from core.models import Draft, FormKey
from core.permissions import require
from people import events as people_events
from people import search as searching
from people import services as people
from people.forms.register import RegisterForm
from people.models import Person
from people.pages import home_for, identity, open_person

SEARCHES = "contacts_searches"
MOST_SEARCHES = 10
PURPOSE = "contacts:add"
NOT_SENT_AGAIN = ("csrfmiddlewaretoken", "asked", "person", "chosen", "change", "later", "discard")


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_contact(request: SignedInRequest) -> HttpResponse:
    """Take down a contact about someone on record, or about someone new."""
    require(can_record_contact(request.user))
    ref = request.POST.get("person") or request.GET.get("person", "")
    if not ref and "new" not in request.GET:
        return _choose(request)
    person = open_person(request, ref) if ref else None
    if request.method == "POST" and ("later" in request.POST or "discard" in request.POST):
        return _put_aside(request, person)
    return _about(request, person) if person else _about_someone_new(request)


def _put_aside(request: SignedInRequest, person: Person | None) -> HttpResponse:
    """Finish later, or not at all."""
    if "discard" in request.POST:
        drafting.discard(request, person)
        messages.info(request, "The draft is thrown away.")
    else:
        drafting.keep(request, person)
        messages.info(request, "The draft is kept. You find it on your work page.")
    return HttpResponseRedirect(person.get_absolute_url() if person else reverse("contacts:list-contacts"))


# Who is it about? -----------------------------------------------------------------------------------------------


def _choose(request: SignedInRequest) -> HttpResponse:
    """Search first: most people who get in touch are on record. What is typed stays out of the address."""
    if request.method == "POST":
        text = request.POST.get("q", "").replace("\x00", "").strip()[:200]
        if not text:
            return HttpResponseRedirect(reverse("contacts:add-contact"))
        token = secrets.token_urlsafe(9)
        kept = dict(list(request.session.get(SEARCHES, {}).items())[-(MOST_SEARCHES - 1) :])
        request.session[SEARCHES] = {**kept, token: text}
        return HttpResponseRedirect(f"{reverse('contacts:add-contact')}?t={token}")
    token = request.GET.get("t", "")
    text = _typed_before(request)
    found = searching.search(request.user, text) if text else None
    if found is not None:
        audit.record(
            people_events.SEARCHED,
            subject=request.user,
            person_id=None,
            by=request.user,
            at=clock.now(),
            found=len(found.rows),
        )
    context = {
        "text": text,
        "token": token if text else "",
        "was_forgotten": bool(token and not text),
        "found": found,
        "rows": _rows(request, found.rows) if found else [],
    }
    return render(request, "contacts/choose_person.html", context)


def _typed_before(request: SignedInRequest) -> str:
    return str(request.session.get(SEARCHES, {}).get(request.GET.get("t", ""), ""))


def _rows(request: SignedInRequest, people_found: list[Person]) -> list[dict[str, Any]]:
    rows = []
    for person in people_found:
        home, hidden = home_for(person, request.user)
        rows.append({"person": person, "home": "Confidential" if hidden else home})
    return rows


def _guess(text: str) -> dict[str, Any]:
    """What was searched for, as first answers about somebody new."""
    wanted = searching.read(text, clock.today())
    guess: dict[str, Any] = {"date_of_birth": wanted.born[0]} if wanted.born else {}
    if wanted.numbers and wanted.numbers[0].isdigit() and len(wanted.numbers[0]) == 10:
        guess["nhs_number"] = wanted.numbers[0]
    elif wanted.words:
        *given, family = [word.title() for word in wanted.words]
        guess |= {"given_names": " ".join(given), "family_name": family}
    return guess


# Someone on record ----------------------------------------------------------------------------------------------


def _form(request: SignedInRequest, *, bound: bool, draft: Draft | None = None) -> ContactForm:
    doors = front_doors()
    mine = next((team for team in doors if team.pk in request.user.team_ids), None)
    chosen = mine or (doors[0] if len(doors) == 1 else None)
    typed = form_drafts.first_answers(ContactForm, draft.data.get("contact", {})) if draft else {}
    return ContactForm(
        request.POST if bound else None,
        teams=doors,
        initial={"team": chosen.ref if chosen else "", **typed},
    )


def _content(form: ContactForm, **who: Any) -> dict[str, Any]:
    facts = form.facts()
    team: Team = facts["team"]
    return {**facts, "team": team.ref, **who}


def _about(request: SignedInRequest, person: Person) -> HttpResponse:
    if request.method != "POST":
        draft = drafting.find(request, person)
        return _show_form(request, person, _form(request, bound=False, draft=draft), draft)
    form = _form(request, bound=True)
    # “It is this person”, chosen among those who may be the same: the answers come along and are read once more.
    chosen = "chosen" in request.POST
    if chosen:
        drafting.discard(request, None)
    if chosen or not form.is_valid():
        drafting.keep(request, person)
        return _show_form(request, person, form)

    def make() -> str:
        contact = services.receive(person=person, by=request.user, now=clock.now(), **form.facts())
        drafting.discard(request, person)
        return contact.get_absolute_url()

    try:
        address, made_now = form_keys.once(
            actor=form_keys.actor_of(request),
            key=form.cleaned_data["form_key"],
            purpose=PURPOSE,
            content=_content(form, person=person.ref),
            make=make,
        )
    except ValidationError as refusal:
        form.add_service_error(refusal)
        drafting.keep(request, person)
        return _show_form(request, person, form)
    return _done(request, address, made_now)


def _show_form(
    request: SignedInRequest, person: Person, form: ContactForm, draft: Draft | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "draft": draft,
        "autosave_url": drafting.autosave_address(request, person),
        **identity(person, request.user),
    }
    return render(request, "contacts/add_contact.html", context, status=400 if form.errors else 200)


def _done(request: SignedInRequest, address: str, made_now: bool) -> HttpResponse:
    if made_now:
        messages.success(request, "The contact is recorded.")
    return HttpResponseRedirect(address)


# Someone new ----------------------------------------------------------------------------------------------------


def _about_someone_new(request: SignedInRequest) -> HttpResponse:
    """The person and the contact on one page; nothing is saved before the reader has seen who may be the same."""
    if request.method != "POST":
        text, draft = _typed_before(request), drafting.find(request, None)
        typed = form_drafts.first_answers(RegisterForm, draft.data.get(WHO, {})) if draft else None
        guess = _guess(text) if text else {}
        who = RegisterForm(prefix=WHO, initial=guess if typed is None else typed)
        return _show_new(request, who, _form(request, bound=False, draft=draft), draft)
    who, form = RegisterForm(request.POST, prefix=WHO), _form(request, bound=True)
    is_whole = all([who.is_valid(), form.is_valid()])
    drafting.keep(request, None)
    if not is_whole or "change" in request.POST:
        return _show_new(request, who, form)
    facts = who.facts()
    key = form.cleaned_data["form_key"]
    actor = form_keys.actor_of(request)
    # Pressed twice: the first press made the person, who is no duplicate of themself.
    if not FormKey.objects.filter(actor=actor, key=key).exists():
        stop = _ask_first(request, form, facts)
        if stop is not None:
            return stop

    def make() -> str:
        now = clock.now()
        person = people.register(facts=facts, by=request.user, now=now)
        contact = services.receive(person=person, by=request.user, now=now, **form.facts())
        drafting.discard(request, None)
        return contact.get_absolute_url()

    try:
        address, made_now = form_keys.once(
            actor=actor, key=key, purpose=PURPOSE, content=_content(form, **facts), make=make
        )
    except ValidationError as refusal:
        _share_out(refusal, who, form)
        return _show_new(request, who, form)
    return _done(request, address, made_now)


def _share_out(refusal: ValidationError, who: KeyedForm, form: KeyedForm) -> None:
    """Put what a service refused beside the question it is about, whichever of the two forms asks it."""
    if not hasattr(refusal, "error_dict"):
        form.add_service_error(refusal)
        return
    for name, errors in refusal.error_dict.items():
        (who if name in who.fields else form).add_service_error(ValidationError({name: errors}))


def _show_new(
    request: SignedInRequest, who: RegisterForm, form: ContactForm, draft: Draft | None = None
) -> HttpResponse:
    wrong = bool(who.errors or form.errors)
    context = {
        "who": who,
        "form": form,
        "draft": draft,
        "autosave_url": drafting.autosave_address(request, None),
        "token": request.GET.get("t", ""),
        "is_wrong": wrong,
    }
    return render(request, "contacts/add_contact_new.html", context, status=400 if wrong else 200)


def _ask_first(request: SignedInRequest, form: ContactForm, facts: dict[str, Any]) -> HttpResponse | None:
    """The page that stops and asks whether it is one of these people. Nothing when there is nobody to show."""
    matches = people.find_duplicates(
        given_names=facts["given_names"],
        family_name=facts["family_name"],
        date_of_birth=facts["date_of_birth"],
        nhs_number=facts["nhs_number"],
        postcode=facts["postcode"],
        user=request.user,
    )
    is_certain = any(match.is_certain for match in matches)
    shown = ",".join(match.person.ref for match in matches)
    if not matches or (not is_certain and request.POST.get("asked") == shown):
        return None
    rows = _rows(request, [match.person for match in matches])
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_SENT_AGAIN
        for value in values
    ]
    context = {
        "rows": [{**row, "match": match} for row, match in zip(rows, matches, strict=True)],
        "is_certain": is_certain,
        "typed": typed,
        "asked": shown,
        "token": request.GET.get("t", ""),
    }
    return render(request, "contacts/add_contact_check.html", context)
