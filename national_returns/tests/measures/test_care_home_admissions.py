"""2B and 2C: which service is a new admission, and at which age."""

from datetime import date

import pytest

from national_returns.ascof.history import Year
from national_returns.tests.measures.made import person, service, standings

YEAR = Year(date(2025, 4, 1), date(2026, 3, 31))
GUS = person("Gus", "02/02/1938")


def stay(kind="residential", start="15/06/2025", end="", outcome="", who=GUS, **more):
    return service(who, kind, start, end, outcome, **more)


def counted(*lines, part="2C", **settings):
    ((_part, _person, how, why),) = standings(part, *lines, year=YEAR, **settings)
    return how == "numerator", why


@pytest.mark.parametrize("kind", ["nursing", "residential"])
@pytest.mark.parametrize("component", ["Long term nursing care", "Long term residential care"])
def test_nursing_and_residential_care_are_admissions(kind, component):
    assert counted(stay(kind, Service_Component=component))[0]


@pytest.mark.parametrize("component", ["Other long term support", "End of life care", "Short term residential care", "?"])  # fmt: skip
def test_another_component_is_none(component):
    assert counted(stay(Service_Component=component)) == (
        False,
        "The component of the service from 15/06/2025 is not long-term nursing or residential care",
    )


def test_without_a_component_there_is_none_unless_the_setting_says_so():
    blank = stay(Service_Component="")

    assert counted(blank) == (False, "The service from 15/06/2025 has no component")
    assert counted(blank, blank_component_is_admission=True)[0]
    assert not counted(stay(Service_Component="Day support"), blank_component_is_admission=True)[0]


@pytest.mark.parametrize(
    "start,admitted",
    [("31/03/2025", False), ("01/04/2025", True), ("31/03/2026", True), ("01/04/2026", False)],
)
def test_an_admission_begins_in_the_year(start, admitted):
    assert counted(stay(start=start))[0] is admitted


def test_one_after_the_year_says_so():
    assert counted(stay(start="01/04/2026"))[1] == "Begins on 01/04/2026, after the year"


@pytest.mark.parametrize(
    "outcome,admitted",
    [("NFA: Self-funded client or under 12wk disregard", False), ("NFA: Other", True), ("", True)],
)
def test_a_self_funder_is_not_admitted(outcome, admitted):
    found = counted(stay(end="01/12/2025", outcome=outcome))

    assert found[0] is admitted
    assert ("12-week disregard" in found[1]) is not admitted


@pytest.mark.parametrize(
    "end,new",
    [("", False), ("16/06/2024", False), ("15/06/2024", True), ("14/06/2025", False), ("20/06/2025", False)],
)
@pytest.mark.parametrize("kind", ["nursing", "residential"])
def test_someone_in_such_a_service_in_the_365_days_before_is_transferred(kind, end, new):
    earlier = stay(kind, start="01/01/2020", end=end, Service_Component="")

    assert counted(earlier, stay())[0] is new
    assert counted(stay(), earlier)[0] is new


def test_other_support_before_does_not_matter_nor_does_one_that_began_the_same_day():
    assert counted(service(GUS, "community", "01/01/2020"), stay())[0]
    assert counted(stay("nursing"), stay())[0]
    assert counted(stay(who=GUS | {"Client_Type": "Unpaid carer"}, start="01/01/2020"), stay())[0]


@pytest.mark.parametrize(
    "born,part",
    [
        ("30/06/1960", "2C"),
        ("01/07/1960", "2B"),
        ("30/06/2007", "2B"),
        ("01/07/2007", ""),
        ("", ""),
    ],
)
def test_the_age_on_the_day_of_admission_decides_the_part(born, part):
    line = stay(who=person("Gus", born), start="15/06/2025")

    assert {each for each in ("2B", "2C") if counted(line, part=each)[0]} == ({part} if part else set())


def test_without_a_date_of_birth_nobody_counts():
    assert counted(stay(who=person("Gus", ""))) == (False, "No date of birth")
    assert counted(stay(who=person("Gus", "01/07/2007")))[1] == "Aged 17 on 15/06/2025, under 18"


def test_a_person_with_admissions_at_both_ages_counts_in_2b():
    turning = person("Gus", "15/09/1960")
    lines = stay(who=turning, start="01/08/2025", end="02/08/2025"), stay(who=turning, start="15/12/2025")
    # The second is a transfer by the rule of 365 days; without that the first would count all the same.

    assert counted(*lines, part="2B") == (True, "Admitted on 01/08/2025 aged 64, counted in 2B")
    assert not counted(*lines)[0]


def test_who_died_before_the_year_counts_nowhere():
    found = counted(stay(who=GUS | {"Date_of_Death": "31/03/2025"}))

    assert found == (False, "Died on 31/03/2025, before the year")
    assert counted(stay(who=GUS | {"Date_of_Death": "01/04/2025"}))[0]


def test_each_person_counts_once():
    assert counted(stay(), stay("nursing"))[0]
    assert len(standings("2C", stay(), stay("nursing"), year=YEAR)) == 1


def test_people_without_a_care_home_are_not_listed():
    assert standings("2C", service(GUS, "community", "15/06/2025"), year=YEAR) == []
