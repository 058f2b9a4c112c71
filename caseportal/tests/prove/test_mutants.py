"""The rules of money and of the returns are guarded: of 100 small wrongs, their own tests notice at least 95."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from caseportal.tests.prove.mutants import GROUPS, ROOT

SAMPLE = 100
AT_LEAST = 0.95


@pytest.mark.parametrize("name", sorted(GROUPS))
def test_of_a_hundred_small_wrongs_at_least_ninety_five_are_noticed(name, proved):
    command = [sys.executable, "-m", "caseportal.tests.prove.mutants", name, "--sample", str(SAMPLE)]

    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    figure = re.search(r"(\d+) of (\d+) mutants noticed", said)
    assert figure, said
    noticed, made = map(int, figure.groups())
    assert noticed >= AT_LEAST * made, said
    proved(f"small wrongs noticed: {name}", trials=made, noticed=noticed)
