"""Hand-overs that wait for my team, the list of assessments, and beginning, giving and ending one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import ASSESSING_ROLES, CASE_ROLES, Membership, Role, Team, User
from accounts.querysets import live_on
from accounts.requests import SignedInRequest
from assessments import services
from assessments.forms import (
    AbandonForm,
    AssignForm,
    ChooseAssessorForm,
    MethodForm,
    RefuseForm,
    RequestForm,
    ReturnHandoverForm,
    StartForm,
)
from assessments.models import Assessment
from assessments.permissions import can_assign, can_end, can_request, can_write
from assessments.views.opening import around, assessors_in, open_assessment
from audit import services as audit
from contacts import services as contacts
from contacts.models import Handover
from contacts.permissions import can_answer_handover
from core import clock, form_keys, policy
from core.permissions import require
from core.versions import StaleVersion
from people import pages
from worklist.paging import key_page


@require_GET
@policy.staff(*CASE_ROLES)
def list_handovers(request: SignedInRequest) -> HttpResponse:
    """What was passed on to my teams and waits for an answer, the longest wait on top."""
    user = request.user
    rows = Handover.objects.visible_to(user).open().to_teams(user.team_ids).for_list()
    page = key_page(request, rows, field="passed_at")
    for row in page.rows:
        row.may_answer = bool(can_answer_handover(user, row))
    context = {"page": page}
    return render(request, "assessments/list_handovers.html", context)


SHOW = (
    ("waiting", "Waiting to start", (Assessment.Status.PLANNED,)),
    ("writing", "Being written", Assessment.EDITABLE),
    ("submitted", "To authorise", (Assessment.Status.SUBMITTED,)),
    ("authorised", "To give to the person", (Assessment.Status.AUTHORISED,)),
)


@require_GET
@policy.staff(*CASE_ROLES)
def list_assessments(request: SignedInRequest) -> HttpResponse:
    """The assessments of my teams, by what they wait for."""
    user = request.user
    chosen = next((each for each in SHOW if each[0] == request.GET.get("show")), SHOW[0])
    rows = Assessment.objects.visible_to(user).of_teams(user.team_ids).filter(status__in=chosen[2]).for_list()
    context = {
        "page": key_page(request, rows, field="requested_on"),
        "show": chosen[0],
        "label": chosen[1],
        "tabs": [(code, label) for code, label, _ in SHOW],
    }
    return render(request, "assessments/list_assessments.html", context)


def _open_handover(request: SignedInRequest, ref: str) -> Handover:
    handover = get_object_or_404(Handover.objects.visible_to(request.user).for_list(), ref=ref)
    audit.record_view(
        person_id=handover.person_id,
        by=request.user,
        page=request.resolver_match.view_name if request.resolver_match else "",
        access_list_id=handover.access_list_id,
    )
    return handover


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def accept_handover(request: SignedInRequest, ref: str) -> HttpResponse:
    """Take a hand-over on, and say who assesses. Reablement and safeguarding are taken on here and done elsewhere."""
    handover = _open_handover(request, ref)
    if handover.kind == Handover.Kind.REABLEMENT:
        return redirect("reablement:accept-handover", handover.ref)
    user = request.user
    require(can_answer_handover(user, handover))
    is_manager = user.has_role(Role.TEAM_MANAGER, team=handover.to_team_id)
    assessors = assessors_in(handover.to_team)
    if not is_manager:
        assessors = assessors.filter(pk=user.pk)
    assesses = handover.kind in Handover.ASSESSING
    form = ChooseAssessorForm(
        request.POST if request.method == "POST" else None,
        assessors=assessors,
        may_leave_open=is_manager or not assesses,
    )
    if not assesses:
        del form.fields["assessor"]
    if form.is_valid():
        assessor = form.cleaned_data.get("assessor")

        def make() -> str:
            if not assesses:
                url = handover.contact.get_absolute_url()
                contacts.handover_accepted(handover=handover, result_url=url, by=user, now=clock.now())
                return url
            made = services.accept_handover(handover=handover, assessor=assessor, by=user, now=clock.now())
            return made.get_absolute_url()

        try:
            url, _ = form_keys.once(
                actor=form_keys.actor_of(request),
                key=form.cleaned_data["form_key"],
                purpose="assessments:accept-handover",
                content={"handover": handover.ref, "assessor": assessor.ref if assessor else ""},
                make=make,
            )
        except ValidationError as error:
            form.add_service_error(error)
        else:
            messages.success(request, "Hand-over accepted")
            return HttpResponseRedirect(url)
    context = {
        "form": form,
        "handover": handover,
        "contact": handover.contact,
        **pages.identity(handover.person, user),
    }
    return render(request, "assessments/accept_handover.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def return_handover(request: SignedInRequest, ref: str) -> HttpResponse:
    """Send a hand-over back to the front door, with the reason."""
    handover = _open_handover(request, ref)
    user = request.user
    require(can_answer_handover(user, handover))
    form = ReturnHandoverForm(request.POST if request.method == "POST" else None)
    if form.is_valid():

        def make() -> str:
            reason = form.cleaned_data["reason"]
            contacts.handover_returned(handover=handover, reason=reason, by=user, now=clock.now())
            return handover.ref

        try:
            form_keys.once(
                actor=form_keys.actor_of(request),
                key=form.cleaned_data["form_key"],
                purpose="assessments:return-handover",
                content={"handover": handover.ref, "reason": form.cleaned_data["reason"]},
                make=make,
            )
        except ValidationError as error:
            form.add_service_error(error)
        else:
            messages.success(request, "Hand-over returned to the front door")
            return redirect("assessments:list-handovers")
    context = {
        "form": form,
        "handover": handover,
        "contact": handover.contact,
        **pages.identity(handover.person, user),
    }
    return render(request, "assessments/return_handover.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def request_assessment(request: SignedInRequest, ref: str) -> HttpResponse:
    """Ask for an assessment of a person without a contact. `ref` is the person's."""
    person = pages.open_person(request, ref)
    user = request.user
    require(can_request(user))
    assessing = Membership.objects.filter(live_on(clock.today()), role__in=ASSESSING_ROLES).values("team")
    teams = Team.objects.filter(pk__in=assessing, is_active=True).order_by("name", "pk")
    team = user.main_team.ref if user.main_team else ""
    form = RequestForm(
        request.POST if request.method == "POST" else None,
        teams=teams,
        initial={"kind": "needs", "team": team},
    )
    if form.is_valid():
        facts = {"kind": form.cleaned_data["kind"], "team": form.cleaned_data["team"]}

        def make() -> str:
            made = services.request_assessment(person=person, by=user, now=clock.now(), **facts)
            return made.get_absolute_url()

        try:
            url, _ = form_keys.once(
                actor=form_keys.actor_of(request),
                key=form.cleaned_data["form_key"],
                purpose="assessments:request",
                content={"person": person.ref, "kind": facts["kind"], "team": facts["team"].ref},
                make=make,
            )
        except ValidationError as error:
            form.add_service_error(error)
        else:
            return HttpResponseRedirect(url)
    context = {"form": form, **pages.identity(person, user)}
    return render(request, "assessments/request_assessment.html", context, status=400 if form.errors else 200)


def _change(
    request: SignedInRequest,
    assessment: Assessment,
    form: Form,
    template: str,
    done: str,
    act: Callable[[dict[str, Any]], Any],
    saved: dict[str, Any] | None = None,
) -> HttpResponse:
    """The common end of the small forms: act once, or show the form again with what is wrong."""
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except StaleVersion as stale:
            form.show_conflict(version=stale.record.version, saved=saved or {})  # type: ignore[attr-defined]
            status = 409
        except ValidationError as error:
            form.add_service_error(error)  # type: ignore[attr-defined]
        else:
            messages.success(request, done)
            return redirect(assessment)
    return render(request, template, {"form": form, **around(assessment, request.user)}, status=status)


def _facts(request: SignedInRequest, assessment: Assessment, cleaned: dict[str, Any]) -> dict[str, Any]:
    return {"assessment": assessment, "by": request.user, "now": clock.now(), **cleaned}


def _candidates(user: User, assessment: Assessment) -> Any:
    assessors = assessors_in(assessment.team)
    if user.has_role(Role.TEAM_MANAGER, team=assessment.team_id):
        return assessors
    return assessors.filter(pk__in=[user.pk, assessment.assessor_id or user.pk])


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def start(request: SignedInRequest, ref: str) -> HttpResponse:
    assessment = open_assessment(request, ref)
    require(can_write(request.user, assessment))
    assessor = assessment.assessor or request.user
    form = StartForm(
        request.POST if request.method == "POST" else None,
        version=assessment.version,
        assessors=_candidates(request.user, assessment),
        initial={"assessor": assessor.ref},
    )
    return _change(
        request,
        assessment,
        form,
        "assessments/start.html",
        "Assessment started",
        lambda cleaned: services.start(**_facts(request, assessment, cleaned)),
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def assign(request: SignedInRequest, ref: str) -> HttpResponse:
    assessment = open_assessment(request, ref)
    require(can_assign(request.user, assessment))
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        version=assessment.version,
        assessors=_candidates(request.user, assessment),
        initial={"assessor": assessment.assessor.ref if assessment.assessor else ""},
    )
    return _change(
        request,
        assessment,
        form,
        "assessments/assign.html",
        "Assessor chosen",
        lambda cleaned: services.assign(**_facts(request, assessment, cleaned)),
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_method(request: SignedInRequest, ref: str) -> HttpResponse:
    assessment = open_assessment(request, ref)
    require(can_write(request.user, assessment))
    form = MethodForm(
        request.POST if request.method == "POST" else None,
        version=assessment.version,
        initial={"method": assessment.method},
    )
    return _change(
        request,
        assessment,
        form,
        "assessments/change_method.html",
        "Way of assessing changed",
        lambda cleaned: services.change_method(**_facts(request, assessment, cleaned)),
        saved={"method": assessment.method},
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def refuse(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record that the person refuses, after the check of s11(2)."""
    assessment = open_assessment(request, ref)
    require(can_end(request.user, assessment))
    form = RefuseForm(request.POST if request.method == "POST" else None, version=assessment.version)

    def act(cleaned: dict[str, Any]) -> None:
        facts = _facts(request, assessment, cleaned)
        services.refuse(**facts | {"in_best_interests": bool(facts["in_best_interests"])})

    return _change(request, assessment, form, "assessments/refuse.html", "Refusal recorded", act)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def abandon(request: SignedInRequest, ref: str) -> HttpResponse:
    assessment = open_assessment(request, ref)
    require(can_end(request.user, assessment))
    form = AbandonForm(request.POST if request.method == "POST" else None, version=assessment.version)
    return _change(
        request,
        assessment,
        form,
        "assessments/abandon.html",
        "Assessment stopped",
        lambda cleaned: services.abandon(**_facts(request, assessment, cleaned)),
    )
