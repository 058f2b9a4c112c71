"""What every page about an episode begins with, and what the page of an episode shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

import audit.services as audit
from accounts.models import ASSESSING_ROLES, CASE_ROLES, Membership, Role, Team, User
from accounts.querysets import live_on
from accounts.requests import SignedInRequest
from core import clock
from core.workflow import Action, WrongState
from people.models import Person
from people.pages import lead_of
from reablement import charts, permissions, timescales, workflow
from reablement.models import Episode, Goal, Week
from reablement.services import missing_before_end

STATUS_COLOURS = {
    "referred": "blue",
    "triaged": "blue",
    "declined": "grey",
    "redirected": "grey",
    "accepted": "teal",
    "started": "green",
    "paused": "orange",
    "extended": "green",
    "end_review": "teal",
    "ended": "grey",
    "early_end": "grey",
}


def written_down(request: SignedInRequest, episode: Episode) -> None:
    """Who looks at whose record, and at which page, before anything is shown."""
    match = request.resolver_match
    audit.record_view(
        person_id=episode.person_id,
        by=request.user,
        page=match.view_name if match else "",
        access_list_id=episode.access_list_id,
    )


def open_episode(request: SignedInRequest, ref: str, action: Action | None = None) -> Episode:
    """The episode behind a reference, for this page. Raises Http404 for one the user may not know of, PermissionDenied
    where they may not take the step, and WrongState where it does not fit."""
    from core.permissions import require

    episode = get_object_or_404(Episode.objects.visible_to(request.user).for_page(), ref=ref)
    written_down(request, episode)
    episode.person = Person.objects.with_identity().get(pk=episode.person_id)
    if action is not None:
        require(action.allowed(request.user, episode))
        if not action.fits(episode):
            raise WrongState(
                f"“{action.label}” is not possible: the episode is now “{episode.get_status_display()}”."
            )
    return episode


def at(name: str, episode: Episode, *more: Any) -> str:
    return reverse(f"reablement:{name}", args=[episode.ref, *more])


# Choices -----------------------------------------------------------------------------------------------------------------


def colleagues_in(team: Team | int, roles: Sequence[str]) -> Any:
    held = Membership.objects.filter(live_on(clock.today()), team=team, role__in=roles).values("user")
    return User.objects.filter(pk__in=held, is_active=True).order_by("name", "pk")


def leads_for(episode: Episode) -> Any:
    return colleagues_in(episode.team_id, permissions.LEADING)


def visitors_of(episode: Episode) -> Any:
    return colleagues_in(episode.team_id, permissions.VISITING)


def reviewers_for(episode: Episode) -> Any:
    """Who may assess what follows: the reablement team's own people, and those of the team that leads for the person."""
    lead = lead_of(episode.person)
    teams = [episode.team_id, *([lead.team_id] if lead else [])]
    held = Membership.objects.filter(live_on(clock.today()), team__in=teams, role__in=CASE_ROLES)
    chosen = Q(pk__in=held.values("user")) | Q(pk=episode.end_reviewer_id)
    return User.objects.filter(chosen, is_active=True).order_by("name", "pk")


def assessing_teams() -> Any:
    roles = ASSESSING_ROLES - {Role.OCCUPATIONAL_THERAPIST}
    assessing = Membership.objects.filter(live_on(clock.today()), role__in=roles).values("team")
    return Team.objects.filter(pk__in=assessing, is_active=True).order_by("name", "pk")


# The page of an episode ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class ShownGoal:
    """A goal with its line, its row in the table, and how it stands."""

    goal: Goal
    line: charts.Line
    cells: list[str]
    words: str
    tag: tuple[str, str]


@dataclass(frozen=True)
class ShownWeek:
    number: int
    starts_on: date
    week: Week | None
    state: str
    url: str


@dataclass
class Progress:
    """Day n of 42 with its working, the weeks, the goals, and the decision that is due."""

    day: int
    left: int
    strip: charts.Strip
    last_free: date
    first_chargeable: date
    decide_by: date
    working: list[tuple[str, str]]
    weeks: list[ShownWeek] = field(default_factory=list)
    goals: list[ShownGoal] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    due_week: ShownWeek | None = None
    late_weeks: list[ShownWeek] = field(default_factory=list)


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _working(episode: Episode, pauses: Sequence[Any]) -> list[tuple[str, str]]:
    assert episode.started_on is not None
    assert episode.last_free_on is not None
    rows = [
        ("Day 1, the first visit", _day(episode.started_on)),
        (
            "Day 42: the first visit and 41 days",
            _day(timescales.last_free_on(started_on=episode.started_on)),
        ),
    ]
    for each in pauses:
        away = each.away
        if each.first_service_on:
            words = f"{(each.first_service_on - each.last_service_on).days - 1} days away"
            rows.append((f"Pause from {_day(away.first)}: {words}", f"{each.days_added} days added"))
        else:
            effect = "the count stands still" if episode.clock_stops else "the count runs on"
            rows.append((f"Away since {_day(away.first)}", effect))
    rows.append(("Last free day", _day(episode.last_free_on)))
    rows.append(
        (
            "First day that can be charged",
            _day(timescales.first_chargeable_on(last_free=episode.last_free_on)),
        )
    )
    return rows


def progress_of(episode: Episode, *, today: date, may_write: bool) -> Progress | None:
    """What the page of a started episode shows. Four queries, however many goals and weeks there are."""
    if episode.started_on is None or episode.last_free_on is None:
        return None
    until = min(today, episode.ended_on) if episode.ended_on else today
    pauses = list(episode.pauses.order_by("last_service_on", "pk"))
    day = episode.day_number(until)
    decide = timescales.decide_by(last_free=episode.last_free_on)
    shown = Progress(
        day=day,
        left=max(timescales.FREE_DAYS - day, 0),
        strip=charts.day_strip(day=day, today=until, last_free=episode.last_free_on, decide=decide),
        last_free=episode.last_free_on,
        first_chargeable=timescales.first_chargeable_on(last_free=episode.last_free_on),
        decide_by=decide,
        working=_working(episode, pauses),
    )
    weeks = {week.number: week for week in episode.weeks.in_order()}
    _add_weeks(shown, episode, weeks, until=until, away=[each.away for each in pauses], may_write=may_write)
    shown.columns = list(range(1, max([charts.FEWEST_WEEKS, *(week.number for week in shown.weeks)]) + 1))
    for goal in episode.goals.in_order():
        shown.goals.append(_shown_goal(goal, weeks, shown, today=until))
    return shown


def _add_weeks(
    shown: Progress,
    episode: Episode,
    weeks: dict[int, Week],
    *,
    until: date,
    away: list[timescales.Away],
    may_write: bool,
) -> None:
    assert episode.started_on is not None
    started_on = episode.started_on
    owed = set(timescales.weeks_to_write(started_on=started_on, until=until, away=away))
    open_to_write = may_write and episode.is_running
    for number in range(1, timescales.week_number(started_on=started_on, on=until) + 1):
        week = weeks.get(number)
        ends_on = timescales.week_ends_on(started_on=started_on, week=number)
        if week:
            state = "written"
        elif number not in owed:
            state = "away"
        elif ends_on < until or not episode.is_running:
            state = "late"
        else:
            state = "due"
        can_open = open_to_write and number in owed
        row = ShownWeek(
            number,
            timescales.week_starts_on(started_on=started_on, week=number),
            week,
            state,
            at("write-week", episode, number) if can_open else "",
        )
        shown.weeks.append(row)
        if state == "late":
            shown.late_weeks.append(row)
        if state == "due":
            shown.due_week = row


def _shown_goal(goal: Goal, weeks: dict[int, Week], shown: Progress, *, today: date) -> ShownGoal:
    scores = {
        number: score.score
        for number, week in weeks.items()
        for score in week.scores.all()
        if score.goal_id == goal.pk
    }
    cells = []
    states = {week.number: week.state for week in shown.weeks}
    for number in shown.columns:
        if number in scores:
            cells.append(str(scores[number]))
        else:
            cells.append({"due": "due", "late": "late", "away": "away"}.get(states.get(number, ""), "–"))
    line = charts.goal_line(goal, scores, weeks=len(shown.columns))
    change = line.last - goal.baseline
    words = (
        f"Up {change} since the start." if change > 0
        else f"Down {-change} since the start." if change < 0
        else "The same as at the start."
    )  # fmt: skip
    return ShownGoal(
        goal, line, cells, words if scores else "Not scored yet.", _tag(goal, line, scores, today)
    )


def _tag(goal: Goal, line: charts.Line, scores: dict[int, int], today: date) -> tuple[str, str]:
    """How a goal stands: closed as it was closed, else against a straight line from the start to the target."""
    if goal.status != Goal.Status.OPEN:
        return str(goal.get_status_display()), "green" if goal.status == Goal.Status.ACHIEVED else "grey"
    if line.last >= goal.target:
        return "Target reached", "green"
    if not scores:
        return "Not scored yet", "grey"
    whole = max((goal.target_on - goal.agreed_on).days, 1)
    gone = min(max((today - goal.agreed_on).days, 0), whole)
    expected = goal.baseline + Decimal((goal.target - goal.baseline) * gone) / whole
    return ("Slower than hoped", "orange") if line.last < expected - 1 else ("On course", "green")


def hours_reduction(episode: Episode) -> Decimal | None:
    """By how many percent the hours a week fell from start to end (reablement.md 3)."""
    start, end = episode.hours_at_start, episode.hours_at_end
    if not start or end is None:
        return None
    return ((start - end) * 100 / start).quantize(Decimal(1))


def next_steps(user: User, episode: Episode, shown: Progress | None) -> tuple[Link | None, list[Link]]:
    """The one green button, and the other things that can be done now."""
    first: Link | None = None
    others: list[Link] = []

    def offer(name: str, label: str, when: bool, *, main: bool = True, url: str = "") -> None:
        nonlocal first
        if not when:
            return
        link = Link(label, url or at(name, episode))
        if main and first is None:
            first = link
        else:
            others.append(link)

    may_write = bool(permissions.can_write(user, episode))
    has_goals = bool(shown and shown.goals)
    for action, name, label in (
        (workflow.TRIAGE, "triage", "Look at the referral"),
        (workflow.ACCEPT, "accept", "Accept"),
        (workflow.REDIRECT, "redirect", "Send it elsewhere"),
        (workflow.DECLINE, "decline", "Decline"),
        (workflow.START, "start", "Start"),
        (workflow.RESUME, "resume", "Take up again"),
    ):
        offer(name, label, action.is_open_to(user, episode))
    ends = workflow.END.is_open_to(user, episode)
    goes_first = ends and not (shown and shown.late_weeks)
    offer("end", "End the episode", goes_first)
    if shown and episode.status in Episode.WITH_SERVICE and may_write:
        offer("add-goal", "Agree the first goal", not has_goals)
        for week in [*shown.late_weeks, *([shown.due_week] if shown.due_week else [])]:
            offer("", f"Write week {week.number} review", bool(week.url), url=week.url)
    offer("end", "End the episode", ends and not goes_first)
    offer(
        "end-review",
        "Change the end review" if episode.end_reviewed_on else "Write up the end review",
        workflow.REVIEW_END.is_open_to(user, episode) and _review_has_come(episode),
    )
    goals_open = episode.status in (Episode.Status.ACCEPTED, *Episode.RUNNING)
    offer("add-goal", "Add a goal", goals_open and may_write and (has_goals or not shown), main=False)
    bookable = episode.status in (Episode.Status.STARTED, Episode.Status.EXTENDED, Episode.Status.PAUSED)
    offer(
        "book-end-review",
        "Change the day of the end review" if episode.end_review_on else "Book the end review",
        bookable and bool(permissions.can_lead(user, episode)),
        main=False,
    )
    offer("pause", "Pause", workflow.PAUSE.is_open_to(user, episode), main=False)
    offer("extend", "Give more time", workflow.EXTEND.is_open_to(user, episode), main=False)
    coordinates = bool(permissions.can_coordinate(user, episode))
    led = episode.status in (Episode.Status.ACCEPTED, *Episode.RUNNING)
    offer("change-lead", "Change who leads", coordinates and led, main=False)
    offer("end-early", "End early", workflow.END_EARLY.is_open_to(user, episode), main=False)
    return first, others


def _review_has_come(episode: Episode) -> bool:
    if episode.started_on is None or episode.planned_end_on is None:
        return False
    return clock.today() >= timescales.end_review_from(
        started_on=episode.started_on, planned_end=episode.planned_end_on
    )


def after_hospital(episode: Episode, *, today: date) -> list[tuple[int, date, str, bool]]:
    """The checks at 84 and 91 days: days, when, where the person was, and whether it can be recorded now."""
    if episode.discharge_on is None or episode.started_on is None:
        return []
    rows = []
    for days, name in ((84, "at_84_days"), (91, "at_91_days")):
        on = episode.discharge_on + (timescales.TWELVE_WEEKS if days == 84 else timescales.NINETY_ONE_DAYS)
        said = getattr(episode, f"get_{name}_display")() if getattr(episode, name) else ""
        rows.append((days, on, said, on <= today))
    return rows


def still_missing(episode: Episode, *, today: date) -> list[str]:
    """What keeps the episode from ending today."""
    if episode.status != Episode.Status.END_REVIEW:
        return []
    return missing_before_end(episode, ended_on=today)


def shows(request: HttpRequest, choices: Sequence[str]) -> str:
    chosen = request.GET.get("show", "")
    return chosen if chosen in choices else choices[0]
