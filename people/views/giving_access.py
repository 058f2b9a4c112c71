"""Who may see the person's own pages, and access given: a few short questions, each asked only where the right needs it.

What is answered is kept in a draft for its author alone until the access is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import CASE_ROLES, User
from accounts.requests import SignedInRequest
from core import clock, drafts, policy
from core.journeys import Answers, Journey, Step, typed_into
from core.permissions import require
from core.workflow import WrongState
from people import permissions, services
from people.authority import POWERS, Power
from people.forms.authority import (
    CapacityForm,
    GiveAccessForm,
    PaperForm,
    ReachForm,
    RightForm,
    WhoGetsAccessForm,
)
from people.models import Person, PortalAccess
from people.pages import identity, open_person
from people.views.asking import Question, create, show

DRAFT = "people.portal_access"
HELP = (
    "The person, or someone with recorded authority, can see the plan and the budget on their own pages, agree, and ask. "
    "Access can be ended at any time."
)


def _is_own(answers: Answers) -> bool:
    return answers.get("who", "relation") == PortalAccess.Relation.SELF


def _power(answers: Answers) -> Power | None:
    return None if _is_own(answers) else POWERS.get(answers.get("right", "kind"))


def _right(answers: Answers) -> Mapping[str, Any]:
    if _is_own(answers):
        return {}
    jointly = _is_on_paper(answers) and answers.get("paper", "jointly") == "yes"
    return {"kind": answers.get("right", "kind"), "jointly": jointly}


def _is_on_paper(answers: Answers) -> bool:
    power = _power(answers)
    return power is not None and power.paper


def _acts_without_capacity(answers: Answers) -> bool:
    power = _power(answers)
    return (
        power is not None
        and power.without_capacity
        and answers.get("reach", "scope") == PortalAccess.Scope.ACT
    )


JOURNEY = Journey(
    kind=DRAFT,
    service="Give access to their own pages",
    start="people:list-portal-access",
    step="people:ask-portal-access",
    check="people:grant-portal-access",
    steps=(
        Step("who", WhoGetsAccessForm),
        Step("right", RightForm, asked=lambda answers: not _is_own(answers)),
        Step("paper", PaperForm, asked=_is_on_paper),
        Step("reach", ReachForm, wording=_right),
        Step("capacity", CapacityForm, asked=_acts_without_capacity),
    ),
)


def _answers(user: User, person: Person) -> Answers:
    draft = drafts.find(owner=user, kind=DRAFT, subject=person.ref)
    return Answers(draft.data if draft else {})


def _open(request: SignedInRequest, ref: str) -> tuple[Person, Journey]:
    """The person, if the user may give access, and the questions about them."""
    person = open_person(request, ref)
    require(permissions.can_grant_portal_access(request.user, person))
    return person, replace(JOURNEY, about=(person.ref,))


@require_GET
@policy.staff(*CASE_ROLES)
def list_portal_access(request: SignedInRequest, ref: str) -> HttpResponse:
    """Who has access and who had it, and the way to give it to somebody else."""
    person, journey = _open(request, ref)
    today = clock.today()
    rows = person.portal_access.select_related("user").order_by("-ended_at", "-pk")
    answers = _answers(request.user, person)
    context = {
        "journey": journey,
        "help": HELP,
        "first": journey.address(journey.steps[0]),
        "go_on": journey.address(journey.first_open(answers)) if answers.typed else "",
        "accesses": [
            {"access": access, "is_live": status in PortalAccess.OPEN, "status": status.label}
            for access in rows
            for status in [access.status_on(today)]
        ],
        **identity(person, request.user),
    }
    return render(request, "people/list_portal_access.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def ask_portal_access(request: SignedInRequest, ref: str, step: str) -> HttpResponse:
    """One question. Whoever jumps ahead is led to the first that is open."""
    person, journey = _open(request, ref)
    asked, answers = journey.find(step), _answers(request.user, person)
    if not journey.may_ask(asked, answers):
        return HttpResponseRedirect(journey.address(journey.first_open(answers)))
    form = asked.bound(answers, request.POST) if request.method == "POST" else asked.kept(answers)
    if request.method == "POST" and form.is_valid():
        answers = Answers({**answers.typed, asked.slug: typed_into(form, request.POST)})
        drafts.save(
            owner=request.user, kind=DRAFT, subject=person.ref, data=answers.typed, person_id=person.pk
        )
        follows = journey.first_open(answers) if "change" in request.GET else journey.after(step, answers)
        return HttpResponseRedirect(journey.address(follows))
    before = journey.before(step, answers)
    question = Question(
        form.title,
        "Continue",
        journey.address(before) if before else reverse(journey.start, args=journey.about),
        HELP,
        template="people/ask_portal_access.html",
        more={"journey": journey},
    )
    return show(request, person, question, form)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def grant_portal_access(request: SignedInRequest, ref: str) -> HttpResponse:
    """The answers once more, and the invitation sent: to the person, or to someone with authority."""
    person, journey = _open(request, ref)
    overview = reverse(journey.start, args=journey.about)
    if "discard" in request.POST:
        drafts.discard(owner=request.user, kind=DRAFT, subject=person.ref)
        messages.info(request, "The answers are thrown away.")
        return HttpResponseRedirect(overview)
    answers = _answers(request.user, person)
    if request.method != "POST" and (open_step := journey.first_open(answers)) is not None:
        return HttpResponseRedirect(journey.address(open_step))
    question = Question(
        "Check your answers",
        "Send the invitation",
        journey.address(journey.asked(answers)[-1]),
        HELP,
        template="people/grant_portal_access.html",
        more={"journey": journey, "rows": journey.rows(answers)},
    )
    form = GiveAccessForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, person, question, form)

    def make() -> str:
        if journey.first_open(answers) is not None:
            raise WrongState(
                "Not every question is answered. Open the page again and answer what is missing."
            )
        facts = {name.partition(".")[2]: answer for name, answer in journey.cleaned(answers).items()}
        user = services.account_for(
            email=facts.pop("email"), name=facts.pop("name"), by=request.user, now=clock.now()
        )
        services.grant_portal_access(user=user, person=person, by=request.user, now=clock.now(), **facts)
        drafts.discard(owner=request.user, kind=DRAFT, subject=person.ref)
        return overview

    return create(
        request,
        person,
        question,
        form,
        purpose="people:grant-portal-access",
        content={},
        make=make,
        said="The access is given, and the invitation is on its way.",
    )
