"""What holds for any return: order, strangers and repetition change nothing."""

import random
from collections import Counter

import pytest
from django.core.management import call_command

from national_returns.tests.builders import REQUEST, SERVICE, write_file
from national_returns.tests.judged import judged, someone
from national_returns.tests.measures.chance import history
from national_returns.tests.measures.made import YEAR_GIVEN, standings
from national_returns.tests.measures.test_short_term_support import YEAR
from national_returns.tests.spoiled import spoiled
from national_returns.tests.test_check_cld import options

SEEDS = range(12)


def by_row(rows, place_of=lambda number: number):
    """Findings on each row. Of rows that say the same event, which one is the first depends on the order."""
    return Counter(
        (place_of(each.row), each.rule, each.field, each.message)
        for each in judged(rows)
        if each.rule != "F07"
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_rows_never_matters(seed):
    rows = spoiled(seed)
    order = list(range(len(rows)))
    random.Random(seed).shuffle(order)
    shuffled = [rows[place] for place in order]

    assert by_row(rows) == by_row(shuffled, lambda number: order[number - 1] + 1 if number else 0)
    repeats = [sum(each.rule == "F07" for each in judged(some)) for some in (rows, shuffled)]
    assert repeats[0] == repeats[1] > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_about_a_stranger_changes_no_finding_on_another_row(seed):
    rows = spoiled(seed)

    for stranger in (REQUEST | someone(900), SERVICE | someone(900)):
        after = by_row([*rows, stranger])
        before = by_row([stranger, *rows], lambda number: number - 1 if number else 0)
        for found, place in ((after, len(rows) + 1), (before, 0)):
            assert {each: n for each, n in found.items() if each[0] != place} == by_row(rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rule_fires_once_at_most_for_a_row_and_field(seed):
    fired = Counter((each.row, each.rule, each.field) for each in judged(spoiled(seed)))

    assert max(fired.values()) == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_same_return_twice_gives_the_same_bytes(capsys, tmp_path, form):
    path = write_file(tmp_path / "return.csv", *spoiled(1))
    said = []
    for _ in range(2):
        call_command("check_cld", str(path), f"--format={form}", *options())
        said.append(capsys.readouterr().out)

    assert said[0] == said[1]
    assert len(said[0]) > 1000


# ---------------------------------------------------------------- measures

PARTS = {"2A": {"2A"}, "2B": {"2B"}, "2C": {"2C"}, "2E": {"2E(1)", "2E(2a)", "2E(2b)"}, "3D": {"3D(1a)", "3D(2a)", "3D(1b)", "3D(2b)"}}  # fmt: skip
CHANCES = range(60)


@pytest.mark.parametrize("name", list(PARTS))
@pytest.mark.parametrize("seed", CHANCES)
def test_the_order_of_rows_never_matters_to_a_measure(name, seed):
    lines = history(seed)
    shuffled = random.Random(seed).sample(lines, len(lines))

    assert standings(name, *lines, year=YEAR) == standings(name, *shuffled, year=YEAR)


@pytest.mark.parametrize("name", list(PARTS))
def test_a_stranger_changes_nothing_for_anyone_else(name):
    for seed in CHANCES:
        lines = history(seed)
        strangers = [
            line | {"LA_Person_Unique_Identifier": "Z", "NHS_Number": ""} for line in history(seed + 500, 1)
        ]
        found = [each for each in standings(name, *lines, *strangers, year=YEAR) if each[1] != "Z"]

        assert found == standings(name, *lines, year=YEAR)


@pytest.mark.parametrize("name", list(PARTS))
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_same_file_twice_gives_the_same_bytes_and_no_numerator_above_its_denominator(
    capsys, tmp_path, name, form
):
    lines = [
        line
        | {"LA_Person_Unique_Identifier": f"{seed}-{line['LA_Person_Unique_Identifier']}", "NHS_Number": ""}
        for seed in range(400)
        for line in history(seed)
    ]
    path = write_file(tmp_path / "return.csv", *lines)
    given = [f"--{option.replace('_', '-')}={value}" for option, value in YEAR_GIVEN.items()]
    said = []
    for _ in range(2):
        call_command("ascof", str(path), f"--measure={name}", f"--format={form}", *given)
        said.append(capsys.readouterr().out)

    assert said[0] == said[1]
    counted = Counter((part, how) for part, _person, how, _why in standings(name, *lines, year=YEAR))
    assert {part for part, _how in counted} == PARTS[name]
    for part in PARTS[name]:
        assert counted[part, "numerator"] > 0
        if part.startswith(("2A", "2E", "3D")):
            assert counted[part, "denominator"] > 0
            assert counted[part, "left out"] > 0
