"""For each rule: rows that fire it and rows that nearly do, each with every finding on them.

A case is the rows of a file and its findings as “row rule field”, in any order. Cases without the rule's own id
are the near misses.
"""

from __future__ import annotations

from collections.abc import Iterable

from national_returns.tests.builders import ASSESSMENT, CARER, PERSON, REQUEST, REVIEW, SERVICE

Case = tuple[list[dict[str, str]], list[str]]

ENDED = {"Event_End_Date": "10/05/2026", "Event_Outcome": "NFA: Support ended as planned"}
CARE_HOME = SERVICE | {
    "Service_Type": "Long term support: Residential care",
    "Service_Component": "Long term residential care",
    "Delivery_Mechanism": "",
    "Unit_Cost": "890.00",
    "Cost_Frequency_Unit_Type": "Weekly",
    "Planned_Units_Per_Week": "",
}
ST_MAX = SERVICE | {
    "Service_Type": "Short term support: ST-Max",
    "Service_Component": "Reablement",
    "Delivery_Mechanism": "",
}
PRISON = SERVICE | {
    "Service_Type": "Long term support: Prison",
    "Service_Component": "Professional support: Other",
}
OF_A_CARER = (
    SERVICE
    | CARER
    | {
        "Adult_1_Linked_Person_ID": "",
        "No_of_adults_being_cared_for": "",
        "Service_Type": "Unpaid carer support: Direct to unpaid carer",
        "Service_Component": "Unpaid carer respite",
    }
)
OTHER = {"LA_Person_Unique_Identifier": "P2", "NHS_Number": "9990000026"}


def one(row: dict[str, str], *fields: str, **changes: str) -> Case:
    """A file of one row; each finding is “rule field”."""
    return [row | changes], [f"1 {each}" for each in fields]


def several(rows: Iterable[dict[str, str]], *found: str) -> Case:
    """A file of some rows; each finding is “row rule field”."""
    return list(rows), list(found)


__all__ = ["ASSESSMENT", "CARER", "PERSON", "REQUEST", "REVIEW", "SERVICE"]
