"""What every action on an episode ends with: saved with its version, and written in the trail. And the reminders."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

import audit.services as audit
import worklist.services as worklist
from accounts.models import Membership, Role, Team, User
from accounts.querysets import live_on
from assessments import services as assessments
from assessments.models import Assessment
from core import clock
from people.models import Person
from reablement import timescales
from reablement.models import Episode

WORK = "reablement"
TRIAGE_TASK = "reablement_triage"
# Reminders that stop when the episode does. The checks after hospital (44) go on.
OF_THE_EPISODE = ("REAB_GOALS", "REAB_WEEKLY", "REAB_WEEK5", "REAB_END", "REAB_CHARGE", "REAB_PAUSE")
AFTER_HOSPITAL = {84: "REAB_84", 91: "REAB_91"}


def save(record: Any, now: datetime) -> None:
    record.updated_at = now
    record.next_version()
    record.save()


def write_down(code: str, episode: Episode, *, by: User | None, now: datetime, **detail: Any) -> None:
    audit.record(
        code,
        subject=episode,
        person_id=episode.person_id,
        by=by,
        at=now,
        access_list_id=episode.access_list_id,
        **detail,
    )


def refuse(problems: dict[str, str]) -> None:
    """Raise ValidationError with what is wrong, where something is."""
    if problems:
        raise ValidationError(problems)


def required(**given: tuple[Any, str]) -> dict[str, str]:
    """The message of each fact that was not given."""
    return {
        name: message
        for name, (fact, message) in given.items()
        if fact is None or fact is False or (isinstance(fact, str) and not fact.strip())
    }


def reablement_teams(*, on: date) -> Any:
    """Teams that give reablement: those with somebody who leads it."""
    led = Membership.objects.filter(live_on(on), role=Role.REABLEMENT_LEAD).values("team")
    return Team.objects.filter(pk__in=led, is_active=True).order_by("name", "pk")


def ask_for_assessment(*, person: Person, team: Team | None, by: User, now: datetime) -> Assessment:
    """The needs assessment that is under way, or a new one asked of a team. Raises ValidationError without a team."""
    present = Assessment.objects.open().filter(person=person, kind=Assessment.Kind.NEEDS).first()
    if present:
        return present
    if team is None:
        raise ValidationError({"assessment_team": "Choose the team that assesses"})
    return assessments.request_assessment(
        person=person, team=team, kind=Assessment.Kind.NEEDS, by=by, now=now
    )


def tell_lead(episode: Episode, *, by: User, now: datetime) -> None:
    if episode.lead_worker and episode.lead_worker_id != by.pk:
        worklist.notify(
            template="reablement.given",
            recipient=episode.lead_worker,
            key=f"reablement:{episode.ref}:given:{now.isoformat()}",
            now=now,
            person=episode.person,
            url=episode.get_absolute_url(),
            access_list=episode.access_list,
        )


# Reminders -----------------------------------------------------------------------------------------------------------


def remind(
    episode: Episode,
    rule: str,
    *,
    on: date,
    now: datetime,
    cycle: str = "1",
    owned: bool = True,
) -> None:
    worklist.set_anchor(
        rule=rule,
        subject=episode,
        cycle=cycle,
        on=on,
        person=episode.person,
        team=episode.team,
        owner=episode.lead_worker if owned else None,
        url=episode.get_absolute_url(),
        now=now,
        access_list=episode.access_list,
        because="the dates of the episode moved",
    )


def stop_reminding(
    episode: Episode, *rules: str, now: datetime, because: str, by: User | None, cycle: str | None = None
) -> None:
    for rule in rules:
        worklist.close_anchor(rule=rule, subject=episode, cycle=cycle, now=now, because=because, by=by)


def week_cycle(number: int) -> str:
    return f"week-{number}"


def remind_of_week(episode: Episode, number: int, *, now: datetime) -> None:
    """An entry is owed about a week, by its seventh day (rule 40)."""
    if episode.started_on is None or number < 1:
        return
    remind(
        episode,
        "REAB_WEEKLY",
        cycle=week_cycle(number),
        on=timescales.week_starts_on(started_on=episode.started_on, week=number),
        now=now,
    )


def remind_of_end(episode: Episode, *, now: datetime) -> None:
    """The planned end, and the day after the last free one (rule 42); the booking of the end review (rule 41)."""
    if episode.started_on is None or episode.planned_end_on is None or episode.last_free_on is None:
        return
    remind(
        episode,
        "REAB_END",
        on=timescales.end_counts_from(planned_end=episode.planned_end_on),
        now=now,
    )
    if not episode.charge_basis and episode.planned_end_on >= episode.last_free_on:
        remind(
            episode,
            "REAB_CHARGE",
            on=timescales.end_counts_from(planned_end=episode.last_free_on),
            now=now,
        )
    if episode.end_review_on is None and episode.end_reviewed_on is None:
        remind(
            episode,
            "REAB_WEEK5",
            on=episode.started_on,
            now=now,
        )


def remind_of_this_week(episode: Episode, *, now: datetime) -> None:
    """The week of today, unless it is written up or lies behind the end."""
    if episode.started_on is None:
        return
    today = clock.london_date(now)
    number = episode.week_number(today)
    if number >= 1 and not episode.weeks.filter(number=number).exists():
        remind_of_week(episode, number, now=now)
