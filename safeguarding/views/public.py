"""Anybody who is worried about an adult: 999 first, one question a page, “Exit this page” on each, no account."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import clock, journeys, open_drafts, policy, throttle
from core.journeys import Answers, Journey, Step
from safeguarding import services
from safeguarding.forms import public as forms
from safeguarding.models import Concern

OPEN_TO_ALL = "whoever is worried about an adult can say so without an account"


def _is_self(answers: Answers) -> bool:
    return answers.get("source", "source") == Concern.Source.SELF


def _who(answers: Answers) -> dict[str, bool]:
    return {"is_self": _is_self(answers)}


def _is_known(answers: Answers) -> bool:
    """Whoever would rather not say is asked for no name."""
    return answers.get("source", "source") != Concern.Source.ANONYMOUS


JOURNEY = Journey(
    kind="safeguarding.concern",
    service="Tell us if you are worried about an adult",
    start="safeguarding_public:start",
    step="safeguarding_public:step",
    check="safeguarding_public:check-answers",
    save="safeguarding_public:save",
    steps=(
        Step("danger", forms.DangerForm),
        Step("source", forms.SourceForm),
        Step("adult", forms.AdultForm, wording=_who),
        Step("born", forms.BornForm, wording=_who),
        Step("address", forms.AddressForm, wording=_who),
        Step("what", forms.WhatForm),
        Step("kinds", forms.KindsForm),
        Step("where", forms.WhereForm),
        Step("when", forms.WhenForm),
        Step("who", forms.AllegedForm),
        Step("others", forms.OthersForm),
        Step("consent", forms.ConsentForm, asked=lambda answers: not _is_self(answers)),
        Step("wishes", forms.WishesForm, wording=_who),
        Step("you", forms.YouForm, asked=lambda answers: _is_known(answers) and not _is_self(answers)),
    ),
    template="safeguarding/public_step.html",
    exits=True,
)


@require_GET
@policy.anyone(OPEN_TO_ALL)
def start(request: HttpRequest) -> HttpResponse:
    """999 first, what this is for, and the way in."""
    first = reverse(JOURNEY.step, args=[JOURNEY.steps[0].slug])
    return render(request, "safeguarding/public_start.html", {"journey": JOURNEY, "first": first})


@require_http_methods(["GET", "POST"])
@policy.anyone(OPEN_TO_ALL)
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One question."""
    return journeys.show_step(request, JOURNEY, step)


@require_http_methods(["GET", "POST"])
@policy.anyone(OPEN_TO_ALL)
def save(request: HttpRequest) -> HttpResponse:
    """A code to go on with later."""
    return journeys.save_for_later(request, JOURNEY)


@require_http_methods(["GET", "POST"])
@policy.anyone(OPEN_TO_ALL)
def come_back(request: HttpRequest) -> HttpResponse:
    """Go on with a code."""
    return journeys.come_back(request, JOURNEY)


@require_http_methods(["GET", "POST"])
@policy.anyone(OPEN_TO_ALL)
def check_answers(request: HttpRequest) -> HttpResponse:
    """All answers once more, and the sending. Sent twice is sent once."""
    error = ""
    if request.method == "POST":
        draft = open_drafts.current(request, JOURNEY.kind)
        is_sent = draft is not None and draft.result
        if not is_sent and not throttle.allowed(request, "public_send"):
            return render(request, "429.html", status=429)
        try:
            if journeys.send(request, JOURNEY, _make) is not None:
                return HttpResponseRedirect(reverse("safeguarding_public:sent"))
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
    found = journeys.whole(request, JOURNEY)
    if isinstance(found, HttpResponseRedirect):
        return found
    _, answers = found
    context = {"journey": JOURNEY, "rows": JOURNEY.rows(answers), "error": error}
    return render(request, "safeguarding/public_check.html", context, status=400 if error else 200)


def _make(answers: Answers) -> str:
    """The concern from the answers; the adult is found by name and birthday where that is certain."""
    said: dict[str, Any] = JOURNEY.cleaned(answers)
    is_self = _is_self(answers)
    concern = services.raise_concern(
        channel=Concern.Channel.PUBLIC,
        source=said["source.source"],
        immediate_danger=said["danger.danger"] == "yes",
        adult_given_names=said["adult.given_names"],
        adult_family_name=said["adult.family_name"],
        adult_date_of_birth=said["born.date_of_birth"],
        adult_age=said["born.age"],
        adult_address=said["address.address"],
        adult_postcode=said["address.postcode"],
        adult_phone=said["address.phone"],
        what_happened=said["what.what"],
        kinds=said["kinds.kinds"],
        location=said["where.location"],
        happened_on=said["when.happened_on"],
        when_words=said["when.words"],
        alleged_words=said["who.who"],
        others_at_risk=said["others.others"],
        consent=Concern.Consent.YES if is_self else said["consent.consent"],
        views_and_wishes=said["wishes.wishes"],
        referrer_name=said.get("you.name", ""),
        referrer_role=said.get("you.role", ""),
        referrer_phone=said.get("you.phone", ""),
        referrer_email=said.get("you.email", ""),
        now=clock.now(),
    )
    return concern.ref


@require_GET
@policy.anyone(OPEN_TO_ALL)
def sent(request: HttpRequest) -> HttpResponse:
    """The reference, once it is kept for good, and what happens now."""
    draft = open_drafts.current(request, JOURNEY.kind)
    if draft is None or not draft.result:
        return HttpResponseRedirect(reverse(JOURNEY.start))
    context = {"journey": JOURNEY, "reference": open_drafts.spaced(draft.result).upper()}
    return render(request, "safeguarding/public_sent.html", context)
