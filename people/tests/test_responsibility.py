"""Who is responsible: one lead at a time, handed over with a summary, and who has looked."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event, View
from core import clock
from core.workflow import WrongState
from people import services
from people.models import Allocation
from people.tests.addresses import addresses_in, keys_in
from people.tests.factories import AllocationFactory, PersonFactory, put_on_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory(name="Riverside")


def allocate(person, team, worker, by, summary="All agreed; falls clinic on Thursday."):
    return services.allocate(
        person=person, team=team, worker=worker, handover_summary=summary, by=by, now=clock.now()
    )


def test_a_manager_makes_a_worker_of_the_team_responsible(team):
    person, worker, manager = PersonFactory(), UserFactory(worker_in=team), UserFactory(manager_of=team)

    allocation = allocate(person, team, worker, manager)

    assert (allocation.worker, allocation.role, allocation.valid_to) == (worker, "lead", None)
    event = Event.objects.get(person_id=person.pk, code="people.allocation.made")
    assert event.detail == {"worker": worker.name, "team": "Riverside"}


def test_a_handover_ends_the_lead_before_and_tells_the_new_worker_where_things_stand(team):
    before = AllocationFactory(team=team)
    worker, manager = UserFactory(worker_in=team), UserFactory(manager_of=team)

    allocate(before.person, team, worker, manager)

    before.refresh_from_db()
    assert before.valid_to == clock.today()
    body = signed_in_client(worker).get(before.person.get_absolute_url()).content.decode()
    assert "Handed over to you" in body
    assert "falls clinic on Thursday" in body
    assert (
        "Handed over to you"
        not in signed_in_client(manager).get(before.person.get_absolute_url()).content.decode()
    )


def test_a_change_of_worker_without_a_summary_is_refused(team):
    before = AllocationFactory(team=team)

    with pytest.raises(ValidationError, match="Say where things stand"):
        allocate(before.person, team, UserFactory(worker_in=team), UserFactory(manager_of=team), summary=" ")

    before.refresh_from_db()
    assert before.valid_to is None


@pytest.mark.parametrize(
    "who,allowed",
    [
        ("manager of the team that takes", True),
        ("manager of the team that gives", True),
        ("manager of another team", False),
        ("the worker who takes", False),
        ("a colleague", False),
    ],
)
def test_who_may_hand_over_from_one_worker_to_another(team, who, allowed):
    gives = TeamFactory()
    lead = AllocationFactory(team=gives)
    takes = UserFactory(worker_in=team)
    by = {
        "manager of the team that takes": lambda: UserFactory(manager_of=team),
        "manager of the team that gives": lambda: UserFactory(manager_of=gives),
        "manager of another team": lambda: UserFactory(manager_of=TeamFactory()),
        "the worker who takes": lambda: takes,
        "a colleague": lambda: UserFactory(worker_in=team),
    }[who]()

    if allowed:
        assert allocate(lead.person, team, takes, by)
    else:
        with pytest.raises(PermissionDenied):
            allocate(lead.person, team, takes, by)


def test_a_worker_takes_on_someone_of_their_own_team_whom_nobody_has(team):
    worker = UserFactory(worker_in=team)
    waiting = AllocationFactory(team=team, team_alone=True)

    assert allocate(waiting.person, team, worker, worker, summary="").worker == worker
    assert allocate(PersonFactory(), team, worker, worker, summary="").worker == worker
    with pytest.raises(PermissionDenied):
        allocate(PersonFactory(), team, UserFactory(worker_in=team), worker)


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.ANALYST, Role.ADMINISTRATOR])
def test_someone_who_does_not_work_with_people_cannot_be_a_named_worker(team, role):
    with pytest.raises(ValidationError, match="Choose someone who works with people"):
        allocate(PersonFactory(), team, UserFactory(role_in=(role, team)), UserFactory(manager_of=team))


def test_a_worker_who_may_not_open_the_record_cannot_be_its_named_worker(team):
    person = PersonFactory(restricted=True)
    manager, worker = UserFactory(manager_of=team), UserFactory(worker_in=team)
    put_on_list(person.access_list, manager)

    with pytest.raises(ValidationError, match="may not open the record"):
        allocate(person, team, worker, manager)


def test_the_same_lead_again_changes_nothing(team):
    lead = AllocationFactory(team=team)

    with pytest.raises(WrongState):
        allocate(lead.person, team, lead.worker, UserFactory(manager_of=team))


def test_two_leads_at_a_time_are_refused_by_the_database(team):
    lead = AllocationFactory(team=team)

    with pytest.raises(IntegrityError, match="people_one_lead_at_a_time"), transaction.atomic():
        AllocationFactory(person=lead.person, team=team)


def test_the_page_asks_for_the_team_first_then_for_the_worker(team):
    person, worker, manager = PersonFactory(), UserFactory(worker_in=team), UserFactory(manager_of=team)
    client = signed_in_client(manager)
    address = reverse("people:allocate", args=[person.ref])

    assert b"Which team takes over?" in client.get(address).content
    assert worker.ref.encode() in client.get(address, {"team": team.ref}).content
    response = client.post(
        address,
        {"form_key": "a" * 24, "team": team.ref, "worker": worker.ref, "handover_summary": "x"},
        follow=True,
    )

    assert Allocation.objects.get().worker == worker
    assert b"The person is allocated." in response.content


def test_the_page_shows_a_missing_summary_at_its_question(team):
    lead, worker = AllocationFactory(team=team), UserFactory(worker_in=team)

    response = signed_in_client(UserFactory(manager_of=team)).post(
        reverse("people:allocate", args=[lead.person.ref]),
        {"form_key": "a" * 24, "team": team.ref, "worker": worker.ref, "handover_summary": ""},
    )

    assert b'href="#id_handover_summary"' in response.content


def test_a_refusal_on_the_page_says_why(team):
    lead = AllocationFactory(team=team)
    colleague = UserFactory(worker_in=team)

    response = signed_in_client(colleague).post(
        reverse("people:allocate", args=[lead.person.ref]),
        {"form_key": "a" * 24, "team": team.ref, "worker": colleague.ref, "handover_summary": "x"},
    )

    assert response.status_code == 403
    assert b"Only a manager of the team" in response.content


@pytest.mark.parametrize("workers", [1, 12])
def test_the_workers_of_a_team_take_the_same_queries_however_many_they_are(
    team, workers, django_assert_max_num_queries
):
    for _ in range(workers):
        AllocationFactory(team=team)
    client = signed_in_client(UserFactory(manager_of=team))
    address = f"{reverse('people:allocate', args=[PersonFactory().ref])}?team={team.ref}"
    client.get(address)

    with django_assert_max_num_queries(11):
        client.get(address)


def test_ending_an_allocation_is_for_the_manager_of_the_team(team):
    lead = AllocationFactory(team=team)
    address = reverse("people:end-allocation", args=[lead.person.ref, lead.ref])
    content = {"form_key": "e" * 24, "reason": "Moved away"}

    assert signed_in_client(lead.worker).post(address, content).status_code == 403
    assert signed_in_client(UserFactory(manager_of=TeamFactory())).post(address, content).status_code == 403
    assert signed_in_client(UserFactory(manager_of=team)).post(address, content).status_code == 302

    lead.refresh_from_db()
    assert (lead.valid_to, lead.reason) == (clock.today(), "Moved away")


def test_each_look_is_written_down_before_the_page_is_shown_and_can_be_read(team):
    person, worker = PersonFactory(), UserFactory(worker_in=team, name="Aisha Khan")
    client = signed_in_client(worker)

    client.get(person.get_absolute_url())
    client.get(reverse("people:show-network", args=[person.ref]))
    body = client.get(reverse("people:show-views", args=[person.ref])).content.decode()

    assert list(View.objects.order_by("pk").values_list("page", "by")) == [
        ("people:show-person", worker.pk),
        ("people:show-network", worker.pk),
        ("people:show-views", worker.pk),
    ]
    assert body.count("Aisha Khan") >= 3
    assert "Network" in body


@pytest.mark.parametrize("looks", [1, 60])
def test_who_has_looked_takes_the_same_queries_and_comes_in_pages(team, looks, django_assert_max_num_queries):
    person, worker = PersonFactory(), UserFactory(worker_in=team)
    other = UserFactory()
    View.objects.bulk_create(
        View(at=clock.now() - timedelta(hours=n), by=other, person_id=person.pk, page="people:show-person")
        for n in range(looks)
    )
    client = signed_in_client(worker)
    address = reverse("people:show-views", args=[person.ref])
    client.get(address)

    with django_assert_max_num_queries(9):
        response = client.get(address)
    assert (b'rel="next"' in response.content) == (looks > 50)


def test_the_pages_of_who_has_looked_hold_every_look_once_and_no_address_the_key_of_one(team):
    # Given looks of which many fell in one moment, with keys nobody takes for another number
    person, worker, other = PersonFactory(), UserFactory(worker_in=team), UserFactory()
    keys = range(987_000_001, 987_000_131)
    View.objects.bulk_create(
        View(
            pk=key,
            at=clock.now() - timedelta(hours=1 + (key - keys[0]) // 40),
            by=other,
            person_id=person.pk,
            page=f"test:look-{key - keys[0]}-",
        )
        for key in keys
    )
    client = signed_in_client(worker)

    # When they are read page by page
    address, read = reverse("people:show-views", args=[person.ref]), []
    while address:
        response = client.get(address)
        read += re.findall(r"Look \d+ ", response.content.decode())
        offered = addresses_in(response)
        assert not keys_in(offered, keys)
        address = next((found for found in offered if "before=" in found), "")

    # Then each look stood on one of them
    assert len(read) == len(set(read)) == len(keys)


@pytest.mark.parametrize("before", ["x", "987000001", "-1", "9" * 400])
def test_an_address_of_looks_that_was_tampered_with_shows_the_newest(team, before):
    worker, person = UserFactory(worker_in=team), PersonFactory()
    client = signed_in_client(worker)

    body = client.get(reverse("people:show-views", args=[person.ref]), {"before": before}).content.decode()

    assert worker.name in body
