"""Who is around the person, warnings, how to communicate, and who may see the person's own pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, policy
from core.forms import VersionedForm
from core.permissions import require
from people import permissions, search, services
from people.forms.around import (
    PARTS,
    AddRelationshipForm,
    ChangeRelationshipForm,
    CommunicationForm,
    EndRelationshipForm,
    RenewWarningForm,
    WarningForm,
)
from people.models import CommunicationNeed, Person, Relationship, Warning
from people.pages import identity, open_person
from people.querysets import on_my_lists
from people.views.asking import Question, change, create, show, without_key

NETWORK_HELP = (
    "Who is around the person, what they do, and whether we may talk to them. "
    "A person with a record here can be linked, so that a carer’s own needs are not forgotten."
)
WARNING_HELP = (
    "Warnings stand above the name on every page until they run out, after 12 months at most. They need evidence, and "
    "the person is told unless there is a good reason not to."
)


def _at(name: str, person: Person) -> str:
    return reverse(f"people:{name}", args=[person.ref])


# Network -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def show_network(request: SignedInRequest, ref: str) -> HttpResponse:
    """Everyone around the person, now and before, and whom the person is there for."""
    person = open_person(request, ref)
    known = Person.objects.visible_to(request.user)
    rows = person.relationships.select_related("other_person")
    rows = rows.annotate(may_open=Exists(known.filter(pk=OuterRef("other_person"))))
    around = list(rows.order_by("-is_main_carer", "-is_carer", "kind", "pk"))
    context = {
        "around": [row for row in around if row.valid_to is None],
        "before": [row for row in around if row.valid_to],
        "others": list(
            person.relationships_to_others.filter(valid_to=None, person__in=known.values("pk"))
            .select_related("person")
            .order_by("person__name_sort", "pk")
        ),
        **identity(person, request.user),
    }
    return render(request, "people/show_network.html", context)


def _other_person(request: SignedInRequest, typed: str) -> Person | None:
    """The person behind a number. Raises ValidationError when it is nobody's, or of nobody the user may know of."""
    if not typed.strip():
        return None
    wanted = search.read(typed, clock.today())
    found = search.search(request.user, typed).rows if wanted.numbers else []
    exact = [
        person
        for person in found
        if person.nhs_number in wanted.numbers
        or person.local_number.lower().replace(" ", "") in wanted.numbers
        or person.local_number.split(" ")[-1] in wanted.numbers
    ]
    if len(exact) != 1:
        raise ValidationError(
            {"other_number": "We found nobody with this number. Check it, or write the name"}
        )
    return exact[0]


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_relationship(request: SignedInRequest, ref: str) -> HttpResponse:
    """Add someone to the network."""
    person = open_person(request, ref)
    require(permissions.can_change(request.user, person))
    question = Question(
        "Add someone to the network", "Add", _at("show-network", person), NETWORK_HELP, current="network"
    )
    form = AddRelationshipForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, person, question, form)
    try:
        other = _other_person(request, form.cleaned_data["other_number"])
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return show(request, person, question, form)

    def make() -> str:
        services.add_relationship(
            person=person, other_person=other, facts=form.facts(), by=request.user, now=clock.now()
        )
        return _at("show-network", person)

    return create(
        request,
        person,
        question,
        form,
        purpose="people:add-relationship",
        content=without_key(form),
        make=make,
        said="Added to the network.",
    )


def _relationship(request: SignedInRequest, person: Person, ref: str) -> Relationship:
    return get_object_or_404(
        Relationship.objects.visible_to(request.user).select_related("other_person"), person=person, ref=ref
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_relationship(request: SignedInRequest, ref: str, relationship_ref: str) -> HttpResponse:
    """Change what is known of someone in the network."""
    person = open_person(request, ref)
    relationship = _relationship(request, person, relationship_ref)
    require(permissions.can_change(request.user, person))

    def saved(row: Relationship) -> dict[str, Any]:
        names = ("other_name", "other_phone", "kind", "what_they_do", "may_talk", "hours_caring_weekly")
        return {
            **{name: getattr(row, name) for name in names},
            "parts": [name for name, _ in PARTS if getattr(row, name)],
        }

    def save(answers: dict[str, Any], version: int) -> None:
        parts = answers.pop("parts")
        facts = {**answers, **{name: name in parts for name, _ in PARTS}}
        services.change_relationship(
            relationship=relationship, facts=facts, version=version, by=request.user, now=clock.now()
        )

    return change(
        request,
        person,
        Question(
            "Change someone in the network",
            "Save",
            _at("show-network", person),
            NETWORK_HELP,
            current="network",
        ),
        ChangeRelationshipForm,
        record=relationship,
        saved=saved,
        save=save,
        done=_at("show-network", person),
        said="The change is saved.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def end_relationship(request: SignedInRequest, ref: str, relationship_ref: str) -> HttpResponse:
    """Someone is no longer part of the network."""
    person = open_person(request, ref)
    relationship = _relationship(request, person, relationship_ref)
    require(permissions.can_change(request.user, person))
    return change(
        request,
        person,
        Question(
            "End an entry in the network",
            "End it",
            _at("show-network", person),
            NETWORK_HELP,
            current="network",
            intro="They stay in the history of the network, and can be added again later.",
        ),
        EndRelationshipForm,
        record=relationship,
        saved=lambda row: {"on": row.valid_to or clock.today()},
        save=lambda answers, version: services.end_relationship(
            relationship=relationship, on=answers["on"], version=version, by=request.user, now=clock.now()
        ),
        done=_at("show-network", person),
        said="The entry has ended.",
    )


# Warnings ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def list_warnings(request: SignedInRequest, ref: str) -> HttpResponse:
    """Warnings in force, and those that ran out or were closed."""
    person = open_person(request, ref)
    rows = person.warnings.filter(on_my_lists(request.user)).select_related("created_by", "closed_by")
    today = clock.today()
    warnings = [
        {
            "warning": warning,
            "is_live": warning.closed_at is None and warning.ends_on >= today,
            "may_close": warning.closed_at is None
            and bool(permissions.can_close_warning(request.user, warning)),
        }
        for warning in rows.order_by("-ends_on", "-pk")
    ]
    context = {
        "live": [row for row in warnings if row["is_live"]],
        "past": [row for row in warnings if not row["is_live"]],
        **identity(person, request.user),
    }
    return render(request, "people/list_warnings.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_warning(request: SignedInRequest, ref: str) -> HttpResponse:
    """Warn whoever visits or rings."""
    person = open_person(request, ref)
    require(permissions.can_change(request.user, person))
    question = Question("Add a warning", "Add the warning", _at("list-warnings", person), WARNING_HELP)
    form = WarningForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, person, question, form)

    def make() -> str:
        services.add_warning(person=person, by=request.user, now=clock.now(), **without_key(form))
        return _at("list-warnings", person)

    return create(
        request,
        person,
        question,
        form,
        purpose="people:add-warning",
        content=without_key(form),
        make=make,
        said="The warning stands above the name.",
    )


def _warning(request: SignedInRequest, person: Person, ref: str) -> Warning:
    return get_object_or_404(Warning.objects.visible_to(request.user), person=person, ref=ref)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def renew_warning(request: SignedInRequest, ref: str, warning_ref: str) -> HttpResponse:
    """Let a warning run on because it still holds."""
    person = open_person(request, ref)
    warning = _warning(request, person, warning_ref)
    require(permissions.can_change(request.user, person))
    return change(
        request,
        person,
        Question(
            "Renew a warning", "Renew", _at("list-warnings", person), WARNING_HELP, intro=warning.headline
        ),
        RenewWarningForm,
        record=warning,
        saved=lambda row: {"ends_on": row.ends_on, "evidence": row.evidence},
        save=lambda answers, version: services.renew_warning(
            warning=warning, version=version, by=request.user, now=clock.now(), **answers
        ),
        done=_at("list-warnings", person),
        said="The warning is renewed.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def close_warning(request: SignedInRequest, ref: str, warning_ref: str) -> HttpResponse:
    """Take a warning down because it no longer holds."""
    person = open_person(request, ref)
    warning = _warning(request, person, warning_ref)
    require(permissions.can_close_warning(request.user, warning))
    return change(
        request,
        person,
        Question(
            "Close a warning",
            "Close the warning",
            _at("list-warnings", person),
            WARNING_HELP,
            intro=f"{warning.headline}. The warning goes from every page at once. It stays in the history.",
        ),
        VersionedForm,
        record=warning,
        saved=lambda row: {},
        save=lambda answers, version: services.close_warning(
            warning=warning, version=version, by=request.user, now=clock.now()
        ),
        done=_at("list-warnings", person),
        said="The warning is closed.",
    )


# How to communicate --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_communication_need(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record how to communicate with the person, for every page and every letter."""
    person = open_person(request, ref)
    require(permissions.can_change(request.user, person))
    question = Question(
        "How to communicate",
        "Add",
        _at("show-details", person),
        "What the person needs so that they can read, hear and answer us (Accessible Information Standard). It stands "
        "on every page, and decides the format of letters.",
        template="people/add_communication_need.html",
    )
    form = CommunicationForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, person, question, form)

    def make() -> str:
        services.add_communication_need(person=person, by=request.user, now=clock.now(), **without_key(form))
        return _at("add-communication-need", person)

    return create(
        request,
        person,
        question,
        form,
        purpose="people:add-communication-need",
        content=without_key(form),
        make=make,
        said="The need is recorded.",
    )


@require_http_methods(["POST"])
@policy.staff(*CASE_ROLES)
def end_communication_need(request: SignedInRequest, ref: str, code: str) -> HttpResponse:
    """The need is no longer there."""
    person = open_person(request, ref)
    need = get_object_or_404(
        CommunicationNeed.objects.visible_to(request.user), person=person, code=code, ended_on=None
    )
    services.end_communication_need(need=need, by=request.user, now=clock.now())
    return HttpResponseRedirect(_at("add-communication-need", person))
