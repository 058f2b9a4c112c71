"""Files of lists: CSV and XLSX, written row by row and from nothing, so that nothing in them is hidden or live."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

Cell = str | int | date | None
# What a spreadsheet takes for the beginning of a formula (quality/security.md S22, OWASP), in full width too.
LIVE = re.compile(r"^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")
# Not to be written in XML; a tab or a new line inside a text becomes a space, so that a row stays a row.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]+")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The most that one cell of a spreadsheet holds.
LONGEST = 32_000


@dataclass(frozen=True)
class Sheet:
    """A table to be written: its title, its columns, its rows, and what stands on the page about it."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    about: Sequence[tuple[str, str]]


def harmless(text: str) -> str:
    """A text as it may stand in a cell: no control characters, and with an apostrophe before what a spreadsheet would
    take for a formula."""
    live = LIVE.match(text)
    plain = CONTROLS.sub(" ", text).strip()[:LONGEST]
    return f"'{plain}" if live or LIVE.match(plain) else plain


def written(sheet: Sheet, kind: str) -> tuple[bytes, int]:
    """The file, and how many rows it holds."""
    return _csv(sheet) if kind == "csv" else _xlsx(sheet)


def _csv(sheet: Sheet) -> tuple[bytes, int]:
    """UTF-8 with a mark at its beginning, by which spreadsheets know it; dates as 2026-11-30."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow([harmless(name) for name in sheet.head])
    number = 0
    for row in sheet.rows:
        lines.writerow([_plain(cell) for cell in row])
        number += 1
    return text.getvalue().encode("utf-8-sig"), number


def _plain(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return cell
    return cell.isoformat() if isinstance(cell, date) else harmless(cell)


def _xlsx(sheet: Sheet) -> tuple[bytes, int]:
    """Two sheets, both in sight: the list, and what it is. Texts are texts and numbers numbers; there is no formula, link,
    filter, comment or name in it."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(
        data,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold, day = (
        book.add_format({"bold": True}),
        book.add_format({"num_format": "d mmm yyyy", "align": "left"}),
    )
    page = book.add_worksheet("List")
    page.freeze_panes(1, 0)
    page.set_column(0, len(sheet.head) - 1, 22)
    for place, name in enumerate(sheet.head):
        page.write_string(0, place, harmless(name), bold)
    number = 0
    for row in sheet.rows:
        number += 1
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(number, place, cell, day)
            elif isinstance(cell, int):
                page.write_number(number, place, cell)
            elif cell:
                page.write_string(number, place, harmless(cell))
    about = book.add_worksheet("About this file")
    about.set_column(0, 0, 28)
    about.set_column(1, 1, 90)
    for place, (name, words) in enumerate([("What it is", sheet.title), *sheet.about]):
        about.write_string(place, 0, harmless(name), bold)
        about.write_string(place, 1, harmless(words))
    book.close()
    return data.getvalue(), number
