"""Each calculator against a second one by another hand; `make prove` compares 20,000 of each kind."""

from __future__ import annotations

import pytest

from budgets.estimates.kinds import KINDS
from budgets.tests.calculators.against_oracles import same_figures
from budgets.tests.oracles.pence import ORACLES

# Of each of the seven kinds: 10,010 results whose printed lines add up.
CASES = 1430


def test_every_kind_has_an_oracle():
    assert set(ORACLES) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_thousand_invented_cases_come_to_the_same_figures_by_both_hands(kind):
    assert same_figures(kind, cases=CASES, seed=1) == CASES
