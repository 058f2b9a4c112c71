"""Who may see the person's own pages: an access ended, and the account behind it set up anew or opened again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import services as accounts
from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, policy
from core.forms import KeyedForm
from core.permissions import require
from people import permissions, services
from people.forms.authority import EndAccessForm, JoinAnewForm
from people.models import Person, PortalAccess
from people.pages import open_person
from people.views.asking import Question, create, show, without_key


def _access(request: SignedInRequest, person: Person, access_ref: str) -> PortalAccess:
    """An access to this person's pages; whoever may give one looks after its account."""
    rows = PortalAccess.objects.visible_to(request.user).select_related("user")
    access = get_object_or_404(rows, person=person, ref=access_ref)
    require(permissions.can_grant_portal_access(request.user, person))
    return access


def _back(person: Person) -> str:
    return reverse("people:list-portal-access", args=[person.ref])


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def end_portal_access(request: SignedInRequest, ref: str, access_ref: str) -> HttpResponse:
    """Close somebody's way to the person's own pages."""
    person = open_person(request, ref)
    access = _access(request, person, access_ref)
    question = Question(
        "End access to their own pages",
        "End the access",
        _back(person),
        "Ends at once what somebody can see on the person’s own pages.",
        intro="They can see nothing about the person from now on. You can invite them again later.",
        warning=True,
    )
    form = EndAccessForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, person, question, form)

    def make() -> str:
        services.end_portal_access(access=access, by=request.user, now=clock.now(), **without_key(form))
        return _back(person)

    return create(
        request,
        person,
        question,
        form,
        purpose="people:end-portal-access",
        content={"access": access.ref, **without_key(form)},
        make=make,
        said="The access has ended.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def let_join_anew(request: SignedInRequest, ref: str, access_ref: str) -> HttpResponse:
    """Their second step of signing in is lost: recognise them, then send a link with which they join anew."""
    person = open_person(request, ref)
    access = _access(request, person, access_ref)
    question = Question(
        "Let them set up their account anew",
        "Send the link",
        _back(person),
        "Somebody whose phone or passkey is lost cannot sign in. You recognise them; then they choose a new password "
        "and set up a new second step, by a link that goes to the address of their account and to no other.",
        intro=f"The password and the second step of {access.user.name}, {access.user.email}, stop working at once, and "
        "every device is signed out. Whoever holds the account sees the person’s plan and budget, so check first who is "
        "asking.",
        warning=True,
    )
    form = JoinAnewForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, person, question, form)
    checked = form.cleaned_data["checked"]

    def make() -> str:
        accounts.start_again(user=access.user, by=request.user, now=clock.now(), checked=checked)
        return _back(person)

    return create(
        request,
        person,
        question,
        form,
        purpose="people:let-join-anew",
        content={"access": access.ref, "checked": checked},
        make=make,
        said="A link is on its way to the address of their account.",
    )


class OpenAccountForm(KeyedForm):
    """Nothing to ask: pressing the button says it."""


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def open_account(request: SignedInRequest, ref: str, access_ref: str) -> HttpResponse:
    """Open an account that was closed, for example because nobody used it."""
    person = open_person(request, ref)
    access = _access(request, person, access_ref)
    question = Question(
        "Open their account again",
        "Open the account",
        _back(person),
        "An account that nobody uses for a while is closed, so that nobody else gets in by it.",
        intro=f"{access.user.name}, {access.user.email}, can sign in again with the password and the second step of "
        "before. Check first that it is they who ask.",
    )
    form = OpenAccountForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, person, question, form)

    def make() -> str:
        accounts.reactivate(user=access.user, by=request.user, now=clock.now())
        return _back(person)

    return create(
        request,
        person,
        question,
        form,
        purpose="people:open-account",
        content={"access": access.ref},
        make=make,
        said="The account is open again.",
    )
