"""Which months of a file the national team would use."""

import pytest

from national_returns.cld.checking.months import month_table

YEAR = [(2025, month) for month in (10, 11, 12)] + [(2026, month) for month in range(1, 10)]
FULL = dict.fromkeys(YEAR, 100)


def table(**changes):
    return month_table({kind: changes.get(kind, FULL) for kind in ("Request", "Assessment", "Service")})


def test_a_full_year_is_used_whole():
    full = table()

    assert full.period == ((2025, 10), (2026, 9))
    assert full.complete["Request"] == set(YEAR)
    assert full.months((2025, 10), (2026, 9)) == YEAR


@pytest.mark.parametrize("number,complete", [(100, True), (20, True), (19, False), (10, False), (0, False)])
def test_a_month_has_at_least_a_fifth_of_the_median_month(number, complete):
    months = table(Request=FULL | {(2026, 9): number}).complete["Request"]

    assert ((2026, 9) in months) is complete
    assert len(months) == 11 + complete


@pytest.mark.parametrize("number,complete", [(10, True), (9, False)])
def test_a_month_has_at_least_ten_events(number, complete):
    months = table(Request=dict.fromkeys(YEAR, number)).complete["Request"]

    assert bool(months) is complete


def test_the_median_of_an_even_number_of_months_lies_between_the_two_in_the_middle():
    # 100 and 104 in the middle make 102, a fifth of which is 20.4
    months = {(2026, 1): 20, (2026, 2): 100, (2026, 3): 104, (2026, 4): 200}
    assert (2026, 1) not in table(Request=months).complete["Request"]

    months[2026, 1] = 21
    assert (2026, 1) in table(Request=months).complete["Request"]


def test_months_without_events_do_not_lower_the_median():
    months = dict.fromkeys(YEAR, 0) | {(2026, 8): 100, (2026, 9): 19}

    assert table(Request=months).complete["Request"] == {
        (2026, 8),
        (2026, 9),
    }  # the median of the two is 59.5
    assert table(Request=months | {(2026, 9): 11}).complete["Request"] == {(2026, 8)}


@pytest.mark.parametrize(
    "missing,run",
    [
        ([], ((2025, 10), (2026, 9))),
        ([(2026, 5)], ((2025, 10), (2026, 9))),
        ([(2026, 5), (2026, 7)], ((2025, 10), (2026, 9))),
        ([(2026, 5), (2026, 6)], ((2026, 7), (2026, 9))),
        ([(2026, 1), (2025, 12)], ((2026, 2), (2026, 9))),
        ([(2026, 9)], ((2025, 10), (2026, 8))),
        ([(2026, 8), (2026, 7)], ((2026, 9), (2026, 9))),
    ],
)
def test_a_run_is_broken_by_two_missing_months_and_not_by_one(missing, run):
    months = {month: 100 for month in YEAR if month not in missing}

    assert table(Request=months).runs["Request"] == run


def test_the_period_is_where_the_three_runs_overlap():
    early = {month: 100 for month in YEAR[:9]}
    late = {month: 100 for month in YEAR[3:]}

    assert table(Request=early, Service=late).period == (YEAR[3], YEAR[8])
    assert table(Request={YEAR[3]: 100}, Service={YEAR[3]: 100}).period == (YEAR[3], YEAR[3])
    assert table(Request={YEAR[0]: 100}, Service={YEAR[3]: 100}).period is None


def test_a_type_without_complete_months_leaves_no_period():
    thin = table(Assessment=dict.fromkeys(YEAR, 9))

    assert thin.runs["Assessment"] is None
    assert thin.usable["Assessment"]
    assert thin.period is None


@pytest.mark.parametrize("number,usable", [(60, True), (59, False)])
def test_a_type_has_at_least_a_twentieth_of_the_median_type(number, usable):
    # The others have 1,200 events each
    some = table(Service={(2026, 9): number})

    assert some.usable["Service"] is usable
    assert (some.runs["Service"] is not None) is usable
    assert (some.period is not None) is usable


def test_an_empty_file_has_no_period():
    nothing = month_table({})

    assert nothing.period is None
    assert set(nothing.runs.values()) == {None}
    assert nothing.months((2025, 10), (2025, 12)) == [(2025, 10), (2025, 11), (2025, 12)]


def test_months_of_a_run_beyond_the_period_are_shown():
    assert table().months((2026, 1), (2026, 12)) == [*YEAR, (2026, 10), (2026, 11), (2026, 12)]
