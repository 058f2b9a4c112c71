"""Part weeks, surplus, allocation and shared budgets at their edges, with the working that is shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from budgets.calculators import allocation
from budgets.calculators.mixed_budget import COLLECTION_ORDER, MODES, mixed_budget, share_out
from budgets.calculators.part_week import part_week
from budgets.calculators.surplus import surplus
from budgets.calculators.tariff import tariff
from reablement import timescales as reablement

D = Decimal
LIMITS = {"lower": D("14250.00"), "upper": D("23250.00"), "step": D("250.00"), "per_step": D("1.00")}


def shown(result):
    return {each.of: [(line.label, line.amount) for line in each.lines] for each in result.working}


# ------------------------------------------------------------------ tariff


def test_above_the_upper_limit_there_is_no_tariff_and_no_working_of_one():
    found = tariff(D("23250.01"), **LIMITS)

    assert (found.weekly, found.full_cost, found.working) == (None, True, None)


def test_whole_steps_need_no_line_for_a_part_of_one():
    found = tariff(D("14500.00"), **LIMITS)

    assert (found.weekly, found.full_cost, len(found.working.lines)) == (D("1.00"), False, 1)
    assert found.working.of == "tariff"


# ------------------------------------------------------------------ part weeks

WEEK = {
    "weekly_charge": D("70.01"),
    "episode_start": date(2026, 11, 9),
    "free_days": 42,
    "pause_days": 0,
    "billing_week_start": date(2026, 12, 21),
    "billing_week_days": 7,
}


def of_week(**changes):
    return part_week(**{**WEEK, **changes})


@pytest.mark.parametrize(
    "start,days,charge",
    [
        (date(2026, 12, 14), 0, "0.00"),
        (date(2026, 12, 15), 1, "10.00"),
        (date(2026, 12, 18), 4, "40.00"),
        (date(2026, 12, 20), 6, "60.00"),
        (date(2026, 12, 21), 7, "70.01"),
        (date(2027, 1, 4), 7, "70.01"),
    ],
)
def test_a_week_is_paid_by_the_day_from_the_first_day_that_is_not_free(start, days, charge):
    found = of_week(billing_week_start=start)

    assert (found.last_free_day, found.first_chargeable_day) == (date(2026, 12, 20), date(2026, 12, 21))
    assert (found.chargeable_days_in_week, found.charge) == (days, D(charge))


def test_a_pause_moves_the_last_free_day_and_a_short_week_costs_its_days():
    assert of_week(pause_days=5).last_free_day == date(2026, 12, 25)
    assert of_week(pause_days=5).chargeable_days_in_week == 2
    assert of_week(billing_week_days=3).charge == D("30.00")
    assert of_week(free_days=0).first_chargeable_day == date(2026, 11, 9)


def test_the_last_free_day_is_the_one_that_reablement_counts():
    for pause in (0, 5):
        last = reablement.last_free_on(started_on=WEEK["episode_start"], pause_days=pause)
        found = of_week(free_days=reablement.FREE_DAYS, pause_days=pause)
        assert found.last_free_day == last
        assert found.first_chargeable_day == reablement.first_chargeable_on(last_free=last)


def test_the_working_of_a_part_week_counts_its_days():
    found = of_week(billing_week_start=date(2026, 12, 18))

    assert shown(found) == {
        "chargeable_days_in_week": [("Days of the week", D(7)), ("Days of it that are free", D(-3))],
        "charge": [("4 sevenths of £70.01", D("40.00"))],
    }
    assert [each.unit for each in found.working] == ["days", "pounds"]


# ------------------------------------------------------------------ surplus

ACCOUNT = {
    "net_weekly": D("180.00"),
    "contribution_weekly": D("45.00"),
    "reserve_weeks": 8,
    "balance": D("2790.40"),
    "unpaid_commitments": D("312.00"),
    "ring_fenced": D("0.00"),
    "contribution_overpaid": D("40.00"),
}


@pytest.mark.parametrize(
    "balance,above,refund,reclaim",
    [
        ("2790.40", "678.40", "40.00", "638.40"),
        ("2152.01", "40.01", "40.00", "0.01"),
        ("2152.00", "40.00", "40.00", "0.00"),
        ("2120.00", "8.00", "8.00", "0.00"),
        ("2112.00", "0.00", "0.00", "0.00"),
        ("2111.99", "-0.01", "0.00", "0.00"),
        ("-5.00", "-2117.00", "0.00", "0.00"),
    ],
)
def test_the_person_is_paid_back_first_and_nothing_is_taken_below_what_may_stay(
    balance, above, refund, reclaim
):
    found = surplus(**{**ACCOUNT, "balance": D(balance)})

    assert (found.base, found.reserve) == (D("225.00"), D("1800.00"))
    assert (found.surplus, found.refund, found.reclaim) == (D(above), D(refund), D(reclaim))


def test_what_was_put_aside_stays():
    assert surplus(**{**ACCOUNT, "ring_fenced": D("600.00")}).surplus == D("78.40")


def test_the_working_of_a_surplus_says_what_limits_it():
    found = shown(surplus(**{**ACCOUNT, "balance": D("2111.99")}))

    assert found["base"] == [
        ("Paid by the council", D("180.00")),
        ("Paid in by the person", D("45.00")),
    ]
    assert found["reserve"] == [("8 weeks of £225.00", D("1800.00"))]
    assert found["refund"] == [
        ("Overpaid by the person", D("40.00")),
        ("Never more than is above what may stay", D("-40.00")),
    ]
    assert found["reclaim"][-1] == ("Nothing is above what may stay", D("0.01"))
    assert "surplus" in found


# ------------------------------------------------------------------ allocation


def answers(level=0, share="0", **levels):
    every = {domain: allocation.Answer(level, D(share)) for _, domain in allocation.DOMAINS}
    return every | {domain: allocation.Answer(each) for domain, each in levels.items()}


@pytest.mark.parametrize(
    "level,score,weekly", [(0, 0, "0.00"), (1, 27, "95.00"), (2, 60, "375.00"), (3, 100, "740.00")]
)
def test_the_demonstration_table_prices_every_level(level, score, weekly):
    found = allocation.estimate(allocation.DEMONSTRATION, answers(level))

    assert (found.score, found.weekly, found.annual) == (score, D(weekly), D(weekly) * 52)


def test_the_demonstration_table_is_the_one_the_product_ships_with():
    points = {
        domain: [int(each) for each in levels] for domain, levels in allocation.DEMONSTRATION.points.items()
    }

    assert allocation.DEMONSTRATION.method == "band"
    assert points == {
        "nutrition": [0, 4, 8, 14],
        "hygiene": [0, 3, 7, 12],
        "toilet": [0, 4, 9, 16],
        "clothed": [0, 2, 5, 8],
        "home_safe": [0, 4, 9, 16],
        "habitable": [0, 2, 4, 6],
        "relationships": [0, 2, 4, 6],
        "work": [0, 2, 5, 8],
        "community": [0, 2, 5, 8],
        "child": [0, 2, 4, 6],
    }
    weekly = ("0", "45", "95", "150", "215", "290", "375", "470", "590", "740")
    assert allocation.DEMONSTRATION.bands == tuple(
        (10 * place, 100 if place == 9 else 10 * place + 9, D(each)) for place, each in enumerate(weekly)
    )


def test_a_price_by_the_point_is_rounded_to_the_penny_in_a_line_of_its_own():
    table = allocation.Table("per_point", allocation.DEMONSTRATION.points, (), D("4.105"))

    found = allocation.estimate(table, answers(nutrition=1, hygiene=1))

    assert found.weekly == D("28.74")
    assert shown(found)["weekly"] == [
        ("7 points at £4.105 a point", D("28.735")),
        ("Rounded to the penny, half a penny up", D("0.005")),
    ]


def test_a_price_by_the_point_needs_its_rate():
    table = allocation.Table("per_point", allocation.DEMONSTRATION.points)

    with pytest.raises(allocation.UnusableTable, match="no rate"):
        allocation.estimate(table, answers())


def test_a_table_without_points_for_an_answer_is_refused():
    short = allocation.Table("band", {"nutrition": (D(0),)}, allocation.DEMONSTRATION.bands)

    with pytest.raises(allocation.UnusableTable, match="no points for nutrition at level 1"):
        allocation.estimate(short, answers(nutrition=1))


def test_the_working_of_an_estimate_shows_points_score_and_pounds():
    found = allocation.estimate(
        allocation.DEMONSTRATION, answers() | {"clothed": allocation.Answer(2, D("0.25"))}
    )

    assert [(each.of, each.unit) for each in found.working] == [
        ("raw", "points"),
        ("score", "points"),
        ("weekly", "pounds"),
        ("annual", "pounds"),
    ]
    assert shown(found)["score"] == [
        ("Points that count", D("3.75")),
        ("Rounded to a whole point, half a point up", D("0.25")),
    ]
    assert shown(found)["raw"][3] == ("Getting dressed", D("3.75"))
    assert found.working[0].lines[3].note == "5 points, of which a carer meets 25%"
    assert found.working[0].lines[0].note == ""
    assert shown(found)["weekly"] == [("0 to 9 points", D("0.00"))]
    assert shown(found)["annual"] == [("52 weeks of £0.00", D("0.00"))]


def test_an_estimate_is_kept_with_its_lines_as_text():
    found = allocation.estimate(
        allocation.DEMONSTRATION, answers() | {"clothed": allocation.Answer(2, D("0.50"))}
    )

    assert found.lines[3].as_row() == {
        "domain": "clothed",
        "code": "D",
        "level": 2,
        "points": "5",
        "carer_share": "0.5",
        "counted": "2.5",
    }
    assert found.points == D(5)


def test_a_stored_table_is_read_with_its_decimals():
    class Row:
        method = "band"
        points = {"nutrition": [0, 4, 8, 14]}
        bands = [{"from": 0, "to": 9, "weekly": "45.50"}]
        rate_per_point = None

    table = allocation.Table.of(Row)

    assert table.points["nutrition"] == (D(0), D(4), D(8), D(14))
    assert table.bands == ((0, 9, D("45.50")),)


def test_a_team_manager_decides_within_ten_per_cent_of_the_exact_figures():
    assert allocation.WITHIN_PERCENT == 10
    assert allocation.is_within(estimate=D("333.33"), total=D("366.66"))
    assert not allocation.is_within(estimate=D("333.33"), total=D("366.67"))
    assert allocation.variance_percent(estimate=D("333.33"), total=D("366.67")) == D("10.00")
    assert allocation.variance_percent(estimate=D("0.00"), total=D("1.00")) is None


# ------------------------------------------------------------------ several ways of paying


def test_a_contribution_may_be_the_whole_and_no_more():
    by_mode = {"isf": D("10.00"), "council_managed": D("5.00")}

    assert [share.person for share in share_out(by_mode, D("15.00"))] == [D("10.00"), D("5.00")]
    for wrong in ("15.01", "-0.01"):
        with pytest.raises(ValueError, match="between nothing and the whole cost"):
            share_out(by_mode, D(wrong))


def test_the_order_must_name_every_way_of_paying_that_is_used():
    with pytest.raises(ValueError, match="council_managed is missing"):
        share_out({"council_managed": D(1)}, D(0), ["isf"])


def test_the_ways_of_paying_must_come_to_the_whole():
    with pytest.raises(ValueError, match="must come to the whole"):
        mixed_budget(total_weekly=D("10.01"), contribution=D(0), by_mode={"isf": D("10.00")})


def test_the_working_of_a_mixed_budget_has_each_way_and_the_whole():
    found = mixed_budget(
        total_weekly=D("168.40"),
        contribution=D("25.00"),
        by_mode={"council_managed": D("68.40"), "direct_payment": D("100.00")},
    )

    assert shown(found) == {
        "contribution": [("From: direct payment", D("25.00")), ("From: arranged by the council", D("0.00"))],
        "direct_payment": [("All of it", D("100.00")), ("What the person pays", D("-25.00"))],
        "council_managed": [("All of it", D("68.40")), ("What the person pays", D("0.00"))],
        "council_total": [("Direct payment", D("75.00")), ("Arranged by the council", D("68.40"))],
    }
    assert found.council_total == D("143.40")
    assert (*MODES,) == COLLECTION_ORDER
