"""What holds of every charge, whatever the means: found out with any figures."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from budgets.tests.calculators.against_oracles import result_of
from budgets.tests.oracles.generated import Invented

KINDS = ("charge_community", "charge_care_home")
TIMES = 200
PENNY = Decimal("0.01")


def pairs(kind, change):
    """Results before and after a change to their inputs."""
    invented, chance = Invented(7), Random(7)
    for _ in range(TIMES):
        asked = invented.of(kind)
        before = result_of(kind, asked)
        change(asked, chance)
        yield before, result_of(kind, asked)


def money(result, key):
    return Decimal(result[key])


@pytest.mark.parametrize("kind", KINDS)
def test_both_parts_come_to_the_cost_and_neither_is_below_nothing(kind):
    invented = Invented(3)
    for _ in range(TIMES):
        asked = invented.of(kind)
        found = result_of(kind, asked)
        paid, council = money(found, "contribution"), money(found, "council_pays")
        assert paid + council == Decimal(asked["chargeable_cost_weekly"])
        assert min(paid, council) >= 0
        assert (found["status"] == "NIL") == (paid == 0 and found["tariff"] is not None)


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_income_and_capital_never_matters(kind):
    def shuffle(asked, chance):
        chance.shuffle(asked["incomes"])
        chance.shuffle(asked["capital"])

    for before, after in pairs(kind, shuffle):
        for key in ("contribution", "assessable_income", "assessed_capital", "status"):
            assert before[key] == after[key]


@pytest.mark.parametrize("kind", KINDS)
def test_more_income_never_lowers_what_is_paid(kind):
    def more(asked, chance):
        asked["incomes"].append({"type": "state_pension", "amount": "10.00", "frequency": "weekly"})

    for before, after in pairs(kind, more):
        assert money(after, "contribution") >= money(before, "contribution")
        assert money(after, "gross_income") == money(before, "gross_income") + 10


@pytest.mark.parametrize("kind", KINDS)
def test_more_savings_never_lower_what_is_paid(kind):
    def more(asked, chance):
        asked["capital"].append({"type": "savings", "value": "500.00", "share": "1"})

    for before, after in pairs(kind, more):
        assert money(after, "contribution") >= money(before, "contribution")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_left_out_in_full_changes_nothing_that_is_paid(kind):
    def left_out(asked, chance):
        asked["incomes"].append({"type": "pip_mobility", "amount": "77.05", "frequency": "weekly"})
        asked["capital"].append({"type": "life_policy", "value": "90000.00", "share": "1"})

    for before, after in pairs(kind, left_out):
        assert before["contribution"] == after["contribution"]
        assert before["weekly_incomes_counted"] == after["weekly_incomes_counted"]


def test_the_ways_of_paying_always_come_to_the_whole():
    invented = Invented(5)
    for _ in range(TIMES):
        asked = invented.of("mixed_budget")
        found = result_of("mixed_budget", asked)
        paid = sum(map(Decimal, found["contribution_by_mode"].values()))
        council = sum(map(Decimal, found["council_pays_by_mode"].values()))
        assert (paid, paid + council) == (Decimal(asked["contribution"]), Decimal(asked["total_weekly"]))
        assert money(found, "council_total") == council
        assert list(found["contribution_by_mode"]) == [
            mode for mode in asked["collection_order"] if mode in found["council_pays_by_mode"]
        ]


def test_refund_and_reclaim_leave_what_may_stay():
    invented = Invented(6)
    for _ in range(TIMES):
        found = result_of("dp_surplus", invented.of("dp_surplus"))
        given_back = money(found, "refund") + money(found, "reclaim")
        assert given_back == max(money(found, "surplus"), Decimal(0))


def test_one_more_penny_of_capital_costs_at_most_one_step_more():
    invented = Invented(8)
    for _ in range(TIMES):
        asked = invented.of("tariff")
        step = int(Decimal(asked["rates"]["tariff_per_step"]))
        more = {**asked, "capitals": [str(Decimal(each) + PENNY) for each in asked["capitals"]]}
        for before, after in zip(
            result_of("tariff", asked)["tariff"], result_of("tariff", more)["tariff"], strict=True
        ):
            assert after is None or (before is not None and after - before in (0, step))
