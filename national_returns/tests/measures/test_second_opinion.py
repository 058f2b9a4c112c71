"""The measures against a second working by other means, over histories made by chance."""

import pytest

from national_returns.tests.measures.chance import FIRST, LAST, history
from national_returns.tests.measures.made import standings
from national_returns.tests.measures.second_opinion import opinion
from national_returns.tests.measures.test_short_term_support import YEAR
from national_returns.tests.measures.test_worked_examples import (
    AT_HOME,
    CARE_HOMES,
    CARERS,
    SELF_DIRECTED,
    SHORT_TERM,
)

HISTORIES = 1000


def differences(name, seeds):
    """The histories of which the two say different things."""
    found = []
    for seed in seeds:
        lines = history(seed)
        ours = sorted(each[:3] for each in standings(name, *lines, year=YEAR))
        if ours != (theirs := opinion(name, lines, FIRST, LAST)):
            found.append(
                (
                    seed,
                    [each for each in ours if each not in theirs],
                    [each for each in theirs if each not in ours],
                )
            )
    return found


@pytest.mark.parametrize("name", ["2A", "2B", "2C", "2E", "3D"])
def test_two_workings_of_a_measure_never_differ(name):
    assert differences(name, range(HISTORIES)) == []


@pytest.mark.parametrize(
    "name,lines",
    [
        ("2A", SHORT_TERM),
        ("2B", CARE_HOMES),
        ("2C", CARE_HOMES),
        ("2E", AT_HOME),
        ("3D", SELF_DIRECTED),
        ("3D", CARERS),
    ],
)
def test_the_second_working_knows_the_worked_examples(name, lines):
    assert opinion(name, lines, FIRST, LAST) == sorted(
        each[:3] for each in standings(name, *lines, year=YEAR)
    )
