"""3D: a snapshot of service users on the last day, and carers over the whole year."""

from datetime import date

import pytest

from national_returns.ascof.history import Year
from national_returns.tests.measures.made import carer, event, person, service, standings

YEAR = Year(date(2025, 4, 1), date(2026, 3, 31))
OZ, UMA = person("Oz", "02/02/1970"), carer("Uma")
PAYMENT, MANAGED, COMMISSIONED = (
    "Direct payment",
    "CASSR managed personal budget",
    "CASSR commissioned support",
)
NUMERATOR, DENOMINATOR, OUT = "numerator", "denominator", "left out"


def counted(*lines):
    """How one person counts in the two parts that are about them, and why."""
    found = standings("3D", *lines, year=YEAR)
    assert len(found) == 2
    assert len({why for *_rest, why in found}) == 1
    return found[0][2], found[1][2], found[0][3]


def support(kind="community", mechanism="", start="01/01/2020", end="", who=OZ, **more):
    return service(who, kind, start, end, Delivery_Mechanism=mechanism, **more)


SETTINGS = [
    (support("nursing"), (OUT, OUT, "Nursing care")),
    (support("residential"), (OUT, OUT, "Residential care")),
    (support(mechanism=PAYMENT), (NUMERATOR, NUMERATOR, "Community support by direct payment")),
    (support(mechanism=MANAGED), (NUMERATOR, DENOMINATOR, "Community support from a managed personal budget")),
    (support(mechanism=COMMISSIONED), (DENOMINATOR, DENOMINATOR, "Community support commissioned by the council")),
    (support(), (DENOMINATOR, DENOMINATOR, "Community support without a delivery mechanism")),
    (support("prison", MANAGED), (OUT, OUT, "Support in prison")),
]  # fmt: skip


@pytest.mark.parametrize("line,stands", SETTINGS)
def test_a_service_user_has_the_setting_of_their_service(line, stands):
    assert counted(line) == (*stands[:2], f"{stands[2]} on 31/03/2026")


@pytest.mark.parametrize("place", range(6))
def test_of_several_services_the_first_setting_that_fits_counts(place):
    lines = [line for line, _stands in SETTINGS[place:]]

    assert counted(*reversed(lines))[2].startswith(SETTINGS[place][1][2])


@pytest.mark.parametrize("mechanism", ["", MANAGED, COMMISSIONED])
def test_the_component_direct_payment_wins_over_the_mechanism(mechanism):
    assert counted(support(mechanism=mechanism, Service_Component=PAYMENT))[:2] == (NUMERATOR, NUMERATOR)


def test_a_care_home_stays_one_whatever_the_component_says():
    assert counted(support("residential", Service_Component=PAYMENT))[2].startswith("Residential")


@pytest.mark.parametrize(
    "start,end,is_open",
    [
        ("31/03/2026", "", True),
        ("01/04/2026", "", False),
        ("01/01/2020", "31/03/2026", True),
        ("01/01/2020", "30/03/2026", False),
        ("01/01/2020", "01/04/2026", True),
    ],
)
def test_a_service_is_open_on_the_last_day(start, end, is_open):
    found = counted(support(mechanism=PAYMENT, start=start, end=end))

    assert found == (
        (NUMERATOR, NUMERATOR, "Community support by direct payment on 31/03/2026")
        if is_open
        else (OUT, OUT, "No long-term support open on 31/03/2026")
    )


@pytest.mark.parametrize(
    "died,why",
    [
        ("31/03/2026", ""),
        ("01/04/2026", ""),
        ("30/03/2026", "Died on 30/03/2026, before the last day"),
        ("31/03/2025", "Died on 31/03/2025, before the year"),
    ],
)
def test_people_alive_on_the_last_day_count_and_death_on_it_is_after_it(died, why):
    found = counted(support(mechanism=PAYMENT, who=OZ | {"Date_of_Death": died}))

    assert (found[0] == NUMERATOR) is not why
    assert found[2] == (why or "Community support by direct payment on 31/03/2026")


@pytest.mark.parametrize("born,counts", [("31/03/2008", True), ("01/04/2008", False), ("", True)])
def test_adults_and_people_of_unknown_age_count(born, counts):
    found = counted(support(mechanism=PAYMENT, who=person("Oz", born)))

    assert (found[0] == NUMERATOR) is counts
    assert ("under 18" in found[2]) is not counts


def test_short_term_support_is_not_counted():
    assert standings("3D", support("low", PAYMENT), year=YEAR) == []


# ---------------------------------------------------------------- carers


def direct(mechanism="", start="01/06/2025", end="", who=UMA, **more):
    return service(who, "direct", start, end, Delivery_Mechanism=mechanism, **more)


CARER_SETTINGS = [
    (direct(PAYMENT), (NUMERATOR, NUMERATOR, "Direct support by direct payment")),
    (direct(MANAGED), (NUMERATOR, DENOMINATOR, "Direct support from a managed personal budget")),
    (direct(COMMISSIONED), (DENOMINATOR, DENOMINATOR, "Direct support commissioned by the council")),
    (direct(), (OUT, OUT, "Direct support without a delivery mechanism")),
    (event(UMA, "Request", "01/06/2025", "02/06/2025", "info"), (OUT, OUT, "Information and advice only")),
    (service(UMA, "cared_for", "01/06/2025"), (OUT, OUT, "No direct support")),
]


@pytest.mark.parametrize("line,stands", CARER_SETTINGS)
def test_a_carer_has_the_setting_of_what_they_had(line, stands):
    assert counted(line) == stands
    assert counted(line | {"Client_Type": "Unpaid carer known by association"}) == stands


@pytest.mark.parametrize("place", range(5))
def test_of_several_the_first_carers_setting_that_fits_counts(place):
    lines = [line for line, _stands in CARER_SETTINGS[place:]]

    assert counted(*reversed(lines)) == CARER_SETTINGS[place][1]


@pytest.mark.parametrize("mechanism", ["", MANAGED, COMMISSIONED])
def test_a_carers_component_direct_payment_wins(mechanism):
    assert counted(direct(mechanism, Service_Component=PAYMENT))[:2] == (NUMERATOR, NUMERATOR)


@pytest.mark.parametrize("kind", ["Request", "Assessment", "Review"])
def test_advice_after_any_contact_is_advice_only(kind):
    assert counted(event(UMA, kind, "01/06/2025", "02/06/2025", "info"))[2] == "Information and advice only"


@pytest.mark.parametrize(
    "kind,why",
    [
        ("Assessment", "No direct support"),
        ("Review", "No direct support"),
        ("Request", "No support, assessment or review as a carer in the year"),
    ],
)
def test_an_assessment_or_review_alone_is_no_direct_support_and_a_request_shows_nothing(kind, why):
    assert counted(event(UMA, kind, "01/06/2025", "02/06/2025", "support")) == (OUT, OUT, why)


def test_a_service_with_the_outcome_advice_is_not_advice_only():
    line = service(UMA, "cared_for", "01/06/2025", "02/06/2025", "info")

    assert counted(line)[2] == "No direct support"


@pytest.mark.parametrize(
    "start,end,falls_in",
    [
        ("01/01/2020", "01/04/2025", True),
        ("01/01/2020", "31/03/2025", False),
        ("31/03/2026", "", True),
        ("01/04/2026", "", False),
    ],
)
def test_a_carers_service_is_active_on_any_day_of_the_year(start, end, falls_in):
    found = counted(direct(PAYMENT, start, end))

    assert (found[0] == NUMERATOR) is falls_in
    assert (found[2] == "No support, assessment or review as a carer in the year") is not falls_in


@pytest.mark.parametrize(
    "end,falls_in",
    [("01/04/2025", True), ("31/03/2025", False), ("31/03/2026", True), ("01/04/2026", False), ("", False)],
)
def test_a_carers_review_ends_in_the_year(end, falls_in):
    found = counted(event(UMA, "Review", "01/03/2025", end))

    assert (found[2] == "No direct support") is falls_in


@pytest.mark.parametrize("mechanism,warned", [(MANAGED, True), (COMMISSIONED, True), ("", False)])
def test_a_blank_component_counts_and_is_said(mechanism, warned):
    found = counted(direct(mechanism, Service_Component=""))

    assert found[2].endswith("; the component is blank") is warned
    assert found[:2] == counted(direct(mechanism))[:2]
    both = counted(direct(mechanism, Service_Component=""), direct(mechanism))
    assert not both[2].endswith("blank")


@pytest.mark.parametrize("born,counts", [("31/03/2008", True), ("01/04/2008", False), ("", True)])
def test_young_carers_do_not_count(born, counts):
    assert (counted(direct(PAYMENT, who=carer("Uma", born)))[0] == NUMERATOR) is counts


def test_a_carer_who_died_is_as_old_as_then_and_leaves_if_it_was_before_the_year():
    young = carer("Uma", "01/03/2008")

    assert counted(direct(PAYMENT, who=young))[0] == NUMERATOR
    assert counted(direct(PAYMENT, who=young | {"Date_of_Death": "27/02/2026"}))[0] == OUT
    assert counted(direct(PAYMENT, "30/03/2025", who=UMA | {"Date_of_Death": "31/03/2025"}))[2].startswith(
        "Died"
    )
    assert counted(direct(PAYMENT, who=young | {"Date_of_Death": "27/02/2027"}))[0] == NUMERATOR


def test_a_person_who_is_both_counts_in_all_four_parts():
    lines = support(mechanism=PAYMENT), direct(COMMISSIONED, who=OZ | {"Client_Type": "Unpaid carer"})

    assert [each[:3] for each in standings("3D", *lines, year=YEAR)] == [
        ("3D(1a)", "Oz", NUMERATOR),
        ("3D(1b)", "Oz", DENOMINATOR),
        ("3D(2a)", "Oz", NUMERATOR),
        ("3D(2b)", "Oz", DENOMINATOR),
    ]
