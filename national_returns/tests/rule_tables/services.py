"""S01 to K05."""

from national_returns.tests.builders import REQUEST, SERVICE
from national_returns.tests.rule_tables import CARE_HOME, OF_A_CARER, PRISON, ST_MAX, Case, one

LOW_LEVEL = {"Service_Type": "Short term support: Ongoing low level", "Delivery_Mechanism": ""}
OTHER_SHORT_TERM = {"Service_Type": "Short term support: Other short term", "Delivery_Mechanism": ""}
NURSING = {"Service_Type": "Long term support: Nursing care"}
FOR_THE_CARED_FOR = {"Service_Type": "Unpaid carer support: Support involving the person cared-for"}
COMPONENT, MECHANISM, LOCATION = "Service_Component", "Delivery_Mechanism", "Provider_CQC_Location_ID"
COST, FREQUENCY, UNITS = "Unit_Cost", "Cost_Frequency_Unit_Type", "Planned_Units_Per_Week"
HOMES = ("Long term nursing care", "Long term residential care")
SHORT_STAYS = ("Short term nursing care", "Short term residential care")
CARER_COMPONENTS = (
    "Unpaid carer respite", "Unpaid carer sitting service", "Unpaid carer universal services",
    "Other unpaid carer support",
)  # fmt: skip
S01 = f"S01 {COMPONENT}"


def price(cost: str, frequency: str, units: str = "") -> dict[str, str]:
    return {COST: cost, FREQUENCY: frequency, UNITS: units}


CASES: dict[str, list[Case]] = {
    "S01": [
        *(one(CARE_HOME, S01, **{COMPONENT: each}) for each in (*SHORT_STAYS, "Day support", "Other short term support")),
        *(one(CARE_HOME | NURSING, S01, **{COMPONENT: each}) for each in (*SHORT_STAYS, "Direct payment")),
        *(one(SERVICE, S01, **{COMPONENT: each}) for each in HOMES + SHORT_STAYS),
        *(one(PRISON, S01, **{COMPONENT: each}) for each in HOMES + SHORT_STAYS),
        *(one(ST_MAX, S01, f"S02 {COMPONENT}", **{COMPONENT: each}) for each in HOMES),
        *(one(SERVICE | LOW_LEVEL, S01, **{COMPONENT: each}) for each in HOMES),
        *(one(SERVICE | OTHER_SHORT_TERM, S01, **{COMPONENT: each}) for each in HOMES),
        *(one(OF_A_CARER, S01, **{COMPONENT: each}) for each in (*HOMES, "Reablement")),
        *(one(OF_A_CARER | FOR_THE_CARED_FOR, S01, **{COMPONENT: each}) for each in (*HOMES, "Reablement")),
        *(one(SERVICE, S01, **{COMPONENT: each}) for each in CARER_COMPONENTS),
        one(CARE_HOME, S01, f"C01 {COMPONENT}", **{COMPONENT: "Bed and breakfast"}),
        *(one(CARE_HOME, **{COMPONENT: each}) for each in (*HOMES, "Other long term support", "End of life care")),
        *(one(CARE_HOME | NURSING, **{COMPONENT: each}) for each in (*HOMES, "Other long term support", "End of life care")),
        *(one(SERVICE | OTHER_SHORT_TERM, **{COMPONENT: each}) for each in SHORT_STAYS),
        *(one(OF_A_CARER, **{COMPONENT: each}) for each in (*CARER_COMPONENTS, *SHORT_STAYS)),
        *(one(OF_A_CARER | FOR_THE_CARED_FOR, **{COMPONENT: each}) for each in CARER_COMPONENTS),
        one(CARE_HOME, f"M02 {COMPONENT}", **{COMPONENT: ""}),
        one(SERVICE, "M01 Service_Type", **{"Service_Type": "", COMPONENT: "Unpaid carer respite"}),
        one(SERVICE, **{COMPONENT: "Reablement"}),
    ],
    "S02": [
        one(ST_MAX, f"S02 {COMPONENT}", **{COMPONENT: "Home support or domiciliary care"}),
        one(ST_MAX),
        one(ST_MAX, f"C02 {COMPONENT}", **{COMPONENT: "reablement"}),
        one(ST_MAX, f"M02 {COMPONENT}", **{COMPONENT: ""}),
        one(SERVICE | LOW_LEVEL),
    ],
    "S03": [
        one(PRISON, f"S03 {MECHANISM}", **{MECHANISM: "Direct payment"}),
        one(PRISON, **{MECHANISM: "CASSR commissioned support"}),
        one(PRISON, **{MECHANISM: ""}),
        one(PRISON, f"S06 {MECHANISM}", **{COMPONENT: "Direct payment"}),
        one(SERVICE, **{MECHANISM: "Direct payment"}),
    ],
    "S04": [
        one(SERVICE, f"S04 {MECHANISM}", **{MECHANISM: ""}),
        one(OF_A_CARER, f"S04 {MECHANISM}", **{MECHANISM: ""}),
        one(SERVICE, **{MECHANISM: "", COMPONENT: "Direct payment"}),
        one(OF_A_CARER | FOR_THE_CARED_FOR, **{MECHANISM: ""}),
        one(PRISON, **{MECHANISM: ""}),
        one(CARE_HOME),
        one(ST_MAX),
    ],
    "S05": [
        one(CARE_HOME, f"S05 {MECHANISM}", **{MECHANISM: "CASSR commissioned support"}),
        one(CARE_HOME | NURSING, f"S05 {MECHANISM}", **{MECHANISM: "CASSR commissioned support"}),
        one(SERVICE),
        one(PRISON),
    ],
    "S06": [
        one(SERVICE, f"S06 {MECHANISM}", **{COMPONENT: "Direct payment"}),
        one(SERVICE, f"S06 {MECHANISM}", f"C01 {MECHANISM}", **{COMPONENT: "Direct payment", MECHANISM: "Cash"}),
        one(SERVICE, **{COMPONENT: "Direct payment", MECHANISM: "Direct payment"}),
        one(SERVICE, **{COMPONENT: "Day support", MECHANISM: "Direct payment"}),
    ],
    "S07": [
        one(OF_A_CARER, "S07 Service_Type", Client_Type="Service user", Accommodation_Status="Unknown", Employment_Status="Unknown", Has_Unpaid_Carer="No", Client_Funding_Status="Unknown"),
        one(SERVICE, "S07 Service_Type", Client_Type="Unpaid carer"),
        one(SERVICE, "S07 Service_Type", Client_Type="Unpaid carer known by association"),
        one(SERVICE, "S07 Service_Type", "C01 Client_Type", Client_Type="A CARER"),
        one(OF_A_CARER),
        one(OF_A_CARER | FOR_THE_CARED_FOR),
        one(SERVICE, "C01 Client_Type", Client_Type="Client"),
        one(SERVICE, "M01 Service_Type", Client_Type="Unpaid carer", Service_Type=""),
    ],
    "S08": [
        one(SERVICE, f"S08 {LOCATION}", **{LOCATION: "1-12345"}),
        one(SERVICE, f"S08 {LOCATION}", **{LOCATION: "1-1234567890123"}),
        one(SERVICE, f"S08 {LOCATION}", **{LOCATION: "11-123456"}),
        one(SERVICE, f"S08 {LOCATION}", **{LOCATION: "1123456"}),
        one(SERVICE, **{LOCATION: "1-123456"}),
        one(SERVICE, **{LOCATION: "1-123456789012"}),
        one(REQUEST, f"M03 {LOCATION}", **{LOCATION: "nowhere"}),
    ],
    "K01": [
        *(one(SERVICE, f"K01 {COST}", **{COST: each}) for each in ("£22.50", "1,022.50", "22.505", ".50", "22.", "1e3", "+5", "٢٢", "22 50")),
        *(one(SERVICE, f"K01 {UNITS}", **{UNITS: each}) for each in ("14 hours", "14.000")),
        *(one(SERVICE, **{COST: each}) for each in ("22", "22.5", "022.50", " 22.50 ", "0")),
        one(SERVICE, **{UNITS: "14"}),
        one(SERVICE, f"K01 {COST}", **{COST: "1" * 13}),
        one(SERVICE, f"K05 {COST}", **{COST: "9" * 12 + ".99", UNITS: "9" * 12 + ".99"}),
        one(REQUEST, f"M03 {COST}", **{COST: "£5"}),
    ],
    "K02": [
        one(SERVICE, f"K02 {FREQUENCY}", **price("", "Weekly")),
        one(SERVICE, f"K02 {FREQUENCY}", **price("22.50", "")),
        one(SERVICE, **price("", "No charge to client")),
        one(SERVICE, **price("22.50", "No charge to client")),
        one(SERVICE, f"M02 {COST}", f"M02 {FREQUENCY}", **price("", "")),
        one(SERVICE, f"K01 {COST}", **price("dear", "Weekly")),
    ],
    "K03": [
        *(one(SERVICE, f"K03 {UNITS}", **price("5", each)) for each in ("Per session", "Hourly", "Daily")),
        *(one(SERVICE, f"K03 {UNITS}", **price("5", "Hourly", each)) for each in ("0", "0.00", "-0")),
        *(one(SERVICE, **price("5", each, "1")) for each in ("Per session", "Hourly", "Daily")),
        *(
            one(SERVICE, **price("5", each))
            for each in ("Weekly", "Fortnightly", "4-weekly", "Monthly", "Quarterly", "Annually", "One-off")
        ),
        one(SERVICE, f"K01 {UNITS}", **price("5", "Hourly", "some")),
        one(SERVICE, **price("5", "Hourly", "0.01")),
        one(SERVICE, f"K04 {UNITS}", **price("5", "Hourly", "-1")),
    ],
    "K04": [
        one(SERVICE, f"K04 {COST}", **price("-0.01", "Weekly")),
        one(SERVICE, f"K04 {UNITS}", **price("5", "Weekly", "-1")),
        one(SERVICE, f"K04 {COST}", f"K04 {UNITS}", **price("-5", "Hourly", "-1")),
        one(SERVICE, **price("0", "Weekly", "0")),
        one(SERVICE, **price("-0", "Weekly")),
    ],
    "K05": [
        one(SERVICE, f"K05 {COST}", **price("10000.01", "Weekly")),
        one(SERVICE, f"K05 {COST}", f"K04 {COST}", **price("-10000.01", "Weekly")),
        one(SERVICE, f"K05 {COST}", **price("100.01", "Hourly", "100")),
        one(SERVICE, f"K05 {COST}", **price("43333.36", "Monthly")),
        one(SERVICE, f"K05 {COST}", **price("520001", "Annually")),
        one(SERVICE, **price("10000", "Weekly")),
        one(SERVICE, **price("100", "Hourly", "100")),
        one(SERVICE, **price("43333.35", "Monthly")),
        one(SERVICE, **price("90000", "One-off")),
        one(SERVICE, **price("90000", "No charge to client")),
        one(SERVICE, f"K02 {FREQUENCY}", **price("90000", "")),
        one(SERVICE, f"K03 {UNITS}", **price("90000", "Daily")),
        one(SERVICE, f"C01 {FREQUENCY}", **price("90000", "Now and then")),
    ],
}  # fmt: skip
