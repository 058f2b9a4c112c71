"""Several submissions read as one: which telling of an event is kept, and what has vanished."""

from datetime import date

import pytest

from national_returns.cld.record import RecordReader
from national_returns.cld.submissions import joined, preference
from national_returns.tests.builders import REQUEST, SERVICE, write_file
from national_returns.tests.judged import PERIOD, records
from national_returns.tests.rule_tables import ENDED, OTHER

READER = RecordReader(period_start=PERIOD[0], period_end=PERIOD[1])
OLD = {"Reporting_Period_Start_Date": "01/07/2025", "Reporting_Period_End_Date": "30/06/2026"}
OLDER = {"Reporting_Period_Start_Date": "01/04/2025", "Reporting_Period_End_Date": "31/03/2026"}


def read_as_one(tmp_path, *files):
    paths = [write_file(tmp_path / f"{place}.csv", *rows) for place, rows in enumerate(files)]
    return [
        (each.local_id, each.text["Unit_Cost"] or each.text["Event_Outcome"], each.end)
        for each in joined(paths, READER)
    ]


def test_all_rows_of_a_single_file_count(tmp_path):
    assert len(read_as_one(tmp_path, [SERVICE, SERVICE, {"Event_Type": "?"}])) == 3


@pytest.mark.parametrize("turned", [False, True])
def test_an_event_counts_as_the_latest_file_tells_it(tmp_path, turned):
    files = [[SERVICE | OLD | {"Unit_Cost": "20.00"}], [SERVICE]]

    assert read_as_one(tmp_path, *(reversed(files) if turned else files)) == [("P1", "22.50", None)]


def test_lines_that_differ_in_price_stay_apart_within_a_file_and_replace_the_old_price_between_files(
    tmp_path,
):
    new = [SERVICE, SERVICE | {"Unit_Cost": "30.00"}]

    assert read_as_one(tmp_path, [SERVICE | OLD | {"Unit_Cost": "20.00"}], new) == [
        ("P1", "22.50", None),
        ("P1", "30.00", None),
    ]


def test_a_finished_event_missing_from_the_next_file_is_kept_as_it_was(tmp_path):
    done = SERVICE | OLD | ENDED

    assert read_as_one(tmp_path, [done, REQUEST | OLD], [SERVICE | OTHER]) == [
        ("P1", "22.50", date(2026, 5, 10)),
        ("P1", "NFA: Information and advice or signposting", date(2026, 2, 3)),
        ("P2", "22.50", None),
    ]


def test_an_open_service_missing_from_the_next_file_ends_with_the_last_period_it_was_in(tmp_path):
    older, old, new = [SERVICE | OLDER], [SERVICE | OLD | {"Unit_Cost": "23.00"}], [SERVICE | OTHER]

    assert read_as_one(tmp_path, older, old, new) == [
        ("P1", "23.00", date(2026, 6, 30)),
        ("P2", "22.50", None),
    ]
    (closed, _open) = joined([tmp_path / "1.csv", tmp_path / "2.csv"], READER)
    assert (closed.effective_end, closed.is_open) == (date(2026, 6, 30), False)


def test_an_open_request_that_vanishes_is_not_closed(tmp_path):
    waiting = REQUEST | OLD | {"Event_End_Date": ""}

    assert read_as_one(tmp_path, [waiting], [SERVICE])[0][2] is None


def test_of_duplicates_in_one_file_the_preferred_is_kept(tmp_path):
    rows = [SERVICE | ENDED, SERVICE, SERVICE | ENDED | {"Event_End_Date": "11/05/2026"}]

    assert read_as_one(tmp_path, rows, [REQUEST | OTHER | OLD])[1] == ("P1", "22.50", None)


def test_rows_about_no_one_are_given_out_as_they_are(tmp_path):
    nobody = SERVICE | {"NHS_Number": "", "LA_Person_Unique_Identifier": ""}

    assert len(read_as_one(tmp_path, [nobody, nobody], [nobody])) == 3


PREFERRED = [
    # the first is kept rather than the second
    (ENDED, ENDED | OLD),
    ({}, ENDED | {"Event_End_Date": "30/09/2026"}),
    (ENDED | {"Event_End_Date": "11/05/2026"}, ENDED),
    (ENDED | {"Event_Outcome": "Progress to reablement/ST-Max"}, ENDED),
    (ENDED, ENDED | {"Event_Outcome": "NFA: Other"}),
    (ENDED | {"Event_Outcome": "NFA: Other"}, ENDED | {"Event_Outcome": ""}),
    (ENDED | {"Event_Description": "A Conversation"}, ENDED),
]


@pytest.mark.parametrize("better,worse", PREFERRED)
def test_the_telling_to_keep_is_chosen_in_the_departments_order(better, worse):
    for rows in ([better, worse], [worse, better]):
        first, second = records([SERVICE | rows[0], SERVICE | rows[1]])
        assert (preference(first) > preference(second)) is (rows[0] is better)


def test_of_equals_the_later_row_is_kept():
    first, second = records([SERVICE, SERVICE])

    assert preference(second) > preference(first)
