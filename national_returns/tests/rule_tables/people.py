"""P01 to P15."""

from national_returns.tests.builders import ASSESSMENT, REQUEST, REVIEW, SERVICE
from national_returns.tests.rule_tables import ENDED, OTHER, Case, one, several

BORN, DIED = "Date_of_Birth", "Date_of_Death"
START, END = "Event_Start_Date", "Event_End_Date"

CASES: dict[str, list[Case]] = {
    "P01": [
        one(REQUEST, "P01 LA_Code", LA_Code="503"),
        one(REQUEST, "P01 LA_Code", LA_Code="9980"),
        one(REQUEST, LA_Code="998 "),
        one(REQUEST, "M01 LA_Code", LA_Code=""),
    ],
    "P02": [
        one(SERVICE, "P02 Reporting_Period_Start_Date", Reporting_Period_Start_Date="01/10/2026"),
        several(
            [SERVICE | {"Reporting_Period_Start_Date": "30/09/2026", "Reporting_Period_End_Date": "30/09/2026"}],
            "0 F04 Reporting_Period_Start_Date",
        ),
        one(SERVICE, "M01 Reporting_Period_End_Date", Reporting_Period_End_Date=""),
        one(SERVICE, "D01 Reporting_Period_Start_Date", Reporting_Period_Start_Date="1.10.2026"),
    ],
    "P03": [
        one(
            REQUEST,
            "P03 LA_Person_Unique_Identifier",
            "M01 LA_Person_Unique_Identifier",
            "M02 NHS_Number",
            NHS_Number="",
            LA_Person_Unique_Identifier=" ",
        ),
        one(REQUEST, "M02 NHS_Number", NHS_Number=""),
        one(REQUEST, "M01 LA_Person_Unique_Identifier", LA_Person_Unique_Identifier=""),
    ],
    "P04": [
        one(REQUEST, "P04 NHS_Number", NHS_Number="9990000019"),
        one(REQUEST, "P04 NHS_Number", NHS_Number="999 000 0018"),
        one(REQUEST, "P04 NHS_Number", NHS_Number="999000001"),
        one(REQUEST, "P04 NHS_Number", NHS_Number="99900000180"),
        one(REQUEST, "P04 NHS_Number", NHS_Number="٩٩٩٠٠٠٠٠١٨"),
        one(REQUEST, "P04 NHS_Number", NHS_Number="9990000050"[:9] + "5"),
        one(REQUEST, "P04 NHS_Number", NHS_Number="9990000140"),  # its remainder is 1: no check digit fits
        one(REQUEST, NHS_Number="9990000050"),  # the remainder is 0, so the check digit is 0
        one(REQUEST, NHS_Number=" 9990000026 "),
        one(REQUEST, NHS_Number="4505577104"),
        one(REQUEST, "M02 NHS_Number", NHS_Number=""),
    ],
    "P05": [
        several([SERVICE, REQUEST | {"NHS_Number": "9990000026"}], "1 P05 NHS_Number", "2 P05 NHS_Number"),
        several(
            [SERVICE, REQUEST | {"LA_Person_Unique_Identifier": "P2"}, REQUEST | OTHER | {"NHS_Number": "9990000034"}],
            "1 P05 NHS_Number",
            "2 P05 NHS_Number",
            "3 P05 NHS_Number",
        ),
        several([SERVICE, REQUEST | {"NHS_Number": ""}], "2 M02 NHS_Number"),
        several(
            [SERVICE, REQUEST | {"LA_Person_Unique_Identifier": ""}], "2 M01 LA_Person_Unique_Identifier"
        ),
        several([SERVICE, REQUEST | OTHER]),
    ],
    "P06": [
        one(REQUEST, f"P06 {BORN}", **{BORN: "03/02/2026"}),
        one(SERVICE, f"P06 {BORN}", "M01 Event_Start_Date", **{BORN: "21/10/2026", START: ""}),
        one(SERVICE, f"P06 {BORN}", f"D05 {START}", **{BORN: "21/10/2026", START: "22/10/2026"}),
        one(REQUEST, f"P07 {BORN}", **{BORN: "02/02/2026"}),
        one(SERVICE, f"P07 {BORN}", "M01 Event_Start_Date", **{BORN: "20/09/2026", START: ""}),
        one(SERVICE, f"P07 {BORN}", f"D05 {START}", **{BORN: "20/10/2026", START: "22/10/2026"}),
    ],
    "P07": [
        one(REQUEST, f"P07 {BORN}", **{BORN: "01/03/2008"}),
        one(SERVICE, f"P07 {BORN}", **{BORN: "01/10/2008"}),
        one(SERVICE, f"P07 {BORN}", **(ENDED | {BORN: "01/06/2008"})),
        one(SERVICE, f"P07 {BORN}", f"P12 {DIED}", **{BORN: "01/05/2008", DIED: "30/04/2026"}),
        one(REQUEST, **{BORN: "28/02/2008"}),
        one(SERVICE, **{BORN: "01/09/2008"}),
        one(SERVICE, **(ENDED | {BORN: "31/05/2008"})),
        one(REQUEST, f"M01 {BORN}", **{BORN: ""}),
    ],
    "P08": [
        one(SERVICE, f"P08 {BORN}", **{BORN: "01/09/1911"}),
        one(REQUEST, f"P08 {BORN}", **{BORN: "01/01/1900"}),
        one(SERVICE, **{BORN: "01/10/1911"}),
        one(SERVICE, **(ENDED | {BORN: "01/06/1911"})),
        one(SERVICE, f"P08 {BORN}", **(ENDED | {BORN: "01/05/1911"})),
    ],
    "P09": [
        one(REQUEST, f"P09 {DIED}", f"P10 {DIED}", f"P11 {DIED}", **{DIED: "11/03/1941"}),
        one(REQUEST, f"P09 {DIED}", **{DIED: "21/10/2026"}),
        one(REQUEST, f"P10 {DIED}", f"P11 {DIED}", **{DIED: "12/03/1941"}),
        one(REQUEST, **{DIED: "20/10/2026"}),
        one(REQUEST, f"D01 {DIED}", **{DIED: "21/10/26"}),
    ],
    "P10": [
        one(REQUEST, f"P10 {DIED}", **{DIED: "01/02/2026"}),
        one(REQUEST, f"P12 {DIED}", **{DIED: "02/02/2026"}),
        one(REQUEST, f"M01 {START}", **{DIED: "01/02/2026", START: ""}),
    ],
    "P11": [
        one(SERVICE, f"P11 {DIED}", f"D06 {END}", **{DIED: "30/09/2025", START: "01/09/2025"}),
        one(SERVICE, f"P10 {DIED}", f"P11 {DIED}", **{DIED: "30/09/2025"}),
        one(SERVICE, f"P12 {DIED}", **{DIED: "01/10/2025", START: "01/09/2025"}),
    ],
    "P12": [
        one(SERVICE, f"P12 {DIED}", **{DIED: "02/02/2026"}),
        one(SERVICE, f"P12 {DIED}", **(ENDED | {DIED: "09/05/2026"})),
        one(REQUEST, f"P12 {DIED}", **{DIED: "02/02/2026"}),
        one(SERVICE, f"P12 {DIED}", **{DIED: "01/10/2025", START: "01/09/2025"}),
        one(SERVICE, **(ENDED | {DIED: "10/05/2026"})),
        one(REQUEST, **{DIED: "03/02/2026"}),
        one(ASSESSMENT, f"D03 {END}", **{DIED: "03/02/2026", END: ""}),
        one(SERVICE, f"D01 {END}", **{DIED: "03/02/2026", END: "2026-05-10"}),
        one(SERVICE, f"M01 {START}", **{DIED: "03/02/2026", START: ""}),
    ],
    "P13": [
        one(REQUEST, "P13 Postcode", Postcode="ZZ1"),
        one(REQUEST, "P13 Postcode", Postcode="ZZ1  1AA"),
        one(REQUEST, "P13 Postcode", Postcode="ABC1 1AA"),
        one(REQUEST, "P13 Postcode", Postcode="ZZ1 1AAA"),
        one(REQUEST, "P13 Postcode", Postcode="ZZ1 AA"),
        one(REQUEST, "P13 Postcode", Postcode="1Z1 1AA"),
        one(REQUEST, "P13 Postcode", Postcode="ZZ1 1A1"),
        one(REQUEST, "P13 Postcode", Postcode="ZZ111 1AA"),
        one(REQUEST, Postcode=" zz1 1aa "),
        one(REQUEST, Postcode="ZZ11AA"),
        one(REQUEST, Postcode="Z1 1AA"),
        one(REQUEST, Postcode="ZZ1Z 1AA"),
        one(REQUEST, Postcode="ZZ12 1AA"),
        one(REQUEST, "M02 Postcode", Postcode=""),
    ],
    "P14": [
        several([SERVICE, REQUEST | {"Gender": "Male"}], "1 P14 Gender", "2 P14 Gender"),
        several([SERVICE, REQUEST | {"Ethnicity": "White: Roma"}], "1 P14 Ethnicity", "2 P14 Ethnicity"),
        several([SERVICE, REQUEST | {BORN: "13/03/1941"}], f"1 P14 {BORN}", f"2 P14 {BORN}"),
        several([SERVICE | ENDED, REQUEST | {DIED: "10/05/2026"}], f"1 P14 {DIED}", f"2 P14 {DIED}"),
        several(
            [SERVICE, REQUEST | {"Gender": ""}, REVIEW | {BORN: "01/03/1941"}],
            *(f"{row} P14 {each}" for row in (1, 2, 3) for each in ("Gender", BORN)),
            "2 M01 Gender",
        ),
        several([SERVICE, REQUEST | {"Gender": "female"}], "2 C02 Gender"),
        several([SERVICE, REQUEST | OTHER | {"Gender": "Male"}]),
        several(
            [
                SERVICE | {"LA_Person_Unique_Identifier": ""},
                REQUEST | {"LA_Person_Unique_Identifier": "", "Gender": "Male"},
            ],
            "1 M01 LA_Person_Unique_Identifier",
            "2 M01 LA_Person_Unique_Identifier",
        ),
    ],
    "P15": [
        one(REQUEST, "P15 GP_Practice_Code", GP_Practice_Code="z99001"),
        one(REQUEST, "P15 GP_Practice_Code", GP_Practice_Code="Z9900"),
        one(REQUEST, "P15 GP_Practice_Code", GP_Practice_Code="Z990012"),
        one(REQUEST, "P15 GP_Practice_Code", GP_Practice_Code="ZZ9001"),
        one(REQUEST, GP_Practice_Code=" Z99001"),
        one(REQUEST, "M02 GP_Practice_Code", GP_Practice_Code=""),
    ],
}  # fmt: skip
