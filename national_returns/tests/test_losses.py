"""What would not reach the published figures, and whose rows they are."""

import pytest

from national_returns.cld.checking.check import findings_on
from national_returns.cld.checking.facts import FileFacts
from national_returns.cld.checking.losses import Losses
from national_returns.tests.builders import ASSESSMENT, REQUEST, REVIEW, SERVICE
from national_returns.tests.judged import SETTINGS, records
from national_returns.tests.rule_tables import CARE_HOME, ENDED, OF_A_CARER, OTHER, ST_MAX


def lost(*rows):
    read = records(rows)
    facts = FileFacts.gather(read, SETTINGS)
    losses = Losses(facts)
    for record in read:
        losses.add(record, list(findings_on(record, facts)))
    return {each.reason.name: (each.rows, each.people, each.named) for each in losses.finish()}


OVER = ST_MAX | ENDED | {"Event_Start_Date": "01/04/2026"}  # ends on 10/05/2026
GOING_ON = OVER | {"Event_Outcome": "Continuation of support or services"}
PROGRESS = OVER | {"Event_Outcome": "Progress to support planning or services"}


@pytest.mark.parametrize(
    "row,reason",
    [
        (REQUEST | {"Event_End_Date": ""}, "Not finished"),
        (REQUEST | {"Event_End_Date": "01/10/2026"}, "Outside the period"),
        (SERVICE | {"Event_Start_Date": "01/10/2026"}, "Outside the period"),
        (SERVICE | ENDED | {"Event_Start_Date": "01/09/2025", "Event_End_Date": "02/09/2025"}, "Outside the period"),
        (SERVICE | {"Date_of_Death": "30/09/2025"}, "Died before the period"),
        (SERVICE | {"Delivery_Mechanism": ""}, "No delivery mechanism"),
        (REQUEST | {"Accommodation_Status": ""}, "Accommodation unknown"),
        (REQUEST | {"Accommodation_Status": "Unknown"}, "Accommodation unknown"),
        (CARE_HOME | {"Service_Component": ""}, "No component on a care home service"),
        (CARE_HOME | {"Service_Component": "", "Service_Type": "Long term support: Nursing care"}, "No component on a care home service"),
        (REQUEST | {"Date_of_Birth": ""}, "No date of birth"),
        (OVER | {"Event_Outcome": ""}, "Short-term outcome says nothing"),
        (OVER | {"Event_Outcome": "", "Event_End_Date": "30/09/2026"}, "Short-term outcome says nothing"),
        (PROGRESS, "Short-term outcome says nothing"),
        (GOING_ON, "Short-term outcome says nothing"),
    ],
)  # fmt: skip
def test_a_row_is_lost_for_one_reason(row, reason):
    assert lost(row) == {reason: (1, 1, ("P1",))}


@pytest.mark.parametrize(
    "row",
    [
        SERVICE,
        CARE_HOME,
        OVER,
        OVER | {"Event_Outcome": "", "Event_End_Date": "01/10/2026"},
        ST_MAX,
        OF_A_CARER,
        SERVICE | {"Service_Component": ""},
        REQUEST | {"Gender": ""},
        SERVICE | {"Event_Outcome": "Continuation of support or services"} | {"Event_End_Date": "10/05/2026"},
    ],
)
def test_a_row_that_counts_is_not_lost(row):
    assert lost(row) == {}


def test_a_row_about_no_one_is_nobodys_loss():
    assert lost(REQUEST | {"LA_Person_Unique_Identifier": "", "NHS_Number": ""}) == {"No person": (1, 0, ())}


def test_the_person_of_another_loss_is_not_the_person_of_this_one():
    found = lost(
        REQUEST | {"LA_Person_Unique_Identifier": "", "NHS_Number": ""}, SERVICE | {"Delivery_Mechanism": ""}
    )

    assert found == {"No person": (1, 0, ()), "No delivery mechanism": (1, 1, ("P1",))}


def test_each_person_counts_once_however_many_rows_are_lost():
    rows = [REQUEST | {"Event_End_Date": ""}, REVIEW | {"Event_End_Date": ""}]

    assert lost(*rows, rows[0] | OTHER)["Not finished"] == (3, 2, ("P1", "P2"))


def test_all_but_the_first_of_duplicates_are_lost():
    assert lost(SERVICE, SERVICE, SERVICE) == {"Duplicate": (2, 1, ("P1",))}


def test_reasons_keep_their_published_order():
    assert list(lost(REQUEST | {"Date_of_Birth": "", "Event_End_Date": ""}, SERVICE | {"Delivery_Mechanism": ""})) == [
        "Not finished",
        "No delivery mechanism",
        "No date of birth",
    ]  # fmt: skip


FOLLOWS = [
    # start, end, whether it follows support from 01/04 to 10/05/2026
    ("11/05/2026", "", True),
    ("17/05/2026", "", True),
    ("18/05/2026", "", False),
    ("01/04/2026", "", True),
    ("31/03/2026", "", False),
    ("01/04/2026", "11/05/2026", True),
    ("01/04/2026", "10/05/2026", False),
    ("11/05/2026", "someday", False),
]


@pytest.mark.parametrize("start,end,follows", FOLLOWS)
def test_support_that_is_to_go_on_is_lost_unless_something_follows(start, end, follows):
    after = SERVICE | {"Event_Start_Date": start, "Event_End_Date": end}
    if end:
        after |= {"Event_Outcome": "NFA: Support ended as planned"}

    assert ("Short-term outcome says nothing" not in lost(after, GOING_ON)) is follows


def test_what_follows_for_another_person_or_in_the_same_row_is_nothing():
    assert "Short-term outcome says nothing" in lost(GOING_ON, SERVICE | OTHER)
    assert "Short-term outcome says nothing" in lost(GOING_ON, SERVICE | {"Event_Start_Date": ""})


def test_an_assessment_that_goes_on_follows():
    after = ASSESSMENT | {"Event_Start_Date": "12/05/2026", "Event_End_Date": "20/05/2026"}

    assert lost(GOING_ON, after) == {}
