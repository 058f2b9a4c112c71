"""Public pages without an account: ask for help, and ask for a carer's assessment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts.asking import CARER, HELP, sender_of
from contacts.models import OnlineRequest
from contacts.services.online import NoFrontDoor, answer_promised_on
from core import clock, journeys, open_drafts, policy, throttle
from core.journeys import Journey

WHY = "anyone asks for help without an account"
SENT = {HELP.kind: "ask:help-sent", CARER.kind: "ask:carer-sent"}
COME_BACK = {HELP.kind: "ask:help-come-back", CARER.kind: "ask:carer-come-back"}
CLEAR = {HELP.kind: "ask:help-clear", CARER.kind: "ask:carer-clear"}


def _start(request: HttpRequest, journey: Journey, template: str) -> HttpResponse:
    draft = open_drafts.current(request, journey.kind)
    begun = draft is not None and not draft.result and bool(draft.sealed)
    context = {
        "journey": journey,
        "first": journey.address(journey.steps[0]),
        "go_on": journey.address(journey.first_open(journeys.typed_in(draft))) if begun else "",
        "come_back": reverse(COME_BACK[journey.kind]),
        "clear": reverse(CLEAR[journey.kind]),
    }
    return render(request, template, context)


def _check(request: HttpRequest, journey: Journey) -> HttpResponse:
    """The answers before they are sent. The reference is shown on the next page, so only after the commit."""
    if request.method == "POST":
        if not throttle.allowed(request, "public_send"):
            return render(request, "429.html", status=429)
        try:
            ref = journeys.send(request, journey, sender_of(journey, now=clock.now()))
        except NoFrontDoor:
            return render(request, "public/cannot_send.html", {"journey": journey}, status=503)
        if ref:
            return HttpResponseRedirect(reverse(SENT[journey.kind]))
    found = journeys.whole(request, journey)
    if isinstance(found, HttpResponse):
        return found
    _, answers = found
    context = {"journey": journey, "rows": journey.rows(answers), "back": journey.address(journey.steps[-1])}
    return render(request, "public/check_answers.html", context)


def _sent(request: HttpRequest, journey: Journey) -> HttpResponse:
    draft = open_drafts.current(request, journey.kind)
    online_request = (
        OnlineRequest.objects.filter(ref=draft.result).first() if draft and draft.result else None
    )
    if online_request is None:
        return HttpResponseRedirect(reverse(journey.start))
    context = {
        "journey": journey,
        "reference": open_drafts.spaced(online_request.ref),
        "promised_on": answer_promised_on(online_request.sent_at),
        "is_told": bool(online_request.reply_email),
        "cares": online_request.asked_by == OnlineRequest.AskedBy.CARED_FOR,
    }
    return render(request, "public/sent.html", context)


def _clear(request: HttpRequest, journey: Journey) -> HttpResponse:
    open_drafts.discard(request, journey.kind)
    return HttpResponseRedirect(reverse("home"))


# Ask for help ---------------------------------------------------------------------------------------------------


@require_GET
@policy.anyone(WHY)
def start_help(request: HttpRequest) -> HttpResponse:
    return _start(request, HELP, "public/ask_for_help.html")


@require_http_methods(["GET", "POST"])
@policy.anyone(WHY)
def ask_help(request: HttpRequest, slug: str) -> HttpResponse:
    return journeys.show_step(request, HELP, slug)


@require_http_methods(["GET", "POST"])
@policy.anyone(WHY)
def check_help(request: HttpRequest) -> HttpResponse:
    return _check(request, HELP)


@require_GET
@policy.anyone(WHY)
def help_sent(request: HttpRequest) -> HttpResponse:
    return _sent(request, HELP)


@require_http_methods(["GET", "POST"])
@policy.anyone(WHY)
def save_help(request: HttpRequest) -> HttpResponse:
    return journeys.save_for_later(request, HELP)


@require_http_methods(["GET", "POST"])
@policy.anyone(WHY)
def come_back_to_help(request: HttpRequest) -> HttpResponse:
    return journeys.come_back(request, HELP)


@require_POST
@policy.anyone(WHY)
def clear_help(request: HttpRequest) -> HttpResponse:
    return _clear(request, HELP)


# Ask for a carer's assessment -----------------------------------------------------------------------------------


@require_GET
@policy.anyone(WHY)
def start_carer(request: HttpRequest) -> HttpResponse:
    return _start(request, CARER, "public/ask_for_carers_assessment.html")


@require_http_methods(["GET", "POST"])
@policy.anyone(WHY)
def ask_carer(request: HttpRequest, slug: str) -> HttpResponse:
    return journeys.show_step(request, CARER, slug)


@require_http_methods(["GET", "POST"])
@policy.anyone(WHY)
def check_carer(request: HttpRequest) -> HttpResponse:
    return _check(request, CARER)


@require_GET
@policy.anyone(WHY)
def carer_sent(request: HttpRequest) -> HttpResponse:
    return _sent(request, CARER)


@require_http_methods(["GET", "POST"])
@policy.anyone(WHY)
def save_carer(request: HttpRequest) -> HttpResponse:
    return journeys.save_for_later(request, CARER)


@require_http_methods(["GET", "POST"])
@policy.anyone(WHY)
def come_back_to_carer(request: HttpRequest) -> HttpResponse:
    return journeys.come_back(request, CARER)


@require_POST
@policy.anyone(WHY)
def clear_carer(request: HttpRequest) -> HttpResponse:
    return _clear(request, CARER)
