"""The overview of a person: everything before ringing or visiting, composed of every app, at a fixed cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from core import clock
from people import services as people
from people.tests.factories import (
    AddressFactory,
    AllocationFactory,
    CaseNoteFactory,
    CommunicationNeedFactory,
    PersonFactory,
    RelationshipFactory,
    WarningFactory,
    put_on_list,
)
from support_plans.models import SupportPlan
from support_plans.tests.factories import SupportPlanFactory
from worklist import services as worklist

pytestmark = pytest.mark.django_db
# Asked in tests and in evaluation only: where the movable clock stands.
CLOCK = 1


@pytest.fixture
def team():
    return TeamFactory(name="Riverside team")


@pytest.fixture
def worker(team):
    return UserFactory(worker_in=team, name="Aisha Khan")


def fill(person, team, worker, count):
    """A record with so many of everything."""
    today = clock.today()
    AddressFactory(person=person)
    AllocationFactory(person=person, team=team, worker=worker)
    CommunicationNeedFactory(person=person)
    for number in range(count):
        WarningFactory(person=person, headline=f"Warning {number}")
        RelationshipFactory(person=person, linked=number % 2 == 0)
        CaseNoteFactory(
            person=person, author=UserFactory(), occurred_at=clock.now() - timedelta(hours=number + 1)
        )
        worklist.open_task(
            key=f"t{person.ref}{number}",
            kind="by_hand",
            title=f"Ring about visit {number}",
            why="",
            person=person,
            team=team,
            owner=worker,
            due_on=today + timedelta(days=number),
            url=person.get_absolute_url(),
            now=clock.now(),
        )
    if count:
        SupportPlan.objects.create(person=person, team=team, created_at=clock.now(), updated_at=clock.now())


def test_the_overview_shows_what_a_visitor_needs(team, worker):
    person = PersonFactory(
        given_names="Margaret Ann",
        family_name="Whitlow",
        preferred_name="Peggy",
        risk="high",
        what_matters="I want to stay in my own house with Biscuit.",
        gp_practice_name="Alder Street Surgery",
    )
    fill(person, team, worker, 2)

    response = signed_in_client(worker).get(person.get_absolute_url())

    body = response.content.decode()
    for words in (
        "Peggy Whitlow",
        "Margaret Ann Whitlow",
        "High risk",
        "Large print",
        "Aisha Khan",
        "ZZ1 4QT",
        "stay in my own house with Biscuit",
        "Ring about visit 0",
        "version 1",
        "Alder Street Surgery",
        "Warning 0",
        "Rang to ask",
        "What this page is for",
    ):
        assert words in body, words
    assert body.count("<h1") == 1
    assert "Whitlow" not in body.partition("</title>")[0]


def test_the_overview_says_why_an_approved_plan_cannot_start_on_its_day(team, worker):
    # Given an approved plan that starts in five days, whose figures the person has not acknowledged
    day = clock.today() + timedelta(days=5)
    plan = SupportPlanFactory(approved=True, team=team, starts_on=day, copy_given_on=clock.today())
    client, address = signed_in_client(worker), reverse("people:show-person", args=[plan.person.ref])

    # When the overview is opened, then it says so, and not that the day has not come
    held_up = (
        "The approved plan cannot start yet</strong> because the person has not acknowledged the figures."
    )
    assert held_up in client.get(address).content.decode()

    # And once they are acknowledged it says nothing
    SupportPlan.objects.filter(pk=plan.pk).update(figures_acknowledged_on=clock.today())
    assert "cannot start yet" not in client.get(address).content.decode()


@pytest.mark.parametrize("count", [0, 1, 8])
def test_the_overview_costs_the_same_however_much_is_recorded(
    team, worker, count, django_assert_max_num_queries
):
    person = PersonFactory()
    fill(person, team, worker, count)
    client = signed_in_client(worker)
    client.get(person.get_absolute_url())

    with django_assert_max_num_queries(14 + CLOCK):
        client.get(person.get_absolute_url())


def test_contacts_and_assessments_are_listed_for_the_person(team, worker):
    person = PersonFactory()
    fill(person, team, worker, 1)

    assert (
        signed_in_client(worker).get(reverse("people:list-assessments", args=[person.ref])).status_code == 200
    )


def test_a_task_or_plan_with_its_own_list_is_not_shown_to_others(team, worker):
    person, matter = PersonFactory(), AccessListFactory()
    put_on_list(matter, UserFactory())
    worklist.open_task(
        key="secret",
        kind="by_hand",
        title="Told in confidence",
        why="",
        person=person,
        team=team,
        owner=None,
        due_on=clock.today(),
        url="/",
        now=clock.now(),
        access_list=matter,
    )

    assert b"Told in confidence" not in signed_in_client(worker).get(person.get_absolute_url()).content


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.INFORMATION_OFFICER])
def test_staff_who_do_not_work_with_people_have_no_overview(team, role):
    client = signed_in_client(UserFactory(role_in=(role, team)))

    assert client.get(PersonFactory().get_absolute_url()).status_code == 403


def test_the_public_and_strangers_learn_nothing_of_a_record(client):
    address = PersonFactory().get_absolute_url()

    assert client.get(address).status_code == 302
    assert signed_in_client(UserFactory(public=True)).get(address).status_code == 404


def test_a_note_shows_that_the_work_does_not_stand_still(team, worker):
    person = PersonFactory()
    worklist.open_work_item(
        person=person,
        kind="monitoring",
        subject=person,
        url=person.get_absolute_url(),
        team=team,
        owner=worker,
        now=clock.now() - timedelta(days=20),
    )

    people.add_note(
        person=person, kind="call", occurred_at=clock.now(), text="Rang.", by=worker, now=clock.now()
    )

    assert person.work_items.get().last_activity_on == clock.today()
