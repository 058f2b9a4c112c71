"""The rules of money and of the returns are guarded: of 100 small wrongs, their own tests notice at least 95."""

from __future__ import annotations

import pytest

from caseportal.tests.prove.mutants import GROUPS, sample, unnoticed

SAMPLE = 100
AT_LEAST = 0.95
SEED = 1


@pytest.mark.parametrize("name", sorted(GROUPS))
def test_of_a_hundred_small_wrongs_at_least_ninety_five_are_noticed(name, proved):
    group = GROUPS[name]
    chosen = sample(group.files(), size=SAMPLE, seed=SEED)

    missed = unnoticed(group, chosen)

    noticed = len(chosen) - len(missed)
    assert noticed >= AT_LEAST * len(chosen), "\n".join(str(mutant) for mutant in missed)
    proved(f"small wrongs noticed: {name}", trials=len(chosen), noticed=noticed)
