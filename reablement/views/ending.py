"""The end review, the end with its one outcome, an early end, and the look back after hospital."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from assessments.models import Assessment
from core import clock, drafts, policy
from core.permissions import require
from core.templatetags.dates import clock_time
from core.versions import StaleVersion
from core.workflow import WrongState
from people.views.asking import change, show
from reablement import drafting, pages, permissions, services, workflow
from reablement.forms.ending import (
    BookReviewForm,
    EndEarlyForm,
    EndForm,
    EndReviewForm,
    WhereaboutsForm,
)
from reablement.models import Episode
from reablement.outcomes import EventOutcome
from reablement.services.ending import BOOKABLE, OUTCOME_OF_REASON
from reablement.views.referring import question

REVIEW_NAMES = ("what_changed", "person_words", "achieved", "hours_at_end", "transition_plan")


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def book_end_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Book the end review."""
    episode = pages.open_episode(request, ref)
    require(permissions.can_lead(request.user, episode))
    if episode.status not in BOOKABLE:
        raise WrongState(f"The episode is now “{episode.get_status_display()}”, so no end review is booked.")

    def form(*args: Any, **kwargs: Any) -> BookReviewForm:
        return BookReviewForm(*args, colleagues=pages.reviewers_for(episode), **kwargs)

    return change(
        request,
        episode.person,
        question(
            episode,
            "Book the end review",
            "Book it",
            "What follows is decided together with the person a week before the last free day.",
        ),
        form,  # type: ignore[arg-type]
        record=episode,
        saved=lambda row: {
            "on": row.end_review_on,
            "reviewer": row.end_reviewer.ref if row.end_reviewer else "",
        },
        save=lambda facts, version: services.book_end_review(
            episode=episode, version=version, by=request.user, now=clock.now(), **facts
        ),
        done=episode.get_absolute_url(),
        said="The end review is booked.",
    )


def _review_saved(row: Episode) -> dict[str, Any]:
    return {name: getattr(row, name) for name in REVIEW_NAMES} | {
        "held_on": row.end_reviewed_on or row.end_review_on or clock.today(),
        "reviewer": row.end_reviewer.ref if row.end_reviewer else "",
    }


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def end_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Write up the end review. What is typed is kept on the server until it is saved."""
    episode = pages.open_episode(request, ref, workflow.REVIEW_END)
    user, colleagues = request.user, pages.reviewers_for(episode)
    asking = question(
        episode,
        "End review",
        "Save the end review",
        template="reablement/end_review.html",
        more={
            "episode": episode,
            "goals": list(episode.goals.in_order()),
            "autosave_url": pages.at("autosave-end-review", episode),
        },
    )
    if request.method != "POST":
        draft = drafts.find(owner=user, kind=drafting.END_REVIEW, subject=episode.ref)
        initial = {**_review_saved(episode), **(draft.data if draft else {})}
        form = EndReviewForm(initial=initial, version=episode.version, colleagues=colleagues)
        return show(request, episode.person, asking, form)
    form = EndReviewForm(request.POST, colleagues=colleagues)
    if not form.is_valid():
        return show(request, episode.person, asking, form)
    facts = {name: answer for name, answer in form.cleaned_data.items() if name != "version"}
    try:
        services.review_end(
            episode=episode, version=form.cleaned_data["version"], by=user, now=clock.now(), **facts
        )
    except StaleVersion as stale:
        form.show_conflict(version=stale.record.version, saved=_review_saved(stale.record))
        return show(request, episode.person, asking, form, status=409)
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return show(request, episode.person, asking, form)
    drafts.discard(owner=user, kind=drafting.END_REVIEW, subject=episode.ref)
    messages.success(request, "The end review is written up. Close the goals, and end the episode.")
    return HttpResponseRedirect(episode.get_absolute_url())


@require_http_methods(["POST"])
@policy.staff(*CASE_ROLES)
def autosave_end_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """What is being typed about the end review, sent by the page itself."""
    episode = pages.open_episode(request, ref, workflow.REVIEW_END)
    kept = drafts.save(
        owner=request.user,
        kind=drafting.END_REVIEW,
        subject=episode.ref,
        data=drafting.typed(request.POST, list(REVIEW_NAMES)),
        person_id=episode.person_id,
    )
    return JsonResponse({"saved_at": clock_time(kept.saved_at)})


def _open_assessment(episode: Episode) -> bool:
    return Assessment.objects.open().filter(person=episode.person_id, kind=Assessment.Kind.NEEDS).exists()


def _ask_and_confirm(
    request: SignedInRequest,
    episode: Episode,
    form_class: Any,
    heading: str,
    button: str,
    *,
    first: dict[str, Any],
    act: Any,
    check: Any,
    said: str,
) -> HttpResponse:
    """Ask; then stop the reader with what will happen; then do it. Each step works without JavaScript."""
    choices = {"teams": pages.assessing_teams(), "assessment_is_open": _open_assessment(episode)}
    asking = question(
        episode,
        heading,
        "Continue",
        "Nothing is ended yet: the next page says what will happen.",
        template="reablement/end.html",
        more={"episode": episode, "missing": check()},
    )
    if request.method != "POST":
        form = form_class(initial=first, version=episode.version, **choices)
        return show(request, episode.person, asking, form)
    form = form_class(request.POST, **choices)
    if "back" in request.POST or not form.is_valid():
        if "back" in request.POST:
            form = form_class(initial=_typed_again(request, form_class), version=episode.version, **choices)
        return show(request, episode.person, asking, form)
    try:
        episode.expect_version(form.cleaned_data["version"])
        if "sure" not in request.POST:
            return _stop(request, episode, form, heading, button)
        act(
            episode=episode,
            version=form.cleaned_data["version"],
            by=request.user,
            now=clock.now(),
            **form.facts(),
        )
    except StaleVersion as stale:
        form.show_conflict(version=stale.record.version, saved={})
        return show(request, episode.person, asking, form, status=409)
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return show(request, episode.person, asking, form)
    messages.success(request, said)
    return HttpResponseRedirect(episode.get_absolute_url())


def _typed_again(request: SignedInRequest, form_class: Any) -> dict[str, Any]:
    """What was typed, for the form that is opened once more."""
    typed: dict[str, Any] = {
        name: request.POST.get(name, "") for name in form_class.base_fields if name != "version"
    }
    parts = [request.POST.get(f"ended_on_{part}", "") for part in ("year", "month", "day")]
    typed["ended_on"] = "-".join(parts) if all(parts) else ""
    return typed


def _stop(request: SignedInRequest, episode: Episode, form: Any, heading: str, button: str) -> HttpResponse:
    """The interruption card: what will happen, in words, before it does."""
    facts = form.facts()
    reason = facts.get("reason", "")
    outcome = OUTCOME_OF_REASON.get(reason) or EventOutcome(facts["outcome"])
    hidden = [
        (name, value)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "sure", "back")
        for value in request.POST.getlist(name)
    ]
    asking = question(
        episode,
        heading,
        button,
        template="reablement/end_stop.html",
        more={
            "episode": episode,
            "hidden": hidden,
            "outcome": outcome.label,
            "reason": Episode.EarlyReason(reason).label if reason else "",
            "ended_on": facts["ended_on"],
            "asks_assessment": facts["ask_assessment"],
            "joins_assessment": form.assessment_is_open,
            "open_goals": episode.goals.open().count(),
        },
    )
    return show(request, episode.person, asking, form)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def end(request: SignedInRequest, ref: str) -> HttpResponse:
    """End the episode with its one outcome."""
    episode = pages.open_episode(request, ref, workflow.END)
    today = clock.today()
    last = min(today, episode.planned_end_on) if episode.planned_end_on else today
    return _ask_and_confirm(
        request,
        episode,
        EndForm,
        "End the episode",
        "End the episode",
        first={"ended_on": last},
        act=services.end,
        check=lambda: services.missing_before_end(episode, ended_on=last),
        said="The episode has ended.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def end_early(request: SignedInRequest, ref: str) -> HttpResponse:
    """End the episode before its time, with the reason."""
    episode = pages.open_episode(request, ref, workflow.END_EARLY)
    return _ask_and_confirm(
        request,
        episode,
        EndEarlyForm,
        "End the episode early",
        "End it early",
        first={"ended_on": clock.today()},
        act=services.end_early,
        check=list,
        said="The episode has ended early.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def record_whereabouts(request: SignedInRequest, ref: str, number: int) -> HttpResponse:
    """Where the person is 84 or 91 days after they left hospital."""
    episode = pages.open_episode(request, ref)
    require(permissions.can_write(request.user, episode))
    if number not in (84, 91):
        raise Http404
    return change(
        request,
        episode.person,
        question(
            episode,
            f"{number} days after hospital",
            "Save",
            "Ring the person, or look at their record. This is our own count; the national measure needs hospital data.",
        ),
        WhereaboutsForm,
        record=episode,
        saved=lambda row: {"where": getattr(row, f"at_{number}_days")},
        save=lambda facts, version: services.record_whereabouts(
            episode=episode,
            days=number,
            where=facts["where"],
            version=version,
            by=request.user,
            now=clock.now(),
        ),
        done=episode.get_absolute_url(),
        said="Recorded.",
    )
