"""2E: who is counted, which status is used, and what stands in for an unknown one."""

from datetime import date

import pytest

from national_returns.ascof.history import Year
from national_returns.cld.spec import specification
from national_returns.tests.measures.made import event, person, service, standings

YEAR = Year(date(2025, 4, 1), date(2026, 3, 31))
OWNER = "Owner occupier or shared ownership scheme"
REFUGE = "Refuge"
LD = "Learning disability support"


def kit(born="05/05/1988", status="", reason="", **more):
    return person("Kit", born, Accommodation_Status=status, Primary_Support_Reason=reason, **more)


def parts(*lines):
    return {part: (how, why) for part, _person, how, why in standings("2E", *lines, year=YEAR)}


def counted(*lines):
    """How a person of working age counts in 2E(2a), and the status used."""
    how, why = parts(*lines)["2E(2a)"]
    return how, why.partition(";")[0]


def home(start="01/01/2020", end="", status="", kind="community", reason="", **more):
    return service(kit(status=status, reason=reason), kind, start, end, **more)


LISTED = specification().list_of("Accommodation_Status").values


@pytest.mark.parametrize(
    "value", [each for each in LISTED if each.code != "unknown"], ids=lambda each: each.code
)
def test_nine_kinds_of_home_are_settled(value):
    how, why = counted(home(status=value.label))

    assert how == ("numerator" if value.group == "settled" else "denominator")
    assert why.startswith(f"{value.label}, as recorded")
    assert sum(each.group == "settled" for each in LISTED) == 9


@pytest.mark.parametrize(
    "start,end,active",
    [
        ("01/01/2020", "01/04/2025", True),
        ("01/01/2020", "31/03/2025", False),
        ("31/03/2026", "", True),
        ("01/04/2026", "", False),
        ("01/06/2025", "31/05/2025", False),
    ],
)
def test_a_long_term_service_is_active_in_the_year(start, end, active):
    found = parts(
        home(start, end, OWNER), service(kit(), "low", "01/06/2025"), home("01/01/2019", "02/01/2019")
    )

    assert (found["2E(2a)"][0] == "numerator") is active
    assert (found["2E(2a)"][1] == "No long-term support in the year") is not active


@pytest.mark.parametrize("kind", ["nursing", "residential", "community", "prison"])
def test_every_long_term_service_counts(kind):
    assert counted(home(kind=kind, status=OWNER))[0] == "numerator"


def test_people_with_short_term_support_or_support_as_a_carer_only_are_not_listed():
    as_a_carer = service(kit() | {"Client_Type": "Unpaid carer"}, "community", "01/01/2020")

    assert parts(service(kit(), "low", "01/06/2025"), as_a_carer) == {}


@pytest.mark.parametrize(
    "born,end,part",
    [
        ("31/03/1961", "", "2E(2b)"),
        ("01/04/1961", "", "2E(2a)"),
        ("01/10/1960", "30/09/2025", "2E(2a)"),
        ("30/09/1960", "30/09/2025", "2E(2b)"),
        ("31/03/2008", "", "2E(2a)"),
        ("01/04/2008", "", ""),
        ("", "", ""),
    ],
)
def test_the_age_at_the_end_of_the_last_long_term_service_decides_the_part(born, end, part):
    found = parts(service(kit(born, OWNER), "community", "01/01/2020", end))

    assert {each for each, (how, _why) in found.items() if how == "numerator"} == ({part} if part else set())


def test_the_latest_end_counts_and_none_after_the_year():
    born = "01/10/1960"
    early = service(kit(born, OWNER), "community", "01/01/2020", "30/09/2025")

    assert parts(early, service(kit(born), "prison", "01/01/2020", "10/10/2025"))["2E(2b)"][0] == "numerator"
    assert parts(early, service(kit(born), "prison", "01/04/2026"))["2E(2a)"][0] == "numerator"
    assert parts(early)["2E(2a)"][1].endswith("settled; aged 64 on 30/09/2025")


@pytest.mark.parametrize(
    "line,why",
    [
        (kit("01/04/2008"), "Aged 17 on 31/03/2026, under 18"),
        (kit(""), "No date of birth"),
        (kit(Date_of_Death="31/03/2025"), "Died on 31/03/2025, before the year"),
    ],
)
def test_who_is_left_out_of_every_part_and_why(line, why):
    # The service began on the day of death, so that it is not taken to have ended then.
    found = parts(service(line, "community", "31/03/2025"))

    assert found == dict.fromkeys(("2E(1)", "2E(2a)", "2E(2b)"), ("left out", why))


@pytest.mark.parametrize(
    "reason,counts",
    [(LD, True), ("Mental health support", False), ("Unknown", False), ("", False)],
)
def test_part_1_is_about_people_with_a_learning_disability(reason, counts):
    found = parts(home(status=OWNER, reason=reason))

    assert (found["2E(1)"][0] == "numerator") is counts
    assert (
        found["2E(1)"][1] == "The primary support reason is not learning disability support"
    ) is not counts
    assert found["2E(2a)"][0] == "numerator"


def test_an_older_person_with_a_learning_disability_is_not_in_part_1():
    found = parts(service(kit("05/05/1950", OWNER, LD), "community", "01/01/2020"))

    assert {part: how for part, (how, _why) in found.items()} == {
        "2E(1)": "left out",
        "2E(2a)": "left out",
        "2E(2b)": "numerator",
    }


LATER = [
    # an earlier row says one thing, a later one another; which counts
    (("01/01/2020", "01/09/2025"), ("01/01/2019", "02/09/2025")),
    (("01/01/2020", "01/09/2025"), ("01/01/2019", "")),
    (("01/01/2020", "01/09/2025"), ("02/01/2020", "01/09/2025")),
    (("01/01/2020", ""), ("02/01/2020", "")),
]


@pytest.mark.parametrize("first,second", LATER)
def test_the_status_of_the_event_open_or_ending_last_and_then_starting_last_is_used(first, second):
    lines = home(*first, REFUGE), home(*second, OWNER)

    assert counted(*lines) == counted(*reversed(lines)) == ("numerator", f"{OWNER}, as recorded, settled")


@pytest.mark.parametrize("first,second", LATER)
def test_the_reason_is_found_in_the_same_order(first, second):
    lines = home(*first, OWNER, reason="Mental health support"), home(*second, OWNER, reason=LD)

    assert parts(*lines)["2E(1)"][0] == parts(*reversed(lines))["2E(1)"][0] == "numerator"


@pytest.mark.parametrize("unknown", ["Unknown", "", "Somewhere"])
def test_a_known_status_goes_before_a_later_unknown_one(unknown):
    assert counted(home("01/01/2019", "02/01/2019", OWNER), home(status=unknown))[0] == "numerator"


@pytest.mark.parametrize("reason", ["Unknown", "", "Social support: Support to unpaid carer"])
def test_a_known_reason_goes_before_a_later_unknown_one(reason):
    lines = home("01/01/2019", "02/01/2019", reason=LD), home(status=OWNER, reason=reason)

    assert parts(*lines)["2E(1)"][0] == "numerator"


def test_two_different_values_at_once_are_unknown():
    assert counted(home(status=REFUGE), home(status=OWNER)) == (
        "numerator",
        "presumed at home, taken from the latest service, settled",
    )
    assert counted(home(status=OWNER), home(status=OWNER))[1] == f"{OWNER}, as recorded, settled"
    assert parts(home(reason=LD), home(reason="Mental health support"))["2E(1)"][0] == "left out"


def test_any_event_may_say_where_someone_lives_unless_it_starts_after_the_year():
    asked = event(kit(status=REFUGE), "Request", "30/03/2026", "10/04/2026")
    late = event(kit(status=REFUGE), "Request", "01/04/2026", "10/04/2026")
    base = home(status=OWNER, end="01/03/2026")

    assert counted(base, asked)[0] == "denominator"
    assert counted(base, asked | {"Event_Start_Date": "31/03/2026"})[0] == "denominator"
    assert counted(base, late)[0] == "numerator"


FROM_SERVICE = [
    ("nursing", "Long term nursing care", False, "Registered nursing home"),
    ("nursing", "Shared Lives", False, "Registered nursing home"),
    ("residential", "Long term residential care", False, "Registered care home"),
    ("community", "Shared Lives", True, "Shared Lives scheme"),
    ("community", "Extra care housing", True, "Sheltered or extra care housing"),
    ("community", "Community supported living", True, "Supported accommodation"),
    ("community", "Home support or domiciliary care", True, "presumed at home"),
    ("community", "Day support", False, "presumed in community"),
    ("community", "", False, "presumed in community"),
    ("prison", "Professional support: Other", False, "Prison"),
]


@pytest.mark.parametrize("kind,component,settled,status", FROM_SERVICE)
def test_the_latest_service_stands_in_for_an_unknown_status(kind, component, settled, status):
    how, why = counted(home(kind=kind, Service_Component=component))

    assert how == ("numerator" if settled else "denominator")
    assert why == f"{status}, taken from the latest service, {'settled' if settled else 'not settled'}"


@pytest.mark.parametrize(
    "kind,component,settled,status",
    [
        ("st_max", "Reablement", False, "Unknown"),
        ("low", "Home support or domiciliary care", False, "Unknown"),
        ("other", "Extra care housing", True, "Sheltered or extra care housing"),
        ("low", "Shared Lives", True, "Shared Lives scheme"),
    ],
)
def test_a_short_term_service_may_be_the_latest(kind, component, settled, status):
    how, why = counted(
        home(end="01/06/2025"), service(kit(), kind, "02/06/2025", Service_Component=component)
    )

    assert how == ("numerator" if settled else "denominator")
    assert why.startswith(f"{status}, taken")


ORDER = ["nursing", "residential", "community", "prison", "st_max", "low", "other"]
STATUS = ["Registered nursing home", "Registered care home", "presumed in community", "Prison"] + [
    "Unknown"
] * 3


@pytest.mark.parametrize("place", range(6))
def test_of_services_open_together_the_first_of_the_order_is_used(place):
    lines = [
        service(kit(), kind, "01/01/2021", Service_Component="Transport") for kind in reversed(ORDER[place:])
    ]
    base = home("01/01/2020", "01/06/2025")

    assert counted(base, *lines)[1].startswith(STATUS[place])


def test_a_later_end_goes_before_the_order_of_services_and_one_after_the_year_is_ignored():
    assert counted(home(kind="nursing", end="01/09/2025"), home(end="02/09/2025"))[0] == "numerator"
    assert counted(home(), home("01/04/2026", kind="nursing"))[0] == "numerator"
    assert counted(home(), home("31/03/2026", kind="nursing"))[0] == "denominator"


def test_a_component_that_is_named_goes_before_others_and_then_the_later_start():
    day = home("01/01/2022", Service_Component="Day support")

    assert counted(home("01/01/2020"), day)[0] == "numerator"
    shared = home("01/01/2021", Service_Component="Shared Lives")
    assert counted(home("01/01/2020"), shared)[1].startswith("Shared Lives scheme")
    assert counted(home("01/01/2022"), shared)[1].startswith("presumed at home")


def test_a_carers_service_does_not_stand_in():
    lines = home(end="01/09/2025"), service(kit(), "direct", "01/01/2026")

    assert counted(*lines)[1].startswith("presumed at home")
