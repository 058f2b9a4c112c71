"""From the referral to the decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

import audit.services as audit
from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from assessments.models import Assessment
from contacts.models import Handover
from contacts.permissions import can_answer_handover
from core import clock, policy
from core.permissions import require
from core.workflow import WrongState
from people.models import Person
from people.pages import open_person
from people.views.asking import Question, change, create, show, without_key
from reablement import pages, permissions, services, workflow
from reablement.forms.referring import (
    AcceptForm,
    AcceptHandoverForm,
    DeclineForm,
    LeadForm,
    RedirectForm,
    ReferForm,
    TriageForm,
)
from reablement.models import Episode

HELP = (
    "Reablement is intensive help for about six weeks to do things for oneself again. There is no means test for it. A "
    "referral is looked at on the same day, and then accepted, declined or sent where it belongs."
)


def question(episode: Episode, heading: str, button: str, intro: str = "", **more: Any) -> Question:
    return Question(
        heading, button, episode.get_absolute_url(), HELP, current="reablement", intro=intro, **more
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def refer(request: SignedInRequest, ref: str) -> HttpResponse:
    """Refer somebody: from a hospital, from an assessment, or by who works with them. `ref` is the person's."""
    person = open_person(request, ref)
    user = request.user
    require(permissions.can_refer(user))
    # A second press of the button must still lead to what the first one made, so the service says no to the rest.
    if request.method != "POST" and Episode.objects.open().filter(person=person).exists():
        raise WrongState("This person already has an open reablement episode.")
    teams = services.reablement_teams(on=clock.today())
    assessments = (
        Assessment.objects.visible_to(user)
        .filter(person=person)
        .exclude(kind=Assessment.Kind.CARER)
        .order_by("-requested_on", "-pk")
    )
    asked = request.GET.get("assessment", "")
    only = list(teams[:2])
    first = {"team": only[0].ref if len(only) == 1 else "", "assessment": asked[:16]}
    if asked:
        first["source"] = Episode.Source.ASSESSMENT
    form = ReferForm(
        request.POST if request.method == "POST" else None,
        teams=teams,
        assessments=assessments,
        initial=first,
    )
    asking = Question(
        "Refer to reablement",
        "Refer",
        reverse("reablement:list-of-person", args=[person.ref]),
        HELP,
        current="reablement",
    )
    if request.method != "POST" or not form.is_valid():
        return show(request, person, asking, form)

    def make() -> str:
        return services.refer(person=person, by=user, now=clock.now(), **without_key(form)).get_absolute_url()

    content = {name: str(getattr(fact, "ref", fact)) for name, fact in without_key(form).items()}
    return create(
        request,
        person,
        asking,
        form,
        purpose="reablement:refer",
        content=content,
        make=make,
        said="The referral is made. It is looked at today.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def accept_handover(request: SignedInRequest, ref: str) -> HttpResponse:
    """Take on what the front door passed to reablement. It becomes a referral."""
    handovers = Handover.objects.visible_to(request.user).select_related("contact", "to_team", "passed_by")
    handover = get_object_or_404(handovers, ref=ref, kind=Handover.Kind.REABLEMENT)
    match = request.resolver_match
    audit.record_view(
        person_id=handover.person_id,
        by=request.user,
        page=match.view_name if match else "",
        access_list_id=handover.access_list_id,
    )
    require(can_answer_handover(request.user, handover))
    person = Person.objects.with_identity().get(pk=handover.person_id)
    form = AcceptHandoverForm(request.POST if request.method == "POST" else None)
    asking = Question(
        "Accept a hand-over to reablement",
        "Accept it",
        handover.get_absolute_url(),
        HELP,
        current="reablement",
        intro="The hand-over becomes a referral on the team’s list. Look at it next, and then decide.",
        template="reablement/accept_handover.html",
        more={"handover": handover},
    )
    if request.method != "POST" or not form.is_valid():
        return show(request, person, asking, form)
    return create(
        request,
        person,
        asking,
        form,
        purpose="reablement:accept-handover",
        content={"handover": handover.ref},
        make=lambda: services.accept_handover(
            handover=handover, by=request.user, now=clock.now()
        ).get_absolute_url(),
        said="The hand-over is accepted. Look at the referral now.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def triage(request: SignedInRequest, ref: str) -> HttpResponse:
    """Look at a referral and complete it."""
    episode = pages.open_episode(request, ref, workflow.TRIAGE)
    from_hospital = episode.source == Episode.Source.HOSPITAL
    names = [name for name in TriageForm.base_fields if name != "version"]

    def form(*args: Any, **kwargs: Any) -> TriageForm:
        return TriageForm(*args, from_hospital=from_hospital, **kwargs)

    return change(
        request,
        episode.person,
        question(
            episode,
            "Look at the referral",
            "Save",
            "Ask the person, or who referred them, for what is missing. Then decide.",
            template="reablement/triage.html",
            more={"episode": episode},
        ),
        form,  # type: ignore[arg-type]
        record=episode,
        saved=lambda row: {name: getattr(row, name) for name in names},
        save=lambda facts, version: services.triage(
            episode=episode, facts=facts, version=version, by=request.user, now=clock.now()
        ),
        done=episode.get_absolute_url(),
        said="The referral is complete. Decide now.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def accept(request: SignedInRequest, ref: str) -> HttpResponse:
    """Accept a referral, and say who leads."""
    episode = pages.open_episode(request, ref, workflow.ACCEPT)

    def form(*args: Any, **kwargs: Any) -> AcceptForm:
        return AcceptForm(*args, leads=pages.leads_for(episode), **kwargs)

    return change(
        request,
        episode.person,
        question(episode, "Accept the referral", "Accept"),
        form,  # type: ignore[arg-type]
        record=episode,
        saved=lambda row: {
            "can_benefit": row.can_benefit,
            "lead_worker": row.lead_worker.ref if row.lead_worker else "",
        },
        save=lambda facts, version: services.accept(
            episode=episode, version=version, by=request.user, now=clock.now(), **facts
        ),
        done=episode.get_absolute_url(),
        said="Accepted. Agree a goal, and record the first visit when it was made.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def decline(request: SignedInRequest, ref: str) -> HttpResponse:
    """Decline a referral, with the reason."""
    episode = pages.open_episode(request, ref, workflow.DECLINE)
    return change(
        request,
        episode.person,
        question(
            episode,
            "Decline the referral",
            "Decline",
            "Saying no to reablement never says no to an assessment.",
        ),
        DeclineForm,
        record=episode,
        saved=lambda row: {"reason": row.decline_reason, "note": row.decision_note},
        save=lambda facts, version: services.decline(
            episode=episode, version=version, by=request.user, now=clock.now(), **facts
        ),
        done=episode.get_absolute_url(),
        said="The referral is declined.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def redirect(request: SignedInRequest, ref: str) -> HttpResponse:
    """Send a referral where it belongs."""
    episode = pages.open_episode(request, ref, workflow.REDIRECT)

    def form(*args: Any, **kwargs: Any) -> RedirectForm:
        return RedirectForm(*args, teams=pages.assessing_teams(), **kwargs)

    return change(
        request,
        episode.person,
        question(episode, "Send the referral elsewhere", "Send it"),
        form,  # type: ignore[arg-type]
        record=episode,
        saved=lambda row: {"route": row.route, "note": row.decision_note},
        save=lambda facts, version: services.redirect(
            episode=episode, version=version, by=request.user, now=clock.now(), **facts
        ),
        done=episode.get_absolute_url(),
        said="The referral goes on elsewhere.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_lead(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say who leads from now on."""
    episode = pages.open_episode(request, ref)
    require(permissions.can_coordinate(request.user, episode))

    def form(*args: Any, **kwargs: Any) -> LeadForm:
        return LeadForm(*args, leads=pages.leads_for(episode), **kwargs)

    return change(
        request,
        episode.person,
        question(episode, "Change who leads", "Save"),
        form,  # type: ignore[arg-type]
        record=episode,
        saved=lambda row: {"lead_worker": row.lead_worker.ref if row.lead_worker else ""},
        save=lambda facts, version: services.change_lead(
            episode=episode, version=version, by=request.user, now=clock.now(), **facts
        ),
        done=episode.get_absolute_url(),
        said="Saved. They have been told.",
    )
