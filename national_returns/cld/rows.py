"""How a client level data file becomes rows: encoding, headings, numbering, blanks. One row in memory at a time."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from national_returns.cld.spec import Specification, specification

BLOCK = 1 << 20
_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)


class UnreadableFile(Exception):
    """The file cannot be read as client level data at all."""


class WrongColumns(UnreadableFile):
    """The headings are not the fifty expected, in that order (rule F01)."""


class NotADate(ValueError):
    """The cell is filled, but not with a real date written dd/mm/yyyy (rule D01)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file. Row 1 is the first after the headings."""

    number: int
    cells: Sequence[str]
    has_all_cells: bool = True

    def raw(self, position: int) -> str:
        """The cell as it stands, spaces and all."""
        return self.cells[position]


@lru_cache(maxsize=65_536)
def read_date(text: str) -> date | None:
    """A date written dd/mm/yyyy, or None for a blank. Raises NotADate for anything else."""
    if not text:
        return None
    parts = _DATE.fullmatch(text)
    if parts is None:
        raise NotADate(text)
    day, month, year = map(int, parts.groups())
    try:
        return date(year, month, day)
    except ValueError as impossible:
        raise NotADate(text) from impossible


def clean(cell: str) -> str:
    """A cell without the spaces round it; the exported word NULL is a blank (rule F03, D-10)."""
    text = cell.strip()
    return "" if text.upper() == "NULL" else text


def encoding_of(path: Path) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else the Windows encoding of spreadsheets.

    The whole file is looked at, since the first accented letter may stand in the last row.
    """
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def check_headings(found: Sequence[str], spec: Specification) -> None:
    """Raise WrongColumns, naming the first difference and what is missing or unknown (rule F01)."""
    found = [heading.strip() for heading in found]
    first = ""
    for position, expected in enumerate(spec.fields):
        heading = found[position] if position < len(found) else ""
        if heading not in expected.headings:
            first = f"Expected “{expected.header}” in column {position + 1}, found “{heading[:80]}”."
            break
    extra = found[len(spec.fields) :]
    if not first and not any(extra):
        return

    problems = [f"The columns are not the {len(spec.fields)} expected, or are in the wrong order."]
    if first:
        problems.append(first)
    for separator, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright bars")):
        if len(found) < len(spec.fields) and "".join(found).count(separator) >= len(spec.fields) - 1:
            problems.append(f"The file is separated by {name}; save it separated by commas.")
    missing = [each.header for each in spec.fields if not each.headings & set(found)]
    known = {heading for each in spec.fields for heading in each.headings}
    unknown = [heading[:80] for heading in found if heading and heading not in known]
    if missing and len(missing) < len(spec.fields):
        problems.append(f"Missing: {_some(missing)}.")
    if unknown:
        problems.append(f"Not expected: {_some(unknown)}.")
    raise WrongColumns(" ".join(problems))


def _some(names: Sequence[str], most: int = 5) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def read_rows(path: Path, spec: Specification | None = None, *, strict: bool = False) -> Iterator[Row]:
    """The rows of a file, one by one, after its headings have been checked.

    Empty lines are left out but counted, so that a number is the line in a spreadsheet less one.
    Raises UnreadableFile, or WrongColumns before the first row is given out. Strictly, a row with too many cells
    and a quotation mark that is never closed are unreadable too: what stands where could only be guessed.
    """
    spec = spec or specification()
    width = len(spec.fields)
    number = 0
    try:
        with path.open(encoding=encoding_of(path), newline="") as file:
            lines = csv.reader(file, strict=strict)
            headings = next(lines, None)
            if headings is None:
                raise WrongColumns("The file is empty. It should begin with the 50 column headings.")
            check_headings(headings, spec)
            for number, cells in enumerate(lines, start=1):
                if not any(cell and not cell.isspace() for cell in cells):
                    continue
                while len(cells) > width and not cells[-1].strip():
                    cells.pop()
                if strict and len(cells) > width:
                    raise UnreadableFile(
                        f"Row {number} has {len(cells)} cells; {width} are expected. "
                        "Put quotation marks round a value with a comma in it."
                    )
                yield Row(number, cells, has_all_cells=len(cells) == width)
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened: {error.strerror}.") from error
    except UnicodeError as error:
        raise UnreadableFile("The file is not text. Save it as CSV in UTF-8.") from error
    except csv.Error as error:
        raise UnreadableFile(f"The file is not CSV: {error}, near row {number + 1}.") from error
