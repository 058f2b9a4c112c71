"""Files for the measures: rows about people by first name, with only what a measure needs filled in."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management import call_command

from national_returns.ascof.history import Person, Year, people_in
from national_returns.ascof.measures import MeasureSettings, measure
from national_returns.cld.record import RecordReader
from national_returns.cld.rows import Row
from national_returns.tests.builders import cells, write_file

YEAR_GIVEN = {"period_start": "2025-04-01", "period_end": "2026-03-31"}

TYPES = {
    "st_max": "Short term support: ST-Max",
    "low": "Short term support: Ongoing low level",
    "other": "Short term support: Other short term",
    "nursing": "Long term support: Nursing care",
    "residential": "Long term support: Residential care",
    "community": "Long term support: Community",
    "prison": "Long term support: Prison",
    "direct": "Unpaid carer support: Direct to unpaid carer",
    "cared_for": "Unpaid carer support: Support involving the person cared-for",
}
COMPONENTS = {
    "st_max": "Reablement",
    "low": "Meals",
    "other": "Other short term support",
    "nursing": "Long term nursing care",
    "residential": "Long term residential care",
    "community": "Home support or domiciliary care",
    "prison": "Professional support: Other",
    "direct": "Unpaid carer sitting service",
    "cared_for": "Unpaid carer respite",
}
OUTCOMES = {
    "": "",
    "planned": "NFA: Support ended as planned",
    "info": "NFA: Information and advice or signposting",
    "nhs": "NFA: Referral to NHS services or NHS funded social care",
    "support": "Progress to support planning or services",
}

Line = dict[str, str]


def person(name: str, born: str = "02/02/1947", **more: str) -> Line:
    return {
        "LA_Code": "998",
        "LA_Person_Unique_Identifier": name,
        "Date_of_Birth": born,
        "Client_Type": "Service user",
    } | more


def service(who: Line, kind: str, start: str, end: str = "", outcome: str = "", **more: str) -> Line:
    return (
        who
        | {
            "Event_Type": "Service",
            "Service_Type": TYPES[kind],
            "Service_Component": COMPONENTS[kind],
            "Event_Start_Date": start,
            "Event_End_Date": end,
            "Event_Outcome": OUTCOMES.get(outcome, outcome),
        }
        | more
    )


def event(who: Line, kind: str, start: str, end: str, outcome: str = "", **more: str) -> Line:
    return (
        who
        | {
            "Event_Type": kind,
            "Event_Start_Date": start,
            "Event_End_Date": end,
            "Event_Outcome": OUTCOMES.get(outcome, outcome),
        }
        | more
    )


def carer(name: str, born: str = "02/02/1970") -> Line:
    return person(name, born, Client_Type="Unpaid carer")


def people(*lines: Line, year: Year) -> list[Person]:
    reader = RecordReader(period_start=year.first, period_end=year.last)
    return people_in(reader.read(Row(number, cells(line))) for number, line in enumerate(lines, start=1))


def standings(name: str, *lines: Line, year: Year, **settings: object) -> list[tuple[str, str, str, str]]:
    """Part, person, how counted and why, in the order given out."""
    measured = measure(name, people(*lines, year=year), year, MeasureSettings(**settings))
    return [(each.measure, each.person, each.counted.value, each.why) for each in measured.people]


def printed(capsys, tmp_path: Path, *lines: Line, **options: str) -> dict:
    """What the command says about a file of these rows."""
    path = write_file(tmp_path / "return.csv", *lines)
    given = [f"--{name.replace('_', '-')}={value}" for name, value in (YEAR_GIVEN | options).items()]
    call_command("ascof", str(path), "--format=json", *given)
    return json.loads(capsys.readouterr().out)


def told(answer: dict) -> dict[tuple[str, str], tuple[str, str]]:
    """For each part and person, how they are counted and why."""
    return {(each["measure"], each["person"]): (each["counted"], each["why"]) for each in answer["people"]}
