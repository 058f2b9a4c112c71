"""The draft is complete, is given to the person, and what they say about it is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from assessments import sections, services
from assessments.answers import Answers
from assessments.forms import CommentsForm, ConfirmForm, ShareForm
from assessments.models import Assessment, Sharing
from assessments.permissions import can_write
from assessments.views.deciding import confirmed
from assessments.views.opening import around, open_assessment, wanted_format
from core import clock, policy
from core.forms import VersionedForm
from core.permissions import require
from core.versions import StaleVersion


@require_POST
@policy.staff(*CASE_ROLES)
def mark_complete(request: SignedInRequest, ref: str) -> HttpResponse:
    """One press, on the page that says what is missing."""
    assessment = open_assessment(request, ref)
    require(can_write(request.user, assessment))
    form = ConfirmForm(request.POST, version=assessment.version)
    return confirmed(
        request,
        assessment,
        form,
        services.mark_complete,
        "The draft is complete. Now share it with the person",
        reverse("assessments:check", args=[ref]),
    )


def _step(
    request: SignedInRequest,
    assessment: Assessment,
    form: VersionedForm,
    template: str,
    done: str,
    act: Callable[..., Any],
    **more: Any,
) -> HttpResponse:
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            act(assessment=assessment, by=request.user, now=clock.now(), **form.cleaned_data)
        except StaleVersion as stale:
            form.show_conflict(version=stale.record.version, saved={})
            status = 409
        except ValidationError as error:
            form.add_service_error(error)
        else:
            messages.success(request, done)
            return redirect("assessments:check", ref=assessment.ref)
    context = {"form": form, **around(assessment, request.user), **more}
    return render(request, template, context, status=status)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def share(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record that the person has the draft: how, in which format, and when."""
    assessment = open_assessment(request, ref)
    require(can_write(request.user, assessment))
    form = ShareForm(
        request.POST if request.method == "POST" else None,
        version=assessment.version,
        initial={
            "format": wanted_format(around(assessment, request.user)["identity"]),
            "on": clock.today(),
        },
    )
    words = "Recorded: the person has the draft"
    return _step(request, assessment, form, "assessments/share.html", words, services.share)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def record_comments(request: SignedInRequest, ref: str) -> HttpResponse:
    """Write down what the person says about the draft."""
    assessment = open_assessment(request, ref)
    require(can_write(request.user, assessment))
    form = CommentsForm(
        request.POST if request.method == "POST" else None,
        version=assessment.version,
        initial={"on": clock.today()},
    )
    return _step(
        request,
        assessment,
        form,
        "assessments/record_comments.html",
        "What the person said is recorded",
        services.record_comments,
        sharing=Sharing.objects.latest_of(assessment),
    )


@require_GET
@policy.staff(*CASE_ROLES)
def print_draft(request: SignedInRequest, ref: str) -> HttpResponse:
    """The copy for the person: as it was shared last, or, before that, as it stands now."""
    assessment = open_assessment(request, ref)
    sharing = Sharing.objects.latest_of(assessment)
    # What was given stays readable as it was given; a draft that is being completed is read as it is.
    answers = sharing.answers if sharing and assessment.is_with_person else Answers(assessment).snapshot()
    first = assessment.person.first_name
    context = {
        "parts": sections.read(sections.of(assessment), answers, first_name=first),
        "sharing": sharing if assessment.is_with_person else None,
        **around(assessment, request.user),
    }
    return render(request, "assessments/print_draft.html", context)
