"""Who may know that a person is on record: every role against every level, in every way to find one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client, signed_in_client
from core import clock
from people import search, services
from people.models import Person, Warning
from people.tests.factories import (
    AllocationFactory,
    CaseNoteFactory,
    PersonFactory,
    PortalAccessFactory,
    RelationshipFactory,
    WarningFactory,
    put_on_list,
)

pytestmark = pytest.mark.django_db

CASE = (
    Role.PRACTITIONER,
    Role.SOCIAL_WORKER,
    Role.OCCUPATIONAL_THERAPIST,
    Role.TEAM_MANAGER,
    Role.SAFEGUARDING_MANAGER,
    Role.BROKER,
    Role.REABLEMENT_LEAD,
    Role.REABLEMENT_WORKER,
    Role.SERVICE_MANAGER,
    Role.DIRECTOR,
)
MONEY = (Role.FINANCE_OFFICER, Role.DIRECT_PAYMENTS_OFFICER)
OTHERS = (Role.ANALYST, Role.INFORMATION_OFFICER, Role.ADMINISTRATOR)


def knows(user, person):
    """Whether the user may find the person. Of what hangs on the person they may know just as much, and no more."""
    found = Person.objects.visible_to(user).filter(pk=person.pk).exists()
    warning = WarningFactory(person=person)
    assert Warning.objects.visible_to(user).filter(pk=warning.pk).exists() == found
    return found


@pytest.mark.parametrize("role", Role.values)
def test_each_role_knows_of_a_standard_record_or_of_none(role):
    user = UserFactory(role_in=(role, TeamFactory()))

    assert knows(user, PersonFactory()) == (role in CASE or role in MONEY)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("trait", ["restricted", "sealed"])
def test_a_restricted_record_is_there_for_those_on_its_list_alone_whatever_their_role(role, trait):
    person = PersonFactory(**{trait: True})
    outside, inside = (UserFactory(role_in=(role, TeamFactory())) for _ in range(2))
    put_on_list(person.access_list, inside)

    assert not knows(outside, person)
    assert knows(inside, person) == (role in CASE or role in MONEY)


@pytest.mark.parametrize("role", Role.values)
def test_a_record_kept_to_its_teams_is_there_for_their_members_alone(role):
    team = TeamFactory()
    person = PersonFactory(team_only=True)
    AllocationFactory(person=person, team=team)

    assert knows(UserFactory(role_in=(role, team)), person) == (role in CASE or role in MONEY)
    assert not knows(UserFactory(role_in=(role, TeamFactory())), person)


@pytest.mark.parametrize("days,known", [(1, True), (90, True), (91, False)])
def test_a_team_keeps_sight_of_a_record_for_ninety_days_after_its_work_ended(days, known):
    team = TeamFactory()
    person = PersonFactory(team_only=True)
    ended = clock.today() - timedelta(days=days)
    AllocationFactory(person=person, team=team, valid_from=ended - timedelta(days=5), valid_to=ended)

    assert knows(UserFactory(worker_in=team), person) == known


def test_someone_taken_off_the_list_knows_nothing_more():
    person = PersonFactory(restricted=True)
    user = UserFactory(worker_in=TeamFactory())
    put_on_list(person.access_list, user)
    person.access_list.members.update(valid_to=clock.today() - timedelta(days=1))

    assert not knows(user, person)


def test_the_public_know_of_those_they_have_access_to_today():
    now, before = PortalAccessFactory(), PortalAccessFactory(ended=True)

    assert knows(now.user, now.person)
    assert not knows(now.user, PersonFactory())
    assert not knows(before.user, before.person)


def test_a_closed_account_knows_of_nobody():
    user = UserFactory(worker_in=TeamFactory())
    user.is_active = False
    user.__dict__.pop("live_memberships", None)

    assert not knows(user, PersonFactory())


@pytest.fixture
def hidden():
    """A person in danger, whose record is for one worker, and a colleague who must not learn of it."""
    person = PersonFactory(restricted=True, given_names="Zebedee", family_name="Quillfeather")
    return person, UserFactory(worker_in=TeamFactory())


def test_no_search_finds_a_restricted_record(hidden):
    person, colleague = hidden

    for text in (
        "quillfeather",
        "zeb",
        "qu",
        person.nhs_number,
        person.local_number,
        "14 3 1944",
        "kwilfether",
    ):
        assert person not in search.search(colleague, text).rows


def test_no_search_for_duplicates_finds_a_restricted_record(hidden):
    person, colleague = hidden

    assert not services.find_duplicates(
        given_names="Zebedee",
        family_name="Quillfeather",
        date_of_birth=person.date_of_birth,
        nhs_number=person.nhs_number,
        user=colleague,
    )


PAGES = [
    "people:show-person",
    "people:list-assessments",
    "people:choose-what-to-add",
    "people:list-events",
    "people:add-note",
    "people:show-network",
    "people:add-relationship",
    "people:list-warnings",
    "people:add-warning",
    "people:add-communication-need",
    "people:list-portal-access",
    "people:show-details",
    "people:change-home",
    "people:change-what-matters",
    "people:change-risk",
    "people:record-death",
    "people:allocate",
    "people:show-views",
    "api-people-show",
    "api-people-notes",
    "api-people-relationships",
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_restricted_record_is_not_found_for_others_and_found_for_the_list(name, hidden):
    person, colleague = hidden
    named = UserFactory(worker_in=TeamFactory())
    put_on_list(person.access_list, named)
    address = reverse(name, args=[person.ref])

    assert signed_in_client(colleague).get(address).status_code == 404
    response = signed_in_client(named).get(address)
    assert response.status_code == 200
    if not name.startswith("api-"):
        assert "Quillfeather" not in response.content.decode().partition("</title>")[0]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_restricted_record_is_answered_like_one_of_nobody(name, hidden):
    person, colleague = hidden
    client = signed_in_client(colleague)

    there = client.get(reverse(name, args=[person.ref]))
    nowhere = client.get(reverse(name, args=["bcdfghjkmnpq"]))

    assert there.status_code == nowhere.status_code == 404


def test_the_api_lists_nobody_restricted(hidden):
    person, colleague = hidden
    PersonFactory()

    answer = api_client(colleague).get(reverse("api-people-list")).json()

    assert len(answer["results"]) == 1
    assert person.ref not in str(answer)


def test_a_restricted_person_in_someones_network_has_no_name_there(hidden):
    person, colleague = hidden
    link = RelationshipFactory(linked=True, other_person=person)

    for page in ("people:show-person", "people:show-network", "api-people-relationships"):
        body = signed_in_client(colleague).get(reverse(page, args=[link.person.ref])).content.decode()
        assert "Quillfeather" not in body
        assert person.ref not in body


def test_a_note_and_a_warning_with_their_own_list_are_there_for_that_list_alone():
    note = CaseNoteFactory(restricted=True, text="Only for two of us.")
    warning = WarningFactory(
        person=note.person, headline="Told to us in confidence", access_list=note.access_list
    )
    colleague, named = (UserFactory(worker_in=TeamFactory()) for _ in range(2))
    put_on_list(note.access_list, named)

    for page in ("people:show-person", "people:list-events", "people:list-warnings", "api-people-notes"):
        address = reverse(page, args=[note.person.ref])
        hidden_from = signed_in_client(colleague).get(address).content.decode()
        assert note.text not in hidden_from
        assert warning.headline not in hidden_from
    assert (
        note.text
        in signed_in_client(named).get(reverse("people:list-events", args=[note.person.ref])).content.decode()
    )
