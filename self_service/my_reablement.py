"""Reablement on the person's own pages: goals in their own words, days left, who visits, what comes next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import clock, form_keys, policy
from core.workflow import WrongState
from people.authority import Part
from people.models import Person
from reablement import services, timescales
from reablement.models import Episode, Goal
from self_service import forms
from self_service.access import must_act, open_pages
from self_service.happening import lead_of

# What a person is shown: from the day they were accepted; what came to nothing before is not theirs to read here.
SHOWN = (Episode.Status.ACCEPTED, *Episode.RUNNING, Episode.Status.ENDED, Episode.Status.EARLY_END)
LAST_COMMENTS = 5


def episode_of(person: Person, user: Any) -> Episode | None:
    """The episode a person is shown: the open one, or the last that was accepted."""
    return (
        Episode.objects.visible_to(user)
        .filter(person=person, status__in=SHOWN)
        .exclude(decided_at=None)
        .select_related("team", "lead_worker")
        .order_by("-referred_at", "-pk")
        .first()
    )


def what_comes_next(episode: Episode) -> str:
    """One sentence of what happens next, in plain words."""
    status = Episode.Status
    if episode.status == status.ACCEPTED:
        return "Someone will ring you to agree the first visit."
    if episode.status == status.PAUSED:
        return "Tell us when you are ready for visits again. After more than a week away we start afresh."
    if episode.status == status.END_REVIEW:
        return "We have looked back with you. Now we finish what was agreed."
    if not episode.is_running:
        return episode.transition_plan or "Ring us if you need help again."
    if episode.end_review_on:
        return "We meet you to look back and to plan what comes after."
    return "In week 5 we agree a day with you to look back and to plan what comes after."


@require_GET
@policy.person()
def show_reablement(request: SignedInRequest) -> HttpResponse:
    """The person's goals with this week's score, days left, who visits, and what comes next."""
    access = open_pages(request, page="self_service:reablement", part=Part.CARE)
    episode = episode_of(access.person, request.user)
    today = clock.today()
    context: dict[str, Any] = {
        "access": access,
        "person": access.person,
        "episode": episode,
        "lead": lead_of(access.person, today),
    }
    if episode is not None:
        until = episode.ended_on or today
        day = episode.day_number(until)
        goals = list(episode.goals.exclude(status=Goal.Status.DROPPED).in_order())
        last = episode.weeks.in_order().last()
        scores = {score.goal_id: score.score for score in last.scores.all()} if last else {}
        context |= {
            "day": day,
            "days_left": max(timescales.FREE_DAYS - day, 0),
            "goals": [(goal, scores.get(goal.pk, goal.baseline)) for goal in goals],
            "last_week": last,
            "next": what_comes_next(episode),
            "comments": list(
                episode.weekcomments.select_related("written_by").order_by("-written_at", "-pk")[
                    :LAST_COMMENTS
                ]
            ),
            "may_comment": episode.is_running and access.may_act,
        }
    return TemplateResponse(request, "self_service/reablement.html", context)


@require_http_methods(["GET", "POST"])
@policy.person()
def comment_on_week(request: SignedInRequest) -> HttpResponse:
    """Say how this week went, in one's own words."""
    access = open_pages(request, page="self_service:comment-on-week", part=Part.CARE)
    must_act(access)
    episode = episode_of(access.person, request.user)
    if episode is None or not episode.is_running:
        raise Http404
    form = forms.WeekCommentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = dict(form.cleaned_data)
        key = given.pop("form_key")

        def make() -> str:
            services.comment(episode=episode, text=given["text"], by=request.user, now=clock.now())
            return reverse("self_service:reablement")

        try:
            address, _ = form_keys.once(
                actor=form_keys.actor_of(request), key=key, purpose="my:week", content=given, make=make
            )
        except WrongState as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(address)
    context = {"access": access, "person": access.person, "form": form}
    return TemplateResponse(request, "self_service/reablement_comment.html", context)
