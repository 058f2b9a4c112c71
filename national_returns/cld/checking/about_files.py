"""Rules about the whole file: one period, no duplicates, every month and every type of event (F02 to F08).

F01, the headings, is judged by the reader before any row: without the right columns the rest would be nonsense.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from national_returns.cld.checking.facts import FileFacts, Month
from national_returns.cld.checking.registry import (
    ERROR,
    NOTHING,
    WARNING,
    Fields,
    FileRule,
    file_rule,
    row_rule,
)
from national_returns.cld.record import Record
from national_returns.cld.spec import EVENT_TYPES

HEADER_ROW = "header row"
WRONG_COLUMNS = FileRule(
    1, "F01", ERROR, "SRC2; portal", "The headings are not the 50 in order.", lambda _file: ()
)

ENOUGH_ROWS = 500  # F05, F06 and F08 say nothing about a smaller file
MUST_END_EVERY_MONTH = ("Request", "Assessment", "Service")
MOST_STARTS_ON_1_APRIL = 20  # in 100 services; a threshold of the portal
MONTHS_IN_A_YEAR = 12
QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


@row_rule(2, "F02", ERROR, "SRC6, portal")
def several_values(row: Record, file: FileFacts) -> Fields:
    """The column holds more than one distinct value in the file; blanks do not count. Every row is flagged."""
    return {
        name: "Every row of a submission must carry the same council code and period; "
        f"this file has {len(seen)} different values."
        for name, seen in file.values.items()
        if len(seen) > 1
    }


@row_rule(3, "F03", ERROR, "SRC1")
def the_word_null(row: Record, file: FileFacts) -> Fields:
    """The whole cell is the word NULL, in any case, spaces round it or not. It is a blank for all other rules."""
    return dict.fromkeys(row.nulls, "The word NULL was exported. Leave the cell empty instead.")


@file_rule(4, "F04", WARNING, "SRC1, SRC4")
def not_a_year_to_a_quarter(file: FileFacts) -> Iterator[tuple[str, str]]:
    """The one period of all rows is not twelve whole calendar months to the end of a quarter."""
    if file.period is None:
        return
    start, end = file.period
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if (end.month, end.day) not in QUARTER_ENDS or start.day != 1 or months != MONTHS_IN_A_YEAR:
        yield (
            "Reporting_Period_Start_Date",
            "The period is not a full year ending on a quarter day, so the national team may ignore the dates given.",
        )


@file_rule(5, "F05", WARNING, "SRC1")
def month_without_events(file: FileFacts) -> Iterator[tuple[str, str]]:
    """No Request, or no Assessment, or no Service row ends in a calendar month inside the period."""
    if file.rows < ENOUGH_ROWS:
        return
    for event_type in MUST_END_EVERY_MONTH:
        for year, month in months_inside(file):
            if not file.ended[event_type][year, month]:
                yield (
                    "Event_End_Date",
                    f"No {event_type} events end in {calendar.month_name[month]} {year}. "
                    "A month like this can shorten the period for which your data is used nationally.",
                )


def months_inside(file: FileFacts) -> list[Month]:
    """The calendar months that lie wholly in the period of the rows, or of the settings where rows differ."""
    start, end = file.period or (file.settings.period_start, file.settings.period_end)
    months = [
        (place // 12, place % 12 + 1)
        for place in range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    ]
    return [month for month in months if start <= date(*month, 1) and _last_day(month) <= end]


def _last_day(month: Month) -> date:
    return date(*month, calendar.monthrange(*month)[1])


@file_rule(6, "F06", WARNING, "SRC1")
def type_without_rows(file: FileFacts) -> Iterator[tuple[str, str]]:
    """One of Request, Assessment, Service and Review does not appear at all."""
    if file.rows < ENOUGH_ROWS:
        return
    for event_type in EVENT_TYPES:
        if not file.types[event_type]:
            yield "Event_Type", f"There are no {event_type} rows in the file."


@row_rule(7, "F07", WARNING, "SRC1")
def repeats_an_event(row: Record, file: FileFacts) -> Fields:
    """The row has the unique-event key (D-06) of an earlier row. The first of them is not flagged."""
    first = file.repeats.get(row.number)
    if first is None:
        return NOTHING
    return {
        "Event_Start_Date": f"This looks like the same event as row {first}. Only one would be kept nationally."
    }


@file_rule(8, "F08", WARNING, "SRC4; threshold portal")
def packages_restarted(file: FileFacts) -> Iterator[tuple[str, str]]:
    """More than 20% of Service rows start on 1 April."""
    services, on_the_day = file.types["Service"], file.services_from_1_april
    if file.rows >= ENOUGH_ROWS and on_the_day * 100 > services * MOST_STARTS_ON_1_APRIL:
        tenths = on_the_day * 1000 // services  # of one in a hundred, rounded down
        yield (
            "Event_Start_Date",
            f"{tenths // 10}.{tenths % 10}% of services start on 1 April. Packages may have been restarted at "
            "a price uplift; the date should be when the service really began.",
        )
