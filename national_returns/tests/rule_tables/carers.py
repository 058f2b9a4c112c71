"""U01 to V02."""

from national_returns.tests.builders import CARER, REQUEST, REVIEW, SERVICE
from national_returns.tests.rule_tables import CARE_HOME, ENDED, OTHER, PRISON, ST_MAX, Case, one, several

LINKS = ("Adult_1_Linked_Person_ID", "Adult_2_Linked_Person_ID", "Adult_3_Linked_Person_ID")
NUMBER = "No_of_adults_being_cared_for"
ASKED = REQUEST | CARER
ADULT, SECOND, THIRD = (
    SERVICE,
    SERVICE | OTHER,
    SERVICE | {"LA_Person_Unique_Identifier": "P3", "NHS_Number": "9990000034"},
)
ALL = [ADULT, SECOND, THIRD]
V02 = "2 V02 Event_Start_Date"
EARLY = {"Event_Start_Date": "01/01/2026"}


def linked(*people: str, number: str = "1") -> dict[str, str]:
    return dict(zip(LINKS, (*people, "", "", ""), strict=False)) | {NUMBER: number}


CASES: dict[str, list[Case]] = {
    "U01": [
        one(SERVICE, f"U01 {LINKS[0]}", Total_Hrs_Caring_Per_Week="10"),
        one(SERVICE, f"U01 {LINKS[0]}", **{NUMBER: "0"}),
        *(several([SERVICE | {name: "P2"}, SECOND], f"1 U01 {LINKS[0]}") for name in LINKS),
        several([ADULT, ASKED]),
        one(REQUEST, "C01 Client_Type", **(linked() | {"Client_Type": "Neighbour"})),
    ],
    "U02": [
        several([ADULT, ASKED | linked("C1")], f"2 U02 {LINKS[0]}", f"2 U03 {LINKS[0]}"),
        several([ADULT, ASKED | linked("P1", "C1", number="2")], f"2 U02 {LINKS[0]}", f"2 U03 {LINKS[1]}"),
        several([ADULT, ASKED | linked("P1")]),
        one(
            ASKED,
            "M01 LA_Person_Unique_Identifier",
            LA_Person_Unique_Identifier="",
            **linked(number="0"),
        ),
    ],
    "U03": [
        several([ASKED], f"1 U03 {LINKS[0]}"),
        several([*ALL, ASKED | linked("P1", "P9", "P8", number="3")], f"4 U03 {LINKS[1]}", f"4 U03 {LINKS[2]}"),
        several([ASKED | linked("P1"), ADULT | {"LA_Person_Unique_Identifier": "p1"}], f"1 U03 {LINKS[0]}"),
        several([ASKED | linked("C2"), ASKED | OTHER | {"LA_Person_Unique_Identifier": "C2"} | linked()], f"1 U03 {LINKS[0]}"),
        several([ASKED | linked("P1", "P2", "P3", number="3"), *ALL]),
    ],
    "U04": [
        several([*ALL, ASKED | linked("P1", "P2", number="1")], f"4 U04 {NUMBER}"),
        several([*ALL, ASKED | linked("P1", number="0")], f"4 U04 {NUMBER}"),
        *(several([ADULT, ASKED | linked("P1", number=each)], f"2 U04 {NUMBER}") for each in ("two", "1.0", "-1", "100", "٢")),
        several([*ALL, ASKED | linked("P1", "P2", "P3", number="3")]),
        several([ADULT, ASKED | linked("P1", number="99")]),
        several([ADULT, ASKED | linked("P1", number="")]),
        one(ASKED, **linked(number="0")),
    ],
    "U05": [
        several([ADULT, ASKED | linked("P1", "P1")], f"2 U05 {LINKS[0]}"),
        several([*ALL, ASKED | linked("P1", "P2", "P1", number="2")], f"4 U05 {LINKS[0]}"),
        several([ADULT, ASKED | {LINKS[0]: "", LINKS[1]: "P1", LINKS[2]: "P1"}], f"2 U05 {LINKS[0]}"),
        several([*ALL, ASKED | linked("P1", "P2", number="2")]),
    ],
    "V02": [
        several([SECOND, REVIEW], V02),
        several([ADULT | EARLY | ENDED | {"Event_End_Date": "31/05/2026"}, REVIEW], V02),
        several([ADULT | {"Event_Start_Date": "02/06/2026"}, REVIEW], V02),
        several([ST_MAX, REVIEW], V02),
        several([ADULT | {"Event_End_Date": "sometime"}, REVIEW], "1 D01 Event_End_Date", V02),
        several(
            [ADULT | {"Date_of_Death": "31/05/2026"}, REVIEW | {"Date_of_Death": "31/05/2026"}],
            "1 P12 Date_of_Death", "2 P10 Date_of_Death", V02,
        ),
        several([ADULT | EARLY | ENDED | {"Event_End_Date": "01/06/2026"}, REVIEW]),
        several([ADULT | {"Event_Start_Date": "01/06/2026"}, REVIEW]),
        several([CARE_HOME, REVIEW]),
        several([CARE_HOME | {"Service_Type": "Long term support: Nursing care"}, REVIEW]),
        several([PRISON, REVIEW]),
        several([ADULT, REVIEW | {"NHS_Number": ""}], "2 M02 NHS_Number"),
        several([SECOND, REVIEW | {"Review_Reason": "Review of short term support", "Review_Outcomes_Achieved": ""}]),
        several([SECOND, REVIEW | {"Event_Start_Date": ""}], "2 M01 Event_Start_Date"),
        several([ADULT, REVIEW | CARER]),
        several([ADULT, ASKED]),
    ],
}  # fmt: skip
