"""The national words for a field of a row: its status, and whether the cell passes."""

import pytest

from national_returns.cld.checking.check import findings_on
from national_returns.cld.checking.facts import FileFacts
from national_returns.cld.checking.validity import FieldCounts, status_of
from national_returns.cld.spec import EVENT_TYPES, specification
from national_returns.tests.builders import REQUEST, SERVICE
from national_returns.tests.judged import SETTINGS, records

STATUSES = {
    "Gender": ["Mandatory"] * 4,
    "Event_End_Date": ["Mandatory", "Mandatory", "Applicable but not mandatory", "Mandatory"],
    "Event_Outcome": ["Mandatory", "Mandatory", "Applicable but not mandatory", "Mandatory"],
    "Service_Type": ["Not applicable", "Not applicable", "Mandatory", "Not applicable"],
    "Delivery_Mechanism": [
        "Not applicable",
        "Not applicable",
        "Applicable but not mandatory",
        "Not applicable",
    ],
    "Postcode": ["Applicable but not mandatory"] * 4,
}


@pytest.mark.parametrize("name", list(STATUSES))
def test_a_field_has_the_status_of_its_mark(name):
    field = specification().by_name[name]

    assert [status_of(field, each) for each in EVENT_TYPES] == STATUSES[name]
    assert status_of(field, "") == "Undetermined"


def validity(row, name):
    """The one validity of a field in a file of one row."""
    read = records([row])
    facts = FileFacts.gather(read, SETTINGS)
    counts = FieldCounts()
    counts.add(read[0], list(findings_on(read[0], facts)))
    found = [word for word, number in counts.of(name).items() if number]
    assert sum(counts.of(name).values()) == 1
    return found[0]


@pytest.mark.parametrize(
    "row,name,text,word",
    [
        (REQUEST, "Gender", "", "Failed: Blank (Mandatory)"),  # M01
        (REQUEST, "Event_End_Date", "", "Failed: Blank (Mandatory)"),  # D03
        (REQUEST, "Event_Outcome", "Progress to Assessment", "Failed: Release 1"),  # C03
        (REQUEST, "Gender", "F", "Failed: Invalid"),  # C01
        (REQUEST, "Gender", "female", "Failed: Invalid"),  # C02, to be safe
        (REQUEST, "Event_Start_Date", "2026-02-02", "Failed: Invalid"),  # D01
        (SERVICE, "Unit_Cost", "£5", "Failed: Invalid"),  # K01
        (REQUEST, "NHS_Number", "1234567890", "Failed: Invalid"),  # P04
        (REQUEST, "Postcode", "", "Passed: Blank (Not Mandatory)"),
        (SERVICE, "Event_End_Date", "", "Passed: Blank (Not Mandatory)"),
        (REQUEST, "Postcode", "nowhere", "Passed: Valid"),  # a warning of ours is none of theirs
        (REQUEST, "Request_Route_of_Access", "By pigeon", "Passed: Valid"),
        (REQUEST, "Gender", "Female", "Passed: Valid"),
    ],
)
def test_a_cell_passes_or_fails_in_one_way(row, name, text, word):
    assert validity(row | {name: text}, name) == word


def test_cells_of_several_rows_add_up():
    read = records([REQUEST, REQUEST | {"Gender": ""}, REQUEST | {"Gender": "F"}, REQUEST | {"Gender": "x"}])
    facts = FileFacts.gather(read, SETTINGS)
    counts = FieldCounts()
    for record in read:
        counts.add(record, list(findings_on(record, facts)))

    assert list(counts.of("Gender").values()) == [1, 2, 0, 0, 1]
    assert list(counts.of("Postcode").values()) == [0, 0, 0, 0, 4]
