"""The national outcomes and the measure 2A."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reablement.outcomes import (
    IN_DENOMINATOR,
    IN_NUMERATOR,
    EventOutcome,
    Sequel,
    sequel_of,
    share_without_ongoing_support,
)

# domain/reablement.md 6.1: 40 clusters, two of which cannot be classified.
WORKED = (
    ["LT_COMM"] * 9
    + ["LT_RES"]
    + ["ST_RESNURS"] * 2
    + ["ST_LOW"] * 4
    + ["NFA_PLANNED"] * 14
    + ["NFA_INFO"] * 2
    + ["HOSPITAL"] * 3
    + ["NFA_DIED"] * 2
    + ["NFA_DECLINED"]
    + ["CONT", "PROG_REABLEMENT"]
)


def test_the_worked_example_of_the_measure_is_62_and_a_half_percent():
    assert len(WORKED) == 40
    assert sum(outcome in IN_DENOMINATOR for outcome in WORKED) == 32
    assert sum(outcome in IN_NUMERATOR for outcome in WORKED) == 20
    assert share_without_ongoing_support(WORKED) == Decimal("62.5")
    assert share_without_ongoing_support(["HOSPITAL", "NFA_DIED"]) is None


def test_outcomes_that_only_go_on_cannot_be_chosen():
    assert not [code for code in EventOutcome.values if code.startswith(("PROG", "CONT"))]
    assert len(EventOutcome.values) == 19


@pytest.mark.parametrize("code", ["HOSPITAL", "NFA_DIED", "NFA_DECLINED", "NFA_SELF", "NFA_NHS", "CONT", ""])
def test_the_measure_leaves_out_hospital_deaths_refusals_self_funders_the_nhs_and_what_is_unclear(code):
    assert code not in IN_DENOMINATOR
    assert code not in IN_NUMERATOR


def test_a_sequel_is_derived_from_each_outcome():
    assert sequel_of("") is None
    assert sequel_of("NFA_PLANNED") == Sequel.NO_ONGOING
    assert sequel_of("ST_LOW") == Sequel.NO_ONGOING
    assert sequel_of("LT_COMM") == Sequel.ONGOING
    assert sequel_of("ST_RESNURS") == Sequel.ONGOING
    assert sequel_of("HOSPITAL") == Sequel.NOT_COUNTED
    assert all(sequel_of(code) for code in EventOutcome.values)
