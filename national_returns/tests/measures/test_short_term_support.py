"""2A, step by step: which services make an episode, which episodes count, and what followed."""

from datetime import date

import pytest

from national_returns.ascof.history import Year
from national_returns.ascof.short_term import episodes
from national_returns.tests.measures.made import event, people, person, service, standings

YEAR = Year(date(2025, 4, 1), date(2026, 3, 31))
ADA = person("Ada")
START, END = "01/06/2025", "30/06/2025"
NUMERATOR, DENOMINATOR, OUT = "numerator", "denominator", "left out"


def support(outcome="planned", start=START, end=END, who=ADA, **more):
    return service(who, "st_max", start, end, outcome, **more)


def counted(*lines, **settings):
    """How the one episode of these rows counts, and why."""
    ((_part, _person, how, why),) = standings("2A", *lines, year=YEAR, **settings)
    return how, why.partition(": ")[2]


# ---------------------------------------------------------------- episodes


def spans(*lines):
    (ada,) = people(*lines, year=YEAR)
    return [(f"{each.start:%d/%m}", f"{each.end:%d/%m}" if each.end else "") for each in episodes(ada)]


@pytest.mark.parametrize(
    "second,joined",
    [
        (("30/06/2025", "10/07/2025"), [("01/06", "10/07")]),
        (("07/07/2025", "10/07/2025"), [("01/06", "10/07")]),
        (("08/07/2025", "10/07/2025"), [("01/06", "30/06"), ("08/07", "10/07")]),
        (("05/06/2025", "10/06/2025"), [("01/06", "30/06")]),
        (("07/07/2025", ""), [("01/06", "")]),
        (("20/05/2025", "25/05/2025"), [("20/05", "30/06")]),
        (("20/05/2025", "24/05/2025"), [("20/05", "24/05"), ("01/06", "30/06")]),
    ],
)
def test_services_with_no_more_than_seven_days_between_are_one_episode(second, joined):
    assert spans(support(), support(start=second[0], end=second[1])) == joined
    assert spans(support(start=second[0], end=second[1]), support()) == joined


def test_the_gap_is_counted_from_the_latest_end_so_far():
    long, short, third = support(end="31/07/2025"), support(start="05/06/2025", end="10/06/2025"), support(start="05/08/2025", end="09/08/2025")  # fmt: skip

    assert spans(long, short, third) == [("01/06", "09/08")]


def test_an_open_service_keeps_its_episode_open():
    assert spans(support(end=""), support(start="01/12/2025", end="02/12/2025")) == [("01/06", "")]


def test_a_service_that_ends_before_it_starts_and_one_as_a_carer_make_no_episode():
    assert spans(support(end="31/05/2025"), support(who=ADA | {"Client_Type": "Unpaid carer"})) == []
    assert spans(support(end="01/06/2025")) == [("01/06", "01/06")]


@pytest.mark.parametrize(
    "first,second,how",
    [
        (support("nhs"), support("planned", start="05/06/2025", end="01/07/2025"), NUMERATOR),
        (support("planned"), support("nhs", start="05/06/2025", end="01/07/2025"), OUT),
        (support("planned"), support("nhs", start="05/06/2025"), OUT),  # a tie: NHS is higher
        (support("planned"), support("", start="05/06/2025"), NUMERATOR),  # a tie with a blank
    ],
)
def test_the_outcome_is_that_of_the_service_ending_last_and_then_the_highest(first, second, how):
    assert counted(first, second)[0] == counted(second, first)[0] == how


# ---------------------------------------------------------------- which count


@pytest.mark.parametrize(
    "start,end,counts",
    [
        ("01/03/2025", "01/04/2025", True),
        ("01/03/2025", "31/03/2025", False),
        ("01/03/2026", "31/03/2026", True),
        ("01/03/2026", "01/04/2026", False),
        ("01/03/2026", "", False),
    ],
)
def test_an_episode_ends_in_the_year(start, end, counts):
    how, why = counted(support(start=start, end=end))

    assert (how == NUMERATOR) is counts
    assert (why == "did not end in the year") is not counts


@pytest.mark.parametrize(
    "born,how,why",
    [
        ("01/07/2007", OUT, "aged 17 on 30/06/2025, under 18"),
        ("30/06/2007", NUMERATOR, "NFA: Support ended as planned (step 4)"),
        ("", NUMERATOR, "NFA: Support ended as planned (step 4)"),
    ],
)
def test_adults_and_people_of_unknown_age_count(born, how, why):
    assert counted(support(who=person("Ada", born))) == (how, why)


@pytest.mark.parametrize(
    "died,how,why",
    [
        ("31/05/2025", OUT, "died on 31/05/2025, before it began"),
        ("31/03/2025", OUT, "died on 31/03/2025, before the year"),
        ("01/06/2025", OUT, "died on 01/06/2025 (step 1)"),
        ("07/07/2025", OUT, "died on 07/07/2025 (step 1)"),
        ("08/07/2025", NUMERATOR, "NFA: Support ended as planned (step 4)"),
    ],
)
def test_a_death_within_seven_days_of_the_end_leaves_an_episode_out(died, how, why):
    assert counted(support(who=ADA | {"Date_of_Death": died})) == (how, why)


NOT_NEW = "not a new client: long-term support from 01/01/2025 to "


@pytest.mark.parametrize("kind", ["nursing", "residential", "community", "prison"])
@pytest.mark.parametrize(
    "end,new",
    [("", False), ("03/03/2025", False), ("02/03/2025", True), ("05/06/2025", False)],
)
def test_a_new_client_has_had_no_long_term_support_for_91_days(kind, end, new):
    how, why = counted(support(), service(ADA, kind, "01/01/2025", end))

    assert (how == NUMERATOR) is new
    assert (why == NOT_NEW + (end or "open")) is not new


def test_the_days_are_a_setting():
    before = service(ADA, "community", "01/01/2025", "02/03/2025")

    assert counted(support(), before, new_client_days=92)[0] == OUT
    assert counted(support(), before, new_client_days=91)[0] == NUMERATOR


def test_support_that_began_with_the_episode_or_was_short_does_not_make_an_old_client():
    assert counted(support(), service(ADA, "community", START, "05/06/2025"))[0] == NUMERATOR
    assert counted(support(), service(ADA, "low", "01/01/2025", "31/05/2025"))[0] == NUMERATOR


# ---------------------------------------------------------------- what followed


def test_hospital_comes_before_what_followed():
    lines = support("Admitted to hospital"), service(ADA, "nursing", "01/07/2025")

    assert counted(*lines) == (OUT, "admitted to hospital (step 2)")


FOLLOWED = {
    "nursing": (DENOMINATOR, "nursing care"),
    "residential": (DENOMINATOR, "residential care"),
    "community": (DENOMINATOR, "community support"),
    "prison": (DENOMINATOR, "support in prison"),
    "low": (NUMERATOR, "ongoing low level support"),
    "other": (NUMERATOR, "other short-term support"),
}


@pytest.mark.parametrize("kind", list(FOLLOWED))
def test_the_service_that_followed_decides(kind):
    how, name = FOLLOWED[kind]

    assert counted(support(), service(ADA, kind, "01/07/2025")) == (how, f"followed by {name} (step 3)")


@pytest.mark.parametrize("component", ["Short term residential care", "Short term nursing care"])
def test_a_short_stay_in_a_home_is_no_success(component):
    stay = service(ADA, "other", "01/07/2025", Service_Component=component)
    why = "followed by short-term residential or nursing care (step 3)"

    assert counted(support(), stay) == (DENOMINATOR, why)
    assert counted(support(), stay, service(ADA, "other", "01/07/2025"))[1] == why
    assert counted(support(), stay, service(ADA, "low", "01/07/2025"))[0] == NUMERATOR


@pytest.mark.parametrize("place", range(5))
def test_of_several_services_the_first_of_the_order_decides(place):
    first, *others = list(FOLLOWED)[place:]
    lines = [service(ADA, kind, "01/07/2025") for kind in (*reversed(others), first)]

    assert counted(support(), *lines)[1] == f"followed by {FOLLOWED[first][1]} (step 3)"


@pytest.mark.parametrize(
    "start,end,follows",
    [
        ("01/06/2025", "", True),
        ("31/05/2025", "", False),
        ("07/07/2025", "", True),
        ("08/07/2025", "", False),
        ("15/06/2025", "01/07/2025", True),
        ("15/06/2025", "30/06/2025", False),
    ],
)
def test_a_service_follows_when_it_starts_near_the_episode_and_goes_on_beyond_it(start, end, follows):
    how, _why = counted(support(), service(ADA, "low", start, end))
    _how, why = counted(support("nhs"), service(ADA, "low", start, end))

    assert how == NUMERATOR
    assert ("step 3" in why) is follows


def test_support_as_a_carer_or_of_another_person_is_nothing_that_followed():
    as_a_carer = service(ADA | {"Client_Type": "Unpaid carer"}, "community", "01/07/2025")

    assert "step 4" in counted(support(), as_a_carer)[1]
    assert "step 4" in counted(support(), service(ADA, "direct", "01/07/2025"))[1]


NFA = {
    "NFA: Information and advice or signposting": NUMERATOR,
    "NFA: Support ended as planned": NUMERATOR,
    "NFA: Support ended for other reason": NUMERATOR,
    "NFA: Responsibility moved to another local authority": NUMERATOR,
    "NFA: Referral to other service within the local authority": NUMERATOR,
    "NFA: No services offered for other reason": NUMERATOR,
    "NFA: Other": NUMERATOR,
    "NFA: Referral to NHS services or NHS funded social care": OUT,
    "NFA: Self-funded client or under 12wk disregard": OUT,
    "NFA: Support declined": OUT,
    "NFA: Deceased": OUT,
}


@pytest.mark.parametrize("outcome", list(NFA))
def test_the_episodes_own_outcome_decides_when_nothing_followed(outcome):
    assert counted(support(outcome)) == (NFA[outcome], f"{outcome} (step 4)")


SUPPORT = "Progress to support planning or services"


@pytest.mark.parametrize("kind", ["Request", "Assessment", "Review"])
def test_an_outcome_of_what_followed_counts_with_the_episodes_own_and_the_highest_decides(kind):
    after = event(ADA, kind, "01/07/2025", "02/07/2025", "info")

    assert counted(support("planned"), after) == (
        NUMERATOR,
        "NFA: Information and advice or signposting (step 4)",
    )
    assert counted(support("nhs"), after)[1].startswith("NFA: Referral to NHS")
    assert counted(support("support"), after)[0] == NUMERATOR


def test_hospital_among_what_followed_is_higher_than_any_nfa():
    after = event(ADA, "Request", "01/07/2025", "02/07/2025", "Admitted to hospital")

    assert counted(support(), after) == (OUT, "Admitted to hospital (step 4)")


def test_ended_as_planned_is_ignored_in_what_followed_and_then_the_episodes_own_is_not_used():
    after = event(ADA, "Review", "01/07/2025", "02/07/2025", "planned")

    assert counted(support("info"), after) == (
        OUT,
        "unclassified, NFA: Information and advice or signposting (step 6)",
    )
    usable = event(ADA, "Request", "01/07/2025", "02/07/2025", "NFA: Other")
    assert counted(support("info"), after, usable)[1].startswith("NFA: Information")


def test_progress_in_what_followed_keeps_the_episodes_own_from_being_used():
    after = event(ADA, "Assessment", "01/07/2025", "20/07/2025", "support")

    assert counted(support("planned"), after) == (OUT, "unclassified, NFA: Support ended as planned (step 6)")


@pytest.mark.parametrize(
    "start,end,follows",
    [
        ("01/06/2025", "01/07/2025", True),
        ("07/07/2025", "08/07/2025", True),
        ("08/07/2025", "09/07/2025", False),
        ("31/05/2025", "01/07/2025", False),
    ],
)
def test_a_request_follows_as_a_service_does(start, end, follows):
    _how, why = counted(support("planned"), event(ADA, "Request", start, end, "info"))

    assert ("Information" in why) is follows


@pytest.mark.parametrize("kind,counts", [("Assessment", True), ("Review", True), ("Request", False)])
@pytest.mark.parametrize(
    "end,near",
    [("30/06/2025", True), ("17/06/2025", True), ("16/06/2025", False), ("31/05/2025", False)],
)
def test_the_last_review_inside_the_episode_counts_for_a_fortnight(kind, counts, end, near):
    lines = support("support"), event(ADA, kind, "01/05/2025", end, "planned")

    assert (counted(*lines)[0] == NUMERATOR) is (counts and near)


def test_a_review_that_ended_on_the_first_day_is_inside():
    lines = support("support", end="10/06/2025"), event(ADA, "Review", "01/05/2025", START, "planned")

    assert counted(*lines)[0] == NUMERATOR
    before = support("support", end="10/06/2025"), event(ADA, "Review", "01/05/2025", "31/05/2025", "planned")
    assert counted(*before)[0] == OUT


def test_only_the_latest_review_counts_and_of_two_on_one_day_the_one_that_began_last():
    early = event(ADA, "Review", "10/06/2025", "20/06/2025", "info")
    late = event(ADA, "Review", "21/06/2025", "22/06/2025", "support")
    begun_later = event(ADA, "Review", "22/06/2025", "22/06/2025", "info")

    assert counted(support("support"), early, late)[0] == OUT
    assert counted(support("support"), early, late, begun_later)[0] == NUMERATOR
    alike = event(ADA, "Assessment", "22/06/2025", "22/06/2025", "nhs")
    assert counted(support("support"), begun_later, alike)[1].startswith("NFA: Referral to NHS")


def test_a_carers_review_counts_for_nothing():
    mine = event(ADA | {"Client_Type": "Unpaid carer"}, "Review", "25/06/2025", "26/06/2025", "info")

    assert counted(support("support"), mine)[0] == OUT


EQUIPMENT = {"Service_Component": "Equipment"}


@pytest.mark.parametrize(
    "start,end,within",
    [
        ("01/06/2025", "30/06/2025", True),
        ("15/06/2025", "15/06/2025", True),
        ("31/05/2025", "15/06/2025", False),
    ],
)
def test_equipment_delivered_during_the_episode_is_low_level_support(start, end, within):
    how, why = counted(support("support"), service(ADA, "low", start, end, **EQUIPMENT))

    assert how == (NUMERATOR if within else OUT)
    assert why.endswith("(step 5)" if within else "(step 6)")


def test_reablement_is_not_equipment_and_neither_is_an_outcome_that_decides():
    assert counted(support("support", **EQUIPMENT))[0] == OUT
    assert counted(support("support"), service(ADA, "low", START, END))[0] == OUT
    assert "step 4" in counted(support("nhs"), service(ADA, "low", START, END, **EQUIPMENT))[1]


@pytest.mark.parametrize(
    "outcome,said",
    [
        ("support", SUPPORT),
        ("Continuation of support or services", "Continuation of support or services"),
        ("", "no outcome"),
    ],
)
def test_what_says_nothing_about_the_end_is_unclassified(outcome, said):
    assert counted(support(outcome)) == (OUT, f"unclassified, {said} (step 6)")


@pytest.mark.parametrize(
    "start,end", [("01/01/0001", "31/12/9999"), ("01/01/0001", "02/01/0001"), ("31/12/9999", "")]
)
def test_the_first_and_the_last_of_all_days_are_days(start, end):
    lines = (
        support(start=start, end=end),
        event(ADA, "Review", start, end, "info"),
        service(ADA, "community", start, end),
    )

    assert {each[2] for each in standings("2A", *lines, year=YEAR)} == {OUT}


def test_each_episode_of_a_person_counts():
    later = support(start="01/09/2025", end="30/09/2025")

    assert [each[2] for each in standings("2A", support(), later, year=YEAR)] == [NUMERATOR, NUMERATOR]
