"""Rules about the person of a row: who they are, how old, and when they died (P01 to P15)."""

from __future__ import annotations

import re
from functools import lru_cache

from national_returns.cld.checking.facts import FileFacts
from national_returns.cld.checking.registry import ERROR, NOTHING, WARNING, Fields, row_rule
from national_returns.cld.derive import ADULT
from national_returns.cld.record import Record

HARDLY_TRUE = 115  # years of age from which a birth date is taken for a dummy (SRC5)
_TEN_DIGITS = re.compile(r"\d{10}", re.ASCII)
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.ASCII)
_PRACTICE = re.compile(r"[A-Z]\d{5}", re.ASCII)


@row_rule(9, "P01", ERROR, "SRC1")
def another_council(row: Record, file: FileFacts) -> Fields:
    """The council code is filled but is not the one set."""
    code, ours = row.text["LA_Code"], file.settings.la_code
    if code and code != ours:
        return {"LA_Code": f"The council code is {code[:80]}; this portal is set up for {ours}."}
    return NOTHING


@row_rule(10, "P02", ERROR, "portal")
def period_ends_before_it_starts(row: Record, file: FileFacts) -> Fields:
    """Both reporting dates can be read and the start is later than the end."""
    start = row.dates["Reporting_Period_Start_Date"]
    end = row.dates["Reporting_Period_End_Date"]
    if start and end and start > end:
        return {"Reporting_Period_Start_Date": "The reporting period ends before it starts."}
    return NOTHING


@row_rule(11, "P03", ERROR, "SRC1")
def names_no_one(row: Record, file: FileFacts) -> Fields:
    """NHS number and council identifier are both blank. M01 and M02 fire as well."""
    if row.name_in_file:
        return NOTHING
    return {"LA_Person_Unique_Identifier": "This row names no one. It will be dropped from national figures."}


@lru_cache(maxsize=16_384)
def has_right_check_digit(number: str) -> bool:
    """Ten digits of which the last checks the others by modulus 11 (weights 10 down to 2, 11 written as 0)."""
    if not _TEN_DIGITS.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False))
    return -total % 11 == int(number[-1])


@row_rule(12, "P04", ERROR, "SRC6; check digit background")
def wrong_nhs_number(row: Record, file: FileFacts) -> Fields:
    """The NHS number is filled and not ten digits, or its modulus 11 check digit is wrong."""
    if not row.nhs_number or has_right_check_digit(row.nhs_number):
        return NOTHING
    return {"NHS_Number": "This is not a valid NHS number."}


@row_rule(13, "P05", WARNING, "SRC1, portal")
def two_numbers_or_two_people(row: Record, file: FileFacts) -> Fields:
    """One council identifier with two NHS numbers in the file, or one NHS number with two identifiers.

    Only rows with both are looked at.
    """
    if not (row.nhs_number and row.local_id):
        return NOTHING
    if row.local_id in file.people_with_two_numbers or row.nhs_number in file.shared_numbers:
        return {"NHS_Number": "The same person appears under two numbers, or two people share one."}
    return NOTHING


def _born_too_late(row: Record, file: FileFacts) -> bool:
    if row.born is None:
        return False
    return (row.start is not None and row.born > row.start) or row.born > file.settings.submission_date


@row_rule(14, "P06", ERROR, "SRC1")
def born_after_the_event(row: Record, file: FileFacts) -> Fields:
    """Born later than the event started or than the submission. P07 and P08 are then skipped."""
    if _born_too_late(row, file):
        return {"Date_of_Birth": "The date of birth is after the event started."}
    return NOTHING


@row_rule(15, "P07", WARNING, "SRC1, SRC4")
def under_18(row: Record, file: FileFacts) -> Fields:
    """Younger than 18 (D-04) at the effective end, or at the end of the period if the event is open."""
    age = row.age
    if age is None or age >= ADULT or _born_too_late(row, file):
        return NOTHING
    return {
        "Date_of_Birth": "This person is under 18. Check that this is adult support and not children's services."
    }


@row_rule(16, "P08", WARNING, "SRC5")
def hardly_that_old(row: Record, file: FileFacts) -> Fields:
    """115 years old or older (D-04) on the same day."""
    age = row.age
    if age is None or age < HARDLY_TRUE or _born_too_late(row, file):
        return NOTHING
    return {"Date_of_Birth": f"This person would be {age}. Check for a dummy date such as 01/01/1900."}


@row_rule(17, "P09", ERROR, "portal")
def death_cannot_be_right(row: Record, file: FileFacts) -> Fields:
    """Died before being born, or after the submission."""
    if row.died and ((row.born and row.died < row.born) or row.died > file.settings.submission_date):
        return {"Date_of_Death": "The date of death cannot be right."}
    return NOTHING


@row_rule(18, "P10", ERROR, "SRC1")
def starts_after_death(row: Record, file: FileFacts) -> Fields:
    """Died before the event started."""
    if row.died and row.start and row.died < row.start:
        return {"Date_of_Death": "The event starts after the person died."}
    return NOTHING


@row_rule(19, "P11", ERROR, "SRC1")
def died_before_the_period(row: Record, file: FileFacts) -> Fields:
    """Died before the first day of the row's period (D-03). May fire together with P10."""
    if row.died and row.died < row.period_start:
        return {
            "Date_of_Death": "The person died before the period. The row will be dropped from national figures."
        }
    return NOTHING


@row_rule(20, "P12", WARNING, "SRC1")
def goes_on_after_death(row: Record, file: FileFacts) -> Fields:
    """Died on or after event start and period start, and before the end date or with the service open."""
    died = row.died
    if not died or not row.start or died < row.start or died < row.period_start:
        return NOTHING
    if (row.end and died < row.end) or (row.is_service and row.is_open):
        return {
            "Date_of_Death": "The person died before this event's end date, or while the service was open. "
            "End the event on the date of death."
        }
    return NOTHING


@row_rule(21, "P13", WARNING, "portal")
def not_a_postcode(row: Record, file: FileFacts) -> Fields:
    """Filled and not in the form of a UK postcode, after trimming and upper-casing."""
    postcode = row.text["Postcode"]
    if not postcode or _POSTCODE.fullmatch(postcode.upper()):
        return NOTHING
    return {"Postcode": "This does not look like a postcode."}


@row_rule(22, "P14", WARNING, "SRC1")
def differs_between_rows(row: Record, file: FileFacts) -> Fields:
    """Rows for one council identifier hold different values; a blank is a value. Each is flagged, for each field."""
    if row.local_id not in file.differing:
        return NOTHING
    return {
        name: f"This person's {file.headers[name]} differs between rows."
        for name in sorted(file.differing[row.local_id])
    }


@row_rule(23, "P15", WARNING, "background")
def not_a_practice_code(row: Record, file: FileFacts) -> Fields:
    """Filled and not a capital letter and five digits."""
    code = row.text["GP_Practice_Code"]
    if not code or _PRACTICE.fullmatch(code):
        return NOTHING
    return {"GP_Practice_Code": "This does not look like a GP practice code."}
