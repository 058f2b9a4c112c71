"""The long form of budgets/tests/calculators/test_against_oracles.py: 20,000 invented cases of each kind."""

from __future__ import annotations

import pytest

from budgets.estimates.kinds import KINDS
from budgets.tests.calculators.against_oracles import same_figures

CASES = 20_000
SEED = 2


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_twenty_thousand_invented_cases_come_to_the_same_figures_by_both_hands(kind, proved):
    cases = same_figures(kind, cases=CASES, seed=SEED)

    proved(f"money by both hands: {kind}", trials=cases, differences=0)
