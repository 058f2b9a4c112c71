"""F02 to F08. F01 is in test_check_cld, since the headings are not a row."""

from national_returns.tests.builders import ASSESSMENT, REQUEST, REVIEW, SERVICE
from national_returns.tests.judged import crowd
from national_returns.tests.rule_tables import ENDED, OF_A_CARER, OTHER, Case, one, several

PERIOD_START, PERIOD_END = "Reporting_Period_Start_Date", "Reporting_Period_End_Date"
F04 = f"0 F04 {PERIOD_START}"
F05 = "0 F05 Event_End_Date"
F07 = "2 F07 Event_Start_Date"


def period(start: str, end: str) -> dict[str, str]:
    return {PERIOD_START: start, PERIOD_END: end}


DIED_IN_USE = {"Date_of_Death": "30/09/2026", "Event_End_Date": "", "Event_Outcome": ""}


def is_service_of_september(row: dict[str, str]) -> bool:
    return row["Event_Type"] == "Service" and row["Event_End_Date"] == "06/09/2026"


def without_first_and_last_month(start: str, end: str) -> list[dict[str, str]]:
    return [row | period(start, end) for row in crowd(first_month=1, in_months=10)]


CASES: dict[str, list[Case]] = {
    "F02": [
        several([SERVICE, REQUEST | {"LA_Code": "503"}], "1 F02 LA_Code", "2 F02 LA_Code", "2 P01 LA_Code"),
        several(
            [SERVICE, REQUEST | {PERIOD_START: "01/07/2025"}],
            f"1 F02 {PERIOD_START}",
            f"2 F02 {PERIOD_START}",
        ),
        several(
            [SERVICE, REQUEST | {PERIOD_END: "31/12/2026"}], f"1 F02 {PERIOD_END}", f"2 F02 {PERIOD_END}"
        ),
        several([SERVICE, REQUEST | {"LA_Code": ""}], "2 M01 LA_Code"),
        several([SERVICE, REQUEST | {"LA_Code": " 998 "}]),
    ],
    "F03": [
        one(SERVICE, "F03 Event_Outcome", Event_Outcome="NULL"),
        one(
            SERVICE, "F03 Event_Description", "F03 First_Name", Event_Description=" null ", First_Name="Null"
        ),
        one(REQUEST, "F03 Gender", "M01 Gender", Gender="NULL"),
        one(REQUEST, "F03 Event_End_Date", "D03 Event_End_Date", Event_End_Date="null"),
        one(REQUEST, Last_Name="Nullmeyer", First_Name="N ULL", Event_Description="NULLS"),
    ],
    "F04": [
        several([SERVICE | period("01/03/2025", "28/02/2026")], F04),
        several([SERVICE | period("02/10/2025", "30/09/2026")], F04),
        several([SERVICE | period("01/10/2024", "30/09/2026")], F04),
        several([SERVICE | period("01/10/2025", "29/09/2026")], F04),
        several([SERVICE | period("01/02/2026", "31/01/2027")], F04),
        several([SERVICE | period("01/01/0001", "31/12/9999")], F04, "1 P08 Date_of_Birth"),
        several(
            [SERVICE | period("01/01/0001", "30/09/0001")],
            F04,
            "1 D05 Event_Start_Date",
            "1 P07 Date_of_Birth",
        ),
        several([SERVICE | period("01/02/2026", "")], F04, f"1 M01 {PERIOD_END}"),
        one(SERVICE, **period("01/10/2025", "30/09/2026")),
        one(SERVICE, **period("01/07/2025", "30/06/2026")),
        one(SERVICE, **period("01/04/2025", "31/03/2026")),
        one(SERVICE, **period("01/01/2026", "31/12/2026")),
        one(SERVICE, f"M01 {PERIOD_START}", f"M01 {PERIOD_END}", **period("", "")),
        one(SERVICE, f"D01 {PERIOD_START}", **period("2025-10-02", "30/09/2026")),
        one(SERVICE, f"P02 {PERIOD_START}", **period("01/10/2026", "30/09/2026")),
        several(
            [SERVICE | period("02/10/2025", "30/09/2026"), REQUEST],
            f"1 F02 {PERIOD_START}",
            f"2 F02 {PERIOD_START}",
        ),
    ],
    "F05": [
        (list(crowd(in_months=11)), [F05] * 3),
        (list(crowd(without="Assessment", in_months=10)), [F05] * (2 + 12 + 2) + ["0 F06 Event_Type"]),
        (list(crowd(499, in_months=11)), []),
        (list(crowd()), []),
        # A death in the month is an effective end in the month (D-02).
        (
            [row | (DIED_IN_USE if is_service_of_september(row) else {}) for row in crowd()],
            [
                f"{number} P12 Date_of_Death"
                for number, row in enumerate(crowd(), start=1)
                if is_service_of_september(row)
            ],
        ),
        # Months that lie only partly in the period are not asked for.
        (without_first_and_last_month("15/10/2025", "15/09/2026"), [F04]),
        (without_first_and_last_month("01/10/2025", "15/09/2026"), [F04] + [F05] * 3),
        (without_first_and_last_month("15/10/2025", "30/09/2026"), [F04] + [F05] * 3),
    ],
    "F06": [
        (list(crowd(without="Review")), ["0 F06 Event_Type"]),
        (list(crowd(without="Request")), ["0 F06 Event_Type"] + [F05] * 12),
        (list(crowd(without="Service")), ["0 F06 Event_Type"] + [F05] * 12),
        (list(crowd(499, without="Review")), []),
        (list(crowd(500)), []),
    ],
    "F07": [
        several([SERVICE, SERVICE | {"Event_Reference": "another"}], F07),
        several([SERVICE, SERVICE, SERVICE], F07, "3 F07 Event_Start_Date"),
        several([SERVICE, SERVICE | ENDED], F07),
        several([SERVICE, SERVICE | {"Unit_Cost": "22.5", "Planned_Units_Per_Week": "14"}], F07),
        several([SERVICE, SERVICE | {"Unit_Cost": "22.05"}]),
        several([SERVICE, SERVICE | {"Planned_Units_Per_Week": "140"}]),
        several([SERVICE, SERVICE | {"Delivery_Mechanism": "CASSR commissioned support"}]),
        several([SERVICE, SERVICE | {"Cost_Frequency_Unit_Type": "Per session"}]),
        several([SERVICE, SERVICE | {"Service_Component": "Day support"}]),
        several([SERVICE, SERVICE | {"Service_Type": "Short term support: Ongoing low level"}]),
        several([SERVICE, SERVICE | {"Event_Start_Date": "03/02/2026"}]),
        several([SERVICE, SERVICE | OTHER]),
        several(
            [OF_A_CARER, OF_A_CARER | {"Client_Type": "Unpaid carer known by association"}],
        ),
        several(
            [SERVICE, SERVICE | {"Service_Component": "home support or domiciliary care "}],
            F07,
            "2 C02 Service_Component",
        ),
        several([SERVICE, SERVICE | {"Service_Component": "Home Support"}], F07, "2 C03 Service_Component"),
        several([REQUEST, REQUEST | {"Event_Outcome": "NFA: Other"}], F07),
        several([REQUEST, REQUEST | {"Event_End_Date": "04/02/2026"}]),
        several([REQUEST, REQUEST | {"Request_Route_of_Access": "Prison"}]),
        several([ASSESSMENT, ASSESSMENT | {"Eligible_Needs_Identified": "No"}], F07),
        several([ASSESSMENT, ASSESSMENT | {"Assessment_Type": "Short term assessment"}]),
        several([ASSESSMENT, ASSESSMENT | {"Event_End_Date": "21/02/2026"}]),
        several(
            [SERVICE, REVIEW, REVIEW | {"Review_Reason": "Unplanned: Other reason"}], "3 F07 Event_Start_Date"
        ),
        several([SERVICE, REVIEW, REVIEW | {"Event_End_Date": "09/06/2026"}]),
        # The NHS number is the person (D-01); without one it is the council's identifier.
        several(
            [REQUEST, REQUEST | {"LA_Person_Unique_Identifier": "P9"}],
            F07,
            "1 P05 NHS_Number",
            "2 P05 NHS_Number",
        ),
        several(
            [REQUEST | {"NHS_Number": ""}, REQUEST | {"NHS_Number": ""}],
            F07,
            "1 M02 NHS_Number",
            "2 M02 NHS_Number",
        ),
        several([REQUEST, REQUEST | {"NHS_Number": ""}], "2 M02 NHS_Number"),
        # Nobody is nobody's double, and what has no type has no key.
        several(
            [REQUEST | {"NHS_Number": "", "LA_Person_Unique_Identifier": ""}] * 2,
            *(
                f"{row} {each}"
                for row in (1, 2)
                for each in (
                    "P03 LA_Person_Unique_Identifier",
                    "M01 LA_Person_Unique_Identifier",
                    "M02 NHS_Number",
                )
            ),
        ),
        several([REQUEST | {"Event_Type": ""}] * 2, "1 M01 Event_Type", "2 M01 Event_Type"),
    ],
    "F08": [
        (list(crowd(on_1_april=34)), ["0 F08 Event_Start_Date"]),
        (list(crowd(on_1_april=33)), []),
        (list(crowd(499, on_1_april=100)), []),
    ],
}
