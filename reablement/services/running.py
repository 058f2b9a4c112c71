"""The six weeks: started, paused, taken up again, given more time. And the night that marks the end of the free weeks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

import worklist.services as worklist
from accounts.models import User
from core import clock, policy_settings
from core.calendar import completed_years
from core.workflow import WrongState
from reablement import events, timescales, workflow
from reablement.models import ChargeBasis, Episode, Extension, Pause, PausePolicy
from reablement.services.common import (
    AFTER_HOSPITAL,
    WORK,
    refuse,
    remind,
    remind_of_end,
    remind_of_this_week,
    remind_of_week,
    required,
    save,
    stop_reminding,
    week_cycle,
    write_down,
)
from worklist.models import Anchor


@transaction.atomic
def start(
    *,
    episode: Episode,
    started_on: date,
    information_given_on: date | None,
    information_format: str,
    version: int | None,
    by: User,
    now: datetime,
    agreed_end_on: date | None = None,
    hours_at_start: Decimal | None = None,
    who_visits: str = "",
) -> Episode:
    """Record the first visit: it is day 1 of 42, and the person has in writing what is free, until when, and whom to ring.

    `hours_at_start` is how many hours a week the person needs. The policy on pauses of that day stays the episode's.
    Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.START.apply(episode, by=by)
    today = clock.london_date(now)
    problems = required(
        information_given_on=(information_given_on, "Enter the day the written information was given"),
        information_format=(information_format, "Say in which form it was given"),
    )
    if started_on > today:
        problems["started_on"] = "The first visit cannot be in the future"
    elif started_on < clock.london_date(episode.referred_at):
        problems["started_on"] = "The first visit cannot be before the referral"
    if information_given_on and information_given_on > today:
        problems["information_given_on"] = "The day cannot be in the future"
    longest = timescales.last_free_on(started_on=started_on)
    if agreed_end_on and not started_on <= agreed_end_on <= longest:
        problems["agreed_end_on"] = f"An agreed end is between the first visit and {longest:%-d %B %Y}"
    refuse(problems)

    policy = str(policy_settings.value(timescales.PAUSE_POLICY, on=started_on))
    episode.started_on, episode.agreed_end_on = started_on, agreed_end_on
    episode.last_free_on = longest
    episode.planned_end_on = timescales.planned_end_on(started_on=started_on, agreed_end_on=agreed_end_on)
    episode.pause_policy = policy if policy in PausePolicy.values else PausePolicy.STOPS
    episode.information_given_on, episode.information_format = information_given_on, information_format
    episode.hours_at_start, episode.who_visits = hours_at_start, who_visits
    episode.lead_worker = episode.lead_worker or by
    save(episode, now)

    worklist.move_work_item(kind=WORK, subject=episode, now=now, stage="active", owner=episode.lead_worker)
    remind_of_end(episode, now=now)
    remind_of_week(episode, 1, now=now)
    remind_of_this_week(episode, now=now)
    if not episode.goals.exists():
        remind(episode, "REAB_GOALS", on=started_on, now=now)
    _remind_after_hospital(episode, now=now)
    write_down(events.STARTED, episode, by=by, now=now, last_free_on=episode.last_free_on)
    return episode


def _remind_after_hospital(episode: Episode, *, now: datetime) -> None:
    """Where somebody of 65 or over is 84 and 91 days after they left hospital (rule 44)."""
    if episode.source != Episode.Source.HOSPITAL or episode.discharge_on is None:
        return
    born = episode.person.date_of_birth
    if born and completed_years(born, episode.discharge_on) < timescales.MEASURED_FROM_AGE:
        return
    for days, rule in AFTER_HOSPITAL.items():
        if days == 91 and not policy_settings.value(timescales.CHECKS_AT_91_DAYS, on=clock.london_date(now)):
            continue
        remind(episode, rule, on=episode.discharge_on, now=now, owned=False)


@transaction.atomic
def pause(
    *,
    episode: Episode,
    reason: str,
    last_service_on: date,
    version: int | None,
    by: User,
    now: datetime,
    note: str = "",
) -> Episode:
    """The person is away from the service after a day. Where pauses stop the clock, the count stands still.

    Raises PermissionDenied, WrongState, StaleVersion, ValidationError, also for visits already recorded after the day.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.PAUSE.apply(episode, by=by)
    problems: dict[str, str] = {}
    if reason not in Pause.Reason.values:
        problems["reason"] = "Choose why reablement is paused"
    before = episode.pauses.exclude(first_service_on=None).order_by("-first_service_on").first()
    earliest = before.first_service_on if before else episode.started_on
    if last_service_on > clock.london_date(now):
        problems["last_service_on"] = "The last visit cannot be in the future"
    elif earliest and last_service_on < earliest:
        problems["last_service_on"] = f"The last visit cannot be before {earliest:%-d %B %Y}"
    elif episode.weeks.filter(starts_on__gt=last_service_on, visits_delivered__gt=0).exists():
        problems["last_service_on"] = "Visits are recorded as made after that day"
    refuse(problems)

    made = Pause.objects.create(
        episode=episode,
        person=episode.person,
        reason=reason,
        last_service_on=last_service_on,
        note=note,
        paused_by=by,
        created_at=now,
        updated_at=now,
    )
    episode.paused_since = last_service_on + timescales.ONE_DAY
    save(episode, now)

    week = episode.week_number(clock.london_date(now))
    if _is_away_from(episode, week):
        stop_reminding(
            episode, "REAB_WEEKLY", cycle=week_cycle(week), now=now, because="no service this week", by=by
        )
    if episode.clock_stops:
        stop_reminding(episode, "REAB_END", "REAB_CHARGE", now=now, because="the clock stands still", by=by)
    remind(
        episode,
        "REAB_PAUSE",
        cycle=made.ref,
        on=episode.paused_since,
        now=now,
    )
    worklist.move_work_item(kind=WORK, subject=episode, now=now, stage="with_others")
    write_down(events.PAUSED, episode, by=by, now=now, reason=made.get_reason_display(), on=last_service_on)
    return episode


def _is_away_from(episode: Episode, week: int) -> bool:
    """Whether a pause began before a week did, so that there was no service in it so far."""
    if episode.started_on is None or episode.paused_since is None:
        return False
    return episode.paused_since <= timescales.week_starts_on(started_on=episode.started_on, week=week)


@transaction.atomic
def resume(
    *, episode: Episode, first_service_on: date, version: int | None, by: User, now: datetime
) -> Episode:
    """Visits go on from a day. The days away are added to the free weeks where pauses stop the clock.

    After more than the longest pause (a council setting, 7 days) it is not taken up again: the episode ends, and a
    return is a new referral with a fresh period. Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    action = workflow.RESUME_EXTENDED if episode.extensions.exists() else workflow.RESUME
    action.apply(episode, by=by)
    made = Pause.objects.select_for_update(of=("self",)).get(
        episode=episode, first_service_on=None, is_final=False
    )
    today = clock.london_date(now)
    length = timescales.pause_length(last_service_on=made.last_service_on, first_service_on=first_service_on)
    longest = int(policy_settings.value(timescales.LONGEST_PAUSE_DAYS, on=today))
    problems: dict[str, str] = {}
    if first_service_on > today:
        problems["first_service_on"] = "The first visit after the pause cannot be in the future"
    elif first_service_on <= made.last_service_on:
        problems["first_service_on"] = "The first visit after the pause is later than the last one before it"
    elif timescales.is_too_long(length=length, longest=longest):
        problems["first_service_on"] = (
            f"That is {length} days away, more than {longest}. End this episode early; coming back is a new referral "
            "with six fresh weeks"
        )
    refuse(problems)

    added = timescales.days_added(policy=episode.pause_policy, length=length)
    made.first_service_on, made.days_added, made.updated_at = first_service_on, added, now
    made.save()
    more = timedelta(days=added)
    episode.pause_days += added
    episode.last_free_on = episode.last_free_on + more if episode.last_free_on else None
    episode.planned_end_on = episode.planned_end_on + more if episode.planned_end_on else None
    if episode.agreed_end_on:
        episode.agreed_end_on += more
    episode.paused_since = None
    save(episode, now)

    stop_reminding(episode, "REAB_PAUSE", now=now, because="taken up again", by=by)
    remind_of_end(episode, now=now)
    remind_of_this_week(episode, now=now)
    worklist.move_work_item(kind=WORK, subject=episode, now=now, stage="active")
    write_down(events.RESUMED, episode, by=by, now=now, days=length, last_free_on=episode.last_free_on)
    return episode


@transaction.atomic
def extend(
    *,
    episode: Episode,
    reason: str,
    note: str,
    new_end_on: date,
    told_on: date | None,
    version: int | None,
    by: User,
    now: datetime,
    charge_basis: str = "",
    financial_assessment_asked: bool = False,
    purpose_ended_on: date | None = None,
) -> Episode:
    """Give more time, twice at most. Beyond the free weeks it is said how it is paid for, and the person is told in
    writing; a charge begins seven days after that at the earliest, and never within the free weeks.

    Waiting for long-term support is not reablement: from `purpose_ended_on` the service counts as another short-term
    one. Raises PermissionDenied, WrongState, StaleVersion, ValidationError.
    """
    episode = Episode.objects.lock(episode.pk)
    episode.expect_version(version)
    workflow.EXTEND.apply(episode, by=by)
    number = episode.extensions.count() + 1
    if number > timescales.MOST_EXTENSIONS:
        raise WrongState("This episode has been given more time twice already. It has to end now.")
    started_on, end, last_free = episode.started_on, episode.planned_end_on, episode.last_free_on
    if started_on is None or end is None or last_free is None:
        raise WrongState("The episode has not started.")
    today = clock.london_date(now)
    beyond = new_end_on > last_free
    waiting = reason == Extension.Reason.AWAITING
    problems = required(
        note=(note, "Write what the time is for"),
        told_on=(told_on, "Enter the day the person was told in writing"),
    )
    if reason not in Extension.Reason.values:
        problems["reason"] = "Choose why more time is given"
    if new_end_on <= end:
        problems["new_end_on"] = f"The new end is after {end:%-d %B %Y}"
    if told_on and told_on > today:
        problems["told_on"] = "The day cannot be in the future"
    if beyond and charge_basis not in ChargeBasis.values:
        problems["charge_basis"] = "Say how the time after the free weeks is paid for"
    chargeable = beyond and charge_basis == ChargeBasis.CHARGEABLE
    if chargeable and not financial_assessment_asked:
        problems["financial_assessment_asked"] = "Ask for a financial assessment before a charge"
    if waiting and (purpose_ended_on is None or not started_on <= purpose_ended_on <= new_end_on):
        problems["purpose_ended_on"] = "Enter the day from which the person only waits for other support"
    refuse(problems)
    assert told_on is not None

    charge_from = timescales.charged_from(last_free=last_free, told_on=told_on) if chargeable else None
    Extension.objects.create(
        episode=episode,
        person=episode.person,
        number=number,
        reason=reason,
        note=note,
        new_end_on=new_end_on,
        last_free_on=last_free,
        charge_basis=charge_basis if beyond else "",
        charge_from_on=charge_from,
        told_on=told_on,
        financial_assessment_asked=financial_assessment_asked,
        purpose_ended_on=purpose_ended_on if waiting else None,
        extended_by=by,
        created_at=now,
        updated_at=now,
    )
    episode.planned_end_on = new_end_on
    episode.end_review_on = episode.end_reviewed_on = episode.end_reviewed_by = None
    if beyond:
        episode.charge_basis = charge_basis
        episode.charge_from_on = charge_from if last_free < today else None
    if waiting:
        episode.service_type = Episode.ServiceType.OTHER_SHORT_TERM
        episode.purpose_ended_on = purpose_ended_on
    save(episode, now)

    if beyond:
        stop_reminding(episode, "REAB_CHARGE", now=now, because="the basis of charge is decided", by=by)
    remind_of_end(episode, now=now)
    remind_of_this_week(episode, now=now)
    worklist.move_work_item(kind=WORK, subject=episode, now=now, stage="active")
    write_down(
        events.EXTENDED,
        episode,
        by=by,
        now=now,
        new_end_on=new_end_on,
        reason=Extension.Reason(reason).label,
        charge_basis=charge_basis if beyond else "",
    )
    return episode


# The night ---------------------------------------------------------------------------------------------------------------


def keep_time(*, today: date, now: datetime | None = None) -> dict[str, int]:
    """Daily: mark episodes whose free weeks are over, and owe an entry for each week that has begun.

    Safe to run twice, late, and beside itself: each episode in its own short transaction, locked and looked at again.
    """
    now = now or clock.now()
    counts = {"over": 0, "weeks": 0}
    over = set(Episode.objects.over_free_period(today).values_list("pk", flat=True))
    running = Episode.objects.filter(status__in=Episode.WITH_SERVICE, started_on__lte=today)
    for pk in running.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            counts["over"] += _mark_over(pk, today=today, now=now) if pk in over else 0
            counts["weeks"] += _owe_week(pk, today=today, now=now)
    return counts


def _mark_over(pk: int, *, today: date, now: datetime) -> int:
    """The charge flag: the first day that can be charged, on the day after the last free one (rule 42)."""
    episode = Episode.objects.lock(pk)
    if not Episode.objects.over_free_period(today).filter(pk=pk).exists():
        return 0
    decided = episode.extensions.filter(charge_from_on__isnull=False).order_by("-number").first()
    episode.charge_from_on = decided.charge_from_on if decided else episode.first_chargeable_on
    save(episode, now)
    write_down(
        events.FREE_PERIOD_OVER,
        episode,
        by=None,
        now=now,
        charge_from_on=episode.charge_from_on,
        basis=episode.charge_basis,
    )
    return 1


def _owe_week(pk: int, *, today: date, now: datetime) -> int:
    episode = Episode.objects.lock(pk)
    if episode.status not in Episode.WITH_SERVICE or episode.started_on is None:
        return 0
    number = episode.week_number(today)
    asked = Anchor.objects.filter(
        rule_code="REAB_WEEKLY",
        subject_type=episode._meta.label_lower,
        subject_ref=episode.ref,
        cycle=week_cycle(number),
    )
    if asked.exists() or episode.weeks.filter(number=number).exists():
        return 0
    remind_of_week(episode, number, now=now)
    return 1


def keep_time_for_the_day(*, day: date, **_facts: object) -> dict[str, int]:
    """The evaluation clock was moved: what the night would have done."""
    return keep_time(today=day)
