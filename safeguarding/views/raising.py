"""A member of staff reports a concern; the duty team says whose record it is about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from audit import services as audit
from core import clock, drafts, form_keys, policy
from core.permissions import require
from core.templatetags.dates import clock_time
from people import search as searching
from people import services as people
from people.models import Person
from people.pages import home_for, identity
from safeguarding import services, workflow
from safeguarding.forms.raising import RaiseForm
from safeguarding.models import Concern
from safeguarding.opening import about, open_concern
from safeguarding.permissions import can_raise
from safeguarding.services import CONCERN_DRAFT, SOMEBODY

PURPOSE = "safeguarding:add"
MOST_FOUND = 10


def _person(request: SignedInRequest) -> Person | None:
    """The record the page was opened from. That somebody writes here is not written into that record's own trail of
    views, which others may read: it says that the record was looked at, and nothing of why."""
    ref = request.POST.get("person") or request.GET.get("person", "")
    if not ref:
        return None
    person = get_object_or_404(Person.objects.visible_to(request.user).with_identity(), ref=ref)
    audit.record_view(
        person_id=person.pk,
        by=request.user,
        page="people:show-person",
        access_list_id=person.access_list_id,
    )
    return person


@require_http_methods(["GET", "POST"])
@policy.staff()
def add_concern(request: SignedInRequest) -> HttpResponse:
    """Report a concern about somebody on record, or about somebody else. The duty team hears at once."""
    require(can_raise(request.user))
    person = _person(request)
    if request.method != "POST":
        kept = drafts.find(owner=request.user, kind=CONCERN_DRAFT, subject=person.ref if person else SOMEBODY)
        form = RaiseForm(None, is_on_record=person is not None, initial=dict(kept.data) if kept else {})
        return _show(request, form, person)
    form = RaiseForm(request.POST, is_on_record=person is not None)
    if not form.is_valid():
        return _show(request, form, person)

    def make() -> str:
        concern = services.raise_concern(person=person, by=request.user, now=clock.now(), **form.facts())
        return reverse("safeguarding:concern-sent", args=[concern.ref])

    try:
        address, _ = form_keys.once(
            actor=form_keys.actor_of(request),
            key=form.cleaned_data["form_key"],
            purpose=PURPOSE,
            content={**form.facts(), "person": person.ref if person else ""},
            make=make,
        )
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return _show(request, form, person)
    drafts.discard(owner=request.user, kind=CONCERN_DRAFT, subject=person.ref if person else SOMEBODY)
    return HttpResponseRedirect(address)


def _show(request: SignedInRequest, form: RaiseForm, person: Person | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "person": person}
    if person is not None:
        context |= identity(person, request.user)
    return render(request, "safeguarding/add_concern.html", context, status=400 if form.errors else 200)


@require_http_methods(["POST"])
@policy.staff()
def autosave_concern(request: SignedInRequest) -> HttpResponse:
    """Keep what is being written, for its author alone."""
    ref = request.POST.get("person", "")
    person = get_object_or_404(Person.objects.visible_to(request.user), ref=ref) if ref else None
    names = [name for name in RaiseForm.base_fields if name not in ("form_key", "kinds")]
    data: dict[str, Any] = {
        name: request.POST.get(name, "").replace("\x00", "")[:10000]
        for name in names
        if name in request.POST and name not in ("adult_date_of_birth", "happened_on")
    }
    data["kinds"] = [kind[:3] for kind in request.POST.getlist("kinds")][:11]
    drafts.save(
        owner=request.user,
        kind=CONCERN_DRAFT,
        subject=person.ref if person else SOMEBODY,
        data=data,
        person_id=person.pk if person else None,
    )
    return JsonResponse({"saved_at": clock_time(clock.now())})


@require_GET
@policy.staff()
def concern_sent(request: SignedInRequest, ref: str) -> HttpResponse:
    """It is with the duty team: the reference and what happens now, for whoever reported it, and nothing more."""
    concern = get_object_or_404(Concern.objects.raised_by(request.user), ref=ref)
    return render(request, "safeguarding/concern_sent.html", {"concern": concern})


# Whose record is it about? --------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def match_person(request: SignedInRequest, ref: str) -> HttpResponse:
    """Find the record a concern is about, or make one from what was said."""
    concern = open_concern(request, ref)
    require(workflow.MATCH.allowed(request.user, concern))
    if not workflow.MATCH.fits(concern):
        messages.info(request, f"This is not possible now: the case is “{concern.get_status_display()}”.")
        return HttpResponseRedirect(concern.get_absolute_url())
    error, text = "", request.POST.get("q", "").replace("\x00", "").strip()[:200]
    if request.method == "POST" and not text:
        try:
            return _matched(request, concern)
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
    context = {
        "concern": concern,
        "text": text,
        "error": error,
        "rows": _candidates(request, concern, text),
        **about(concern, request),
    }
    return render(request, "safeguarding/match_person.html", context, status=400 if error else 200)


def _candidates(request: SignedInRequest, concern: Concern, text: str) -> list[dict[str, Any]]:
    """Who it may be: by what was typed, else by the name, birthday and postcode that were reported."""
    if text:
        found: list[tuple[Person, str]] = [
            (person, "") for person in searching.search(request.user, text).rows[:MOST_FOUND]
        ]
    else:
        matches = people.find_duplicates(
            given_names=concern.adult_given_names,
            family_name=concern.adult_family_name,
            date_of_birth=concern.adult_date_of_birth,
            nhs_number="",
            postcode=concern.adult_postcode,
            user=request.user,
        )
        found = [(match.person, ", ".join(match.reasons)) for match in matches[:MOST_FOUND]]
    rows = []
    for person, why in found:
        home, hidden = home_for(person, request.user)
        rows.append({"person": person, "why": why, "home": "Confidential" if hidden else home})
    return rows


def _matched(request: SignedInRequest, concern: Concern) -> HttpResponse:
    now, chosen = clock.now(), request.POST.get("person", "")
    version = request.POST.get("version", "")
    if chosen == "new":
        person = people.register(facts=_as_said(concern), by=request.user, now=now)
    else:
        found = Person.objects.visible_to(request.user).filter(ref=chosen[:16]).first() if chosen else None
        if found is None:
            raise ValidationError("Choose whose record it is about, or make a new one.")
        person = found
    services.match(
        concern=concern,
        person=person,
        version=int(version) if version.isdigit() else None,
        by=request.user,
        now=now,
    )
    messages.success(request, "It is recorded who this is about.")
    return HttpResponseRedirect(concern.get_absolute_url())


def _as_said(concern: Concern) -> dict[str, Any]:
    if not (concern.adult_given_names and concern.adult_family_name):
        raise ValidationError("The name is not whole. Find the record, or make it under People first.")
    return {
        "given_names": concern.adult_given_names,
        "family_name": concern.adult_family_name,
        "date_of_birth": concern.adult_date_of_birth,
        "address_lines": concern.adult_address,
        "postcode": concern.adult_postcode,
        "is_service_user": True,
    }
