"""The people of a return: registered, found again, corrected, and linked with those they care for."""

from __future__ import annotations

from datetime import date

import pytest

from contacts.models import Contact
from national_returns.tests.builders import ASSESSMENT, CARER, REQUEST, SERVICE
from national_returns.tests.taking_over import take_over_rows
from people.models import Address, Person, Relationship
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_person_is_registered_with_what_the_row_says(tmp_path):
    take_over_rows(tmp_path, REQUEST)
    person = Person.objects.get()

    assert (person.external_id, person.nhs_number, person.full_name) == ("P1", "9990000018", "Ada Sample")
    assert (person.gender, person.ethnicity, person.gp_practice_code) == ("Female", "White: Irish", "Z99001")
    assert person.is_service_user
    assert not person.is_carer
    assert "ada" in person.search_text
    assert person.addresses.get().postcode == "ZZ1 1AA"


def test_a_person_already_here_under_the_same_nhs_number_is_the_same_person(tmp_path):
    here = PersonFactory(nhs_number="9990000018", external_id="")

    take_over_rows(tmp_path, REQUEST)

    assert Person.objects.get() == here
    assert Contact.objects.get().person == here
    here.refresh_from_db()
    assert here.external_id == "P1"


def test_the_first_row_that_says_something_counts_and_a_blank_says_nothing(tmp_path):
    rows = [
        REQUEST | {"Postcode": "", "Ethnicity": ""},
        ASSESSMENT | {"Postcode": "ZZ2 2BB", "Ethnicity": "White: Irish"},
        SERVICE | {"Postcode": "ZZ3 3DD"},
    ]

    take_over_rows(tmp_path, *rows, rows_in_a_batch=1)

    assert Person.objects.get().ethnicity == "White: Irish"
    assert Address.objects.get().postcode == "ZZ2 2BB"


def test_a_later_file_corrects_what_changed_and_keeps_the_old_address(tmp_path):
    take_over_rows(tmp_path, REQUEST, SERVICE)
    moved = {"Postcode": "ZZ9 9ZZ", "Last_Name": "Example"}

    report = take_over_rows(tmp_path, REQUEST | moved, SERVICE | moved)

    person = Person.objects.get()
    assert report.results == {"updated": 2}
    assert (person.family_name, person.name_sort) == ("Example", "example ada")
    assert list(person.addresses.order_by("pk").values_list("postcode", "valid_to")) == [
        ("ZZ1 1AA", date(2026, 10, 20)),
        ("ZZ9 9ZZ", None),
    ]


def test_what_was_corrected_here_is_not_undone_by_the_same_file(tmp_path):
    take_over_rows(tmp_path, REQUEST)
    Person.objects.update(family_name="Corrected")

    take_over_rows(tmp_path, REQUEST)

    assert Person.objects.get().family_name == "Corrected"


def test_unknown_never_replaces_what_is_known(tmp_path):
    take_over_rows(tmp_path, REQUEST)

    take_over_rows(tmp_path, REQUEST | {"Accommodation_Status": "Unknown", "Gender": "Unknown"})

    assert Person.objects.get().accommodation_status == "Tenant: Private landlord"
    assert Person.objects.get().gender == "Female"


def test_two_people_with_one_nhs_number_are_not_taken_for_one(tmp_path):
    report = take_over_rows(
        tmp_path, REQUEST, REQUEST | {"LA_Person_Unique_Identifier": "P2", "Event_Reference": "REQ-2"}
    )

    assert [(each.row, each.field) for each in report.refused] == [(2, "NHS_Number")]
    assert Person.objects.get().external_id == "P1"


def test_whose_number_it_is_does_not_depend_on_batches_or_on_a_second_try(tmp_path):
    other = {"LA_Person_Unique_Identifier": "P2", "Event_Reference": "X"}
    rows = [
        REQUEST | {"NHS_Number": "9990000107"},
        ASSESSMENT,
        SERVICE | other,
    ]  # P1 with two numbers, P2 with one

    for size in (1, 10, 1):
        report = take_over_rows(tmp_path, *rows, rows_in_a_batch=size)
        assert [each.row for each in report.refused] == [3]
    assert Person.objects.get().nhs_number == "9990000107"


def test_rows_that_name_a_person_by_nhs_number_alone_join_the_others(tmp_path):
    take_over_rows(
        tmp_path, REQUEST | {"LA_Person_Unique_Identifier": ""}, ASSESSMENT, SERVICE | {"NHS_Number": ""}
    )

    assert Person.objects.get().external_id == "P1"
    assert Person.objects.get().nhs_number == "9990000018"


def test_a_carer_is_linked_to_somebody_further_down_in_the_file(tmp_path):
    hours = {"Total_Hrs_Caring_Per_Week": "20 to 34"}
    report = take_over_rows(tmp_path, ASSESSMENT | CARER | hours, SERVICE, rows_in_a_batch=1)

    link = Relationship.objects.get()
    assert (link.person.external_id, link.other_person.external_id) == ("P1", "C1")
    assert link.is_main_carer
    assert "20 to 34" in link.what_they_do
    assert (link.other_person.is_carer, link.other_person.is_service_user) == (True, False)
    assert report.links_without_person == 0


def test_a_link_to_nobody_is_counted_and_one_ended_here_is_not_made_again(tmp_path):
    assert take_over_rows(tmp_path, ASSESSMENT | CARER).links_without_person == 1
    take_over_rows(tmp_path, ASSESSMENT | CARER, SERVICE)
    Relationship.objects.update(valid_to=date(2026, 10, 21))

    take_over_rows(tmp_path, ASSESSMENT | CARER, SERVICE)

    assert Relationship.objects.count() == 1
