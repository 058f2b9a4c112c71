"""Judges rows made in a test, and makes enough of them for the rules that need a large file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from national_returns.cld.checking.check import findings_on
from national_returns.cld.checking.facts import CheckSettings, FileFacts
from national_returns.cld.checking.findings import Finding
from national_returns.cld.checking.registry import FILE_RULES
from national_returns.cld.record import Record, RecordReader
from national_returns.cld.rows import Row
from national_returns.tests import TODAY
from national_returns.tests.builders import ASSESSMENT, REQUEST, REVIEW, SERVICE, cells

PERIOD = (date(2025, 10, 1), date(2026, 9, 30))
SETTINGS = CheckSettings(la_code="998", period_start=PERIOD[0], period_end=PERIOD[1], submission_date=TODAY)
Rows = Iterable[dict[str, str]]


def records(rows: Rows) -> list[Record]:
    reader = RecordReader(period_start=PERIOD[0], period_end=PERIOD[1])
    return [reader.read(Row(number, cells(row))) for number, row in enumerate(rows, start=1)]


def judged(rows: Rows, settings: CheckSettings = SETTINGS) -> list[Finding]:
    """All findings on a file of these rows, in the order in which they are given out."""
    read = records(rows)
    facts = FileFacts.gather(read, settings)
    found = [finding for rule in FILE_RULES for finding in rule.findings(facts)]
    return found + [finding for record in read for finding in findings_on(record, facts)]


def fired(rows: Rows, settings: CheckSettings = SETTINGS) -> list[str]:
    """Findings as “row rule field”, sorted."""
    return sorted(f"{each.row} {each.rule} {each.field}" for each in judged(rows, settings))


def nhs_number(number: int) -> str:
    """The nth number of the 999 range, which is never issued, with its check digit."""
    for digits in range(number * 11, number * 11 + 11):
        body = f"999{digits:06d}"
        check = (
            11 - sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        )
        if check != 10:
            return f"{body}{check % 11}"
    raise AssertionError("eleven numbers without a check digit")


def someone(number: int) -> dict[str, str]:
    return {"LA_Person_Unique_Identifier": f"X{number}", "NHS_Number": nhs_number(number)}


OVER = {"Event_Outcome": "NFA: Support ended as planned"}
SHORT_REVIEW = REVIEW | {"Review_Reason": "Review of short term support", "Review_Outcomes_Achieved": ""}


def crowd(
    number: int = 500, *, without: str = "", first_month: int = 0, in_months: int = 12, on_1_april: int = 0
) -> Iterator[dict[str, str]]:
    """Valid rows about as many people: reviews, then the other types in turn, month by month of the period."""
    types = [each for each in (REQUEST, ASSESSMENT, SERVICE | OVER) if each["Event_Type"] != without]
    services = 0
    for place in range(number):
        month = first_month + place // len(types) % in_months
        year, month = (2025, month + 10) if month < 3 else (2026, month - 2)
        dates = {"Event_Start_Date": f"05/{month:02d}/{year}", "Event_End_Date": f"06/{month:02d}/{year}"}
        row = types[place % len(types)]
        if place == 0 and without != "Review":
            row = SHORT_REVIEW
        if row["Event_Type"] == "Service":
            services += 1
            if services <= on_1_april:
                dates["Event_Start_Date"] = "01/04/2025"
        yield row | dates | someone(place)


def limit(pounds: str) -> CheckSettings:
    return CheckSettings("998", *PERIOD, TODAY, Decimal(pounds))
