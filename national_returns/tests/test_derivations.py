"""What the department works out from a row: D-01 to D-08 (D-11 and D-12 are in test_weekly_cost)."""

from datetime import date

import pytest

from national_returns.cld import derive
from national_returns.tests.builders import ASSESSMENT, CARER, REQUEST, REVIEW, SERVICE
from national_returns.tests.judged import records
from national_returns.tests.rule_tables import ENDED


def day(text):
    return date.fromisoformat(text) if text else None


def read(row, **changes):
    (record,) = records([row | changes])
    return record


@pytest.mark.parametrize(
    "number,local_id,key",
    [
        ("9990000018", "P1", "9990000018"),
        ("", "P1", "998_P1"),
        ("9990000018", "", "9990000018"),
        ("", "", ""),
    ],
)
def test_a_person_is_their_nhs_number_else_council_and_identifier(number, local_id, key):
    assert derive.person_key(nhs_number=number, council="998", local_id=local_id) == key


@pytest.mark.parametrize(
    "start,end,died,effective",
    [
        ("2026-02-02", "2026-05-10", "", "2026-05-10"),
        ("2026-02-02", "2026-05-10", "2026-03-01", "2026-03-01"),
        ("2026-02-02", "2026-05-10", "2026-02-02", "2026-02-02"),
        ("2026-02-02", "2026-05-10", "2026-02-01", "2026-05-10"),
        ("2026-02-02", "2026-05-10", "2026-05-10", "2026-05-10"),
        ("2026-02-02", "2026-05-10", "2026-05-11", "2026-05-10"),
        ("2026-02-02", "", "", ""),
        ("2026-02-02", "", "2026-02-03", "2026-02-03"),
        ("2026-02-02", "", "2026-02-02", ""),
        ("2026-02-02", "", "2026-02-01", ""),
        ("", "2026-05-10", "2026-03-01", "2026-05-10"),
        ("2026-05-10", "2026-02-02", "2026-03-01", "2026-02-02"),
    ],
)
def test_a_death_ends_what_it_falls_into(start, end, died, effective):
    assert derive.effective_end(start=day(start), end=day(end), died=day(died)) == day(effective)


@pytest.mark.parametrize("died,before", [("2025-09-30", True), ("2025-10-01", False), ("", False)])
def test_a_death_before_the_period_takes_a_person_out_of_it(died, before):
    assert derive.died_before(died=day(died), period_start=date(2025, 10, 1)) is before


@pytest.mark.parametrize(
    "born,on,age",
    [
        ("1938-07-20", "2026-07-15", 88),  # the published example: 32,156 days from 01/07/1938
        ("1938-07-20", "2026-06-30", 87),
        ("2008-03-31", "2026-03-01", 17),  # 6,574 days are 17.998 years
        ("2008-03-31", "2026-03-02", 18),
        ("2004-01-15", "2005-01-01", 1),  # a leap year: 366 days
        ("2005-01-15", "2006-01-01", 0),  # 365 days are not yet a year
        ("2026-02-15", "2026-01-31", -1),
    ],
)
def test_age_is_days_from_the_first_of_the_birth_month_by_365_and_a_quarter(born, on, age):
    assert derive.age(born=day(born), on=day(on)) == age


GROUPS = [
    (-1, "Under 18", "Under 18"),
    (17, "Under 18", "Under 18"),
    (18, "18 to 24", "18 to 64"),
    (24, "18 to 24", "18 to 64"),
    (25, "25 to 44", "18 to 64"),
    (44, "25 to 44", "18 to 64"),
    (45, "45 to 64", "18 to 64"),
    (64, "45 to 64", "18 to 64"),
    (65, "65 to 74", "65 and above"),
    (74, "65 to 74", "65 and above"),
    (75, "75 to 84", "65 and above"),
    (84, "75 to 84", "65 and above"),
    (85, "85 to 94", "65 and above"),
    (94, "85 to 94", "65 and above"),
    (95, "95 and above", "65 and above"),
    (None, "Unknown", "Unknown"),
]


@pytest.mark.parametrize("age,group,broad", GROUPS)
def test_ages_fall_into_the_published_groups(age, group, broad):
    assert (derive.age_group(age), derive.broad_age_group(age)) == (group, broad)


def test_the_age_of_a_row_is_at_its_effective_end_and_else_at_the_end_of_the_period():
    born = {"Date_of_Birth": "15/05/1950"}

    assert read(SERVICE, **born).age == 76
    assert read(SERVICE, **born, **ENDED).age == 76
    assert read(SERVICE, **born, **(ENDED | {"Event_End_Date": "30/04/2026"})).age == 75
    assert read(SERVICE, **born, Date_of_Death="30/04/2026").age == 75
    assert read(SERVICE, **born, Reporting_Period_End_Date="30/04/2026").age == 75
    assert read(SERVICE, Date_of_Birth="").age is None


KEYS = {
    "Request": (REQUEST, {"Event_End_Date", "Request_Route_of_Access"}),
    "Assessment": (ASSESSMENT, {"Event_End_Date", "Assessment_Type"}),
    "Review": (REVIEW, {"Event_End_Date"}),
    "Service": (SERVICE, {"Service_Type", "Service_Component"}),
}
ALWAYS = {"LA_Code", "NHS_Number", "Client_Type", "Event_Type", "Event_Start_Date"}
WITHIN = {"Delivery_Mechanism", "Unit_Cost", "Cost_Frequency_Unit_Type", "Planned_Units_Per_Week"}
OTHER_VALUE = {
    "LA_Code": "503",
    "NHS_Number": "9990000026",
    "Client_Type": "Unpaid carer",
    "Event_Start_Date": "01/02/2026",
    "Event_End_Date": "09/06/2026",
    "Request_Route_of_Access": "Prison",
    "Assessment_Type": "Short term assessment",
    "Service_Type": "Long term support: Prison",
    "Service_Component": "Day support",
    "Delivery_Mechanism": "Direct payment",
    "Unit_Cost": "22.51",
    "Cost_Frequency_Unit_Type": "Daily",
    "Planned_Units_Per_Week": "15",
}


@pytest.mark.parametrize("kind", list(KEYS))
def test_an_event_is_told_apart_by_its_own_fields_and_no_other(kind):
    row, own = KEYS[kind]
    for within in (True, False):
        parts = ALWAYS | own | (WITHIN if within and kind == "Service" else set())
        key = read(row).event_key(within_one_submission=within)
        for name, text in row.items():
            if name == "Event_Type":
                continue
            changed = read(row, **{name: OTHER_VALUE.get(name, text + "9" if text else "")})
            assert (changed.event_key(within_one_submission=within) != key) is (name in parts), name


def test_events_of_different_types_are_different_events():
    assert len({read(row).event_key(within_one_submission=True)[2] for row, _own in KEYS.values()}) == 4


def test_a_row_about_no_one_and_a_row_of_no_type_have_no_key():
    assert (
        read(REQUEST, NHS_Number="", LA_Person_Unique_Identifier="").event_key(within_one_submission=True)
        is None
    )
    assert read(REQUEST, Event_Type="?").event_key(within_one_submission=True) is None


@pytest.mark.parametrize(
    "field,one,other",
    [
        ("Gender", "Female", " female"),
        ("Client_Type", "Service user", "SERVICE  USER"),
        ("Event_Outcome", "NFA: Deceased", "NFA - Deceased"),
        ("Request_Route_of_Access", "Community or other route", "Community / Other route"),
        ("Request_Route_of_Access", "By pigeon", "by  Pigeon "),
        ("Unit_Cost", "890", "890.00"),
        ("Unit_Cost", "22.5", "22.50"),
        ("Date_of_Birth", "12/03/1941", " 12/03/1941"),
        ("Event_Description", "A b", "ab"),
    ],
)
def test_values_are_compared_without_spaces_capitals_and_releases(field, one, other):
    assert read(REQUEST, **{field: one}).compared(field) == read(REQUEST, **{field: other}).compared(field)


@pytest.mark.parametrize(
    "field,one,other",
    [
        ("Gender", "Female", "Male"),
        ("Unit_Cost", "890", "89"),
        ("Unit_Cost", "22.5", "22.05"),
        ("Unit_Cost", "100", "1"),
        ("Date_of_Birth", "12/03/1941", "1941-03-12"),
        ("Gender", "", "Female"),
    ],
)
def test_values_that_differ_stay_different(field, one, other):
    assert read(REQUEST, **{field: one}).compared(field) != read(REQUEST, **{field: other}).compared(field)


def test_a_row_says_who_and_what_it_is():
    row = read(REQUEST | CARER, NHS_Number="")

    assert row.is_carer
    assert not row.is_service_user
    assert (row.person_key, row.name_in_file, row.linked) == ("998_C1", "C1", ["P1"])
    assert not read(REQUEST, Client_Type="CAREER").is_carer
    assert read(REQUEST).is_service_user
