"""Whole files: the samples, and files as councils really save them."""

import csv

import pytest

from national_returns.cld.checking.check import Check, TooBig, refuse_by_size
from national_returns.cld.rows import UnreadableFile
from national_returns.cld.spec import specification
from national_returns.tests import SAMPLES
from national_returns.tests.builders import REQUEST, SERVICE, cells, write_file
from national_returns.tests.judged import SETTINGS

HEADERS = specification().headers


def findings(path):
    check = Check(path, SETTINGS)
    found = [(each.row, each.rule, each.field) for each in check.findings()]
    return found, check.verdict, check.rows


def saved(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "return.csv"
    path.write_bytes(text.encode(encoding))
    return path


def lines(*rows, headers=HEADERS, end="\r\n"):
    quoted = [",".join(f'"{cell}"' if "," in cell else cell for cell in line) for line in (headers, *rows)]
    return end.join(quoted) + end


def test_nothing_is_found_in_the_valid_sample():
    assert findings(SAMPLES / "valid.csv") == ([], "valid", 28)


def test_the_faulty_sample_has_exactly_the_expected_findings():
    with (SAMPLES / "errors_expected.csv").open(newline="") as file:
        expected = [
            (int(each["row"]), each["rule"], each["field"], each["severity"]) for each in csv.DictReader(file)
        ]
    check = Check(SAMPLES / "errors.csv", SETTINGS)

    assert [(each.row, each.rule, each.field, each.severity.value) for each in check.findings()] == expected
    assert (check.verdict, check.rows) == ("invalid", 10)


def test_findings_on_the_file_come_before_those_on_rows_which_come_in_the_order_of_the_rules(tmp_path):
    wrong = {"Reporting_Period_Start_Date": "02/10/2025", "Gender": "F", "Postcode": "nowhere"}
    path = write_file(tmp_path / "return.csv", SERVICE | wrong, REQUEST | wrong)

    assert [each[:2] for each in findings(path)[0]] == [
        (0, "F04"),
        (1, "P13"),
        (1, "C01"),
        (2, "P13"),
        (2, "C01"),
    ]


SWAPPED = (HEADERS[1], HEADERS[0], *HEADERS[2:])


@pytest.mark.parametrize(
    "text",
    [
        lines(cells(REQUEST), headers=SWAPPED),
        lines(cells(REQUEST)[1:], headers=HEADERS[1:]),
        lines([*cells(REQUEST), "x"], headers=(*HEADERS, "Notes")),
        lines(cells(REQUEST), headers=[each.upper() for each in HEADERS]),
        lines(cells(REQUEST)).replace(",", ";"),
        "",
        "\r\n",
        "hello",
    ],
    ids=["swapped", "missing", "extra", "capitals", "semicolons", "empty", "an empty line", "not a return"],
)
def test_wrong_columns_are_the_one_finding_and_nothing_else_is_judged(tmp_path, text):
    assert findings(saved(tmp_path, text)) == ([(0, "F01", "header row")], "invalid", 0)


def test_the_first_wrong_column_is_named(tmp_path):
    check = Check(saved(tmp_path, lines(headers=SWAPPED)), SETTINGS)
    (finding,) = check.findings()

    assert finding.message == (
        "The columns are not the 50 expected, or are in the wrong order. "
        "Expected “LA Code” in column 1, found “Reporting Period Start Date”."
    )
    assert finding.severity == "error"


def test_headings_alone_are_a_valid_return_of_nothing(tmp_path):
    assert findings(saved(tmp_path, lines())) == ([], "valid", 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_marks_and_line_ends_make_no_difference(tmp_path, encoding, end):
    row = cells(REQUEST, First_Name="Zoë", Gender="F")
    path = saved(tmp_path, lines(row, row, end=end), encoding)

    assert findings(path)[0] == [(1, "C01", "Gender"), (2, "F07", "Event_Start_Date"), (2, "C01", "Gender")]


def test_quotes_commas_and_line_ends_inside_a_cell_are_part_of_it(tmp_path):
    path = write_file(
        tmp_path / "return.csv",
        REQUEST | {"Event_Description": 'said "yes", twice\r\nand a new line\nwent'},
        SERVICE | {"Gender": "F\nM"},
    )

    assert findings(path)[0] == [
        (1, "P14", "Gender"),
        (2, "P14", "Gender"),
        (2, "C01", "Gender"),
    ]


def test_cells_missing_at_the_end_of_a_row_are_blank_and_empty_ones_too_many_do_not_count(tmp_path):
    row = cells(REQUEST)
    path = saved(tmp_path, lines(row[:31], [*cells(SERVICE), "", ""]))

    assert findings(path) == ([], "valid", 2)


def test_a_row_is_numbered_by_its_line_even_after_empty_ones(tmp_path):
    path = write_file(tmp_path / "return.csv", REQUEST, {}, SERVICE | {"Gender": "Woman", "NHS_Number": ""})

    assert {each[0] for each in findings(path)[0] if each[1] == "C01"} == {3}
    assert findings(path)[2] == 2


@pytest.mark.parametrize(
    "text,words",
    [
        (lines([*cells(REQUEST), "x"]), "Row 1 has 51 cells; 50 are expected"),
        (lines(cells(REQUEST)) + '"never closed', "not CSV: unexpected end of data, near row 2"),
        (lines(cells(REQUEST)) + '"closed"twice', "not CSV"),
        (lines(["x" * 200_000]), "not CSV: field larger than field limit"),
    ],
)
def test_what_stands_where_is_never_guessed(tmp_path, text, words):
    with pytest.raises(UnreadableFile, match=words):
        findings(saved(tmp_path, text))


def test_bytes_that_are_no_text_and_files_that_are_none_are_unreadable(tmp_path):
    path = saved(tmp_path, lines(cells(REQUEST)))
    path.write_bytes(path.read_bytes() + b"\x81\xff")

    for each in (path, tmp_path, tmp_path / "nowhere.csv"):
        with pytest.raises(UnreadableFile):
            findings(each)


def test_a_file_over_the_size_set_is_refused_before_it_is_read(tmp_path):
    path = saved(tmp_path, "12345")
    path.chmod(0)  # reading it would fail

    refuse_by_size(path, 5)
    with pytest.raises(TooBig, match="The file has 5 bytes; the most that is read is 4."):
        refuse_by_size(path, 4)
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        refuse_by_size(tmp_path / "nowhere.csv", 4)
    with pytest.raises(UnreadableFile, match="not a file"):
        refuse_by_size(tmp_path, 1 << 30)
