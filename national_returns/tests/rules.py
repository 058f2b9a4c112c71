"""The rules of the specification, written out a second time and plainly, to judge made files by.

Only for tests: every finding counts, warnings and information too, since the sample file has none at all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from national_returns.cld.events import is_nhs_number
from national_returns.cld.rows import Row, read_date
from national_returns.cld.spec import Conformance, Reading, specification

HOME = {"Long term nursing care", "Long term residential care"}
CARE_HOME = {"Long term support: Nursing care", "Long term support: Residential care"}
LONG_TERM = CARE_HOME | {"Long term support: Community", "Long term support: Prison"}
CARER_PARTS = {
    "Unpaid carer respite",
    "Unpaid carer sitting service",
    "Unpaid carer universal services",
    "Other unpaid carer support",
}
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")
ADULT_ONLY = {"Accommodation_Status", "Employment_Status", "Has_Unpaid_Carer", "Client_Funding_Status"}
DATES = [each.name for each in specification().fields if each.type == "date"]


def findings(rows: Iterable[Row], *, submitted_on: date) -> Counter[str]:
    """How often each rule fires over the rows, as "rule field"."""
    found: Counter[str] = Counter()
    names = specification().names
    read = [dict(zip(names, row.cells, strict=True)) for row in rows]
    dated = [{name: read_date(row[name]) for name in DATES} for row in read]
    for row, days in zip(read, dated, strict=True):
        found.update(_codes(row))
        found.update(_blanks(row, days))
        found.update(_person(row, days, submitted_on))
        found.update(_dates(row, days))
        if row["Event_Type"] == "Service":
            found.update(_service(row))
    found.update(_whole_file(read, dated))
    return found


def _codes(row: dict[str, str]) -> Iterable[str]:
    spec = specification()
    for each in spec.fields:
        if each.code_list and row[each.name]:
            match = spec.list_of(each.name).match(row[each.name])
            if match.reading is not Reading.EXACT:
                yield f"{match.reading.value} {each.name}"


def _blanks(row: dict[str, str], days: dict[str, date | None]) -> Iterable[str]:
    ended = days["Event_End_Date"] and days["Event_End_Date"] <= days["Reporting_Period_End_Date"]
    for each in specification().fields:
        mark, filled = each.conformance[row["Event_Type"]], bool(row[each.name])
        if mark is Conformance.MANDATORY and not filled:
            yield f"M01 {each.name}"
        if mark is Conformance.NOT_APPLICABLE and filled:
            yield f"M03 {each.name}"
        if mark is not Conformance.REQUIRED_WHERE_KNOWN or filled or each.name == "Date_of_Death":
            continue
        if each.name == "Event_Outcome" and not ended:
            continue
        if each.name == "Review_Outcomes_Achieved" and not row["Review_Reason"].startswith("Planned"):
            continue
        if each.name in ADULT_ONLY and row["Client_Type"] != "Service user":
            continue
        if each.name in ("Unit_Cost", "Cost_Frequency_Unit_Type") and (
            row["Unit_Cost"] or row["Cost_Frequency_Unit_Type"]
        ):
            continue
        yield f"M02 {each.name}"


def _effective_end(days: dict[str, date | None]) -> date | None:
    start, end, died = days["Event_Start_Date"], days["Event_End_Date"], days["Date_of_Death"]
    if died and (start <= died <= end if end else died > start):
        return died
    return end


def _person(row: dict[str, str], days: dict[str, date | None], submitted_on: date) -> Iterable[str]:
    born, died, start = days["Date_of_Birth"], days["Date_of_Death"], days["Event_Start_Date"]
    if not is_nhs_number(row["NHS_Number"]) or not row["NHS_Number"].startswith("999"):
        yield "P04 NHS_Number"
    if born > start or born > submitted_on:
        yield "P06 Date_of_Birth"
    on = _effective_end(days) or days["Reporting_Period_End_Date"]
    age = int((on - born.replace(day=1)).days / 365.25)
    if age < 18:
        yield "P07 Date_of_Birth"
    if age >= 115:
        yield "P08 Date_of_Birth"
    if died:
        if died < born or died > submitted_on:
            yield "P09 Date_of_Death"
        if died < start:
            yield "P10 Date_of_Death"
        if died < days["Reporting_Period_Start_Date"]:
            yield "P11 Date_of_Death"
        end = days["Event_End_Date"]
        if died >= start and ((end and died < end) or (not end and row["Event_Type"] == "Service")):
            yield "P12 Date_of_Death"
    if not POSTCODE.fullmatch(row["Postcode"]) or not row["Postcode"].startswith("ZZ"):
        yield "P13 Postcode"
    if not re.fullmatch(r"[A-Z]\d{5}", row["GP_Practice_Code"]):
        yield "P15 GP_Practice_Code"
    if row["Event_Outcome"] == "NFA: Deceased" and not died:
        yield "E01 Event_Outcome"
    linked = [row[f"Adult_{number}_Linked_Person_ID"] for number in (1, 2, 3)]
    linked = [each for each in linked if each]
    if row["Client_Type"] == "Service user" and (linked or row["No_of_adults_being_cared_for"]):
        yield "U01 Adult_1_Linked_Person_ID"
    if row["LA_Person_Unique_Identifier"] in linked:
        yield "U02 Adult_1_Linked_Person_ID"
    if linked and int(row["No_of_adults_being_cared_for"]) < len(set(linked)):
        yield "U04 No_of_adults_being_cared_for"


def _dates(row: dict[str, str], days: dict[str, date | None]) -> Iterable[str]:
    first, last = days["Reporting_Period_Start_Date"], days["Reporting_Period_End_Date"]
    start, end, effective = days["Event_Start_Date"], days["Event_End_Date"], _effective_end(days)
    if end and end < start:
        yield "D02 Event_End_Date"
    if start > last:
        yield "D05 Event_Start_Date"
    if row["Event_Type"] == "Service":
        if effective and effective < first:
            yield "D06 Event_End_Date"
        if end and end > last:
            yield "D07 Event_End_Date"
        if not end and row["Event_Outcome"]:
            yield "E02 Event_Outcome"
    elif not end:
        yield "D03 Event_End_Date"
    elif not first <= effective <= last:
        yield "D04 Event_End_Date"


def _service(row: dict[str, str]) -> Iterable[str]:
    kind, part, how = row["Service_Type"], row["Service_Component"], row["Delivery_Mechanism"]
    long_parts = {"Other long term support", "End of life care"} | HOME
    about_a_carer = kind.startswith("Unpaid carer")
    if kind in CARE_HOME and part not in long_parts:
        yield "S01 a"
    if kind in LONG_TERM - CARE_HOME and ("residential" in part or "nursing" in part):
        yield "S01 b"
    if kind.startswith("Short term") and part in HOME:
        yield "S01 c"
    if about_a_carer and part in HOME | {"Reablement"}:
        yield "S01 d"
    if not about_a_carer and part in CARER_PARTS:
        yield "S01 e"
    if kind.endswith("ST-Max") and part != "Reablement":
        yield "S02"
    if kind.endswith("Prison") and how == "Direct payment":
        yield "S03"
    if kind.endswith(("Community", "Direct to unpaid carer")) and not how and part != "Direct payment":
        yield "S04"
    if kind in CARE_HOME and how:
        yield "S05"
    if part == "Direct payment" and how not in ("", "Direct payment"):
        yield "S06"
    if about_a_carer != (row["Client_Type"] != "Service user"):
        yield "S07"
    if row["Provider_CQC_Location_ID"] and not re.fullmatch(r"\d-\d{6,12}", row["Provider_CQC_Location_ID"]):
        yield "S08"
    for name in ("Unit_Cost", "Planned_Units_Per_Week"):
        if row[name] and not re.fullmatch(r"\d+(\.\d{1,2})?", row[name]):
            yield f"K01 {name}"
    often = row["Cost_Frequency_Unit_Type"] in ("Per session", "Hourly", "Daily")
    if bool(row["Unit_Cost"]) != bool(row["Cost_Frequency_Unit_Type"]):
        yield "K02"
    if often and not Decimal(row["Planned_Units_Per_Week"] or 0):
        yield "K03"
    if often and Decimal(row["Unit_Cost"]) * Decimal(row["Planned_Units_Per_Week"] or 0) > 10_000:
        yield "K05"


def _whole_file(read: Sequence[dict[str, str]], dated: Sequence[dict[str, date | None]]) -> Iterable[str]:
    for name in ("LA_Code", "Reporting_Period_Start_Date", "Reporting_Period_End_Date"):
        if len({row[name] for row in read}) > 1:
            yield f"F02 {name}"
    by_person: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    numbers: dict[str, set[str]] = defaultdict(set)
    open_support: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    keys: Counter[tuple[object, ...]] = Counter()
    months: dict[str, set[tuple[int, int]]] = defaultdict(set)
    users = {row["LA_Person_Unique_Identifier"] for row in read if row["Client_Type"] == "Service user"}
    for row, days in zip(read, dated, strict=True):
        who = row["LA_Person_Unique_Identifier"]
        by_person[who].add((row["Gender"], row["Ethnicity"], row["Date_of_Birth"], row["Date_of_Death"]))
        numbers[row["NHS_Number"]].add(who)
        end = _effective_end(days)
        keys[_event_key(row, days)] += 1
        if end:
            months[row["Event_Type"]].add((end.year, end.month))
        if row["Service_Type"] in LONG_TERM:
            open_support[who].append((days["Event_Start_Date"], days["Event_End_Date"]))
        if row["Adult_1_Linked_Person_ID"] and row["Adult_1_Linked_Person_ID"] not in users:
            yield "U03 Adult_1_Linked_Person_ID"
    yield from ("P14" for seen in by_person.values() if len(seen) > 1)
    yield from ("P05 NHS_Number" for people in numbers.values() if len(people) > 1)
    yield from ("F07 Event_Start_Date" for count in keys.values() if count > 1)
    for row, days in zip(read, dated, strict=True):
        if row["Event_Type"] != "Review" or row["Client_Type"] != "Service user":
            continue
        on = days["Event_Start_Date"]
        support = open_support[row["LA_Person_Unique_Identifier"]]
        if not row["Review_Reason"].startswith("Review of short") and not any(
            begun <= on and (not ended or ended >= on) for begun, ended in support
        ):
            yield "V02 Event_Start_Date"
    if len(read) < 500:
        return
    for event_type in ("Request", "Assessment", "Service"):
        yield from ("F05 Event_End_Date" for month in _months(dated[0]) if month not in months[event_type])
    yield from (f"F06 {each}" for each in ("Request", "Assessment", "Service", "Review") if not months[each])
    services = [row["Event_Start_Date"] for row in read if row["Event_Type"] == "Service"]
    if sum(each.startswith("01/04") for each in services) > len(services) / 5:
        yield "F08 Event_Start_Date"


def _months(days: dict[str, date | None]) -> list[tuple[int, int]]:
    first, last = days["Reporting_Period_Start_Date"], days["Reporting_Period_End_Date"]
    every = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return sorted({(day.year, day.month) for day in every})


def _event_key(row: dict[str, str], days: dict[str, date | None]) -> tuple[object, ...]:
    key = (row["LA_Code"], row["NHS_Number"], row["Client_Type"], row["Event_Type"], row["Event_Start_Date"])
    if row["Event_Type"] == "Request":
        return (*key, _effective_end(days), row["Request_Route_of_Access"])
    if row["Event_Type"] == "Assessment":
        return (*key, _effective_end(days), row["Assessment_Type"])
    if row["Event_Type"] == "Review":
        return (*key, _effective_end(days))
    extra = (
        "Service_Type",
        "Service_Component",
        "Delivery_Mechanism",
        "Unit_Cost",
        "Cost_Frequency_Unit_Type",
    )
    return (*key, *(row[name] for name in extra), row["Planned_Units_Per_Week"])
