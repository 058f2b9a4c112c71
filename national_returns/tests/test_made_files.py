"""Made files: believable, valid, and the same again."""

import csv
import io
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from national_returns.cld.rows import Row, read_rows
from national_returns.cld.synthetic.file import FileMaker
from national_returns.management.commands.make_cld import ends_a_quarter
from national_returns.tests import SAMPLES, TODAY
from national_returns.tests.rules import findings

PERIOD_END = date(2026, 9, 30)


def made(*, people=300, seed=1, period_end=PERIOD_END):
    text = io.StringIO()
    maker = FileMaker(people=people, seed=seed, period_end=period_end)
    maker.write(text)
    return text.getvalue()


def as_rows(text):
    lines = csv.reader(io.StringIO(text))
    next(lines)
    return [Row(number, cells) for number, cells in enumerate(lines, start=1)]


def as_dicts(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_judge_finds_nothing_in_the_valid_sample_and_the_planned_faults_in_a_spoiled_one():
    rows = list(read_rows(SAMPLES / "valid.csv"))
    assert not findings(rows, submitted_on=TODAY)

    spoiled = [Row(row.number, [*row.cells[:12], "01/01/2020", *row.cells[13:]]) for row in rows]
    assert {"P11 Date_of_Death", "P10 Date_of_Death"} <= set(findings(spoiled, submitted_on=TODAY))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_rule_of_the_specification_fires_on_a_made_file(seed):
    assert not findings(as_rows(made(people=700, seed=seed)), submitted_on=TODAY)


@pytest.mark.parametrize("period_end", [date(2025, 12, 31), date(2026, 3, 31), date(2024, 2, 29)])
def test_a_made_file_is_valid_for_any_period(period_end):
    assert not findings(as_rows(made(people=250, period_end=period_end)), submitted_on=TODAY)


def test_the_same_seed_gives_the_same_file_and_another_seed_other_people():
    assert made() == made()
    numbers = [{row["LA Person Unique Identifier"] for row in as_dicts(made(seed=seed))} for seed in (1, 2)]
    assert not numbers[0] & numbers[1]


def test_there_are_as_many_service_users_as_asked_for_and_carers_on_top():
    rows = as_dicts(made(people=500))
    by_type = {
        kind: {
            row["LA Person Unique Identifier"]
            for row in rows
            if (row["Client Type"] == "Service user") == kind
        }
        for kind in (True, False)
    }

    assert len(by_type[True]) == 500
    assert 25 < len(by_type[False]) < 125


def test_shares_come_out_near_the_published_ones():
    rows = as_dicts(made(people=6000))
    adults = [row for row in rows if row["Client Type"] == "Service user"]
    long_term = {
        row["LA Person Unique Identifier"]: int(row["Date of Birth"][-4:])
        for row in adults
        if row["Service Type"].startswith("Long")
    }
    working_age = sum(born >= PERIOD_END.year - 64 for born in long_term.values()) / len(long_term)
    requests = sum(row["Event Type"] == "Request" for row in adults) / len(long_term)
    reablement = [row["Event Outcome"] for row in adults if row["Service Component"] == "Reablement"]

    assert 0.31 < working_age < 0.40  # ASCOF 2E: 35.2%
    assert 2.0 < requests < 2.7  # ASC-FR: 2.43 for each long-term client
    assert 0.72 < sum("NFA" in outcome for outcome in reablement) / len(reablement) < 0.83  # ASCOF 2A: 77.1%


def test_the_command_writes_a_file_and_says_how_much(tmp_path, capsys):
    path = tmp_path / "made.csv"
    call_command("make_cld", "--people=20", "--seed=3", "--period-end=30/09/2026", str(path))

    assert path.read_bytes().decode() == made(people=20, seed=3)
    assert "rows about" in capsys.readouterr().out


@pytest.mark.parametrize(
    "options,words",
    [
        ({"people": 0}, "--people must be from 1"),
        ({"period_end": "30.9.2026"}, "must be a date"),
        ({"period_end": ""}, "must be a date"),
        ({"file": "/nowhere/made.csv"}, "cannot be written"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(tmp_path, options, words):
    given = {"people": 5, "seed": 1, "period_end": "2026-09-30", "file": str(tmp_path / "made.csv")} | options

    with pytest.raises(CommandError, match=words):
        call_command("make_cld", given.pop("file"), **given)


@pytest.mark.parametrize(
    "day,is_one", [("2026-09-30", True), ("2026-12-31", True), ("2026-09-29", False), ("2026-10-31", False)]
)
def test_a_return_ends_with_a_quarter(day, is_one):
    assert ends_a_quarter(date.fromisoformat(day)) is is_one
