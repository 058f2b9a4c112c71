"""What one row says, and why a row is refused."""

from datetime import date
from decimal import Decimal

import pytest

from national_returns.cld.events import Event, EventReader, Refusal
from national_returns.cld.rows import Row, read_rows
from national_returns.tests import SAMPLES, TODAY
from national_returns.tests.builders import ASSESSMENT, CARER, PERSON, REQUEST, REVIEW, SERVICE, cells, read


def test_every_row_of_the_valid_sample_is_an_event():
    reader = EventReader(today=TODAY, council="998")
    rows = list(read_rows(SAMPLES / "valid.csv"))

    assert len(rows) == 28
    assert all(isinstance(reader.read(row), Event) for row in rows)


def test_the_faulty_sample_is_refused_where_the_fault_is_an_error_and_kept_where_it_is_a_warning():
    reader = EventReader(today=TODAY)
    refused = [
        each for each in map(reader.read, read_rows(SAMPLES / "errors.csv")) if isinstance(each, Refusal)
    ]

    assert [(each.row, each.field) for each in refused] == [
        (1, "Gender"),
        (2, "Event_Outcome"),
        (3, "Event_End_Date"),
        (6, "Event_Start_Date"),
        (7, "NHS_Number"),
        (8, "Delivery_Mechanism"),
    ]


def test_a_service_says_what_it_is_who_gives_it_and_what_it_costs():
    service = read(SERVICE)

    assert service.service_type.code == "lt_community"
    assert service.component.code == "home_support"
    assert service.provider_id == "1-100000002"
    assert service.weekly_cost == Decimal("315.00")
    assert service.end is None


def test_a_death_ends_what_was_open_and_what_ended_later():
    died = {"Date_of_Death": "01/03/2026"}

    assert read(SERVICE, **died).effective_end == date(2026, 3, 1)
    assert read(SERVICE, **died, Event_End_Date="01/05/2026").effective_end == date(2026, 3, 1)
    assert read(
        SERVICE, **died, Event_End_Date="01/02/2026", Event_Start_Date="01/01/2026"
    ).effective_end == date(2026, 2, 1)


def test_the_word_null_is_a_blank():
    assert read(SERVICE, Postcode=" null ", Event_Outcome="NULL").person.postcode == ""


def test_wording_of_a_list_nobody_has_checked_is_kept_as_written():
    request = read(REQUEST, Request_Route_of_Access="Walked in")

    assert (request.route_of_access.code, request.route_of_access.label) == ("", "Walked in")


def test_an_nhs_number_alone_names_the_person():
    assert read(REQUEST, LA_Person_Unique_Identifier="").person.key == "9990000018"


def test_blank_descriptions_of_a_person_are_kept_as_not_recorded():
    person = read(REQUEST, Gender="", Ethnicity="", Date_of_Birth="", Primary_Support_Reason="").person

    assert person.gender is person.ethnicity is person.date_of_birth is None


REFUSED = [
    # row, changes, field, words
    (REQUEST, {"LA_Person_Unique_Identifier": "", "NHS_Number": ""}, "LA_Person_Unique_Identifier", "names no one"),
    (REQUEST, {"NHS_Number": "9990000019"}, "NHS_Number", "not a valid NHS number"),
    (REQUEST, {"NHS_Number": "9999999999"}, "NHS_Number", "not a valid NHS number"),
    (REQUEST, {"LA_Code": ""}, "LA_Code", "mandatory for a Request"),
    (REQUEST, {"Client_Type": ""}, "Client_Type", "mandatory for a Request"),
    (REQUEST, {"Event_Type": ""}, "Event_Type", "mandatory"),
    (REQUEST, {"Event_Type": "Visit"}, "Event_Type", "not an allowed value"),
    (REQUEST, {"Event_Start_Date": ""}, "Event_Start_Date", "mandatory"),
    (REQUEST, {"Event_Outcome": ""}, "Event_Outcome", "mandatory"),
    (REQUEST, {"Event_End_Date": "01/02/2026"}, "Event_End_Date", "ends before it starts"),
    (REQUEST, {"Date_of_Birth": "03/02/2026"}, "Date_of_Birth", "after the event started"),
    (REQUEST, {"Date_of_Birth": "21/10/2026"}, "Date_of_Birth", "in the future"),
    (REQUEST, {"Date_of_Death": "01/02/2026"}, "Date_of_Death", "after the person died"),
    (REQUEST, {"Date_of_Death": "12/03/1940"}, "Date_of_Death", "cannot be right"),
    (REQUEST, {"Event_Outcome": "Progress to End of Life Care"}, "Event_Outcome", "no equivalent"),
    (REQUEST, {"First_Name": "A" * 10_000}, "First_Name", "10000 characters long; the most is 100"),
    (REQUEST, {"Last_Name": "Sam\x00ple"}, "Last_Name", "cannot be stored"),
    (ASSESSMENT, {"Assessment_Type": ""}, "Assessment_Type", "mandatory for an Assessment"),
    (ASSESSMENT, {"Event_End_Date": ""}, "Event_End_Date", "Only services may be open"),
    (REVIEW, {"Review_Reason": ""}, "Review_Reason", "mandatory for a Review"),
    (SERVICE, {"Service_Type": ""}, "Service_Type", "mandatory for a Service"),
    (SERVICE, {"Unit_Cost": "£22.50"}, "Unit_Cost", "plain number"),
    (SERVICE, {"Unit_Cost": "1,022.50"}, "Unit_Cost", "plain number"),
    (SERVICE, {"Unit_Cost": "22.505"}, "Unit_Cost", "plain number"),
    (SERVICE, {"Unit_Cost": ""}, "Cost_Frequency_Unit_Type", "A cost needs a frequency"),
    (SERVICE, {"Cost_Frequency_Unit_Type": ""}, "Cost_Frequency_Unit_Type", "A cost needs a frequency"),
    (SERVICE, {"Planned_Units_Per_Week": "0"}, "Planned_Units_Per_Week", "planned units"),
    (REQUEST | CARER, {"Adult_1_Linked_Person_ID": "C1"}, "Adult_1_Linked_Person_ID", "linked to themselves"),
    (REQUEST | CARER, {"No_of_adults_being_cared_for": "0"}, "No_of_adults_being_cared_for", "less than"),
    (REQUEST | CARER, {"No_of_adults_being_cared_for": "two"}, "No_of_adults_being_cared_for", "less than"),
]  # fmt: skip


@pytest.mark.parametrize("row,changes,field,words", REFUSED)
def test_a_row_is_refused_with_its_field_and_what_to_do(row, changes, field, words):
    refused = read(row, row=7, **changes)

    assert isinstance(refused, Refusal)
    assert (refused.row, refused.field) == (7, field)
    assert words in refused.reason


def test_a_row_of_another_council_is_refused():
    assert read(REQUEST, council="998").person.council == "998"
    assert read(REQUEST, council="503").field == "LA_Code"


def test_a_row_with_too_few_cells_is_refused():
    refused = EventReader(today=TODAY).read(Row(4, cells(PERSON)[:30], has_all_cells=False))

    assert refused.reason == "This row has 30 cells; 50 are expected."
