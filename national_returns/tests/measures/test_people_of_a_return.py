"""Who the rows of a return are about, and which rows can be used at all."""

from datetime import date

import pytest

from national_returns.ascof.history import History, Year
from national_returns.cld.record import RecordReader
from national_returns.cld.rows import Row
from national_returns.tests.builders import cells
from national_returns.tests.measures.made import event, people, person, service

YEAR = Year(date(2025, 4, 1), date(2026, 3, 31))
ADA = person("Ada")


def names(*lines):
    return [(each.name, len(each.events)) for each in people(*lines, year=YEAR)]


def home(who, start="01/01/2020", end=""):
    return service(who, "community", start, end)


def numbered(name, number):
    return person(name) | {"NHS_Number": number}


def test_rows_with_one_nhs_number_are_one_person_named_as_most_rows_name_them():
    ada, bea = numbered("Ada", "9990000018"), numbered("Bea", "9990000018")

    assert names(home(ada), home(bea), home(bea)) == [("Bea", 3)]
    assert names(home(bea), home(ada)) == [("Ada", 2)]


def test_a_row_without_nhs_number_belongs_with_the_only_number_of_its_identifier():
    assert names(home(ADA), home(numbered("Ada", "9990000018"))) == [("Ada", 2)]


def test_it_stays_apart_when_the_identifier_has_two_numbers():
    lines = home(ADA), home(numbered("Ada", "9990000018")), home(numbered("Ada", "9990000026"))

    assert names(*lines) == [("Ada", 1), ("Ada", 1), ("Ada", 1)]


def test_identifiers_of_two_councils_are_two_people():
    assert names(home(ADA), home(ADA | {"LA_Code": "503"})) == [("Ada", 1), ("Ada", 1)]


def test_someone_without_an_identifier_is_named_by_nhs_number():
    assert names(home(numbered("", "9990000018"))) == [("9990000018", 1)]


@pytest.mark.parametrize(
    "line",
    [
        home(person("")),
        home(ADA, start=""),
        home(ADA, start="2025-06-01"),
        home(ADA, end="unknown"),
        home(ADA) | {"Event_Type": ""},
        home(ADA) | {"Event_Type": "Visit"},
    ],
)
def test_a_row_that_cannot_be_placed_is_counted_and_left_out(line):
    history = History()
    reader = RecordReader(period_start=YEAR.first, period_end=YEAR.last)
    history.add(reader.read(Row(1, cells(line))))

    assert history.unread == 1
    assert history.people() == []


def test_blank_and_wrong_cells_that_no_measure_needs_are_no_obstacle():
    line = home(ADA) | {"Gender": "F", "LA_Code": "", "Unit_Cost": "dear", "Event_Outcome": "?"}

    assert names(line) == [("Ada", 1)]


def test_the_birth_date_of_most_rows_counts_and_else_the_earlier():
    early, late = person("Ada", "01/01/1950"), person("Ada", "01/01/1960")

    assert people(home(early), home(late), home(late), year=YEAR)[0].born == date(1960, 1, 1)
    assert people(home(late), home(early), year=YEAR)[0].born == date(1950, 1, 1)
    assert people(home(person("Ada", "")), home(late), year=YEAR)[0].born == date(1960, 1, 1)
    assert people(home(person("Ada", "")), year=YEAR)[0].born is None


def test_a_death_on_any_row_ends_what_was_open_and_the_latest_counts():
    dead = event(ADA | {"Date_of_Death": "01/02/2026"}, "Request", "01/06/2025", "02/06/2025")
    earlier = event(ADA | {"Date_of_Death": "01/01/2026"}, "Request", "01/06/2025", "02/06/2025")
    (ada,) = people(home(ADA), dead, earlier, year=YEAR)

    assert ada.died == date(2026, 2, 1)
    assert [each.end for each in ada.services] == [date(2026, 2, 1)]


def test_a_request_that_ends_before_it_starts_is_kept_and_a_service_is_not():
    assert names(event(ADA, "Request", "02/06/2025", "01/06/2025")) == [("Ada", 1)]
    assert names(home(ADA, "02/06/2025", "01/06/2025"), home(ADA)) == [("Ada", 1)]
    assert names(home(ADA, "02/06/2025", "02/06/2025")) == [("Ada", 1)]


def test_people_come_by_name():
    assert [name for name, _events in names(home(person("Cyd")), home(ADA), home(person("Ben")))] == [
        "Ada",
        "Ben",
        "Cyd",
    ]


def test_a_year_holds_its_first_and_last_day():
    assert [
        YEAR.holds(day) for day in (date(2025, 3, 31), YEAR.first, YEAR.last, date(2026, 4, 1), None)
    ] == [
        False,
        True,
        True,
        False,
        False,
    ]
