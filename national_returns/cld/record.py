"""One row of a return, read but not judged: cells without spaces and NULLs, dates, list values and what follows from them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from national_returns.cld import derive
from national_returns.cld.rows import NotADate, Row, read_date
from national_returns.cld.spec import Code, Match, Specification, plain, specification

NULL = "NULL"
LINKS = ("Adult_1_Linked_Person_ID", "Adult_2_Linked_Person_ID", "Adult_3_Linked_Person_ID")
NUMBERS = frozenset({"Unit_Cost", "Planned_Units_Per_Week"})


class Record:
    """What one row says. A date that cannot be read is None, and its field is in `unreadable`."""

    __slots__ = (
        "born",
        "cells",
        "dates",
        "died",
        "effective_end",
        "end",
        "event_type",
        "matches",
        "nulls",
        "number",
        "period_end",
        "period_start",
        "start",
        "text",
        "unreadable",
    )

    number: int
    cells: list[str]
    text: dict[str, str]
    nulls: list[str]
    dates: dict[str, date | None]
    unreadable: list[str]
    matches: dict[str, Match]
    event_type: str
    start: date | None
    end: date | None
    born: date | None
    died: date | None
    effective_end: date | None
    period_start: date
    period_end: date

    def code(self, field: str) -> str:
        """Our code of a list value, whatever its spelling. Empty for a blank and for what no list has."""
        found = self.found(field)
        return found.code if found else ""

    def found(self, field: str) -> Code | None:
        """The value of the list that a cell was read as, if it was."""
        match = self.matches.get(field)
        return match.code if match else None

    @property
    def local_id(self) -> str:
        return self.text["LA_Person_Unique_Identifier"]

    @property
    def nhs_number(self) -> str:
        return self.text["NHS_Number"]

    @property
    def person_key(self) -> str:
        """D-01."""
        return derive.person_key(
            nhs_number=self.nhs_number, council=self.text["LA_Code"], local_id=self.local_id
        )

    @property
    def name_in_file(self) -> str:
        """How a council finds the person again: its own identifier, else the NHS number."""
        return self.local_id or self.nhs_number

    @property
    def is_service(self) -> bool:
        return self.event_type == "Service"

    @property
    def is_open(self) -> bool:
        """Without an end date. One that cannot be read is not taken for a blank."""
        return not self.text["Event_End_Date"]

    @property
    def is_service_user(self) -> bool:
        return self.code("Client_Type") == "service_user"

    @property
    def is_carer(self) -> bool:
        """Any client type with the word carer in it."""
        return "carer" in plain(self.text["Client_Type"])

    @property
    def age(self) -> int | None:
        """D-04, in whole years, at the effective end or else the end of the period."""
        if self.born is None:
            return None
        return derive.age(born=self.born, on=self.effective_end or self.period_end)

    @property
    def linked(self) -> list[str]:
        """The identifiers of the people a carer looks after, as given."""
        return [self.text[name] for name in LINKS if self.text[name]]

    def compared(self, field: str) -> object:
        """D-08: a value as it is compared, without differences of spaces, capitals or release."""
        text = self.text[field]
        if found := self.found(field):
            return found.code
        if day := self.dates.get(field):
            return day
        return _amount(text) if field in NUMBERS else plain(text)

    def event_key(self, *, within_one_submission: bool) -> tuple[object, ...] | None:
        """D-06. None where a row names no one or no type of event. The event reference is never used."""
        if not self.person_key or not self.event_type:
            return None
        fields = ("Client_Type", "Event_Start_Date", *derive.OWN_PARTS[self.event_type])
        if self.is_service and within_one_submission:
            fields += derive.WITHIN_ONE_SUBMISSION
        ended: object = ""
        if self.event_type in derive.ENDS_COUNT:
            ended = self.effective_end or self.compared("Event_End_Date")
        council = plain(self.text["LA_Code"])
        return (council, self.person_key, self.event_type, ended, *map(self.compared, fields))


@lru_cache(maxsize=16_384)
def _amount(text: str) -> str:
    """890 and 890.00 are one price."""
    whole, point, pence = text.partition(".")
    return whole + (point + pence).rstrip("0").rstrip(".") if point else text


class RecordReader:
    """Turns rows into records. A row's own period counts where it can be read, else the one given."""

    def __init__(self, *, period_start: date, period_end: date, spec: Specification | None = None) -> None:
        self.spec = spec or specification()
        self.period_start, self.period_end = period_start, period_end
        self.names = self.spec.names
        self.padding = [""] * len(self.names)
        self.lists = [
            (each.name, each.order - 1, self.spec.list_of(each.name))
            for each in self.spec.fields
            if each.code_list
        ]
        self.date_names = [each.name for each in self.spec.fields if each.type == "date"]

    def read(self, row: Row) -> Record:
        """The record of a row. Cells missing at its end are blank."""
        record = Record()
        record.number = row.number
        record.cells = cells = [*row.cells, *self.padding[len(row.cells) :]]
        record.text = text = dict(zip(self.names, map(str.strip, cells), strict=True))
        record.nulls = []
        if NULL in "".join(cells).upper():  # D-10
            record.nulls = [name for name, cell in text.items() if cell.upper() == NULL]
            text.update(dict.fromkeys(record.nulls, ""))
        record.matches = {
            name: values.match(cells[position]) for name, position, values in self.lists if text[name]
        }
        event_type = record.found("Event_Type")
        record.event_type = event_type.label if event_type else ""
        self._read_dates(record)
        return record

    def _read_dates(self, record: Record) -> None:
        record.dates, record.unreadable = dates, unreadable = {}, []
        for name in self.date_names:
            try:
                dates[name] = read_date(record.text[name])
            except NotADate:
                dates[name] = None
                unreadable.append(name)
        record.start, record.end = dates["Event_Start_Date"], dates["Event_End_Date"]
        record.born, record.died = dates["Date_of_Birth"], dates["Date_of_Death"]
        record.period_start = dates["Reporting_Period_Start_Date"] or self.period_start
        record.period_end = dates["Reporting_Period_End_Date"] or self.period_end
        record.effective_end = None
        if "Event_End_Date" not in unreadable:
            record.effective_end = derive.effective_end(start=record.start, end=record.end, died=record.died)
