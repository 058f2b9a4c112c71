"""Rows of a return for tests: one that is right, changed where a test wants it."""

from __future__ import annotations

import csv
from pathlib import Path

from national_returns.cld.events import Event, EventReader, Refusal
from national_returns.cld.rows import Row
from national_returns.cld.spec import specification
from national_returns.tests import TODAY

PERSON = {
    "LA_Code": "998",
    "Reporting_Period_Start_Date": "01/10/2025",
    "Reporting_Period_End_Date": "30/09/2026",
    "NHS_Number": "9990000018",
    "LA_Person_Unique_Identifier": "P1",
    "First_Name": "Ada",
    "Last_Name": "Sample",
    "GP_Practice_Name": "Example Surgery",
    "GP_Practice_Code": "Z99001",
    "Gender": "Female",
    "Ethnicity": "White: Irish",
    "Date_of_Birth": "12/03/1941",
    "Client_Type": "Service user",
    "Primary_Support_Reason": "Support with memory and cognition",
    "Postcode": "ZZ1 1AA",
    "Accommodation_Status": "Tenant: Private landlord",
    "Employment_Status": "Not in paid employment: Not actively seeking work or retired",
    "Has_Unpaid_Carer": "No",
    "Client_Funding_Status": "Fully social care funded",
    "Event_Start_Date": "02/02/2026",
}
SERVICE = PERSON | {
    "Event_Type": "Service",
    "Event_Reference": "SER-1",
    "Service_Type": "Long term support: Community",
    "Service_Component": "Home support or domiciliary care",
    "Delivery_Mechanism": "CASSR managed personal budget",
    "Provider_CQC_Location_Name": "Example Home Care",
    "Provider_CQC_Location_ID": "1-100000002",
    "Unit_Cost": "22.50",
    "Cost_Frequency_Unit_Type": "Hourly",
    "Planned_Units_Per_Week": "14.00",
}
REQUEST = PERSON | {
    "Event_Type": "Request",
    "Event_Reference": "REQ-1",
    "Event_End_Date": "03/02/2026",
    "Event_Outcome": "NFA: Information and advice or signposting",
    "Request_Route_of_Access": "Community or other route",
}
ASSESSMENT = PERSON | {
    "Event_Type": "Assessment",
    "Event_Reference": "ASS-1",
    "Event_End_Date": "20/02/2026",
    "Event_Outcome": "Progress to support planning or services",
    "Assessment_Type": "Long term assessment",
    "Eligible_Needs_Identified": "Yes",
    "Method_of_Assessment": "Service user only",
}
REVIEW = PERSON | {
    "Event_Type": "Review",
    "Event_Reference": "REV-1",
    "Event_Start_Date": "01/06/2026",
    "Event_End_Date": "08/06/2026",
    "Event_Outcome": "Continuation of support or services",
    "Review_Reason": "Planned",
    "Review_Outcomes_Achieved": "Fully met",
    "Method_of_Review": "Service user only",
}
CARER = {
    "LA_Person_Unique_Identifier": "C1",
    "NHS_Number": "9990000107",
    "First_Name": "Jo",
    "Client_Type": "Unpaid carer",
    "Primary_Support_Reason": "Social support: Support to unpaid carer",
    "Accommodation_Status": "",
    "Employment_Status": "",
    "Has_Unpaid_Carer": "",
    "Client_Funding_Status": "",
    "No_of_adults_being_cared_for": "1",
    "Adult_1_Linked_Person_ID": "P1",
}


def cells(values: dict[str, str], **changes: str) -> list[str]:
    return [(values | changes).get(name, "") for name in specification().names]


def read(values: dict[str, str], *, council: str = "", row: int = 1, **changes: str) -> Event | Refusal:
    """What the reader makes of one row."""
    return EventReader(today=TODAY, council=council).read(Row(row, cells(values, **changes)))


def write_file(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(specification().headers)
        out.writerows(cells(row) for row in rows)
    return path
