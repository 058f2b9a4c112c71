"""From help needed to an estimate, against worked examples, and how a contribution is shared out."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from budgets.calculators import allocation, mixed_budget
from budgets.money import whole_points
from support_plans.models import Mode

POINTS = {
    "nutrition": (0, 4, 8, 14),
    "hygiene": (0, 3, 7, 12),
    "toilet": (0, 4, 9, 16),
    "clothed": (0, 2, 5, 8),
    "home_safe": (0, 4, 9, 16),
    "habitable": (0, 2, 4, 6),
    "relationships": (0, 2, 4, 6),
    "work": (0, 2, 5, 8),
    "community": (0, 2, 5, 8),
    "child": (0, 2, 4, 6),
}
WEEKLY = ("0.00", "45.00", "95.00", "150.00", "215.00", "290.00", "375.00", "470.00", "590.00", "740.00")
BANDS = tuple(
    (10 * place, 100 if place == 9 else 10 * place + 9, Decimal(weekly))
    for place, weekly in enumerate(WEEKLY)
)
DECIMALS = {key: tuple(Decimal(each) for each in levels) for key, levels in POINTS.items()}
BY_BAND = allocation.Table("band", DECIMALS, BANDS)
BY_POINT = allocation.Table("per_point", DECIMALS, (), Decimal("4.10"))
# The sixth worked example of the reference.
EXAMPLE = {
    "nutrition": (2, "0"),
    "hygiene": (3, "0.5"),
    "toilet": (2, "0"),
    "clothed": (2, "0.25"),
    "home_safe": (1, "0"),
    "habitable": (2, "1"),
    "relationships": (1, "0"),
    "work": (0, "0"),
    "community": (2, "0"),
    "child": (0, "0"),
}


def answers(given: dict[str, tuple[int, str]]) -> dict[str, allocation.Answer]:
    return {key: allocation.Answer(level, Decimal(share)) for key, (level, share) in given.items()}


def test_the_worked_example_counts_37_75_points_as_38_and_comes_to_150_pounds_a_week():
    result = allocation.estimate(BY_BAND, answers(EXAMPLE))

    assert [line.counted for line in result.lines] == [
        Decimal(each) for each in ("8", "6", "9", "3.75", "4", "0", "2", "0", "5", "0")
    ]
    assert (result.points, result.raw, result.score) == (Decimal("49"), Decimal("37.75"), 38)
    assert (result.band_from, result.band_to) == (30, 39)
    assert (result.weekly, result.annual) == (Decimal("150.00"), Decimal("7800.00"))


def test_the_same_answers_priced_by_the_point_come_to_155_80():
    result = allocation.estimate(BY_POINT, answers(EXAMPLE))

    assert (result.weekly, result.annual) == (Decimal("155.80"), Decimal("8101.60"))
    assert (result.band_from, result.band_to) == (None, None)


def test_the_example_s_cost_departs_by_12_27_per_cent_and_so_goes_to_the_panel():
    estimate, total = Decimal("150.00"), Decimal("168.40")

    assert allocation.variance_percent(estimate=estimate, total=total) == Decimal("12.27")
    assert not allocation.is_within(estimate=estimate, total=total, percent=Decimal(10))


@pytest.mark.parametrize(
    "estimate,total,near",
    [
        ("150.00", "165.00", True),
        ("150.00", "165.01", False),
        ("150.00", "135.00", True),
        ("150.00", "134.99", False),
        ("0.00", "0.00", True),
        ("0.00", "0.01", False),
        (None, "10.00", False),
        (None, "0.00", True),
    ],
)
def test_ten_per_cent_either_way_is_still_near_the_estimate(estimate, total, near):
    found = allocation.is_within(
        estimate=Decimal(estimate) if estimate else None, total=Decimal(total), percent=Decimal(10)
    )

    assert found is near


def test_the_example_s_contribution_is_taken_from_the_direct_payment_first():
    shares = mixed_budget.share_out(
        {Mode.COUNCIL_MANAGED: Decimal("68.40"), Mode.DIRECT_PAYMENT: Decimal("100.00")}, Decimal("25.00")
    )

    assert [(share.mode, share.person, share.net) for share in shares] == [
        ("direct_payment", Decimal("25.00"), Decimal("75.00")),
        ("council_managed", Decimal("0.00"), Decimal("68.40")),
    ]


def test_a_domain_without_an_answer_needs_no_help():
    result = allocation.estimate(BY_BAND, {})

    assert (result.score, result.weekly) == (0, Decimal("0.00"))
    assert len(result.lines) == 10


def test_the_most_help_of_all_is_a_hundred_points():
    result = allocation.estimate(BY_BAND, {key: allocation.Answer(3) for key in POINTS})

    assert (result.score, result.weekly) == (100, Decimal("740.00"))


@pytest.mark.parametrize(
    "raw,score", [("9.49", 9), ("9.5", 10), ("10.5", 11), ("0.5", 1), ("0.25", 0), ("99.75", 100)]
)
def test_half_a_point_counts_as_a_whole_one(raw, score):
    assert whole_points(Decimal(raw)) == score


@pytest.mark.parametrize("answer", [(4, "0"), (-1, "0"), (2, "0.3"), (2, "1.25")])
def test_an_answer_outside_its_list_is_refused(answer):
    with pytest.raises(ValueError):
        allocation.estimate(BY_BAND, answers({"nutrition": answer}))


def test_a_table_without_a_band_for_the_score_is_refused_rather_than_guessed():
    short = allocation.Table("band", DECIMALS, BANDS[:2])

    with pytest.raises(allocation.UnusableTable, match="no band for 38"):
        allocation.estimate(short, answers(EXAMPLE))


@pytest.mark.parametrize("seed", range(200))
def test_the_allocations_always_sum_to_the_total_and_the_contribution(seed):
    chance = random.Random(seed)
    sums = {
        mode: Decimal(chance.randrange(0, 100_000)).scaleb(-2)
        for mode in (Mode.DIRECT_PAYMENT, Mode.ISF, Mode.COUNCIL_MANAGED)
        if chance.random() < 0.7
    }
    total = sum(sums.values(), Decimal("0.00"))
    contribution = Decimal(chance.randrange(0, int(total * 100) + 1)).scaleb(-2)

    shares = mixed_budget.share_out(sums, contribution)

    assert sum((share.gross for share in shares), Decimal("0.00")) == total
    assert sum((share.person for share in shares), Decimal("0.00")) == contribution
    assert all(
        share.gross == share.person + share.net and share.person >= 0 and share.net >= 0 for share in shares
    )
    for earlier, later in zip(shares, shares[1:], strict=False):
        assert later.person == 0 or earlier.net == 0


def test_a_contribution_above_the_whole_cost_is_refused():
    with pytest.raises(ValueError):
        mixed_budget.share_out({Mode.ISF: Decimal("10.00")}, Decimal("10.01"))
