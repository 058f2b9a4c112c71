"""Who is around a person, warnings, how to communicate, and who may see their own pages."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event
from core import calendar, clock
from core.versions import StaleVersion
from core.workflow import WrongState
from people import national_lists, services
from people.models import CommunicationNeed, Person, PortalAccess, Relationship, Warning
from people.tests.factories import (
    CommunicationNeedFactory,
    PersonFactory,
    PortalAccessFactory,
    RelationshipFactory,
    WarningFactory,
)
from people.tests.giving_access import answer_access

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return UserFactory(worker_in=TeamFactory())


@pytest.fixture
def person():
    return PersonFactory()


def facts(**others):
    return {"kind": "daughter", "may_talk": "yes", "other_name": "Karen", **others}


# Network -----------------------------------------------------------------------------------------------------------


def test_a_new_main_carer_takes_the_place_of_the_one_before_who_stays_a_carer(worker, person, now):
    before = RelationshipFactory(person=person, main_carer=True)

    services.add_relationship(person=person, facts=facts(is_main_carer=True), by=worker, now=now)

    before.refresh_from_db()
    assert (before.is_main_carer, before.is_carer) == (False, True)
    assert Relationship.objects.get(person=person, is_main_carer=True).name == "Karen"


def test_a_linked_carer_is_marked_as_a_carer_on_their_own_record(worker, person, now):
    carer = PersonFactory()

    services.add_relationship(
        person=person, other_person=carer, facts={"kind": "son", "is_carer": True}, by=worker, now=now
    )

    carer.refresh_from_db()
    assert carer.is_carer


def test_nobody_is_in_their_own_network_nor_twice_as_the_same(worker, person, now):
    other = PersonFactory()
    services.add_relationship(person=person, other_person=other, facts={"kind": "son"}, by=worker, now=now)

    with pytest.raises(ValidationError):
        services.add_relationship(
            person=person, other_person=other, facts={"kind": "son"}, by=worker, now=now
        )
    with pytest.raises(ValidationError):
        services.add_relationship(
            person=person, other_person=person, facts={"kind": "son"}, by=worker, now=now
        )
    with pytest.raises(ValidationError):
        services.add_relationship(person=person, facts={"kind": "son"}, by=worker, now=now)


@pytest.mark.parametrize(
    "constraint,change",
    [
        ("people_relationship_names_someone", {"other_name": ""}),
        ("people_main_carer_is_a_carer", {"is_main_carer": True}),
    ],
)
def test_the_database_refuses_a_relationship_with_nobody_and_a_main_carer_who_is_none(constraint, change):
    row = RelationshipFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Relationship.objects.filter(pk=row.pk).update(**change)


def test_the_database_refuses_two_main_carers_and_somebody_around_themself():
    row = RelationshipFactory(main_carer=True)

    with pytest.raises(IntegrityError, match="people_one_main_carer_at_a_time"), transaction.atomic():
        RelationshipFactory(person=row.person, main_carer=True)
    with pytest.raises(IntegrityError, match="people_nobody_relates_to_themself"), transaction.atomic():
        RelationshipFactory(person=row.person, other_person=row.person)


def test_someone_is_added_by_name_or_by_number_on_the_page(worker, person):
    carer = PersonFactory(given_names="Karen", family_name="Whitlow")
    client = signed_in_client(worker)
    address = reverse("people:add-relationship", args=[person.ref])

    client.post(
        address,
        {"form_key": "a" * 24, "other_name": "Mr Desai", "kind": "neighbour", "may_talk": "emergency"},
    )
    client.post(
        address,
        {
            "form_key": "b" * 24,
            "other_number": carer.nhs_number,
            "kind": "daughter",
            "may_talk": "yes",
            "parts": ["is_main_carer", "next_of_kin"],
            "hours_caring_weekly": "10",
        },
    )

    body = client.get(reverse("people:show-network", args=[person.ref])).content.decode()
    assert "Mr Desai" in body
    assert "Karen Whitlow" in body
    assert "Main unpaid carer, about 10 hours a week" in body
    assert person.name in client.get(reverse("people:show-network", args=[carer.ref])).content.decode()


def test_a_number_of_nobody_one_may_know_of_is_like_a_number_of_nobody(worker, person):
    hidden = PersonFactory(restricted=True)
    client = signed_in_client(worker)
    address = reverse("people:add-relationship", args=[person.ref])

    answers = [
        client.post(address, {"form_key": "a" * 24, "other_number": number, "kind": "son", "may_talk": "yes"})
        for number in (hidden.nhs_number, "P 999999")
    ]

    assert all(b"We found nobody with this number" in answer.content for answer in answers)


def test_an_entry_is_changed_with_its_version_and_ended_with_its_day(worker):
    row = RelationshipFactory()
    client = signed_in_client(worker)
    change = reverse("people:change-relationship", args=[row.person.ref, row.ref])
    answers = {"version": 1, "other_name": "Mr Desai", "kind": "friend", "may_talk": "yes"}

    assert client.get(change).status_code == 200
    assert client.post(change, answers).status_code == 302
    assert client.post(change, {**answers, "kind": "neighbour"}).status_code == 409

    today = clock.today()
    client.post(
        reverse("people:end-relationship", args=[row.person.ref, row.ref]),
        {"version": 2, "on_day": today.day, "on_month": today.month, "on_year": today.year},
    )
    row.refresh_from_db()
    assert (row.kind, row.valid_to) == ("friend", today)
    with pytest.raises(WrongState):
        services.change_relationship(relationship=row, facts={}, version=None, by=worker, now=clock.now())


@pytest.mark.parametrize("people", [1, 20])
def test_the_network_takes_the_same_queries_however_many_are_in_it(
    worker, person, people, django_assert_max_num_queries
):
    RelationshipFactory.create_batch(people, person=person, linked=True)
    client = signed_in_client(worker)
    address = reverse("people:show-network", args=[person.ref])
    client.get(address)

    with django_assert_max_num_queries(10):
        client.get(address)


# Warnings ----------------------------------------------------------------------------------------------------------


def warn(person, by, **others):
    now = clock.now()
    return services.add_warning(
        **{
            "person": person,
            "kind": "animal",
            "headline": "Large dog",
            "what_to_do": "Ring first",
            "evidence": "Seen",
            "person_told": True,
            "why_not_told": "",
            "ends_on": clock.today() + timedelta(days=30),
            "by": by,
            "now": now,
            **others,
        }
    )


@pytest.mark.parametrize(
    "wrong,question",
    [
        ({"ends_on": clock.today()}, "ends_on"),
        ({"ends_on": calendar.add_months(clock.today(), 12) + timedelta(days=1)}, "ends_on"),
        ({"person_told": False}, "why_not_told"),
    ],
)
def test_a_warning_runs_twelve_months_at_most_and_says_why_the_person_was_not_told(
    worker, person, wrong, question
):
    with pytest.raises(ValidationError) as refused:
        warn(person, worker, **wrong)

    assert question in refused.value.message_dict


def test_a_warning_may_run_for_twelve_months_to_the_day(worker, person):
    assert warn(person, worker, ends_on=calendar.add_months(clock.today(), 12))


def test_a_warning_stands_above_the_name_until_it_runs_out(worker):
    live = WarningFactory(headline="Large dog at home")
    WarningFactory(person=live.person, expired=True, headline="Ran out")
    WarningFactory(person=live.person, closed=True, headline="Was closed")

    body = signed_in_client(worker).get(live.person.get_absolute_url()).content.decode()

    assert body.index("Large dog at home") < body.index("<h1")
    assert "Ran out" not in body
    assert "Was closed" not in body


def test_a_warning_is_closed_by_a_colleague_or_a_manager_not_by_its_maker_alone(worker, person, now):
    warning = warn(person, worker)

    with pytest.raises(PermissionDenied):
        services.close_warning(warning=warning, by=worker, now=now)
    services.close_warning(warning=warning, by=UserFactory(worker_in=TeamFactory()), now=now)

    warning.refresh_from_db()
    assert warning.closed_at
    with pytest.raises(WrongState):
        services.renew_warning(
            warning=warning, ends_on=warning.ends_on, evidence="", version=None, by=worker, now=now
        )


@pytest.mark.parametrize(
    "constraint,change",
    [
        ("people_warning_says_why_person_not_told", {"person_told": False}),
        ("people_warning_ends_after_it_starts", {"ends_on": "2020-01-01"}),
        ("people_warning_closed_at_and_by_together", {"closed_at": clock.now()}),
    ],
)
def test_the_database_refuses_half_a_warning(constraint, change):
    warning = WarningFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Warning.objects.filter(pk=warning.pk).update(**change)


def test_a_warning_is_added_renewed_and_closed_on_its_pages(worker, person):
    client = signed_in_client(worker)
    ends = clock.today() + timedelta(days=60)
    day = {"ends_on_day": ends.day, "ends_on_month": ends.month, "ends_on_year": ends.year}
    client.post(
        reverse("people:add-warning", args=[person.ref]),
        {
            "form_key": "w" * 24,
            "kind": "animal",
            "headline": "Large dog at home",
            "what_to_do": "Ring first",
            "evidence": "Seen on a visit",
            "person_told": "no",
            **day,
            "why_not_told": "It would put a neighbour at risk",
        },
    )
    warning = Warning.objects.get()
    client.post(
        reverse("people:renew-warning", args=[person.ref, warning.ref]),
        {"version": 1, "evidence": "Still there", **day},
    )
    close = reverse("people:close-warning", args=[person.ref, warning.ref])
    assert client.post(close, {"version": 2}).status_code == 403
    colleague = signed_in_client(UserFactory(worker_in=TeamFactory()))
    assert colleague.post(close, {"version": 1}).status_code == 409
    assert colleague.post(close, {"version": 2}).status_code == 302

    codes = list(Event.objects.filter(person_id=person.pk).order_by("pk").values_list("code", flat=True))
    assert codes == ["people.warning.added", "people.warning.renewed", "people.warning.closed"]


# How to communicate --------------------------------------------------------------------------------------------------


def test_a_need_is_recorded_once_and_confirmed_again(worker, person, now):
    for detail in ("16 point", "18 point"):
        services.add_communication_need(person=person, code="large_print", detail=detail, by=worker, now=now)

    assert [need.detail for need in CommunicationNeed.objects.all()] == ["18 point"]


def test_every_need_of_the_list_belongs_to_a_category_of_the_standard():
    assert {category for category, _ in national_lists.COMMUNICATION.values()} == set(
        CommunicationNeed.Category.values
    )


def test_a_need_outside_the_list_is_refused(worker, person, now):
    with pytest.raises(ValidationError):
        services.add_communication_need(person=person, code="telepathy", by=worker, now=now)


def test_a_need_stands_on_every_page_until_it_ends(worker):
    need = CommunicationNeedFactory()
    client = signed_in_client(worker)
    address = reverse("people:add-communication-need", args=[need.person.ref])
    assert b"Large print" in client.get(need.person.get_absolute_url()).content

    client.post(address, {"form_key": "c" * 24, "code": "easy_read", "consent_to_share": "yes"})
    client.post(reverse("people:end-communication-need", args=[need.person.ref, "large_print"]))

    body = client.get(need.person.get_absolute_url()).content.decode()
    assert "Large print" not in body
    assert "Easy read" in body


# The person's own pages ----------------------------------------------------------------------------------------------


PEGGY = {"relation": "self", "name": "Peggy Whitlow", "email": "peggy@example.org"}


def test_the_person_is_invited_to_their_own_pages_once(worker, person):
    client = signed_in_client(worker)
    checked = answer_access(client, person, who=PEGGY, reach={"scope": "act"})
    key = {"form_key": "i" * 24}
    address = reverse("people:list-portal-access", args=[person.ref])
    assert b"peggy@example.org" in client.get(checked).content
    for _ in range(2):
        assert client.post(checked, key)["Location"] == address

    access = PortalAccess.objects.get()
    assert (access.user.email, access.user.audience) == ("peggy@example.org", User.Audience.PUBLIC)
    assert Invitation.objects.count() == 1
    assert b"Peggy Whitlow" in client.get(address).content


def test_an_access_without_a_right_or_an_address_is_refused(worker, person):
    client = signed_in_client(worker)
    who, right = (reverse("people:ask-portal-access", args=[person.ref, step]) for step in ("who", "right"))

    assert b"must be an e-mail address" in client.post(who, {**PEGGY, "email": "not an address"}).content
    assert client.post(who, {**PEGGY, "relation": "representative"})["Location"] == right
    assert b"Say what gives them the right" in client.post(right, {"authority": "Her niece"}).content
    refused = client.post(reverse("people:grant-portal-access", args=[person.ref]), {"form_key": "i" * 24})

    assert refused.status_code == 409
    assert not PortalAccess.objects.exists()
    assert not Invitation.objects.exists()


def test_a_member_of_staff_is_not_given_a_persons_own_pages(worker, person):
    client = signed_in_client(worker)
    checked = answer_access(client, person, who={**PEGGY, "email": worker.email}, reach={"scope": "act"})

    response = client.post(checked, {"form_key": "i" * 24})

    assert response.status_code == 400
    assert b"This address already" in response.content
    assert not PortalAccess.objects.exists()


def test_two_people_cannot_be_the_person_and_one_cannot_be_two(worker, now):
    access = PortalAccessFactory()

    def grant(user, person):
        services.grant_portal_access(
            user=user, person=person, relation="self", scope="act", by=worker, now=now
        )

    with pytest.raises(ValidationError):
        grant(access.user, PersonFactory())
    with pytest.raises(ValidationError):
        grant(UserFactory(public=True), access.person)
    with pytest.raises(IntegrityError, match="people_one_self_per_user"), transaction.atomic():
        PortalAccessFactory(user=access.user)
    with pytest.raises(IntegrityError, match="people_one_access_per_user_and_person"), transaction.atomic():
        PortalAccessFactory(user=access.user, person=access.person, viewing_only=True)


def test_an_access_that_ends_opens_nothing_from_that_moment(worker):

    access = PortalAccessFactory()

    signed_in_client(worker).post(
        reverse("people:end-portal-access", args=[access.person.ref, access.ref]),
        {"form_key": "z" * 24, "reason": "Permission taken back"},
    )

    assert not Person.objects.visible_to(access.user).exists()


def test_an_access_given_today_can_be_ended_today(worker, now):
    access = PortalAccessFactory(valid_from=clock.london_date(now))

    services.end_portal_access(access=access, by=worker, now=now)

    assert not PortalAccess.objects.live(clock.london_date(now)).exists()


def test_a_stale_end_of_an_entry_is_refused(worker, now):
    row = RelationshipFactory()

    with pytest.raises(StaleVersion):
        services.end_relationship(relationship=row, on=clock.london_date(now), by=worker, now=now, version=7)
