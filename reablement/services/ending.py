"""How an episode ends: its end review, one outcome and what follows; early, with the reason; or because of a death."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

import worklist.services as worklist
from accounts.models import CASE_ROLES, Team, User
from accounts.services import system_user
from core import clock
from core.permissions import require
from core.workflow import WrongState
from people.models import Person
from reablement import events, timescales, workflow
from reablement.models import Episode, Goal
from reablement.outcomes import LONG_TERM, EventOutcome
from reablement.permissions import can_lead, can_write
from reablement.services.common import (
    AFTER_HOSPITAL,
    OF_THE_EPISODE,
    TRIAGE_TASK,
    WORK,
    ask_for_assessment,
    refuse,
    required,
    save,
    stop_reminding,
    write_down,
)

# Some reasons leave no choice of outcome.
OUTCOME_OF_REASON = {
    Episode.EarlyReason.HOSPITAL: EventOutcome.HOSPITAL,
    Episode.EarlyReason.DIED: EventOutcome.NFA_DIED,
    Episode.EarlyReason.PERSON_STOPPED: EventOutcome.NFA_DECLINED,
    Episode.EarlyReason.MOVED: EventOutcome.NFA_MOVED,
}
BOOKABLE = (Episode.Status.STARTED, Episode.Status.EXTENDED, Episode.Status.PAUSED)


@transaction.atomic
def book_end_review(
    *, episode: Episode, on: date, reviewer: User | None, version: int | None, by: User, now: datetime
) -> Episode:
    """Book the end review for a day from week 5 on, with whoever assesses what follows.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    require(can_lead(by, episode))
    if episode.status not in BOOKABLE:
        raise WrongState(f"The episode is now “{episode.get_status_display()}”, so no end review is booked.")
    episode.expect_version(version)
    assert episode.started_on is not None
    assert episode.planned_end_on is not None
    earliest = timescales.end_review_from(started_on=episode.started_on, planned_end=episode.planned_end_on)
    if on < max(earliest, clock.london_date(now)):
        raise ValidationError(
            {
                "on": f"The end review is held from week 5 on, so from {earliest:%-d %B %Y}, and not in the past"
            }
        )
    _check_reviewer(reviewer)
    episode.end_review_on, episode.end_reviewer = on, reviewer
    save(episode, now)
    stop_reminding(episode, "REAB_WEEK5", now=now, because="the end review is booked", by=by)
    worklist.move_work_item(kind=WORK, subject=episode, now=now)
    write_down(events.REVIEW_BOOKED, episode, by=by, now=now, on=on)
    return episode


def _check_reviewer(reviewer: User | None) -> None:
    if reviewer is not None and not (reviewer.is_active and reviewer.has_role(*CASE_ROLES)):
        raise ValidationError({"reviewer": "Choose somebody who works with people"})


@transaction.atomic
def review_end(
    *,
    episode: Episode,
    held_on: date,
    what_changed: str,
    transition_plan: str,
    person_words: str,
    achieved: str,
    hours_at_end: Decimal | None,
    version: int | None,
    by: User,
    now: datetime,
    reviewer: User | None = None,
) -> Episode:
    """Write up the end review: what has changed, the plan for afterwards, how far the person says that their goals were
    reached, and how many hours a week they need now. Can be changed until the episode ends.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.REVIEW_END.apply(episode, by=by)
    assert episode.started_on is not None
    assert episode.planned_end_on is not None
    earliest = timescales.end_review_from(started_on=episode.started_on, planned_end=episode.planned_end_on)
    problems = required(
        what_changed=(what_changed, "Write what has changed since the start"),
        transition_plan=(transition_plan, "Write what is planned for afterwards"),
        hours_at_end=(hours_at_end, "Enter how many hours a week the person needs now"),
    )
    if achieved not in Episode.Achieved.values:
        problems["achieved"] = "Ask the person how far their goals were reached"
    if held_on > clock.london_date(now):
        problems["held_on"] = "The end review cannot have been held in the future"
    elif held_on < earliest:
        problems["held_on"] = f"The end review is held from week 5 on, so from {earliest:%-d %B %Y}"
    refuse(problems)
    _check_reviewer(reviewer)
    episode.end_reviewed_on, episode.end_reviewed_by = held_on, by
    episode.end_reviewer = reviewer or episode.end_reviewer
    episode.what_changed, episode.transition_plan = what_changed, transition_plan
    episode.person_words, episode.achieved, episode.hours_at_end = person_words, achieved, hours_at_end
    save(episode, now)
    stop_reminding(episode, "REAB_WEEK5", now=now, because="the end review was held", by=by)
    worklist.move_work_item(kind=WORK, subject=episode, now=now)
    write_down(events.END_REVIEWED, episode, by=by, now=now, on=held_on, achieved=achieved)
    return episode


def missing_before_end(episode: Episode, *, ended_on: date) -> list[str]:
    """What keeps an episode from ending: open goals, and whole weeks that nobody has written up."""
    missing = [
        f"Goal {goal.number} is still open"
        for goal in episode.goals.filter(status=Goal.Status.OPEN).order_by("number")
    ]
    if episode.started_on is None:
        return missing
    written = set(episode.weeks.values_list("number", flat=True))
    owed = timescales.weeks_to_write(
        started_on=episode.started_on, until=ended_on, away=[each.away for each in episode.pauses.all()]
    )
    missing += [
        f"Week {week} is not written up"
        for week in owed
        if week not in written
        and timescales.week_ends_on(started_on=episode.started_on, week=week) <= ended_on
    ]
    return missing


@transaction.atomic
def end(
    *,
    episode: Episode,
    ended_on: date,
    outcome: str,
    note: str,
    version: int | None,
    by: User,
    now: datetime,
    ask_assessment: bool = False,
    assessment_team: Team | None = None,
) -> Episode:
    """End an episode after its end review, with exactly one national outcome and the link to what follows.

    Support for the long term follows an assessment: one is asked for, or the open one joined. Raises PermissionDenied,
    WrongState, StaleVersion, and ValidationError while goals are open or whole weeks not written up.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.END.apply(episode, by=by)
    problems: dict[str, str] = {}
    if outcome not in EventOutcome.values:
        problems["outcome"] = "Choose the one outcome for the national return"
    _check_end_date(episode, ended_on, problems, now=now)
    if outcome in LONG_TERM and not ask_assessment and episode.sequel_assessment_id is None:
        problems["ask_assessment"] = "Long-term support follows an assessment: ask for one"
    refuse(problems)
    missing = missing_before_end(episode, ended_on=ended_on)
    if missing:
        raise ValidationError([f"{each}." for each in missing])
    if ask_assessment:
        episode.sequel_assessment = ask_for_assessment(
            person=episode.person, team=assessment_team, by=by, now=now
        )
    episode.outcome, episode.end_note = outcome, note
    _finish(episode, ended_on=ended_on, by=by, now=now)
    write_down(
        events.ENDED,
        episode,
        by=by,
        now=now,
        outcome=episode.get_outcome_display(),
        national=outcome,
        on=ended_on,
    )
    return episode


@transaction.atomic
def end_early(
    *,
    episode: Episode,
    ended_on: date,
    reason: str,
    note: str,
    version: int | None,
    by: User,
    now: datetime,
    outcome: str = "",
    ask_assessment: bool = False,
    assessment_team: Team | None = None,
) -> Episode:
    """End an open episode before its time, with the reason. An admission, a death, a move and the person's own choice
    have their outcome; otherwise it is chosen. Goals that are open are dropped for the same reason.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.END_EARLY.apply(episode, by=by)
    problems: dict[str, str] = {}
    if reason not in Episode.EarlyReason.values:
        problems["reason"] = "Choose why it ends early"
    else:
        fixed = OUTCOME_OF_REASON.get(Episode.EarlyReason(reason))
        outcome = fixed or outcome
        if outcome not in EventOutcome.values:
            problems["outcome"] = "Choose the one outcome for the national return"
        elif outcome in (EventOutcome.HOSPITAL, EventOutcome.NFA_DIED) and not fixed:
            problems["outcome"] = "That outcome goes with another reason"
    _check_end_date(episode, ended_on, problems, now=now)
    if outcome in LONG_TERM and not ask_assessment:
        problems["ask_assessment"] = "Long-term support follows an assessment: ask for one"
    refuse(problems)
    if ask_assessment:
        episode.sequel_assessment = ask_for_assessment(
            person=episode.person, team=assessment_team, by=by, now=now
        )
    because = Episode.EarlyReason(reason).label
    for goal in episode.goals.select_for_update(of=("self",)).filter(status=Goal.Status.OPEN):
        goal.status, goal.closed_on, goal.closed_note = Goal.Status.DROPPED, ended_on, because
        save(goal, now)
    episode.outcome, episode.early_reason, episode.end_note = outcome, reason, note
    _finish(episode, ended_on=ended_on, by=by, now=now)
    write_down(events.ENDED_EARLY, episode, by=by, now=now, reason=because, national=outcome, on=ended_on)
    return episode


def _check_end_date(episode: Episode, ended_on: date, problems: dict[str, str], *, now: datetime) -> None:
    if ended_on > clock.london_date(now):
        problems["ended_on"] = "It can end today or earlier"
    elif episode.started_on and ended_on < episode.started_on:
        problems["ended_on"] = "It cannot end before its first visit"


def _finish(episode: Episode, *, ended_on: date, by: User, now: datetime) -> None:
    """No reminder, task, pause or piece of work of the episode stays open."""
    episode.ended_on, episode.ended_at, episode.ended_by = ended_on, now, by
    episode.paused_since = None
    episode.pauses.filter(first_service_on=None, is_final=False).update(is_final=True, updated_at=now)
    save(episode, now)
    stop_reminding(episode, *OF_THE_EPISODE, now=now, because="the episode has ended", by=by)
    worklist.close_tasks(subject_key_prefix=f"{TRIAGE_TASK}:{episode.ref}", now=now, by=by)
    worklist.close_work_item(kind=WORK, subject=episode, now=now)


@transaction.atomic
def death_recorded(
    *, person_id: int, by: User, now: datetime, date_of_death: date | None = None, **_more_facts: object
) -> None:
    """An open episode of somebody who has died ends early on the day of death (reablement.md 5, NFA: Deceased)."""
    episode = Episode.objects.open().filter(person=person_id).select_related("person", "team").first()
    if episode is None:
        return
    today = clock.london_date(now)
    died_on = date_of_death or Person.objects.values_list("date_of_death", flat=True).get(pk=person_id)
    on = min(died_on or today, today)
    end_early(
        episode=episode,
        ended_on=max(on, episode.started_on) if episode.started_on else on,
        reason=Episode.EarlyReason.DIED,
        note="",
        version=None,
        by=system_user(),
        now=now,
    )


@transaction.atomic
def record_whereabouts(
    *, episode: Episode, days: int, where: str, version: int | None, by: User, now: datetime
) -> Episode:
    """Where somebody is 84 or 91 days after they left hospital: a local view of the national measure (rule 44).

    Raises PermissionDenied, StaleVersion, WrongState before the day has come, ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    require(can_write(by, episode))
    episode.expect_version(version)
    if days not in AFTER_HOSPITAL or episode.discharge_on is None or episode.started_on is None:
        raise WrongState("Nothing is asked here: the person did not come to reablement from a hospital.")
    if (clock.london_date(now) - episode.discharge_on).days < days:
        raise WrongState(f"It is not {days} days yet since the person left hospital.")
    if where not in Episode.Whereabouts.values:
        raise ValidationError({"where": "Choose where the person is"})
    setattr(episode, f"at_{days}_days", where)
    save(episode, now)
    stop_reminding(episode, AFTER_HOSPITAL[days], now=now, because="recorded", by=by)
    write_down(events.FOLLOWED_UP, episode, by=by, now=now, days=days)
    return episode
