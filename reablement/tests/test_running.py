"""The six weeks by the services: dates, pauses, more time, reminders, the end of the free weeks, deaths."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from accounts.tests.factories import UserFactory
from assessments.models import Assessment
from audit.models import Event
from core.models import PolicySetting
from core.versions import StaleVersion
from core.workflow import WrongState
from people import services as people
from reablement import services, timescales
from reablement.models import Episode, Goal, Week
from reablement.tests.helpers import WEEK, Story, at_ten
from worklist.models import Anchor, Notification, Task, WorkItem
from worklist.services import raise_due_tasks

pytestmark = pytest.mark.django_db

# domain/reviews-and-reminders.md 3, item 5: Monday 9 November 2026.
MONDAY = date(2026, 11, 9)
LAST_FREE = date(2026, 12, 20)


def run_the_night(day: date) -> None:
    services.keep_time(today=day, now=at_ten(day))
    raise_due_tasks(today=day, now=at_ten(day))


def due(rule: str) -> tuple[date, date]:
    """The day to act by and the legal day of an open reminder."""
    anchor = Anchor.objects.open().get(rule_code=rule)
    return anchor.due_on, anchor.legal_on


def cycles(rule: str) -> set[str]:
    return set(Anchor.objects.open().filter(rule_code=rule).values_list("cycle", flat=True))


def test_the_dates_of_the_domain_example_stand_and_are_reminded_of():
    story = Story().started(MONDAY)
    episode = story.episode

    assert episode.planned_end_on - episode.started_on == timedelta(days=41)
    assert episode.last_free_on == LAST_FREE
    assert episode.first_chargeable_on == date(2026, 12, 21)
    # The end review by Friday 18 December, the legal day is the Sunday; charging does not move
    assert due("REAB_END") == (date(2026, 12, 18), LAST_FREE)
    assert due("REAB_CHARGE") == (date(2026, 12, 21), date(2026, 12, 21))
    assert due("REAB_GOALS") == (date(2026, 11, 12), date(2026, 11, 12))
    assert due("REAB_WEEK5") == (date(2026, 12, 7), date(2026, 12, 7))
    assert due("REAB_WEEKLY") == (date(2026, 11, 15), date(2026, 11, 15))
    item = WorkItem.objects.get(kind="reablement")
    assert (item.stage, item.owner, item.closed_on) == ("active", story.worker, None)


def test_the_end_is_told_seven_and_two_days_before_and_on_the_day():
    story = Story().started(MONDAY)
    for day in (date(2026, 12, 11), date(2026, 12, 13), date(2026, 12, 18)):
        run_the_night(day)
        run_the_night(day)

    told = Notification.objects.filter(recipient=story.worker, task__anchor__rule_code="REAB_END")
    # Seven days before is Sunday 13 December, so Friday the 11th; two days before is Friday the 18th, the day itself.
    assert sorted(key.split(":")[1] for key in told.values_list("key", flat=True)) == [
        "tell@2026-12-11",
        "tell@2026-12-18",
    ]
    assert Task.objects.filter(kind="REAB_END").count() == 1


def test_on_the_day_after_the_last_free_one_the_charge_flag_is_set_once():
    story = Story().started(MONDAY)
    run_the_night(LAST_FREE)
    assert story.episode.charge_from_on is None

    run_the_night(date(2026, 12, 21))
    run_the_night(date(2026, 12, 22))

    assert story.episode.charge_from_on == date(2026, 12, 21)
    assert Event.objects.filter(code="reablement.episode.free_period_over").count() == 1
    task = Task.objects.open().get(kind="REAB_CHARGE")
    assert (task.owner, task.due_on) == (story.worker, date(2026, 12, 21))


def test_an_episode_that_ended_in_time_is_never_flagged():
    story = Story().started(MONDAY)
    services.end_early(
        episode=story.episode,
        ended_on=date(2026, 12, 1),
        reason="person_stopped",
        note="",
        version=None,
        by=story.worker,
        now=at_ten(date(2026, 12, 1)),
    )
    run_the_night(date(2026, 12, 21))

    assert story.episode.charge_from_on is None
    assert not Anchor.objects.open().exists()
    assert not WorkItem.objects.open().exists()


@pytest.mark.parametrize(
    ("policy", "last_free", "added"),
    [(None, date(2026, 11, 20), 5), ("CLOCK_RUNS", date(2026, 11, 15), 0)],
)
def test_a_pause_moves_the_end_as_the_policy_of_the_first_day_says(policy, last_free, added):
    # Given the council's policy on the first day, and another one later
    if policy:
        setting = {"code": timescales.PAUSE_POLICY, "meaning": "", "source": ""}
        PolicySetting.objects.create(**setting, value=policy, valid_from=date(2026, 1, 1))
    story = Story().started(date(2026, 10, 5))
    story.goal(date(2026, 10, 5), target_on=date(2026, 10, 20))

    # When the person is in hospital from the 21st to the 25th (domain/reablement.md 4.2)
    services.pause(
        episode=story.episode,
        reason="hospital",
        last_service_on=date(2026, 10, 20),
        version=None,
        by=story.worker,
        now=at_ten(date(2026, 10, 21)),
    )
    paused = story.episode
    assert paused.day_number(date(2026, 10, 24)) == (16 if added else 20)
    assert due("REAB_PAUSE") == (date(2026, 10, 28), date(2026, 10, 28))
    services.resume(
        episode=paused,
        first_service_on=date(2026, 10, 26),
        version=None,
        by=story.worker,
        now=at_ten(date(2026, 10, 26)),
    )

    # Then the last free day has moved, or not
    episode = story.episode
    assert (episode.last_free_on, episode.planned_end_on) == (last_free, last_free)
    assert (episode.pause_days, episode.pauses.get().days_added) == (added, added)
    assert due("REAB_END")[1] == last_free
    assert due("REAB_CHARGE")[1] == last_free + timedelta(days=1)
    assert not cycles("REAB_PAUSE")


@pytest.mark.parametrize(("back_on", "allowed"), [(date(2026, 10, 28), True), (date(2026, 10, 29), False)])
def test_after_more_than_seven_days_an_episode_is_ended_and_not_taken_up_again(back_on, allowed):
    story = Story().started(date(2026, 10, 5))
    facts = {"version": None, "by": story.worker, "now": at_ten(date(2026, 10, 30))}
    services.pause(episode=story.episode, reason="holiday", last_service_on=date(2026, 10, 20), **facts)

    if allowed:
        assert services.resume(episode=story.episode, first_service_on=back_on, **facts).pause_days == 7
        return
    with pytest.raises(ValidationError, match="End this episode early"):
        services.resume(episode=story.episode, first_service_on=back_on, **facts)
    services.end_early(
        episode=story.episode,
        ended_on=date(2026, 10, 20),
        reason="away_too_long",
        outcome="NFA_OTHER_REASON",
        note="",
        **facts,
    )

    # A return is a new referral with a fresh period
    story.referred(date(2026, 11, 1)).accepted(date(2026, 11, 1))
    services.start(
        episode=story.episode,
        started_on=date(2026, 11, 2),
        information_given_on=date(2026, 11, 2),
        information_format="By hand",
        version=None,
        by=story.lead,
        now=at_ten(date(2026, 11, 2)),
    )
    assert story.episode.last_free_on == date(2026, 12, 13)


def test_a_pause_never_covers_days_on_which_visits_were_made():
    story = Story().started(MONDAY)
    story.week(2, date(2026, 11, 20))

    with pytest.raises(ValidationError, match="Visits are recorded"):
        services.pause(
            episode=story.episode,
            reason="illness",
            last_service_on=date(2026, 11, 15),
            version=None,
            by=story.worker,
            now=at_ten(date(2026, 11, 21)),
        )


def extend(story: Story, **facts):
    return services.extend(
        episode=story.episode,
        version=None,
        by=story.manager,
        **{
            "now": at_ten(date(2026, 12, 10)),
            "reason": "goal_nearly_met",
            "note": "The stairs.",
            "new_end_on": date(2027, 1, 3),
            "told_on": date(2026, 12, 10),
            **facts,
        },
    )


def test_more_time_beyond_the_free_weeks_needs_a_basis_and_a_charge_its_notice():
    story = Story().started(MONDAY)

    with pytest.raises(ValidationError, match="how the time after the free weeks"):
        extend(story)
    with pytest.raises(ValidationError, match="financial assessment"):
        extend(story, charge_basis="chargeable")
    chargeable = {"charge_basis": "chargeable", "financial_assessment_asked": True}
    episode = extend(story, told_on=date(2026, 12, 16), now=at_ten(date(2026, 12, 16)), **chargeable)

    assert (episode.status, episode.planned_end_on) == ("extended", date(2027, 1, 3))
    assert episode.extensions.get().charge_from_on == date(2026, 12, 23)
    assert not cycles("REAB_CHARGE")
    run_the_night(date(2026, 12, 21))
    assert story.episode.charge_from_on == date(2026, 12, 23)


def test_time_that_is_free_at_the_councils_discretion_is_never_flagged():
    story = Story().started(MONDAY)
    extend(story, charge_basis="free_discretion")
    run_the_night(date(2026, 12, 21))

    assert story.episode.charge_from_on is None


def test_waiting_for_long_term_support_is_no_longer_reablement():
    story = Story().started(MONDAY)

    with pytest.raises(ValidationError, match="only waits"):
        extend(story, reason="awaiting_long_term_support", charge_basis="not_reablement")
    episode = extend(
        story,
        reason="awaiting_long_term_support",
        charge_basis="not_reablement",
        purpose_ended_on=date(2026, 12, 15),
    )

    assert episode.service_type == Episode.ServiceType.OTHER_SHORT_TERM
    assert episode.purpose_ended_on == date(2026, 12, 15)


def test_more_time_is_given_twice_at_most():
    story = Story().started(MONDAY)
    for number in (1, 2):
        extend(story, charge_basis="free_discretion", new_end_on=date(2027, 1, 3 + number))

    with pytest.raises(WrongState, match="twice already"):
        extend(story, charge_basis="free_discretion", new_end_on=date(2027, 1, 20))


def test_each_week_owes_an_entry_and_a_missed_one_comes_to_the_lead_of_the_team():
    story = Story().started(MONDAY)
    story.goal(MONDAY)
    assert not cycles("REAB_GOALS")
    run_the_night(date(2026, 11, 15))
    task = Task.objects.open().get(kind="REAB_WEEKLY")
    assert task.owner == story.worker

    # Nobody writes: on the day after, the lead hears, and the next week is owed too
    run_the_night(date(2026, 11, 16))
    task.refresh_from_db()
    assert task.escalated_to == Role.REABLEMENT_LEAD
    assert Notification.objects.filter(recipient=story.lead, template="worklist.task_escalated").exists()
    assert cycles("REAB_WEEKLY") == {"week-1", "week-2"}

    story.week(1, date(2026, 11, 17))
    task.refresh_from_db()
    assert task.status == Task.Status.DONE
    assert cycles("REAB_WEEKLY") == {"week-2"}


def test_a_week_scores_every_goal_agreed_by_its_end():
    story = Story().started(MONDAY)
    first, second = story.goal(MONDAY), story.goal(date(2026, 11, 12))
    facts = {"episode": story.episode, "number": 1, "version": 0, "by": story.worker}

    with pytest.raises(ValidationError, match=f"Score goal {second.number}"):
        services.write_week(facts=WEEK, scores={first.ref: 2}, now=at_ten(date(2026, 11, 15)), **facts)
    with pytest.raises(ValidationError, match="0 to 4"):
        services.write_week(
            facts=WEEK, scores={first.ref: 5, second.ref: 1}, now=at_ten(date(2026, 11, 15)), **facts
        )
    services.write_week(
        facts=WEEK, scores={first.ref: 2, second.ref: 0}, now=at_ten(date(2026, 11, 15)), **facts
    )
    with pytest.raises(StaleVersion):
        services.write_week(
            facts=WEEK, scores={first.ref: 2, second.ref: 0}, now=at_ten(date(2026, 11, 15)), **facts
        )
    assert Week.objects.get().scores.count() == 2


def finished(story: Story) -> Story:
    for number in range(1, 7):
        story.week(number, date(2026, 12, 20))
    return story.reviewed(date(2026, 12, 18))


def end(story: Story, **facts):
    return services.end(
        episode=story.episode,
        version=None,
        by=story.worker,
        now=at_ten(date(2026, 12, 20)),
        **{"ended_on": LAST_FREE, "outcome": "NFA_PLANNED", "note": "", **facts},
    )


def test_an_episode_ends_with_closed_goals_written_weeks_and_exactly_one_outcome():
    story = Story().started(MONDAY)
    goal = story.goal(MONDAY)
    story.week(1, date(2026, 12, 1))
    story.reviewed(date(2026, 12, 18))

    with pytest.raises(ValidationError) as missing:
        end(story)
    assert f"Goal {goal.number} is still open." in missing.value.messages
    assert "Week 2 is not written up." in missing.value.messages

    finished(story)
    services.close_goal(
        goal=goal, status="achieved", note="", version=None, by=story.worker, now=at_ten(LAST_FREE)
    )
    for outcome in ("", "CONT", "PROG_REABLEMENT"):
        with pytest.raises(ValidationError, match="one outcome"):
            end(story, outcome=outcome)
    episode = end(story)

    assert (episode.status, episode.outcome, episode.sequel) == ("ended", "NFA_PLANNED", "no_ongoing")
    assert not Anchor.objects.open().exists()


def test_long_term_support_follows_an_assessment_that_is_asked_for_or_joined():
    story = finished(Story().started(MONDAY))
    with pytest.raises(ValidationError, match="ask for one"):
        end(story, outcome="LT_COMM")
    with pytest.raises(ValidationError, match="team that assesses"):
        end(story, outcome="LT_COMM", ask_assessment=True)

    episode = end(story, outcome="LT_COMM", ask_assessment=True, assessment_team=story.assessing)

    assert episode.sequel_assessment == Assessment.objects.get(person=story.person)
    assert episode.sequel == "ongoing"


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [("hospital", "HOSPITAL"), ("person_stopped", "NFA_DECLINED"), ("moved", "NFA_MOVED")],
)
def test_an_early_end_with_a_clear_reason_has_its_outcome_and_drops_what_is_open(reason, outcome):
    story = Story().started(MONDAY)
    goal = story.goal(MONDAY)

    episode = services.end_early(
        episode=story.episode,
        ended_on=date(2026, 11, 20),
        reason=reason,
        note="",
        version=None,
        by=story.lead,
        now=at_ten(date(2026, 11, 20)),
    )

    goal.refresh_from_db()
    assert (episode.status, episode.outcome) == ("early_end", outcome)
    assert (goal.status, goal.closed_note) == (Goal.Status.DROPPED, episode.get_early_reason_display())


@pytest.mark.parametrize("state", ["referred", "accepted", "started", "paused"])
def test_a_death_ends_an_open_episode_with_its_outcome_whatever_its_state(state):
    story = Story().referred(MONDAY)
    if state != "referred":
        story.accepted(MONDAY)
    if state in ("started", "paused"):
        story.started(MONDAY)
    if state == "paused":
        services.pause(
            episode=story.episode,
            reason="hospital",
            last_service_on=date(2026, 11, 11),
            version=None,
            by=story.worker,
            now=at_ten(date(2026, 11, 12)),
        )

    people.record_death(
        person=story.person, date_of_death=date(2026, 11, 13), by=story.lead, now=at_ten(date(2026, 11, 14))
    )

    episode = story.episode
    assert (episode.status, episode.outcome, episode.early_reason) == ("early_end", "NFA_DIED", "died")
    assert episode.ended_on == date(2026, 11, 13)
    assert not WorkItem.objects.open().exists()
    assert not Anchor.objects.open().filter(rule_code__startswith="REAB").exists()
    with pytest.raises(ValidationError, match="death is recorded"):
        story.referred(date(2026, 11, 15))


@pytest.mark.parametrize(("born", "asked"), [(date(1961, 11, 8), True), (date(1961, 11, 9), False)])
def test_twelve_weeks_and_91_days_after_hospital_somebody_asks_about_people_of_65_and_over(born, asked):
    story = Story(date_of_birth=born)
    hospital = {"source": "hospital", "discharge_on": date(2026, 11, 8), "ward": "Ward 6"}
    story.referred(date(2026, 11, 7), **hospital).accepted(date(2026, 11, 7)).started(MONDAY)

    if not asked:
        assert not cycles("REAB_84")
        return
    # 31 January 2027 is a Sunday, so Monday; 7 February too
    assert due("REAB_84") == (date(2027, 2, 1), date(2027, 1, 31))
    assert due("REAB_91") == (date(2027, 2, 8), date(2027, 2, 7))
    facts = {"episode": story.episode, "days": 84, "where": "home", "version": None, "by": story.worker}
    with pytest.raises(WrongState, match="not 84 days yet"):
        services.record_whereabouts(now=at_ten(date(2027, 1, 30)), **facts)
    services.record_whereabouts(now=at_ten(date(2027, 1, 31)), **facts)
    assert not cycles("REAB_84")
    assert story.episode.at_84_days == "home"


def test_a_second_referral_waits_until_the_first_has_ended():
    story = Story().referred(MONDAY)

    with pytest.raises(WrongState, match="already has an open"):
        story.referred(MONDAY)


def test_whoever_leads_is_told_and_takes_the_reminders_along():
    story = Story().started(MONDAY)
    colleague = UserFactory(role_in=(Role.REABLEMENT_WORKER, story.team))

    services.change_lead(
        episode=story.episode, lead_worker=colleague, version=None, by=story.lead, now=at_ten(MONDAY)
    )

    assert Anchor.objects.open().get(rule_code="REAB_END").owner == colleague
    assert Notification.objects.filter(recipient=colleague, template="reablement.given").exists()
    assert WorkItem.objects.get(kind="reablement").owner == colleague
