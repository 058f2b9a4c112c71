"""Reablement through the pages, by four people in turn: from a hospital's referral to the end of six weeks."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.tests.browser.moves import Moves
from core import clock, outbox
from people.models import PortalAccess
from people.tests.factories import PersonFactory
from reablement.jobs import keep_time
from reablement.models import Episode
from worklist.jobs import raise_due_tasks
from worklist.models import Notification, Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(db) -> SimpleNamespace:
    team = TeamFactory(code="reablement", name="Reablement", phone="01632 960122")
    person = PersonFactory(given_names="Harold Kwame", family_name="Osei", preferred_name="Harry")
    lead = UserFactory(role_in=(Role.REABLEMENT_LEAD, team), name="Grace Adeyemi")
    herself = UserFactory(audience="public", name="Harry Osei")
    PortalAccess.objects.create(
        user=herself,
        person=person,
        relation=PortalAccess.Relation.SELF,
        scope=PortalAccess.Scope.ACT,
        valid_from=clock.today(),
        granted_by=lead,
    )
    return SimpleNamespace(
        team=team,
        person=person,
        lead=lead,
        worker=UserFactory(role_in=(Role.REABLEMENT_WORKER, team), name="Joyce Mensah"),
        manager=UserFactory(manager_of=team, name="Neil Foster"),
        hospital=UserFactory(worker_in=TeamFactory(name="Hospital team"), name="Aisha Khan"),
        himself=herself,
    )


def test_from_the_hospital_to_the_end_of_six_weeks(visitor, service):
    """With JavaScript: each page is checked by axe and for sideways overflow at 1280 and 360 pixels."""
    _six_weeks(visitor, service, scripts=True)


def test_the_same_six_weeks_without_javascript_on_a_telephone(visitor, service):
    """Without JavaScript, at 360 pixels."""
    _six_weeks(visitor, service, scripts=False)


def _six_weeks(visitor, service, *, scripts: bool) -> None:
    hospital = Moves(visitor(service.hospital, scripts=scripts))
    lead = Moves(visitor(service.lead, scripts=scripts))
    worker = Moves(visitor(service.worker, scripts=scripts))
    manager = Moves(visitor(service.manager, scripts=scripts))
    himself = Moves(visitor(service.himself, scripts=scripts))
    first = clock.today()

    _refer(hospital, service)
    _look_and_accept(lead, service)
    _start(lead, first)
    _the_weeks(worker, himself, service, first)
    _pause_and_come_back(lead, first + timedelta(days=29))
    _book_and_review(lead, first)
    _end(manager, lead, service)
    _read_how_it_ended(himself)


def _night(day: date) -> None:
    clock.move_to(day)
    for _ in range(2):
        keep_time.apply(throw=True)
        raise_due_tasks.apply(throw=True)
        outbox.deliver()


def _refer(hospital: Moves, service: SimpleNamespace) -> None:
    hospital.go(f"/reablement/of/{service.person.ref}/")
    assert hospital.next() == "Refer to reablement"
    hospital.fill(
        source="hospital",
        discharge_on=clock.today(),
        ward="Infirmary, ward 6",
        reason="A new hip. Walks with a frame.",
        goal_idea="To be on my feet for the domino league.",
    )
    hospital.send()
    assert "Referred" in hospital.text()


def _look_and_accept(lead: Moves, service: SimpleNamespace) -> None:
    lead.go("/reablement/")
    assert "Harry Osei" in lead.text()
    lead.follow("Harry Osei")
    assert lead.next() == "Look at the referral"
    lead.fill(
        consent="yes", risks="None known", key_safe="Opens the door himself", service_model="reablement"
    )
    lead.send()
    assert lead.next() == "Accept"
    lead.fill(can_benefit="Managed everything before.", lead_worker=service.lead.ref)
    for box in ("in_area", "limits_discussed"):
        lead._main(f'[name="{box}"]').check()
    lead.send()


def _start(lead: Moves, first: date) -> None:
    assert lead.next() == "Start"
    lead.fill(
        started_on=first,
        information_given_on=first,
        information_format="Large print",
        hours_at_start="10.5",
        who_visits="Joyce and Sam, mornings and teatimes",
    )
    lead.send()
    assert "Day 1 of 42" in lead.text()
    assert lead.next() == "Agree the first goal"
    lead.fill(
        statement="Make my own lunch and a hot drink",
        area="A",
        baseline="1",
        target="4",
        measure="Lunch made on five days of seven",
        target_on=first + timedelta(days=34),
        agreed_on=first,
    )
    lead.send()
    assert "“Make my own lunch and a hot drink”" in lead.text()


def _the_weeks(worker: Moves, himself: Moves, service: SimpleNamespace, first: date) -> None:
    episode = Episode.objects.get()
    goal = episode.goals.get()
    for week, score in ((1, 1), (2, 2), (3, 2), (4, 3)):
        _night(first + timedelta(days=7 * week - 1))
        assert Task.objects.open().filter(kind="REAB_WEEKLY").exists()
        worker.go(episode.get_absolute_url())
        assert worker.next() == f"Write week {week} review"
        worker.fill(
            **{f"score_{goal.ref}": str(score)},
            visits_planned="14",
            visits_delivered="14",
            minutes="420",
            help_level="prompt",
            hours_needed="7",
            notes="Made tea while Sam watched.",
            next_week="Stand back at lunch.",
        )
        worker.send()
        assert f"Day {7 * week} of 42" in worker.text()
    himself.go("/my/reablement/")
    assert "In week 4: 3 of 4" in himself.text()
    assert "Joyce and Sam" in himself.text()
    himself.next()
    himself.fill(text="I made jollof, sitting down for half of it.")
    himself.send()
    assert "jollof" in himself.text()


def _pause_and_come_back(lead: Moves, day: date) -> None:
    episode = Episode.objects.get()
    free = episode.last_free_on
    _night(day)
    lead.go(f"{episode.get_absolute_url()}pause/")
    lead.fill(reason="holiday", last_service_on=day)
    lead.send()
    assert "Paused" in lead.text()
    _night(day + timedelta(days=3))
    lead.go(episode.get_absolute_url())
    assert lead.next() == "Take up again"
    lead.fill(first_service_on=day + timedelta(days=3))
    lead.send()
    episode.refresh_from_db()
    assert episode.last_free_on == free + timedelta(days=2)


def _book_and_review(lead: Moves, first: date) -> None:
    episode = Episode.objects.get()
    lead.go(f"{episode.get_absolute_url()}book-end-review/")
    lead.fill(on=episode.planned_end_on - timedelta(days=2))
    lead.send()
    _night(episode.planned_end_on)
    told = Notification.objects.filter(task__kind="REAB_END", recipient=episode.lead_worker)
    assert told.exists()
    goal = episode.goals.get()
    for week in (5, 6):
        lead.go(f"{episode.get_absolute_url()}weekly-review/{week}/")
        lead.fill(
            **{f"score_{goal.ref}": "4"},
            visits_planned="7",
            visits_delivered="7",
            minutes="180",
            help_level="none",
            hours_needed="3",
            notes="Lunch alone on five days.",
            next_week="The domino league.",
        )
        lead.send()
    lead.go(f"{episode.get_absolute_url()}end-review/")
    lead.fill(
        held_on=clock.today(),
        what_changed="Makes lunch and walks to the shop.",
        person_words="I did it.",
        achieved="fully",
        hours_at_end="2",
        transition_plan="The domino league on Tuesdays; he rings us if he falls.",
    )
    lead.send()
    assert "Before it can end" in lead.text()
    lead.follow("close goal 1")
    lead.fill(status="achieved")
    lead.send()


def _end(manager: Moves, lead: Moves, service: SimpleNamespace) -> None:
    episode = Episode.objects.get()
    manager.go("/reablement/?show=active")
    manager.follow("Harry Osei")
    assert manager.next() == "End the episode"
    manager.fill(ended_on=clock.today(), outcome="NFA_PLANNED")
    manager.send()
    assert "Are you sure that reablement ends" in manager.text()
    manager._leave(manager.page.get_by_role("button", name="End the episode"))
    episode.refresh_from_db()
    assert (episode.status, episode.outcome) == (Episode.Status.ENDED, "NFA_PLANNED")
    assert "No ongoing support" in manager.text()
    # Ended in time, so nothing is ever flagged for a charge.
    _night(clock.today() + timedelta(days=1))
    episode.refresh_from_db()
    assert episode.charge_from_on is None
    assert (
        not Task.objects.open()
        .filter(kind__startswith="REAB_")
        .exclude(kind__in=["REAB_84", "REAB_91"])
        .exists()
    )
    lead.go("/reablement/?show=finished")
    assert "NFA: Support ended as planned" in lead.text()
    lead.go(f"/people/{service.person.ref}/chronology/")
    assert "Reablement ended" in lead.text()


def _read_how_it_ended(himself: Moves) -> None:
    himself.go("/my/reablement/")
    assert "It ended on" in himself.text()
    assert "The domino league on Tuesdays" in himself.text()
