"""The six weeks: start, pause, more time, goals, and the entry of each week."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, drafts, policy
from core.permissions import require
from core.templatetags.dates import clock_time
from core.versions import StaleVersion
from core.workflow import WrongState
from people.views.asking import change, create, show, without_key
from reablement import drafting, pages, permissions, services, timescales, workflow
from reablement.forms.running import (
    GOAL_NAMES,
    SCORE,
    AddGoalForm,
    ChangeGoalForm,
    CloseGoalForm,
    ExtendForm,
    PauseForm,
    ResumeForm,
    StartForm,
    WeekForm,
)
from reablement.models import Episode, Goal, Week
from reablement.views.referring import question


def _step(
    request: SignedInRequest,
    episode: Episode,
    asking: Any,
    form: Any,
    saved: dict[str, Any],
    act: Any,
    said: str,
) -> HttpResponse:
    return change(
        request,
        episode.person,
        asking,
        form,
        record=episode,
        saved=lambda row: saved,
        save=lambda facts, version: act(
            episode=episode, version=version, by=request.user, now=clock.now(), **facts
        ),
        done=episode.get_absolute_url(),
        said=said,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def start(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record the first visit: day 1."""
    episode = pages.open_episode(request, ref, workflow.START)
    intro = "The six weeks are free, whatever the person’s means. They are counted in calendar days from the first visit."
    return _step(
        request,
        episode,
        question(episode, "Start reablement", "Start", intro),
        StartForm,
        {"started_on": clock.today(), "who_visits": episode.who_visits},
        services.start,
        "Reablement has started.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def pause(request: SignedInRequest, ref: str) -> HttpResponse:
    """The person is away from the service."""
    episode = pages.open_episode(request, ref, workflow.PAUSE)
    effect = (
        "The days away are added to the free weeks."
        if episode.clock_stops
        else "The free weeks run on meanwhile."
    )
    return _step(
        request,
        episode,
        question(
            episode,
            "Pause reablement",
            "Pause",
            f"{effect} Somebody who is away for more than a week ends this episode and starts a new one on return.",
        ),
        PauseForm,
        {"last_service_on": clock.today()},
        services.pause,
        "Paused.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def resume(request: SignedInRequest, ref: str) -> HttpResponse:
    """Visits go on after a pause."""
    episode = pages.open_episode(request, ref, workflow.RESUME)
    return _step(
        request,
        episode,
        question(episode, "Take reablement up again", "Take it up again"),
        ResumeForm,
        {"first_service_on": clock.today()},
        services.resume,
        "Taken up again.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def extend(request: SignedInRequest, ref: str) -> HttpResponse:
    """Give more time, with the reason and how it is paid for."""
    episode = pages.open_episode(request, ref, workflow.EXTEND)
    done = episode.extensions.count()
    if done >= timescales.MOST_EXTENSIONS:
        raise WrongState("This episode has been given more time twice already. It has to end now.")
    free = f"{episode.last_free_on:%-d %B %Y}" if episode.last_free_on else ""
    return _step(
        request,
        episode,
        question(
            episode,
            "Give more time",
            "Give more time",
            f"The last free day is {free}. An episode is given more time twice at most; this is number {done + 1}.",
        ),
        ExtendForm,
        {},
        services.extend,
        "More time is given.",
    )


# Goals ------------------------------------------------------------------------------------------------------------------


def _open_goal(request: SignedInRequest, ref: str, goal_ref: str) -> tuple[Episode, Goal]:
    episode = pages.open_episode(request, ref)
    goal = get_object_or_404(episode.goals.in_order(), ref=goal_ref)
    goal.episode = episode
    require(permissions.can_write(request.user, episode))
    if goal.status != Goal.Status.OPEN:
        raise WrongState(f"The goal is closed: “{goal.get_status_display()}”.")
    return episode, goal


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_goal(request: SignedInRequest, ref: str) -> HttpResponse:
    """Agree a goal with the person."""
    episode = pages.open_episode(request, ref)
    require(permissions.can_write(request.user, episode))
    if episode.status not in (Episode.Status.ACCEPTED, *Episode.RUNNING):
        raise WrongState(f"Goals are not added while the episode is “{episode.get_status_display()}”.")
    asking = question(
        episode,
        "Agree a goal",
        "Save the goal",
        "A goal is something the person wants to do again, in their words. At least one is agreed within 72 hours.",
    )
    form = AddGoalForm(
        request.POST if request.method == "POST" else None,
        colleagues=pages.visitors_of(episode),
        initial={"agreed_on": clock.today(), "target_on": episode.planned_end_on},
    )
    if request.method != "POST" or not form.is_valid():
        return show(request, episode.person, asking, form)
    facts = without_key(form)

    def make() -> str:
        services.add_goal(episode=episode, facts=facts, by=request.user, now=clock.now())
        return episode.get_absolute_url() + "#goals"

    return create(
        request,
        episode.person,
        asking,
        form,
        purpose="reablement:add-goal",
        content={
            "episode": episode.ref,
            **{name: str(getattr(fact, "ref", fact)) for name, fact in facts.items()},
        },
        make=make,
        said="The goal is agreed.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def change_goal(request: SignedInRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Change a goal together with the person."""
    episode, goal = _open_goal(request, ref, goal_ref)

    def form(*args: Any, **kwargs: Any) -> ChangeGoalForm:
        return ChangeGoalForm(*args, colleagues=pages.visitors_of(episode), **kwargs)

    def saved(row: Goal) -> dict[str, Any]:
        return {name: getattr(row, name) for name in GOAL_NAMES} | {
            "owner": row.owner.ref if row.owner else ""
        }

    return change(
        request,
        episode.person,
        question(episode, f"Change goal {goal.number}", "Save"),
        form,  # type: ignore[arg-type]
        record=goal,
        saved=saved,
        save=lambda facts, version: services.change_goal(
            goal=goal, facts=facts, version=version, by=request.user, now=clock.now()
        ),
        done=episode.get_absolute_url() + "#goals",
        said="Saved.",
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def close_goal(request: SignedInRequest, ref: str, goal_ref: str) -> HttpResponse:
    """Say how a goal turned out."""
    episode, goal = _open_goal(request, ref, goal_ref)
    return change(
        request,
        episode.person,
        question(episode, f"Close goal {goal.number}", "Close the goal", f"“{goal.statement}”"),
        CloseGoalForm,
        record=goal,
        saved=lambda row: {"note": row.closed_note},
        save=lambda facts, version: services.close_goal(
            goal=goal, version=version, by=request.user, now=clock.now(), **facts
        ),
        done=episode.get_absolute_url() + "#goals",
        said="The goal is closed.",
    )


# Weeks ------------------------------------------------------------------------------------------------------------------


def _open_week(request: SignedInRequest, ref: str, number: int) -> tuple[Episode, Week | None]:
    episode = pages.open_episode(request, ref)
    require(permissions.can_write(request.user, episode))
    if not episode.is_running or episode.started_on is None:
        raise WrongState(f"Weeks are not written up while the episode is “{episode.get_status_display()}”.")
    owed = timescales.weeks_to_write(
        started_on=episode.started_on,
        until=clock.today(),
        away=[each.away for each in episode.pauses.all()],
    )
    if number not in owed:
        raise Http404
    return episode, episode.weeks.in_order().filter(number=number).first()


def _week_saved(week: Week | None) -> dict[str, Any]:
    """What stands in a week, by the names of the questions."""
    if week is None or week.pk is None:
        return {}
    scores = {f"{SCORE}{each.goal.ref}": each.score for each in week.scores.select_related("goal")}
    return scores | {name: getattr(week, name) for name in WeekForm.base_fields if name != "version"}


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def write_week(request: SignedInRequest, ref: str, number: int) -> HttpResponse:
    """The entry of one week. What is typed is kept on the server until it is saved."""
    episode, week = _open_week(request, ref, number)
    assert episode.started_on is not None
    user, subject = request.user, drafting.week_subject(episode.ref, number)
    starts_on = timescales.week_starts_on(started_on=episode.started_on, week=number)
    ends_on = timescales.week_ends_on(started_on=episode.started_on, week=number)
    scored = {each.goal_id for each in week.scores.all()} if week else set()
    goals = [
        goal for goal in episode.goals.in_order() if goal.status == Goal.Status.OPEN or goal.pk in scored
    ]
    owed = {goal.ref for goal in goals if goal.agreed_on <= ends_on and goal.status == Goal.Status.OPEN}
    before = episode.weeks.in_order().filter(number__lt=number).last()
    asking = question(
        episode,
        f"Week {number} of reablement",
        "Save the week",
        template="reablement/write_week.html",
        more={
            "episode": episode,
            "number": number,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "before": before,
            "autosave_url": pages.at("autosave-week", episode, number),
        },
    )
    version = week.version if week else 0
    if request.method != "POST":
        draft = drafts.find(owner=user, kind=drafting.WEEK, subject=subject)
        first = _week_saved(week) or ({"visits_planned": before.visits_planned} if before else {})
        initial = {**first, **draft.data} if draft else first
        form = WeekForm(initial=initial, version=version, goals=goals, owed=owed)
        return show(request, episode.person, asking, form)
    if "discard" in request.POST:
        drafts.discard(owner=user, kind=drafting.WEEK, subject=subject)
        messages.info(request, "The draft is thrown away.")
        return HttpResponseRedirect(episode.get_absolute_url())
    form = WeekForm(request.POST, goals=goals, owed=owed)
    if not form.is_valid():
        return show(request, episode.person, asking, form)
    try:
        services.write_week(
            episode=episode,
            number=number,
            facts=form.facts(),
            scores=form.scores(),
            version=form.cleaned_data["version"],
            by=user,
            now=clock.now(),
        )
    except StaleVersion as stale:
        form.show_conflict(version=stale.record.version, saved=_week_saved(stale.record))
        return show(request, episode.person, asking, form, status=409)
    except ValidationError as refusal:
        form.add_service_error(refusal)
        return show(request, episode.person, asking, form)
    drafts.discard(owner=user, kind=drafting.WEEK, subject=subject)
    messages.success(request, f"Week {number} is written up.")
    return HttpResponseRedirect(episode.get_absolute_url())


@require_http_methods(["POST"])
@policy.staff(*CASE_ROLES)
def autosave_week(request: SignedInRequest, ref: str, number: int) -> HttpResponse:
    """What is being typed about a week, sent by the page itself."""
    episode, _ = _open_week(request, ref, number)
    names = [name for name in request.POST if name.startswith(SCORE) or name in WeekForm.base_fields]
    kept = drafts.save(
        owner=request.user,
        kind=drafting.WEEK,
        subject=drafting.week_subject(episode.ref, number),
        data=drafting.typed(request.POST, [name for name in names if name != "version"][:40]),
        person_id=episode.person_id,
    )
    return JsonResponse({"saved_at": clock_time(kept.saved_at)})
