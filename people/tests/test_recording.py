"""Making a record, correcting it, and what is refused."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Role
from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from audit.models import Event
from core import clock
from core.versions import StaleVersion
from core.workflow import WrongState
from people import services
from people.models import Address, Person
from people.tests import factories
from people.tests.factories import AddressFactory, PersonFactory, put_on_list

pytestmark = pytest.mark.django_db
PersonEvent = apps.get_model("people", "PersonEvent")


@pytest.fixture
def worker():
    return UserFactory(worker_in=TeamFactory())


def facts(**others):
    return {
        "given_names": "Margaret Ann",
        "family_name": "Whitlow",
        "date_of_birth": date(1944, 3, 14),
        **others,
    }


@pytest.mark.parametrize(
    "trait",
    [
        "carer",
        "restricted",
        "sealed",
        "team_only",
        "deceased",
        "imported",
        "unknown_birth",
        "without_nhs_number",
    ],
)
def test_every_state_of_a_person_that_tests_use_is_valid(trait):
    person = PersonFactory(**{trait: True})

    person.full_clean()


@pytest.mark.parametrize(
    "factory,traits",
    [
        (factories.AddressFactory, ["confidential", "ended", "homeless"]),
        (factories.CommunicationNeedFactory, ["ended"]),
        (factories.WarningFactory, ["expired", "closed"]),
        (factories.RelationshipFactory, ["main_carer", "linked", "ended"]),
        (factories.AllocationFactory, ["ended", "team_alone"]),
        (factories.CaseNoteFactory, ["significant", "restricted"]),
        (factories.PortalAccessFactory, ["viewing_only", "ended"]),
    ],
)
def test_every_state_of_what_hangs_on_a_person_is_valid(factory, traits):
    for trait in traits:
        factory(**{trait: True}).full_clean()


def test_a_new_person_gets_a_number_of_ours_a_home_and_one_line_in_the_trail(worker, now):
    person = services.register(
        facts=facts(nhs_number=factories.next_nhs_number(), address_lines="12 Alder Row", postcode="ZZ1 4QT"),
        by=worker,
        now=now,
    )

    assert person.local_number.startswith("P 1")
    assert person.nhs_number_status == Person.NhsNumberStatus.UNVERIFIED
    assert person.name_sort == "whitlow margaret ann"
    assert Address.objects.get(person=person).postcode == "ZZ1 4QT"
    assert [event.code for event in Event.objects.for_person(person.pk)] == ["people.person.registered"]


def test_two_people_never_share_a_number_of_ours(worker, now):
    numbers = {services.register(facts=facts(), by=worker, now=now).local_number for _ in range(5)}

    assert len(numbers) == 5


@pytest.mark.parametrize(
    "wrong,question",
    [
        ({"given_names": " – "}, "given_names"),
        ({"family_name": ""}, "family_name"),
        ({"date_of_birth": date(2190, 1, 1)}, "date_of_birth"),
        ({"nhs_number": "9876543211"}, "nhs_number"),
        ({"nhs_number": "9999999999"}, "nhs_number"),
        ({"is_service_user": False, "is_carer": False}, "is_service_user"),
    ],
)
def test_what_cannot_be_true_of_anyone_is_refused_at_its_question(worker, now, wrong, question):
    with pytest.raises(ValidationError) as refused:
        services.register(facts=facts(**wrong), by=worker, now=now)

    assert question in refused.value.message_dict
    assert not Person.objects.exists()


def test_an_nhs_number_of_a_restricted_record_is_refused_without_saying_whose_it_is(worker, now):
    hidden = PersonFactory(sealed=True)

    with pytest.raises(ValidationError) as refused:
        services.register(facts=facts(nhs_number=hidden.nhs_number), by=worker, now=now)

    assert hidden.family_name not in str(refused.value)


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.ANALYST, Role.ADMINISTRATOR])
def test_staff_who_do_not_work_with_people_cannot_make_a_record(role, now):
    with pytest.raises(PermissionDenied):
        services.register(facts=facts(), by=UserFactory(role_in=(role, TeamFactory())), now=now)


def test_a_corrected_name_is_found_under_the_new_one_and_the_old_stays_in_the_history(worker, now):
    person = PersonFactory(given_names="Jon", family_name="Smyth")

    services.correct(person=person, facts={"family_name": "Smith-Jones"}, version=1, by=worker, now=now)

    person.refresh_from_db()
    assert person.version == 2
    assert " smith jones" in person.search_text.replace(" jon ", " ")
    event = Event.objects.get(person_id=person.pk)
    assert event.detail == {"what": "family name"}
    assert list(PersonEvent.objects.values_list("family_name", "pgh_label")) == [("Smyth", "changed")]


def test_a_correction_that_changes_nothing_leaves_no_trace(worker, now):
    person = PersonFactory()

    services.correct(person=person, facts={"family_name": person.family_name}, version=1, by=worker, now=now)

    assert not Event.objects.exists()


def test_a_correction_from_an_older_page_is_refused(worker, now):
    person = PersonFactory()
    services.correct(person=person, facts={"phone": "01632 960111"}, version=1, by=worker, now=now)

    with pytest.raises(StaleVersion):
        services.correct(person=person, facts={"phone": "01632 960222"}, version=1, by=worker, now=now)


def test_moving_home_ends_the_home_before_it(worker, now):
    old = AddressFactory()

    services.change_home(
        person=old.person,
        address_lines="4 Mill Lane",
        postcode="ZZ1 4QX",
        no_fixed_abode=False,
        is_confidential=False,
        moved_on=clock.london_date(now) - timedelta(days=2),
        version=1,
        by=worker,
        now=now,
    )

    old.refresh_from_db()
    assert old.valid_to == clock.london_date(now) - timedelta(days=2)
    assert Address.objects.get(person=old.person, valid_to=None).lines == "4 Mill Lane"


def test_a_second_present_home_is_refused_by_the_database():
    home = AddressFactory()

    with pytest.raises(IntegrityError, match="people_one_present_home_address"), transaction.atomic():
        AddressFactory(person=home.person)


def test_risk_is_said_with_old_and_new_in_the_trail(worker, now):
    person = PersonFactory()

    services.set_risk(person=person, risk="high", version=1, by=worker, now=now)

    assert Event.objects.get().detail == {"old": "standard", "new": "high"}


def test_a_death_is_recorded_once_and_withdrawn_only_by_a_manager(worker, now):
    team = TeamFactory()
    person = PersonFactory()
    services.record_death(person=person, date_of_death=date(2026, 11, 20), by=worker, now=now)

    with pytest.raises(WrongState):
        services.record_death(person=person, date_of_death=None, by=worker, now=now)
    with pytest.raises(PermissionDenied):
        services.withdraw_death(person=person, by=worker, now=now)
    services.withdraw_death(person=person, by=UserFactory(manager_of=team), now=now)

    person.refresh_from_db()
    assert (person.is_deceased, person.date_of_death) == (False, None)


def test_nobody_locks_a_record_that_they_cannot_open_themselves(now):
    manager = UserFactory(manager_of=TeamFactory())
    person, others = PersonFactory(), AccessListFactory()

    with pytest.raises(ValidationError):
        services.set_level(
            person=person, level="named_users", access_list=others, version=1, by=manager, now=now
        )

    put_on_list(others, manager)
    services.set_level(person=person, level="named_users", access_list=others, version=1, by=manager, now=now)
    person.refresh_from_db()
    assert person.access_list_id == others.pk


def test_a_worker_cannot_change_who_may_open_a_record(worker, now):
    with pytest.raises(PermissionDenied):
        services.set_level(
            person=PersonFactory(), level="standard", access_list=None, version=1, by=worker, now=now
        )


@pytest.mark.parametrize(
    "constraint,change",
    [
        ("people_restricted_record_has_a_list", {"level": "sealed"}),
        ("people_date_of_death_means_deceased", {"date_of_death": date(2026, 1, 1)}),
    ],
)
def test_the_database_refuses_half_a_restriction_and_half_a_death(constraint, change):
    person = PersonFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(**change)


def test_two_records_cannot_hold_one_nhs_number():
    person = PersonFactory()

    with pytest.raises(IntegrityError, match="people_one_person_per_nhs_number"), transaction.atomic():
        PersonFactory(nhs_number=person.nhs_number)
