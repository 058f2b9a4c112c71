"""Finding a person, and making the record of one the council does not know yet."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES, MONEY_ROLES
from accounts.requests import SignedInRequest
from audit import services as audit
from audit.models import View
from core import clock, form_keys, policy
from core.models import FormKey
from core.permissions import require
from people import events, names, permissions, services, timescales
from people import search as searching
from people.forms.register import RegisterForm
from people.models import Person
from people.pages import home_for, lead_of

SEARCHES = "people_searches"
MOST_SEARCHES = 10
# Whom the user opened last is shown where nothing was searched for yet: so many people, of so many looks.
MOST_LATELY, LOOKS_BACK = 8, 200


def _remember(request: SignedInRequest, text: str) -> str:
    """Keep what was typed in the session: what a person is called never stands in an address."""
    token = secrets.token_urlsafe(9)
    kept = dict(list(request.session.get(SEARCHES, {}).items())[-(MOST_SEARCHES - 1) :])
    request.session[SEARCHES] = {**kept, token: text}
    return token


def _rows(people: list[Person], request: SignedInRequest) -> list[dict[str, Any]]:
    rows = []
    for person in people:
        home, hidden = home_for(person, request.user)
        rows.append({"person": person, "home": "Confidential" if hidden else home, "lead": lead_of(person)})
    return rows


def _opened_lately(request: SignedInRequest) -> list[Person]:
    """The people whose records the user opened last, the latest first: two queries."""
    looks = View.objects.by_actor(request.user).values_list("person_id", flat=True)[:LOOKS_BACK]
    latest = list(dict.fromkeys(looks))[:MOST_LATELY]
    people = Person.objects.visible_to(request.user).with_identity().filter(pk__in=latest)
    known = {person.pk: person for person in people}
    return [known[key] for key in latest if key in known]


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES, *MONEY_ROLES)
def search(request: SignedInRequest) -> HttpResponse:
    """One box: a name or its start, a date of birth, an NHS number, our own number."""
    if request.method == "POST":
        text = request.POST.get("q", "").replace("\x00", "").strip()[:200]
        if not text:
            return HttpResponseRedirect(reverse("people:search"))
        token = _remember(request, text)
        return HttpResponseRedirect(f"{reverse('people:search')}?t={token}")
    token = request.GET.get("t", "")
    text = request.session.get(SEARCHES, {}).get(token, "")
    found = None
    if text:
        found = searching.search(request.user, text)
        audit.record(
            events.SEARCHED,
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
        "rows": _rows(found.rows if found else _opened_lately(request), request),
        "opens_case": bool(permissions.can_read_case(request.user)),
        "may_add": bool(permissions.can_register(request.user)),
    }
    return render(request, "people/search.html", context)


def _first_guess(text: str) -> dict[str, Any]:
    """What was searched for, as the first answers about somebody new."""
    wanted = searching.read(text, clock.today())
    guess: dict[str, Any] = {}
    if wanted.born:
        guess["date_of_birth"] = wanted.born[0]
    if wanted.numbers and len(wanted.numbers[0]) == 10 and wanted.numbers[0].isdigit():
        guess["nhs_number"] = wanted.numbers[0]
    elif wanted.words:
        words = [word for word in text.split() if names.fold(word) in wanted.words]
        guess["family_name"] = words[-1].title() if words else ""
        guess["given_names"] = " ".join(words[:-1]).title()
    return guess


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_person(request: SignedInRequest) -> HttpResponse:
    """Make a record, after showing everybody who may be the same person already."""
    require(permissions.can_register(request.user))
    if request.method != "POST":
        text = request.session.get(SEARCHES, {}).get(request.GET.get("t", ""), "")
        form = RegisterForm(initial=_first_guess(text) if text else {})
        return render(request, "people/add_person.html", {"form": form})
    form = RegisterForm(request.POST)
    if not form.is_valid() or "change" in request.POST:
        return render(request, "people/add_person.html", {"form": form})
    facts = form.facts()
    # Pressed twice: the first press made the person, who is no duplicate of themself.
    sent_before = FormKey.objects.filter(
        actor=form_keys.actor_of(request), key=form.cleaned_data["form_key"]
    ).exists()
    if not sent_before:
        stop = _ask_first(request, form, facts)
        if stop is not None:
            return stop
    try:
        address, _ = form_keys.once(
            actor=form_keys.actor_of(request),
            key=form.cleaned_data["form_key"],
            purpose="people:add-person",
            content=facts,
            make=lambda: services.register(facts=facts, by=request.user, now=clock.now()).get_absolute_url(),
        )
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return render(request, "people/add_person.html", {"form": form})
    return HttpResponseRedirect(address)


def _ask_first(request: SignedInRequest, form: RegisterForm, facts: dict[str, Any]) -> HttpResponse | None:
    """The page that stops and asks: is it one of these? Nothing when there is nothing to ask."""
    matches = services.find_duplicates(
        given_names=facts["given_names"],
        family_name=facts["family_name"],
        date_of_birth=facts["date_of_birth"],
        nhs_number=facts["nhs_number"],
        postcode=facts["postcode"],
        user=request.user,
    )
    born = facts["date_of_birth"]
    unusual = bool(born and timescales.is_unusual_age(born, clock.today()))
    is_certain = any(match.is_certain for match in matches)
    shown = ",".join(match.person.ref for match in matches) + ("!" if unusual else "")
    if not (matches or unusual) or (not is_certain and request.POST.get("asked") == shown):
        return None
    rows = [
        {"match": match, **row}
        for match, row in zip(matches, _rows([match.person for match in matches], request), strict=True)
    ]
    context = {
        "form": form,
        "rows": rows,
        "is_certain": is_certain,
        "unusual": unusual,
        "born": born,
        "typed": form.typed(),
        "asked": shown,
    }
    return render(request, "people/add_person_check.html", context)
