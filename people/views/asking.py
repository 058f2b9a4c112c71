"""How a page about a person asks: one form, its errors, a newer version beside what was typed, one result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from accounts.requests import SignedInRequest
from core import form_keys
from core.forms import KeyedForm, VersionedForm
from core.versions import StaleVersion
from people.models import Person
from people.pages import identity


@dataclass(frozen=True)
class Question:
    """A page with one form about one person."""

    heading: str
    button: str
    back: str
    help: str
    current: str = "details"
    intro: str = ""
    warning: bool = False
    template: str = "people/form_page.html"
    more: Mapping[str, Any] = field(default_factory=dict)


def show(
    request: SignedInRequest, person: Person, question: Question, form: Any, *, status: int = 200
) -> HttpResponse:
    """The page with its form, as it is now."""
    context = {"question": question, "form": form, **question.more, **identity(person, request.user)}
    return render(request, question.template, context, status=status)


def change(
    request: SignedInRequest,
    person: Person,
    question: Question,
    form_class: type[VersionedForm],
    *,
    record: Any,
    saved: Callable[[Any], Mapping[str, Any]],
    save: Callable[[dict[str, Any], int], Any],
    done: str,
    said: str,
) -> HttpResponse:
    """Change a record. When somebody else was faster, both texts are shown and the user's is kept (409)."""
    if request.method != "POST":
        form = form_class(initial=dict(saved(record)), version=record.version)
        return show(request, person, question, form)
    form = form_class(request.POST)
    if not form.is_valid():
        return show(request, person, question, form)
    answers = {name: answer for name, answer in form.cleaned_data.items() if name != "version"}
    try:
        save(answers, form.cleaned_data["version"])
    except StaleVersion as stale:
        form.show_conflict(version=stale.record.version, saved=saved(stale.record))
        return show(request, person, question, form, status=409)
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return show(request, person, question, form)
    messages.success(request, said)
    return HttpResponseRedirect(done)


def create(
    request: SignedInRequest,
    person: Person,
    question: Question,
    form: KeyedForm,
    *,
    purpose: str,
    content: Mapping[str, Any],
    make: Callable[[], str],
    said: str,
) -> HttpResponse:
    """Create something once, however often the button is pressed. The form is valid."""
    try:
        address, made_now = form_keys.once(
            actor=form_keys.actor_of(request),
            key=form.cleaned_data["form_key"],
            purpose=purpose,
            content={"person": person.ref, **content},
            make=make,
        )
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return show(request, person, question, form)
    if made_now:
        messages.success(request, said)
    return HttpResponseRedirect(address)


def without_key(form: KeyedForm) -> dict[str, Any]:
    return {name: answer for name, answer in form.cleaned_data.items() if name != "form_key"}
