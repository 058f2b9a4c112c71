"""Goals in the person's words, the entry of each week with its scores, and the person's own comment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

import worklist.services as worklist
from accounts.models import User
from assessments.models import OutcomeCode
from core import clock
from core.permissions import require
from core.versions import StaleVersion
from core.workflow import WrongState
from reablement import events, timescales, workflow
from reablement.models import Episode, Goal, GoalScore, Score, Week, WeekComment
from reablement.permissions import can_comment, can_write
from reablement.services.common import (
    WORK,
    refuse,
    remind_of_week,
    required,
    save,
    stop_reminding,
    week_cycle,
    write_down,
)

WITH_GOALS = (Episode.Status.ACCEPTED, *Episode.RUNNING)
GOAL_FACTS = frozenset(
    {"statement", "area", "baseline", "target", "measure", "target_on", "agreed_on", "owner"}
)
WEEK_FACTS = frozenset(
    {
        "visits_planned",
        "visits_delivered",
        "minutes",
        "help_level",
        "hours_needed",
        "notes",
        "next_week",
    }
)


def _refuse_outside(episode: Episode, states: tuple[str, ...], what: str) -> None:
    if episode.status not in states:
        raise WrongState(f"{what} while the episode is “{episode.get_status_display()}”.")


def _check_goal(episode: Episode, facts: Mapping[str, Any], *, today: date) -> None:
    problems = required(
        statement=(facts.get("statement"), "Write the goal in the person’s own words"),
        measure=(facts.get("measure"), "Write how you will see that it is reached"),
        target_on=(facts.get("target_on"), "Enter the day to reach it by"),
        agreed_on=(facts.get("agreed_on"), "Enter the day it was agreed with the person"),
    )
    if facts.get("area") not in OutcomeCode.values:
        problems["area"] = "Choose which part of life it is about"
    baseline, target = facts.get("baseline"), facts.get("target")
    for name, score in (("baseline", baseline), ("target", target)):
        if score not in Score.values:
            problems[name] = "Choose a score from 0 to 4"
    if baseline in Score.values and target in Score.values and int(str(target)) <= int(str(baseline)):
        problems["target"] = "The target is higher than where the person is now"
    agreed_on, target_on = facts.get("agreed_on"), facts.get("target_on")
    if agreed_on and agreed_on > today:
        problems["agreed_on"] = "The day it was agreed cannot be in the future"
    if target_on and agreed_on and target_on < agreed_on:
        problems["target_on"] = "The day to reach it by is after the day it was agreed"
    if target_on and episode.planned_end_on and target_on > episode.planned_end_on:
        problems["target_on"] = (
            f"The planned end is {episode.planned_end_on:%-d %B %Y}: choose an earlier day"
        )
    refuse(problems)


@transaction.atomic
def add_goal(*, episode: Episode, facts: Mapping[str, Any], by: User, now: datetime) -> Goal:
    """Agree a goal with the person: their words, where they are now, the target from 0 to 4, and by when.

    Raises PermissionDenied, WrongState, ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    require(can_write(by, episode))
    _refuse_outside(episode, WITH_GOALS, "Goals are not added")
    _check_goal(episode, facts, today=clock.london_date(now))
    last = episode.goals.aggregate(last=Max("number"))["last"] or 0
    goal = Goal.objects.create(
        episode=episode,
        person=episode.person,
        number=last + 1,
        created_at=now,
        updated_at=now,
        **{name: facts[name] for name in GOAL_FACTS & set(facts)},
    )
    stop_reminding(episode, "REAB_GOALS", now=now, because="a goal is agreed", by=by)
    worklist.move_work_item(kind=WORK, subject=episode, now=now)
    write_down(events.GOAL_ADDED, episode, by=by, now=now, number=goal.number)
    return goal


@transaction.atomic
def change_goal(
    *, goal: Goal, facts: Mapping[str, Any], version: int | None, by: User, now: datetime
) -> Goal:
    """Change an open goal together with the person. Raises PermissionDenied, WrongState, StaleVersion, ValidationError."""
    episode = Episode.objects.lock(goal.episode_id)
    goal = Goal.objects.lock(goal.pk)
    require(can_write(by, episode))
    _refuse_outside(episode, WITH_GOALS, "Goals are not changed")
    if goal.status != Goal.Status.OPEN:
        raise WrongState(f"The goal is closed: “{goal.get_status_display()}”.")
    goal.expect_version(version)
    _check_goal(episode, facts, today=clock.london_date(now))
    for name in GOAL_FACTS & set(facts):
        setattr(goal, name, facts[name])
    save(goal, now)
    write_down(events.GOAL_CHANGED, episode, by=by, now=now, number=goal.number)
    return goal


@transaction.atomic
def close_goal(*, goal: Goal, status: str, note: str, version: int | None, by: User, now: datetime) -> Goal:
    """Say how a goal turned out: achieved, partly, not, or dropped with the reason.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    episode = Episode.objects.lock(goal.episode_id)
    goal = Goal.objects.lock(goal.pk)
    goal.episode = episode
    if status not in workflow.GOAL_ACTIONS:
        raise ValidationError({"status": "Choose how the goal turned out"})
    workflow.GOAL_ACTIONS[status].apply(goal, by=by)
    goal.expect_version(version)
    if status == Goal.Status.DROPPED:
        refuse(required(note=(note, "Say why the goal was dropped")))
    goal.closed_on, goal.closed_note = clock.london_date(now), note
    save(goal, now)
    worklist.move_work_item(kind=WORK, subject=episode, now=now)
    write_down(
        events.GOAL_CLOSED, episode, by=by, now=now, number=goal.number, status=goal.get_status_display()
    )
    return goal


@transaction.atomic
def write_week(
    *,
    episode: Episode,
    number: int,
    facts: Mapping[str, Any],
    scores: Mapping[str, int],
    version: int | None,
    by: User,
    now: datetime,
) -> Week:
    """Write up a week, or change what was written: visits, minutes, help, hours a week needed, and a score for each goal.

    `scores` holds a score from 0 to 4 by the reference of the goal; every open goal agreed by the end of the week has
    one. `version` is 0 for a week that nobody has written. Raises PermissionDenied, WrongState, StaleVersion,
    ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    require(can_write(by, episode))
    _refuse_outside(episode, Episode.RUNNING, "Weeks are not written up")
    assert episode.started_on is not None
    today = clock.london_date(now)
    owed = timescales.weeks_to_write(
        started_on=episode.started_on, until=today, away=[each.away for each in episode.pauses.all()]
    )
    if number not in owed:
        raise WrongState("There is nothing to write about that week: it has not begun, or nobody was there.")
    week = Week.objects.filter(episode=episode, number=number).select_for_update(of=("self",)).first()
    if version is not None and version != (week.version if week else 0):
        raise StaleVersion(week or Week(episode=episode, number=number, version=0))
    ends_on = timescales.week_ends_on(started_on=episode.started_on, week=number)
    goals = {goal.ref: goal for goal in episode.goals.all()}
    _check_week(facts, scores, goals, ends_on=ends_on)

    made = week is None
    if week is None:
        week = Week(
            episode=episode,
            person=episode.person,
            number=number,
            starts_on=timescales.week_starts_on(started_on=episode.started_on, week=number),
            version=0,
            created_at=now,
        )
    for name in WEEK_FACTS:
        setattr(week, name, facts[name])
    week.written_by = by
    save(week, now)
    for ref, score in scores.items():
        GoalScore.objects.update_or_create(week=week, goal=goals[ref], defaults={"score": score})

    stop_reminding(episode, "REAB_WEEKLY", cycle=week_cycle(number), now=now, because="written up", by=by)
    if made and episode.status in Episode.WITH_SERVICE and number < episode.week_number(today):
        this_week = episode.week_number(today)
        if not episode.weeks.filter(number=this_week).exists():
            remind_of_week(episode, this_week, now=now)
    worklist.move_work_item(kind=WORK, subject=episode, now=now)
    write_down(events.WEEK_WRITTEN, episode, by=by, now=now, week=number)
    return week


def _check_week(
    facts: Mapping[str, Any], scores: Mapping[str, int], goals: Mapping[str, Goal], *, ends_on: date
) -> None:
    problems = required(
        notes=(facts.get("notes"), "Write how the week went"),
        next_week=(facts.get("next_week"), "Write what is tried next week"),
        visits_planned=(facts.get("visits_planned"), "Enter how many visits were planned"),
        visits_delivered=(facts.get("visits_delivered"), "Enter how many visits were made"),
        minutes=(facts.get("minutes"), "Enter how many minutes they took"),
        hours_needed=(facts.get("hours_needed"), "Enter how many hours a week the person needs now"),
    )
    if facts.get("help_level") not in Week.Help.values:
        problems["help_level"] = "Choose how much help was given"
    if not facts.get("visits_delivered") and facts.get("minutes"):
        problems.setdefault("minutes", "Minutes without a visit: check both numbers")
    for goal in goals.values():
        owed = goal.status == Goal.Status.OPEN and goal.agreed_on <= ends_on
        if owed and scores.get(goal.ref) is None:
            problems[f"score_{goal.ref}"] = f"Score goal {goal.number}"
    for ref, score in scores.items():
        if ref not in goals or score not in Score.values:
            problems[f"score_{ref}"] = "Choose a score from 0 to 4 for a goal of this episode"
    if any(name.startswith("score_") and name.removeprefix("score_") not in goals for name in problems):
        raise ValidationError("Choose a score from 0 to 4 for each goal of this episode.")
    refuse(problems)


@transaction.atomic
def comment(*, episode: Episode, text: str, by: User, now: datetime) -> WeekComment:
    """How the week went, in the words of the person or of somebody who acts for them. The lead is told.

    Raises PermissionDenied, WrongState, ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    require(can_comment(by, episode))
    _refuse_outside(episode, Episode.RUNNING, "There is no week to comment on")
    refuse(required(text=(text, "Tell us how the week went, in your own words")))
    made = WeekComment.objects.create(
        episode=episode,
        person=episode.person,
        number=max(episode.week_number(clock.london_date(now)), 1),
        text=text,
        written_at=now,
        written_by=by,
        created_at=now,
        updated_at=now,
    )
    worklist.notify(
        template="reablement.commented",
        recipient=episode.lead_worker,
        key=f"reablement:{episode.ref}:comment:{made.ref}",
        now=now,
        person=episode.person,
        url=f"{episode.get_absolute_url()}#comments",
        access_list=episode.access_list,
    )
    write_down(events.COMMENTED, episode, by=by, now=now, week=made.number)
    return made
