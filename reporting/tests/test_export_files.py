"""What is written into a file is seen in it, and nothing in it is live."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest

from reporting.exporting.files import Sheet, harmless, written
from reporting.exporting.small import hidden, hidden_parts, hidden_share

HOSTILE = [
    "=HYPERLINK(\"http://evil.example\",\"Click\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1", "  =1+1",
    "\x00=1+1", "＝1+1", "＋1", "－1", "＠x", "=cmd|' /C calc'!A0", "{=1+1}", "'=1", "\u200b=1",
]  # fmt: skip


def a_sheet(*cells):
    return Sheet("=Title", ["Name", "+Head", "Day", "Number"], [cells], [("Purpose", "=1+1")])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_begins_as_a_formula_in_either_kind_of_file(text):
    sheet = a_sheet(text, "plain", date(2026, 11, 30), -5)

    data, number = written(sheet, "csv")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(
        io.BytesIO(written(a_sheet(text, "plain", date(2026, 11, 30), -5), "xlsx")[0])
    )

    assert number == 1
    texts = [cell for line in lines for cell in line if cell != "-5"]
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert cell.comment is None
                if isinstance(cell.value, str):
                    texts.append(cell.value)
    assert not [cell for cell in texts if cell.strip()[:1] in tuple("=+-@\t\r\n\x00＝＋－＠")]


def test_a_workbook_has_the_two_sheets_it_declares_and_nothing_out_of_sight():
    data, _ = written(a_sheet("Peggy", "x", date(2026, 11, 30), -5), "xlsx")

    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["List", "About this file"]
    assert not book.defined_names
    for page in book:
        assert page.sheet_state == "visible"
        assert page.auto_filter.ref is None
        assert not page.defined_names
        assert not any(row.hidden for row in page.row_dimensions.values())
        assert not any(column.hidden for column in page.column_dimensions.values())
    parts = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [
        name
        for name in parts
        if any(word in name.lower() for word in ("pivot", "external", "vba", "comment"))
    ]
    assert book.properties.creator in (None, "")
    assert book["List"]["D2"].value == -5
    assert book["List"]["C2"].value.date() == date(2026, 11, 30)


def test_a_text_keeps_its_words_in_any_script_and_stays_one_row():
    assert harmless("שלום 🧡 “x”\nnext") == "שלום 🧡 “x” next"
    assert len(harmless("x" * 50_000)) == 32_000
    assert harmless("a\ud83eb") == "a b"
    assert harmless("") == ""


@pytest.mark.parametrize(
    ("number", "shown"), [(None, ""), (0, 0), (1, "1 to 4"), (4, "1 to 4"), (5, 5), (60, 60)]
)
def test_a_number_below_five_is_not_written(number, shown):
    assert hidden(number, 5) == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([0, 7, 9], [0, 7, 9]),
        ([2, 7, 9], ["1 to 4", "not shown", 9]),
        ([9, 2, 0], ["not shown", "1 to 4", 0]),
        ([2, 3, 9], ["1 to 4", "1 to 4", 9]),
        ([2, 0, 0], ["1 to 4", 0, 0]),
    ],
)
def test_a_small_part_cannot_be_found_from_the_sum_and_the_others(parts, shown):
    assert hidden_parts(parts, 5) == shown


@pytest.mark.parametrize(
    ("done", "whole", "shown"),
    [
        (50, 100, (50, 100, True)),
        (98, 100, ("not shown", 100, False)),
        (3, 100, ("not shown", 100, False)),
        (0, 3, ("not shown", "1 to 4", False)),
        (0, 0, (0, 0, True)),
        (9, 9, (9, 9, True)),
    ],
)
def test_a_share_is_not_written_where_few_did_or_few_did_not(done, whole, shown):
    assert hidden_share(done, whole, 5) == shown
