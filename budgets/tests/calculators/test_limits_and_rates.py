"""The edges of what a case may hold, and the part of a year's rates that one charge is worked out with."""

from __future__ import annotations

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest

from budgets.calculators import rates
from budgets.calculators.rates import Rates
from budgets.estimates.case_files import LARGEST_FILE, check
from budgets.tests.calculators.test_case_files import BY_ID, case, faults, of

D = Decimal
POINTS = {domain: [0, 1, 2, 3] for domain in BY_ID["V06"]["inputs"]["answers"]}


def savings(count, **changes):
    return {"capital": [{"type": "savings", "value": "1.00", "share": "1", **changes}] * count}


def band(**changes):
    return {"bands": [{"from": 0, "to": 100, "weekly": "1.00", **changes}]}


EDGES = [
    ("V02", {"capitals": ["1.00"] * 1000}, {"capitals": ["1.00"] * 1001}, "capitals"),
    ("V01", savings(1000), savings(1001), "capital"),
    ("V01", savings(1, share="0.000001"), savings(1, share="0.0000001"), "capital[0].share"),
    ("V01", savings(1, value="9999999999.99"), savings(1, value="10000000000.00"), "capital[0].value"),
    ("V05", {"reserve_weeks": 3660}, {"reserve_weeks": 3661}, "reserve_weeks"),
    ("V05", {"reserve_weeks": 0}, {"reserve_weeks": -1}, "reserve_weeks"),
    ("V05", {"balance": "-0.01"}, {"net_weekly": "-0.01"}, "net_weekly"),
    ("V06", {"points": {**POINTS, "work": [0, 1, 2, 1000]}}, {"points": {**POINTS, "work": [0, 1, 2, 1001]}},
     "points.work[3]"),
    ("V06", {"points": {**POINTS, "work": [0, 1, 2, 3]}}, {"points": {**POINTS, "work": [-1, 1, 2, 3]}},
     "points.work[0]"),
    ("V06", {"points": {**POINTS, "work": [0, 1, 2, 3]}}, {"points": {**POINTS, "work": [0, 1, 2, 3, 4]}},
     "points.work"),
    ("V06", band(to=100_000), band(to=100_001), "bands[0].to"),
    ("V06", band(**{"from": 0}), band(**{"from": -1}), "bands[0].from"),
    ("V07", {"rate_per_point": "4.1234"}, {"rate_per_point": "4.12345"}, "rate_per_point"),
    ("V09", {"free_days": 0}, {"free_days": -1}, "free_days"),
    ("V09", {"free_days": 3660}, {"free_days": 3661}, "free_days"),
    ("V09", {"pause_days": 3660}, {"pause_days": 3661}, "pause_days"),
    ("V09", {"pause_days": 0}, {"pause_days": -1}, "pause_days"),
    ("V09", {"billing_week_days": 1}, {"billing_week_days": 0}, "billing_week_days"),
    ("V09", {"episode_start": "1948-07-05"}, {"episode_start": "1948-07-04"}, "episode_start"),
    ("V09", {"episode_start": "2199-12-31"}, {"episode_start": "2200-01-01"}, "episode_start"),
    ("V02", {"rates": {**BY_ID["V02"]["inputs"]["rates"], "tariff_step": "0.01"}},
     {"rates": {**BY_ID["V02"]["inputs"]["rates"], "tariff_step": "0.00"}}, "rates.tariff_step"),
    ("V02", {"rates": {**BY_ID["V02"]["inputs"]["rates"], "lower_capital": "23250.00"}},
     {"rates": {**BY_ID["V02"]["inputs"]["rates"], "lower_capital": "23250.01"}}, "rates.upper_capital"),
]  # fmt: skip


@pytest.mark.parametrize("name,most,too_much,where", EDGES)
def test_a_case_may_hold_so_much_and_no_more(name, most, too_much, where):
    allowed = case(name, **most)
    allowed["expected"] = {}

    assert of(allowed).passed == 1
    assert set(faults(case(name, **too_much))) == {f"inputs.{where}"}


@pytest.mark.parametrize("name", ["V01", "V04"])
@pytest.mark.parametrize("rate,wanted", [("savings_credit_disregard", False), ("pea", True)])
def test_the_rates_hold_what_the_kind_needs_and_may_hold_the_rest(name, rate, wanted):
    without = {key: value for key, value in BY_ID[name]["inputs"]["rates"].items() if key != rate}
    found = of(case(name, rates=without))

    assert bool(found.faults) == (wanted and name == "V04")
    assert of(case(name, rates={**BY_ID[name]["inputs"]["rates"], rate: "1.00"})).faults == []


def test_a_file_may_have_ten_million_bytes():
    small = json.dumps({"cases": []}).encode()

    assert LARGEST_FILE == 10_000_000
    assert check(small + b" " * (LARGEST_FILE - len(small))).faults == []
    assert "over 10 MB" in check(small + b" " * (LARGEST_FILE + 1 - len(small))).faults[0].message


# ------------------------------------------------------------------ rates

AMOUNTS = (
    "single_18_24 single_25 single_pension_age lone_parent couple_18 couple_pension_age dependent_child "
    "disability_single disability_couple enhanced_disability_single enhanced_disability_couple carer pea "
    "savings_credit_single savings_credit_couple"
)


def row(**amounts):
    return SimpleNamespace(
        year="2026-27",
        lower_capital=D("14250.00"),
        upper_capital=D("23250.00"),
        tariff_step=D("250.00"),
        tariff_per_step=D("1.00"),
        amounts=amounts,
    )


def test_a_year_s_amounts_have_these_codes_and_a_name_each():
    assert list(rates.LABELS) == AMOUNTS.split()
    assert len(set(rates.LABELS.values())) == 15
    assert rates.PEA == "pea"


def test_the_parts_that_apply_are_taken_from_the_year_and_no_others():
    found = Rates.of(
        row(single_25="112.50", carer="53.25", pea="30.65", lone_parent="1.00"), mig=["single_25", "carer"]
    )

    assert found.mig_components == {"single_25": D("112.50"), "carer": D("53.25")}
    assert (found.pea, found.savings_credit_disregard) == (D("30.65"), D("0.00"))
    assert found.tariff(D("14250.01")).weekly == D("1.00")


def test_a_savings_credit_is_taken_where_the_adult_has_one():
    year = row(pea="30.65", savings_credit_single="6.95")

    assert Rates.of(year, mig=[], savings_credit="savings_credit_single").savings_credit_disregard == D(
        "6.95"
    )


@pytest.mark.parametrize(
    "mig,savings_credit,told",
    [(["carer"], "", "no figure for: Carer premium"), ([], "savings_credit_couple", "disregard, couple"),
     (["lottery"], "", "no figure for: lottery")],
)  # fmt: skip
def test_a_part_that_a_year_has_no_figure_for_is_said(mig, savings_credit, told):
    with pytest.raises(LookupError, match=f"The rates of 2026-27 .*{told}"):
        Rates.of(row(pea="1.00"), mig=mig, savings_credit=savings_credit)
