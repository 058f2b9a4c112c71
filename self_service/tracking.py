"""Track my request, without an account: a reference and a date of birth, five stages, limited words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from contacts.models import Contact, OnlineRequest
from contacts.services.online import answer_promised_on
from core import clock, policy, throttle
from core.forms import GovukDateField, TextField
from core.journeys import QuestionForm
from core.open_drafts import plain_code, spaced
from self_service import stages

TRACKED = "tracked_request"
# So long the answer stays open in the browser: it may be somebody else's.
OPEN_SECONDS = 20 * 60
NOT_FOUND = "We cannot find a request with this reference and date of birth. Check both, or ring us"


class TrackForm(QuestionForm):
    title = "Track my request"

    reference = TextField(
        label="Reference",
        help_text="12 letters and numbers, shown when the request was sent. Spaces do not matter",
        max_length=40,
        width=20,
        spellcheck=False,
    )
    date_of_birth = GovukDateField(
        label="Date of birth",
        help_text="Of the person who needs help. For example, 14 3 1944",
        when="past_or_today",
    )


@require_http_methods(["GET", "POST"])
@policy.anyone("whoever sent a request without an account follows it without one")
def track(request: HttpRequest) -> HttpResponse:
    """A wrong reference and a wrong date are answered alike, by the same single query."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        reference = plain_code(str(request.POST.get("reference", ""))[:200])
        if not throttle.allowed(request, "track", key=reference):
            return render(request, "429.html", status=429)
    if form.is_valid():
        found = OnlineRequest.objects.filter(
            ref=reference, date_of_birth=form.cleaned_data["date_of_birth"]
        ).exists()
        if found:
            request.session[TRACKED] = [reference, int(clock.real_now().timestamp())]
            return HttpResponseRedirect(reverse("track-status"))
        form.add_error(None, NOT_FOUND)
    return render(request, "public/track.html", {"form": form}, status=400 if form.errors else 200)


@require_GET
@policy.anyone("the answer to a reference and a date of birth that were right")
def track_status(request: HttpRequest) -> HttpResponse:
    reference, since = request.session.get(TRACKED, ["", 0])
    is_open = clock.real_now().timestamp() - since < OPEN_SECONDS
    online_request = _with_contact(reference) if is_open else None
    if online_request is None:
        return HttpResponseRedirect(reverse("track"))
    context: dict[str, Any] = {
        "progress": _progress(online_request),
        "reference": spaced(online_request.ref),
        "is_carer": online_request.kind == OnlineRequest.Kind.CARER,
    }
    return render(request, "public/track_status.html", context)


def _with_contact(reference: str) -> OnlineRequest | None:
    return OnlineRequest.objects.filter(ref=reference).select_related("contact__person").first()


def _progress(online_request: OnlineRequest) -> stages.Progress:
    received_on = clock.london_date(online_request.sent_at)
    promised_on = answer_promised_on(online_request.sent_at)
    if online_request.status == OnlineRequest.Status.SET_ASIDE:
        return stages.Progress(stages.progress_of_new(received_on, promised_on).stages[:1], stages.RING)
    if online_request.contact is None:
        return stages.progress_of_new(received_on, promised_on)
    agreed = online_request.contact.consent == Contact.Consent.YES
    is_own = online_request.asked_by == OnlineRequest.AskedBy.ME
    return stages.progress_of(
        online_request.contact, received_on=received_on, promised_on=promised_on, whole=is_own or agreed
    )
