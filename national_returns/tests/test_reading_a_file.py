"""Files as councils really save them."""

import csv
import io

import pytest

from national_returns.cld.rows import (
    NotADate,
    UnreadableFile,
    WrongColumns,
    encoding_of,
    read_date,
    read_rows,
)
from national_returns.cld.spec import specification
from national_returns.tests.builders import REQUEST, cells, write_file

SPEC = specification()


def written(*, headings=SPEC.headers, rows=(), encoding="utf-8", separator=","):
    text = io.StringIO()
    out = csv.writer(text, delimiter=separator)
    out.writerow(headings)
    out.writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_accent_survives_whatever_the_spreadsheet_saved(tmp_path, encoding):
    # Given a name with an accent in the last row of a long file
    rows = [cells(REQUEST)] * 3000 + [cells(REQUEST, First_Name="Zoë")]
    path = tmp_path / "return.csv"
    path.write_bytes(written(rows=rows, encoding=encoding))

    *_others, last = read_rows(path)

    assert last.number == 3001
    assert last.raw(5) == "Zoë"


@pytest.mark.parametrize("headings", [SPEC.headers, SPEC.names, [f" {each} " for each in SPEC.headers]])
def test_headings_may_be_in_either_form_with_spaces_round_them(tmp_path, headings):
    path = tmp_path / "return.csv"
    path.write_bytes(written(headings=headings, rows=[cells(REQUEST)]))

    assert len(list(read_rows(path))) == 1


def test_an_alias_of_a_heading_is_accepted(tmp_path):
    headings = [each.replace("Person_ID", "Person ID") for each in SPEC.headers]
    path = tmp_path / "return.csv"
    path.write_bytes(written(headings=headings))

    assert list(read_rows(path)) == []


def swapped(headings):
    first, second, *others = headings
    return [second, first, *others]


@pytest.mark.parametrize(
    "headings,said",
    [
        (swapped(SPEC.headers), "Expected “LA Code” in column 1, found “Reporting Period Start Date”"),
        (SPEC.headers[:-1], "Expected “Planned units per week” in column 50, found “”"),
        ((*SPEC.headers, "Notes"), "Not expected: “Notes”"),
        (["la code", *SPEC.headers[1:]], "Missing: “LA Code”"),
    ],
)
def test_wrong_columns_are_refused_with_the_difference_named(tmp_path, headings, said):
    path = tmp_path / "return.csv"
    path.write_bytes(written(headings=headings))

    with pytest.raises(WrongColumns, match=said):
        next(read_rows(path))


def test_another_separator_is_named(tmp_path):
    path = tmp_path / "return.csv"
    path.write_bytes(written(separator=";"))

    with pytest.raises(WrongColumns, match="separated by semicolons"):
        next(read_rows(path))


@pytest.mark.parametrize("content", [b"", b"\n", b"hello"])
def test_an_empty_or_foreign_file_is_refused(tmp_path, content):
    path = tmp_path / "return.csv"
    path.write_bytes(content)

    with pytest.raises(WrongColumns):
        next(read_rows(path))


def test_a_missing_file_a_folder_and_a_picture_are_refused(tmp_path):
    picture = tmp_path / "picture.csv"
    picture.write_bytes(bytes(range(128, 256)) * 50)

    for path in (tmp_path / "nowhere.csv", tmp_path, picture):
        with pytest.raises(UnreadableFile):
            next(read_rows(path))


def test_empty_lines_are_left_out_but_counted(tmp_path):
    path = write_file(tmp_path / "return.csv", REQUEST, {}, REQUEST)

    assert [row.number for row in read_rows(path)] == [1, 3]


def test_a_short_row_is_given_out_as_incomplete_and_empty_cells_at_the_end_do_not_count(tmp_path):
    whole = cells(REQUEST)
    path = tmp_path / "return.csv"
    path.write_bytes(written(rows=[whole[:-1], [*whole, "", ""], [*whole, "x"]]))

    assert [row.has_all_cells for row in read_rows(path)] == [False, True, False]


def test_the_encoding_is_found_from_the_whole_file(tmp_path):
    path = tmp_path / "return.csv"
    path.write_bytes(b"a" * 3_000_000 + "é".encode("cp1252"))

    assert encoding_of(path) == "cp1252"


@pytest.mark.parametrize(
    "text", ["2026-02-01", "1/2/2026", "01/02/26", "31/02/2026", "01/02/2026 00:00", "46054", "٠١/٠٢/٢٠٢٦"]
)
def test_a_date_is_written_one_way_only(text):
    with pytest.raises(NotADate):
        read_date(text)
