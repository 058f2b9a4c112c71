"""The list of a reablement team, a person's episodes, and the page of one episode."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, policy
from people.pages import identity, open_person
from people.querysets import on_my_lists
from reablement import pages, permissions, services
from reablement.models import Episode
from worklist.paging import key_page

SHOWN = {
    "referrals": "Referrals",
    "active": "Under way",
    "ending": "End reviews due",
    "late": "Late",
    "finished": "Finished",
}
MOST_COMMENTS = 10


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def list_episodes(request: SignedInRequest) -> HttpResponse:
    """Referrals to look at, episodes under way with their day, end reviews that are due, and what is late."""
    user, today = request.user, clock.today()
    chosen = pages.shows(request, list(SHOWN))
    mine = sorted(set(services.reablement_teams(on=today).values_list("pk", flat=True)) & set(user.team_ids))
    whole = not mine or request.GET.get("whose") == "all"
    episodes = Episode.objects.visible_to(user)
    if not whole:
        episodes = episodes.of_teams(mine)
    rows = {
        "referrals": lambda: episodes.before_start(),
        "active": lambda: episodes.running(),
        "ending": lambda: episodes.ending_by(today),
        "late": lambda: episodes.late(today),
        "finished": lambda: episodes.finished(),
    }[chosen]()
    by_referral = chosen in ("referrals", "finished")
    page = key_page(
        request,
        rows.for_list(),
        field="referred_at" if by_referral else "planned_end_on",
        descending=chosen == "finished",
    )
    for row in page.rows:
        row.day = row.day_number(today)
        row.week = row.week_number(today)
    counts = episodes.counted(today)
    context = {
        "page": page,
        "chosen": chosen,
        "tabs": [(code, label, counts.get(code)) for code, label in SHOWN.items()],
        "label": SHOWN[chosen],
        "whole": whole,
        "has_team": bool(mine),
    }
    return render(request, "reablement/list_episodes.html", context)


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def list_of_person(request: SignedInRequest, ref: str) -> HttpResponse:
    """A person's episodes, the newest first."""
    person = open_person(request, ref)
    episodes = list(Episode.objects.filter(on_my_lists(request.user)).of_person(person)[:50])
    context = {
        "episodes": episodes,
        "may_refer": bool(permissions.can_refer(request.user))
        and not person.is_deceased
        and not any(episode.is_open for episode in episodes),
        **identity(person, request.user),
    }
    return render(request, "reablement/list_of_person.html", context)


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def show_episode(request: SignedInRequest, ref: str) -> HttpResponse:
    """One episode: day n of 42 with its working, goals with their line and table, weeks, and the decision due."""
    episode = pages.open_episode(request, ref)
    user, today = request.user, clock.today()
    may_write = bool(permissions.can_write(user, episode))
    shown = pages.progress_of(episode, today=today, may_write=may_write)
    first, others = pages.next_steps(user, episode, shown)
    goals_open = may_write and episode.status in (Episode.Status.ACCEPTED, *Episode.RUNNING)
    context = {
        "episode": episode,
        "shown": shown,
        "goals": [] if shown else list(episode.goals.in_order()),
        "may_change_goals": goals_open,
        "first": first,
        "others": others,
        "comments": list(
            episode.weekcomments.select_related("written_by").order_by("-written_at", "-pk")[:MOST_COMMENTS]
        ),
        "extensions": list(episode.extensions.select_related("extended_by").order_by("number")),
        "missing": pages.still_missing(episode, today=today),
        "after_hospital": pages.after_hospital(episode, today=today),
        "may_write": may_write,
        "reduction": pages.hours_reduction(episode),
        "status_colour": pages.STATUS_COLOURS[episode.status],
        **identity(episode.person, user),
    }
    return render(request, "reablement/show_episode.html", context)
