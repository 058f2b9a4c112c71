"""The long form of the measures' second opinion: 20,000 histories made by chance for each measure."""

from __future__ import annotations

import pytest

from national_returns.ascof.measures import MEASURES
from national_returns.tests.measures.test_second_opinion import HISTORIES, differences

TRIALS = 20_000


@pytest.mark.parametrize("name", MEASURES)
def test_two_workings_of_a_measure_never_differ_over_many_histories(name, proved):
    assert differences(name, range(HISTORIES, HISTORIES + TRIALS)) == []
    proved(f"measure {name} worked out twice", trials=TRIALS)
