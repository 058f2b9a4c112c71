"""C01 to E02."""

from national_returns.tests.builders import ASSESSMENT, REQUEST, REVIEW, SERVICE
from national_returns.tests.rule_tables import ENDED, OF_A_CARER, Case, one, several

START, END, OUTCOME = "Event_Start_Date", "Event_End_Date", "Event_Outcome"
ROUTE, DIED = "Request_Route_of_Access", "Date_of_Death"
PSR = "Primary_Support_Reason"
OPEN_SERVICE = SERVICE | {"Event_Start_Date": "01/01/2020", "Event_Reference": "SER-0"}
ONLY_REVIEWS = ("Review_Reason", "Review_Outcomes_Achieved", "Method_of_Review")
ONLY_ASSESSMENTS = ("Assessment_Type", "Eligible_Needs_Identified", "Method_of_Assessment")
ONLY_SERVICES = (
    "Service_Type",
    "Service_Component",
    "Delivery_Mechanism",
    "Provider_CQC_Location_Name",
    "Provider_CQC_Location_ID",
    "Unit_Cost",
    "Cost_Frequency_Unit_Type",
    "Planned_Units_Per_Week",
)
ALWAYS_MANDATORY = (
    "LA_Code",
    "Reporting_Period_Start_Date",
    "Reporting_Period_End_Date",
    "LA_Person_Unique_Identifier",
    "Gender",
    "Ethnicity",
    "Date_of_Birth",
    "Client_Type",
    PSR,
    "Event_Type",
    START,
)
WANTED_OF_ALL = ("NHS_Number", "GP_Practice_Code", "Postcode")
WANTED_OF_SERVICE_USERS = (
    "Accommodation_Status",
    "Employment_Status",
    "Has_Unpaid_Carer",
    "Client_Funding_Status",
)
OPTIONAL = (
    "First_Name",
    "Last_Name",
    "GP_Practice_Name",
    "Event_Reference",
    "Provider_CQC_Location_Name",
    "Provider_CQC_Location_ID",
)


def blank(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "")


CASES: dict[str, list[Case]] = {
    "C01": [
        one(REQUEST, "C01 Gender", Gender="F"),
        one(REQUEST, "C01 Client_Type", "C01 Employment_Status", Client_Type="Client", Employment_Status="Retired"),
        one(REQUEST, "C01 Event_Type", Event_Type="Visit"),
        one(SERVICE, "C01 Cost_Frequency_Unit_Type", Cost_Frequency_Unit_Type="Per hour"),
        one(REQUEST, "C01 Visual_Impairment", Visual_Impairment="Visual Impairment - severity unknown"),
        one(REQUEST, "C01 Assessment_Type", "M03 Assessment_Type", Assessment_Type="Financial review"),
        one(REQUEST, Visual_Impairment="Visual impairment - severity unknown"),
        one(REQUEST, **{PSR: "Physical Support: Personal care support"}),
        one(REQUEST),
        one(OF_A_CARER, Total_Hrs_Caring_Per_Week="as many as it takes"),
    ],
    "C02": [
        one(REQUEST, "C02 Gender", Gender="female"),
        one(REQUEST, "C02 Gender", Gender="Female "),
        one(REQUEST, "C02 Event_Type", Event_Type=" Request"),
        one(REQUEST, "C02 Client_Type", Client_Type="Service User"),
        one(REQUEST, "C02 Client_Type", Client_Type="Service  user"),
        one(REQUEST, f"C02 {PSR}", **{PSR: "Learning Disability Support"}),
        one(REQUEST, f"C02 {OUTCOME}", **{OUTCOME: "NFA:Other"}),
        one(REQUEST, f"C01 {OUTCOME}", **{OUTCOME: "NFA; Other"}),
        one(REQUEST, **{ROUTE: "DISCHARGE FROM HOSPITAL "}),
        one(REQUEST, Gender="Female"),
    ],
    "C03": [
        one(REQUEST, f"C03 {OUTCOME}", **{OUTCOME: "Progress to Assessment"}),
        one(REQUEST, f"C03 {OUTCOME}", **{OUTCOME: "PROGRESS TO ASSESSMENT"}),
        one(REQUEST, f"C03 {OUTCOME}", **{OUTCOME: "Progress to End of Life Care"}),
        one(REQUEST, f"C03 {OUTCOME}", **{OUTCOME: "progress to financial assessment"}),
        one(SERVICE, "C03 Delivery_Mechanism", Delivery_Mechanism="Self-Funder Metering Only"),
        one(ASSESSMENT, "C03 Assessment_Type", Assessment_Type="Full Financial Assessment"),
        one(REQUEST, "C03 Ethnicity", Ethnicity="White - Irish"),
        one(OF_A_CARER, "C03 Client_Type", Client_Type="Carer"),
        one(REQUEST, "C02 Assessment_Type", "M03 Assessment_Type", Assessment_Type="Long Term Assessment"),
        one(REQUEST, **{ROUTE: "Community / Other route"}),
        one(ASSESSMENT, Method_of_Assessment="carer only"),
    ],
    "C04": [
        one(REQUEST, f"C04 {ROUTE}", **{ROUTE: "By carrier pigeon"}),
        one(REQUEST, f"C04 {ROUTE}", **{ROUTE: "Discharge  from hospital"}),
        one(REQUEST, "C04 Dementia", Dementia="Perhaps"),
        one(ASSESSMENT, "C04 Eligible_Needs_Identified", Eligible_Needs_Identified="Y"),
        one(ASSESSMENT, Eligible_Needs_Identified=" yes "),
        one(REQUEST, **{ROUTE: "discharge FROM reablement"}),
        one(OF_A_CARER, Total_Hrs_Caring_Per_Week="20-34"),
    ],
    "D01": [
        one(REQUEST, f"D01 {END}", **{END: "2026-02-03"}),
        one(REQUEST, f"D01 {START}", **{START: "02/02/26"}),
        one(REQUEST, f"D01 {START}", **{START: "02/02/2026 00:00"}),
        one(REQUEST, f"D01 {END}", **{END: "31/02/2026"}),
        one(REQUEST, "D01 Date_of_Birth", Date_of_Birth="1/3/1941"),
        one(REQUEST, f"D01 {DIED}", **{DIED: "unknown"}),
        one(
            REQUEST, "D01 Reporting_Period_Start_Date", "D01 Reporting_Period_End_Date",
            Reporting_Period_Start_Date="01-10-2025", Reporting_Period_End_Date="30.09.2026",
        ),
        one(REQUEST, **{END: " 03/02/2026 "}),
        one(REQUEST, "P06 Date_of_Birth", "D05 " + START, "D02 " + END, Date_of_Birth="29/02/2028", **{START: "01/01/2028"}),
    ],
    "D02": [
        one(REQUEST, f"D02 {END}", **{END: "01/02/2026"}),
        one(SERVICE, f"D02 {END}", **(ENDED | {END: "01/02/2026"})),
        one(REQUEST, **{END: "02/02/2026"}),
        one(SERVICE),
    ],
    "D03": [
        one(REQUEST, f"D03 {END}", **{END: ""}),
        one(ASSESSMENT, f"D03 {END}", **{END: " "}),
        several([OPEN_SERVICE, REVIEW | {END: ""}], f"2 D03 {END}"),
        one(SERVICE, **{END: ""}),
        one(REQUEST, f"D01 {END}", **{END: "soon"}),
        one(REQUEST, "C01 Event_Type", **{END: "", "Event_Type": "Visit"}),
    ],
    "D04": [
        one(REQUEST, f"D04 {END}", **{START: "30/09/2025", END: "30/09/2025"}),
        one(REQUEST, f"D04 {END}", **{END: "01/10/2026"}),
        several([OPEN_SERVICE, REVIEW | {END: "01/10/2026"}], f"2 D04 {END}"),
        one(ASSESSMENT, f"D04 {END}", **{END: "01/10/2026"}),
        one(ASSESSMENT, f"D04 {END}", f"P11 {DIED}", **{START: "01/09/2025", DIED: "30/09/2025"}),
        one(REQUEST, **{START: "30/09/2025", END: "01/10/2025"}),
        one(REQUEST, **{END: "30/09/2026"}),
        one(ASSESSMENT, f"P12 {DIED}", **{END: "01/10/2026", DIED: "30/09/2026"}),
        one(SERVICE, f"D07 {END}", **{END: "01/10/2026"}),
    ],
    "D05": [
        one(SERVICE, f"D05 {START}", **{START: "01/10/2026"}),
        one(REQUEST, f"D05 {START}", f"D04 {END}", **{START: "01/10/2026", END: "01/10/2026"}),
        one(SERVICE, **{START: "30/09/2026"}),
    ],
    "D06": [
        one(SERVICE, f"D06 {END}", **(ENDED | {START: "01/09/2025", END: "30/09/2025"})),
        one(SERVICE, **(ENDED | {START: "01/09/2025", END: "01/10/2025"})),
        one(REQUEST, f"D04 {END}", **{START: "01/09/2025", END: "30/09/2025"}),
    ],
    "D07": [
        one(SERVICE, f"D07 {END}", **{END: "01/10/2026"}),
        one(SERVICE, **(ENDED | {END: "30/09/2026"})),
        one(REQUEST, f"D04 {END}", **{END: "01/10/2026"}),
    ],
    "M01": [
        *(one(REQUEST, f"M01 {name}", **{name: ""}) for name in ALWAYS_MANDATORY if name not in ("Client_Type", "Event_Type")),
        one(REQUEST, f"M01 {ROUTE}", f"M01 {OUTCOME}", **blank(ROUTE, OUTCOME)),
        one(ASSESSMENT, "M01 Assessment_Type", f"M01 {OUTCOME}", **blank("Assessment_Type", OUTCOME)),
        one(SERVICE, "M01 Service_Type", **blank("Service_Type")),
        several([OPEN_SERVICE, REVIEW | blank("Review_Reason", OUTCOME, "Review_Outcomes_Achieved")], "2 M01 Review_Reason", f"2 M01 {OUTCOME}"),
        # Without a type, what is mandatory for all four still is, and nothing else is asked for.
        one(REQUEST, "M01 Event_Type", "M01 Gender", "M02 Postcode", **blank("Event_Type", "Gender", "Postcode", END, OUTCOME, ROUTE)),
        one(REQUEST, "M01 Client_Type", **(blank("Client_Type"))),
        one(SERVICE, **blank(*OPTIONAL)),
        one(REQUEST, f"D03 {END}", **{END: ""}),
    ],
    "M02": [
        *(one(SERVICE, f"M02 {name}", **{name: ""}) for name in WANTED_OF_ALL + WANTED_OF_SERVICE_USERS),
        *(one(ASSESSMENT, f"M02 {name}", **{name: ""}) for name in ("Eligible_Needs_Identified", "Method_of_Assessment")),
        *(
            several([OPEN_SERVICE, REVIEW | {name: ""}], f"2 M02 {name}")
            for name in ("Review_Outcomes_Achieved", "Method_of_Review")
        ),
        several([OPEN_SERVICE, REVIEW | {"Review_Reason": "planned", "Review_Outcomes_Achieved": ""}], "2 M02 Review_Outcomes_Achieved"),
        several([OPEN_SERVICE, REVIEW | {"Review_Reason": "Unplanned: Other reason", "Review_Outcomes_Achieved": ""}]),
        several([OPEN_SERVICE, REVIEW | {"Review_Reason": "Review of short term support", "Review_Outcomes_Achieved": ""}]),
        one(SERVICE, "M02 Service_Component", Service_Component=""),
        one(SERVICE, "M02 Unit_Cost", "M02 Cost_Frequency_Unit_Type", **blank("Unit_Cost", "Cost_Frequency_Unit_Type")),
        one(SERVICE, "K02 Cost_Frequency_Unit_Type", Unit_Cost=""),
        one(SERVICE, "K02 Cost_Frequency_Unit_Type", Cost_Frequency_Unit_Type=""),
        one(SERVICE, f"M02 {OUTCOME}", **(ENDED | {OUTCOME: ""})),
        one(SERVICE, f"M02 {OUTCOME}", **(ENDED | {OUTCOME: "", END: "30/09/2026"})),
        one(SERVICE, f"D07 {END}", **(ENDED | {OUTCOME: "", END: "01/10/2026"})),
        one(SERVICE, f"D01 {END}", **(ENDED | {OUTCOME: "", END: "tomorrow"})),
        one(OF_A_CARER, **blank(*WANTED_OF_SERVICE_USERS)),
        one(REQUEST, "C01 Client_Type", **(blank(*WANTED_OF_SERVICE_USERS) | {"Client_Type": "Neighbour"})),
        one(SERVICE, **{DIED: ""}),
    ],
    "M03": [
        *(one(SERVICE, f"M03 {name}", **{name: {"Assessment_Type": "Long term assessment", "Eligible_Needs_Identified": "Yes"}.get(name, "Service user only")}) for name in ONLY_ASSESSMENTS),
        *(one(REQUEST, f"M03 {name}", **{name: SERVICE[name]}) for name in ONLY_SERVICES),
        *(one(ASSESSMENT, f"M03 {name}", **{name: REVIEW[name]}) for name in ONLY_REVIEWS),
        one(SERVICE, f"M03 {ROUTE}", **{ROUTE: "Prison"}),
        one(REQUEST, "C01 Event_Type", Event_Type="Visit", Service_Component="Day support"),
        one(REQUEST, Assessment_Type=" "),
    ],
    "E01": [
        one(REQUEST, f"E01 {OUTCOME}", **{OUTCOME: "NFA: Deceased"}),
        one(SERVICE, f"E01 {OUTCOME}", f"C03 {OUTCOME}", **(ENDED | {OUTCOME: "NFA - Deceased"})),
        one(REQUEST, **{OUTCOME: "NFA: Deceased", DIED: "03/02/2026"}),
        one(REQUEST, f"D01 {DIED}", **{OUTCOME: "NFA: Deceased", DIED: "February"}),
        one(REQUEST, **{OUTCOME: "NFA: Other"}),
    ],
    "E02": [
        one(SERVICE, f"E02 {OUTCOME}", **{OUTCOME: "NFA: Other"}),
        one(SERVICE, f"P12 {DIED}", **{OUTCOME: "NFA: Deceased", DIED: "10/05/2026"}),
        one(SERVICE, **ENDED),
        one(SERVICE, f"D01 {END}", **(ENDED | {END: "?"})),
        one(REQUEST, f"D03 {END}", **{END: ""}),
    ],
}  # fmt: skip
