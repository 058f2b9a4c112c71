"""What is typed about a new contact, kept on the server for its author alone until it is recorded or thrown away."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from contacts.forms import ContactForm
from contacts.permissions import can_record_contact
from core import clock, drafts, form_drafts, form_keys, policy
from core.models import Draft, FormKey
from core.permissions import require
from core.templatetags.dates import clock_time
from people.forms.register import RegisterForm
from people.models import Person

KIND = "contacts.contact"
NEW = "new"
WHO = "who"
SEARCH = re.compile(r"^[\w-]{1,40}$")


def subject_of(request: SignedInRequest, person: Person | None) -> str:
    """One draft for each person; about somebody new, one for each search that found nobody."""
    if person:
        return person.ref
    search = request.GET.get("t", "")
    return f"{NEW}:{search}" if SEARCH.match(search) else NEW


def address_of(draft: Draft) -> str:
    """Where a draft is opened again."""
    subject, _, search = draft.subject.partition(":")
    if subject != NEW:
        return f"{reverse('contacts:add-contact')}?{urlencode({'person': subject})}"
    query = {"new": "yes", **({"t": search} if search else {})}
    return f"{reverse('contacts:add-contact')}?{urlencode(query)}"


def autosave_address(request: SignedInRequest, person: Person | None) -> str:
    query = {"person": person.ref} if person else {"t": request.GET.get("t", "")}
    return f"{reverse('contacts:autosave-contact')}?{urlencode(query)}"


def find(request: SignedInRequest, person: Person | None) -> Draft | None:
    return drafts.find(owner=request.user, kind=KIND, subject=subject_of(request, person))


def keep(request: SignedInRequest, person: Person | None) -> None:
    """Keep what was sent, whether or not it could be recorded. What is recorded already is no draft any more."""
    key = request.POST.get("form_key", "").replace("\x00", "")[:64]
    if FormKey.objects.filter(actor=form_keys.actor_of(request), key=key).exists():
        return
    kept: dict[str, Any] = {"contact": form_drafts.typed(ContactForm(teams=[]), request.POST)}
    if person is None:
        kept[WHO] = form_drafts.typed(RegisterForm(prefix=WHO), request.POST)
    if any(kept.values()):
        drafts.save(
            owner=request.user,
            kind=KIND,
            subject=subject_of(request, person),
            data=kept,
            person_id=person.pk if person else None,
        )


def discard(request: SignedInRequest, person: Person | None) -> None:
    drafts.discard(owner=request.user, kind=KIND, subject=subject_of(request, person))


@require_POST
@policy.staff(*CASE_ROLES)
def autosave_contact(request: SignedInRequest) -> HttpResponse:
    """Keep what is being typed. The page sends it every few seconds."""
    require(can_record_contact(request.user))
    ref = request.GET.get("person", "")
    person = get_object_or_404(Person.objects.visible_to(request.user), ref=ref) if ref else None
    keep(request, person)
    return JsonResponse({"saved_at": clock_time(clock.now())})
