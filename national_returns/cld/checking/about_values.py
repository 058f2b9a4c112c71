"""Rules about what stands in a cell: list values, dates, blanks and outcomes (C01 to E02)."""

from __future__ import annotations

from collections.abc import Iterator

from national_returns.cld.checking.facts import FileFacts
from national_returns.cld.checking.registry import ERROR, INFO, NOTHING, WARNING, Fields, row_rule
from national_returns.cld.record import Record
from national_returns.cld.spec import Conformance, Match, Reading

MUST_END = frozenset({"Request", "Assessment", "Review"})
ONLY_OF_SERVICE_USERS = frozenset(
    {"Accommodation_Status", "Employment_Status", "Has_Unpaid_Carer", "Client_Funding_Status"}
)
COST = frozenset({"Unit_Cost", "Cost_Frequency_Unit_Type"})
SHOWN = 80  # characters of a value that a message repeats


def _read_as(row: Record, file: FileFacts, reading: Reading) -> Iterator[tuple[str, Match, str]]:
    """Values of verified lists that were read in one way: field, match, and the value as written."""
    for name, match in row.matches.items():
        if match.reading is reading and file.lists[name].is_verified:
            yield name, match, row.cells[file.position[name]][:SHOWN]


@row_rule(24, "C01", ERROR, "SRC1")
def not_on_the_list(row: Record, file: FileFacts) -> Fields:
    """Not on a verified list, not an alias, and neither C02 nor C03."""
    return {
        name: f"“{value}” is not an allowed value for {file.headers[name]}."
        for name, _match, value in _read_as(row, file, Reading.UNKNOWN)
    }


@row_rule(25, "C02", WARNING, "SRC1, SRC2")
def other_spelling(row: Record, file: FileFacts) -> Fields:
    """A value of a verified list but for capitals or spacing, spaces at start and end included."""
    return {
        name: f"Write “{match.code.label}” exactly; “{value}” differs in capitals or spaces and may be failed."
        for name, match, value in _read_as(row, file, Reading.SPELLING)
        if match.code
    }


@row_rule(26, "C03", ERROR, "SRC1")
def release_1_wording(row: Record, file: FileFacts) -> Fields:
    """A Release 1 label of a verified list, or a Release 1 value without equivalent, capitals apart."""
    return {
        name: f"“{value}” is the Release 1 wording. "
        + (f"Use “{match.code.label}”." if match.code else "Release 2 has no equivalent.")
        for name, match, value in _read_as(row, file, Reading.RELEASE_1)
    }


@row_rule(27, "C04", WARNING, "portal")
def not_recognised(row: Record, file: FileFacts) -> Fields:
    """Matches nothing on an unverified list, its aliases or its Release 1 labels, capitals apart."""
    return {
        name: f"“{row.text[name][:SHOWN]}” is not a value we recognise for {file.headers[name]}; "
        "check it against the official list."
        for name, match in row.matches.items()
        if match.reading is not Reading.EXACT
        and file.lists[name].status == "unverified"
        and not file.lists[name].recognises(row.text[name])
    }


@row_rule(28, "D01", ERROR, "SRC4, SRC6")
def not_a_date(row: Record, file: FileFacts) -> Fields:
    """Filled and not a real calendar date written dd/mm/yyyy."""
    return dict.fromkeys(row.unreadable, "Write the date as dd/mm/yyyy, with no time.")


@row_rule(29, "D02", ERROR, "SRC1")
def ends_before_it_starts(row: Record, file: FileFacts) -> Fields:
    """The end date is earlier than the start date."""
    if row.start and row.end and row.end < row.start:
        return {"Event_End_Date": "The event ends before it starts."}
    return NOTHING


@row_rule(30, "D03", ERROR, "SRC1, SRC4")
def not_finished(row: Record, file: FileFacts) -> Fields:
    """No end date on a Request, Assessment or Review. Fires instead of M01."""
    if row.event_type in MUST_END and row.is_open:
        return {
            "Event_End_Date": "Only services may be open. Leave this event out until it is finished, or give its end date."
        }
    return NOTHING


@row_rule(31, "D04", ERROR, "SRC1, SRC4")
def finished_outside_the_period(row: Record, file: FileFacts) -> Fields:
    """A Request, Assessment or Review whose effective end (D-02) is outside the row's period."""
    end = row.effective_end
    if row.event_type in MUST_END and end and not row.period_start <= end <= row.period_end:
        return {"Event_End_Date": "This finished outside the period, so it does not belong in this file."}
    return NOTHING


@row_rule(32, "D05", ERROR, "SRC1")
def starts_after_the_period(row: Record, file: FileFacts) -> Fields:
    """The event starts later than the period ends."""
    if row.start and row.start > row.period_end:
        return {"Event_Start_Date": "This starts after the period."}
    return NOTHING


@row_rule(33, "D06", ERROR, "SRC1, SRC4", only="Service")
def ended_before_the_period(row: Record, file: FileFacts) -> Fields:
    """A Service whose effective end (D-02) is before the period starts."""
    if row.effective_end and row.effective_end < row.period_start:
        return {"Event_End_Date": "This service had ended before the period began."}
    return NOTHING


@row_rule(34, "D07", INFO, "SRC1", only="Service")
def ends_in_the_future(row: Record, file: FileFacts) -> Fields:
    """A Service with an end date after the period ends."""
    if row.end and row.end > row.period_end:
        return {
            "Event_End_Date": "The end date is in the future for this period; "
            "it is kept and treated as still open on the last day."
        }
    return NOTHING


def _of_what(row: Record) -> str:
    """“for a Service”; nothing where the type of event is not known."""
    if not row.event_type:
        return ""
    return f" for {'an' if row.event_type[0] in 'AEIOU' else 'a'} {row.event_type}"


@row_rule(35, "M01", ERROR, "specification")
def mandatory_and_blank(row: Record, file: FileFacts) -> Fields:
    """A field marked M is blank. A blank end date gives D03 instead."""
    return {
        name: f"{file.headers[name]} is mandatory{_of_what(row)}."
        for name in file.fields_marked(Conformance.MANDATORY, row.event_type)
        if not row.text[name] and name != "Event_End_Date"
    }


@row_rule(36, "M02", WARNING, "specification")
def wanted_and_blank(row: Record, file: FileFacts) -> Fields:
    """A field marked R is blank, and what it depends on makes it wanted."""
    return {
        name: f"{file.headers[name]} should be filled if you know it."
        for name in file.fields_marked(Conformance.REQUIRED_WHERE_KNOWN, row.event_type)
        if not row.text[name] and _is_wanted(name, row)
    }


def _is_wanted(name: str, row: Record) -> bool:
    """The exceptions of M02."""
    if name == "Date_of_Death":
        return False
    if name == "Event_Outcome":
        return row.end is not None and row.end <= row.period_end
    if name == "Review_Outcomes_Achieved":
        return row.text["Review_Reason"].casefold().startswith("planned")
    if name in ONLY_OF_SERVICE_USERS:
        return row.is_service_user
    if name in COST:
        return not any(row.text[each] for each in COST)
    return True


@row_rule(37, "M03", WARNING, "specification")
def not_applicable_and_filled(row: Record, file: FileFacts) -> Fields:
    """A field marked N is filled."""
    return {
        name: f"{file.headers[name]} does not apply to {_of_what(row).removeprefix(' for ')}."
        for name in file.fields_marked(Conformance.NOT_APPLICABLE, row.event_type)
        if row.text[name]
    }


@row_rule(38, "E01", WARNING, "portal")
def deceased_without_a_date(row: Record, file: FileFacts) -> Fields:
    """The outcome is NFA: Deceased and there is no date of death."""
    if row.code("Event_Outcome") == "nfa_deceased" and not row.text["Date_of_Death"]:
        return {"Event_Outcome": "The outcome says the person died, but there is no date of death."}
    return NOTHING


@row_rule(39, "E02", WARNING, "SRC4", only="Service")
def open_with_an_outcome(row: Record, file: FileFacts) -> Fields:
    """A Service without end date and without date of death has an outcome."""
    if row.is_open and row.text["Event_Outcome"] and not row.text["Date_of_Death"]:
        return {"Event_Outcome": "An open service cannot have an outcome yet."}
    return NOTHING
