"""Waiting lists, numbers by need to know, caseload, measures, and what belongs to nobody."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from accounts.models import Membership, Role
from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from assessments.tests.factories import complete_assessment
from core import clock
from people.models import CaseNote
from people.tests.factories import CaseNoteFactory, PersonFactory
from reablement.tests.factories import EpisodeFactory
from reporting import measures, orphans, queries, rates, scope
from reporting.caseload import caseload_of, loads_of
from reporting.numbers import six_numbers
from reporting.tests.test_manage import ago, numbers
from safeguarding.tests.factories import ConcernFactory, put_on_list
from worklist.models import WorkItem
from worklist.tests.factories import TaskFactory, WorkItemFactory

pytestmark = pytest.mark.django_db


def shown(user, **more):
    return measures.page_of(scope.of(user), clock.today(), **more)


def waiting(user, **more):
    lists = shown(user, **more).lists
    return {row.code: row for row in (*lists.rows, *lists.apart)}


# --- Safeguarding, by need to know ------------------------------------------------------------------------------------


@pytest.fixture
def concern(team):
    return ConcernFactory(
        team=team, received_at=clock.now() - timedelta(days=3), due_on=ago(1), immediate_danger=True
    )


def test_nobody_off_the_list_of_a_concern_is_told_how_many_there_are(team, concern, manager, service_manager):
    for user in (manager, service_manager):
        client = signed_in_client(user)
        assert numbers(user)["safeguarding_late"] is None
        assert queries.SAFEGUARDING not in waiting(user)
        assert "Not shown to you" in client.get(reverse("reporting:manage")).content.decode()
        for code in ("safeguarding", "safeguarding_late"):
            answer = client.get(reverse("reporting:rows", args=[code]))
            assert (answer.context["number"], concern.ref in answer.content.decode()) == (0, False)


def test_a_page_without_concerns_reads_as_one_with_concerns_of_which_the_reader_knows_nothing(team, manager):
    before = [(number.code, number.value, number.hint) for number in six_numbers(manager)]
    ConcernFactory(team=team, due_on=ago(5))

    assert [(number.code, number.value, number.hint) for number in six_numbers(manager)] == before


def test_those_on_the_list_count_it_and_open_it(team, concern, manager):
    put_on_list(concern.access_list, manager)
    ConcernFactory(team=team, due_on=ago(9))
    client = signed_in_client(manager)

    row = waiting(manager)["safeguarding"]

    assert numbers(manager)["safeguarding_late"] == 1
    assert (row.people, row.longest, row.past, row.past_longest, row.before) == (1, 3, 1, 1, None)
    assert row.by_risk == {"high": 1, "medium": 0, "standard": 0}
    for url in (row.url, row.past_url, row.risks[0][0] and row.risks[0][1]):
        answer = client.get(url)
        assert answer.context["number"] == 1
        assert answer.context["lines"][0].url == concern.get_absolute_url()
    assert "stays in the portal" in answer.content.decode()


def test_whoever_is_named_in_a_concern_counts_none_of_it(concern, manager):
    from safeguarding.models import Conflict

    put_on_list(concern.access_list, manager)
    Conflict.objects.create(
        concern=concern,
        user=manager,
        reason="Named in it.",
        recorded_at=clock.now(),
        recorded_by=UserFactory(),
    )

    assert numbers(manager)["safeguarding_late"] is None


# --- Reablement -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        ({"planned_end_on": 7}, 1),
        ({"planned_end_on": 8}, 0),
        ({"planned_end_on": -3}, 1),
    ],
)
def test_reablement_asks_for_a_decision_from_seven_days_before_its_end(team, manager, facts, counted):
    episode = EpisodeFactory(team=team, started=True)
    end = clock.today() + timedelta(days=facts["planned_end_on"])
    type(episode).objects.filter(pk=episode.pk).update(
        planned_end_on=end, last_free_on=min(end, episode.last_free_on)
    )

    assert numbers(manager)["reablement_ending"] == counted


def test_an_episode_whose_end_review_is_held_asks_for_nothing(team, manager):
    EpisodeFactory(team=team, end_review=True)

    assert numbers(manager)["reablement_ending"] == 0


# --- Last and next contact --------------------------------------------------------------------------------------------


def a_note(person, days_ago: int, **facts):
    moment = datetime.combine(ago(days_ago), time(9), tzinfo=clock.LONDON)
    return CaseNoteFactory(person=person, occurred_at=moment, **facts)


def test_a_waiting_list_says_with_whom_nobody_has_been_in_touch_for_28_days(team, manager):
    heard = WorkItemFactory(team=team, opened_on=ago(40))
    a_note(heard.person, 27, kind=CaseNote.Kind.CALL)
    forgotten = WorkItemFactory(team=team, opened_on=ago(40))
    a_note(forgotten.person, 28, kind=CaseNote.Kind.VISIT)
    a_note(forgotten.person, 2, kind=CaseNote.Kind.SUPERVISION)
    never = WorkItemFactory(team=team, opened_on=ago(40))
    a_note(never.person, 1, kind=CaseNote.Kind.CALL, access_list=AccessListFactory())

    WorkItemFactory(team=team, opened_on=ago(27))

    row = waiting(manager, with_contact=True)["assessment"]
    lines = signed_in_client(manager).get(row.silent_url).context["lines"]

    assert row.silent == 2
    assert {line.person.pk: line.last_contact for line in lines} == {
        forgotten.person.pk: ago(28),
        never.person.pk: None,
    }


# --- Caseload ---------------------------------------------------------------------------------------------------------


def test_the_caseload_weighs_what_each_worker_holds_and_names_who_holds_nothing(team, worker, manager):
    idle = UserFactory(worker_in=team)
    person = PersonFactory()
    WorkItemFactory(team=team, owner=worker, person=person, complexity=5, risk="high")
    WorkItemFactory(team=team, owner=worker, person=person, complexity=1, kind=WorkItem.Kind.REVIEW)
    WorkItemFactory(team=team)
    TaskFactory(team=team, owner=worker, overdue=True)

    found = caseload_of(scope.of(manager), clock.today())

    loads = {load.worker: load for load in loads_of(found.workers, scope.of(manager), clock.today())}
    mine = loads[found.workers[0]]
    assert (mine.worker.ref, mine.worker.work, mine.worker.weight) == (worker.ref, 2, 6)
    assert (mine.people, mine.high, mine.overdue) == (1, 1, 1)
    assert [held.work for held in loads if held.ref == idle.ref] == [0]
    assert found.nobody == 1
    rows = signed_in_client(manager).get(mine.url)
    assert rows.context["number"] == 2


@pytest.mark.parametrize("listed", [False, True], ids=["on no list", "on the lists"])
@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.DIRECTOR])
def test_the_caseload_adds_up_what_the_reader_may_know_of_and_nothing_else(team, worker, role, listed):
    # Given work of every kind of record: standard, team only, of named people, sealed, and with a list of its own
    manager = UserFactory(role_in=(role, team))
    apart = PersonFactory(restricted=True)
    case = AccessListFactory()
    for where in (team, TeamFactory()):
        for person in (PersonFactory(), PersonFactory(team_only=True), apart, PersonFactory(sealed=True)):
            for access_list in (None, case):
                WorkItemFactory(
                    team=where, owner=worker, person=person, complexity=5, access_list=access_list
                )
                WorkItemFactory(team=where, person=person, access_list=access_list)
    WorkItemFactory(team=team, owner=worker, closed=True)
    if listed:
        put_on_list(apart.access_list, manager)
        put_on_list(case, manager)

    # When the caseload is counted, by whoever manages the one team or all
    chosen = scope.of(manager)
    found = caseload_of(chosen, clock.today())

    # Then it is what stands on the lists behind it
    known = queries.open_work(chosen)
    mine = next(held for held in found.workers if held.pk == worker.pk)
    assert mine.work == known.filter(owner=worker).count()
    assert mine.weight == 5 * mine.work
    assert found.nobody == known.filter(owner=None).count()


def test_the_caseload_is_paged_with_the_heaviest_first_and_no_worker_comes_twice(team, manager):
    for number in range(53):
        WorkItemFactory(team=team, owner=UserFactory(worker_in=team), complexity=number % 5 + 1)
    client = signed_in_client(manager)

    first = client.get(reverse("reporting:caseload"))
    second = client.get(first.context["page"].next_url)
    back = client.get(second.context["page"].previous_url)

    loads = [*first.context["loads"], *second.context["loads"]]
    weights = [load.worker.weight for load in loads]
    assert len(first.context["loads"]) == 50
    assert len({load.worker.pk for load in loads}) == len(loads) == len(first.context["caseload"].workers)
    assert weights == sorted(weights, reverse=True)
    assert back.context["loads"] == first.context["loads"]
    assert not second.context["page"].next_url
    assert not back.context["page"].previous_url


# --- What belongs to nobody -------------------------------------------------------------------------------------------


def belongs_to_nobody(user) -> dict[str, int]:
    return {row.code: row.number for row in orphans.counted(scope.of(user), clock.today()) if row.number}


def test_nothing_belongs_to_nobody_while_every_team_works(team, worker, manager):
    WorkItemFactory(team=team)
    WorkItemFactory(team=team, owner=worker)
    TaskFactory(team=team)

    assert belongs_to_nobody(manager) == {}
    page = signed_in_client(manager).get(reverse("reporting:orphans"))
    assert page.context["total"] == 0


def test_work_of_somebody_who_has_left_belongs_to_nobody(team, worker, manager):
    item = WorkItemFactory(team=team, owner=worker)
    TaskFactory(team=team, owner=worker)
    Membership.objects.filter(user=worker).update(valid_to=ago(1))

    assert belongs_to_nobody(manager) == {"orphan_work": 1, "orphan_tasks": 1}
    rows = signed_in_client(manager).get(reverse("reporting:rows", args=["orphan_work"]))
    assert [line.ref for line in rows.context["lines"]] == [item.ref]


def test_work_of_a_team_where_nobody_works_belongs_to_nobody_whoever_asks(manager):
    WorkItemFactory(team=TeamFactory())

    assert belongs_to_nobody(manager) == {"orphan_work": 1}


def test_a_record_without_a_piece_of_work_is_found(team, worker, manager):
    assessment = complete_assessment(team=team, started=True)
    WorkItem.objects.all().delete()

    assert belongs_to_nobody(manager)["orphan_assessments"] == 1
    rows = signed_in_client(manager).get(reverse("reporting:rows", args=["orphan_assessments"]))
    assert rows.context["lines"][0].url == assessment.get_absolute_url()


def test_somebody_the_manager_may_not_know_of_is_no_orphan_on_their_page(team, manager):
    WorkItemFactory(team=TeamFactory(), person=PersonFactory(restricted=True))

    assert belongs_to_nobody(manager) == {}


# --- Measures ---------------------------------------------------------------------------------------------------------


def test_every_measure_says_what_it_counts_from_where_and_as_at_when(team, manager):
    page = signed_in_client(manager).get(reverse("reporting:measures"))

    text = page.content.decode()
    assert all(row.definition in text and row.over and row.source for row in page.context["page"].measures)
    assert "As at" in text
    assert "style=" not in text.partition("<main")[2]


@pytest.mark.parametrize("code", [*queries.FIGURES, *rates.RATES])
def test_every_measure_can_be_drawn_by_team_with_its_table(team, other_team, service_manager, code):
    WorkItemFactory(team=team, risk="high")

    page = signed_in_client(service_manager).get(reverse("reporting:measures"), {"figure": code})

    assert page.status_code == 200
    assert page.context["page"].chosen == code


def test_reablement_that_ended_by_the_planned_day_is_a_share_of_all_that_ended(
    team, other_team, service_manager
):
    for late, where in ((0, team), (0, team), (1, team), (0, other_team)):
        episode = EpisodeFactory(team=where, ended=True)
        type(episode).objects.filter(pk=episode.pk).update(
            planned_end_on=episode.ended_on - timedelta(days=late)
        )

    found = rates.by_team("ended_as_planned", scope.of(service_manager), clock.today())

    assert found == {team.pk: (2, 3), other_team.pk: (1, 1)}
    shown = measures.measures_of(scope.of(service_manager), clock.today(), "ended_as_planned")
    assert next(row for row in shown.measures if row.code == "ended_as_planned").value == "75%"


def test_an_assessment_counts_as_in_time_up_to_the_28th_day(team, manager):
    for days in (28, 29):
        assessment = complete_assessment(team=team, authorised=True)
        done = clock.london_date(assessment.authorised_at)
        type(assessment).objects.filter(pk=assessment.pk).update(requested_on=done - timedelta(days=days))

    assert rates.by_team("assessed_in_time", scope.of(manager), clock.today()) == {team.pk: (1, 2)}


def test_an_administrator_who_manages_nobody_is_refused_the_lists(team):
    client = signed_in_client(UserFactory(role_in=(Role.ADMINISTRATOR, team)))

    for name in ("waiting", "caseload", "measures", "orphans"):
        assert client.get(reverse(f"reporting:{name}")).status_code == 403
