"""The command that works out a measure: what it prints and how it ends."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from national_returns.ascof.measures import MeasureSettings, measure
from national_returns.ascof.results import Result
from national_returns.tests import SAMPLES
from national_returns.tests.builders import write_file
from national_returns.tests.measures.made import YEAR_GIVEN, person, printed, service
from national_returns.tests.measures.test_worked_examples import CARE_HOMES, SELF_DIRECTED, SHORT_TERM

GIVEN = [f"--{name.replace('_', '-')}={value}" for name, value in YEAR_GIVEN.items()]


def test_results_and_people_are_printed_as_json(capsys, tmp_path):
    answer = printed(capsys, tmp_path, *SHORT_TERM, measure="2A")

    assert list(answer) == ["results", "people"]
    assert list(answer["results"][0]) == ["measure", "numerator", "denominator", "value"]
    assert answer["people"][0] == {
        "measure": "2A",
        "person": "Ada",
        "counted": "numerator",
        "why": "Episode 20/04/2025 to 30/05/2025: NFA: Support ended as planned (step 4)",
    }


def test_for_people_each_part_stands_in_a_line_and_then_who_is_behind_it(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", *SELF_DIRECTED)
    call_command("ascof", str(path), "--measure=3D", *GIVEN)

    lines = capsys.readouterr().out.splitlines()
    assert lines[:7] == [
        "3D(1a): 3 of 4: 75.0%",
        "3D(2a): 2 of 4: 50.0%",
        "3D(1b): 0 of 0: no value",
        "3D(2b): 0 of 0: no value",
        "",
        "3D(1a)  Oz  numerator: Community support by direct payment on 31/03/2026",
        "3D(1a)  Pat  numerator: Community support from a managed personal budget on 31/03/2026",
    ]


def test_a_rate_says_of_how_many(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", *CARE_HOMES)
    call_command("ascof", str(path), "--measure=2B", *GIVEN, "--population-18-64=40000")
    assert capsys.readouterr().out.startswith("2B: 1 of 40,000: 2.5 per 100,000\n")

    call_command("ascof", str(path), "--measure=2C", *GIVEN)
    assert capsys.readouterr().out.startswith("2C: 1 of no population given: no value\n")


@pytest.mark.parametrize(
    "numerator,denominator,per,value",
    [
        (1, 3, 100, "33.3"),
        (2, 3, 100, "66.7"),
        (1, 2000, 100, "0.1"),  # 0.05 is rounded up
        (1, 2001, 100, "0.0"),
        (3, 3, 100, "100.0"),
        (0, 7, 100, "0.0"),
        (1, 40_000, 100_000, "2.5"),
        (1, 0, 100, None),
        (1, None, 100_000, None),
    ],
)
def test_a_value_has_one_decimal_with_halves_up(numerator, denominator, per, value):
    found = Result("X", numerator, denominator, per).as_dict()

    assert found == {"measure": "X", "numerator": numerator, "denominator": denominator, "value": value}


def test_what_the_source_leaves_in_doubt_is_a_setting(capsys, tmp_path, settings):
    ada = person("Ada")
    before = service(ada, "community", "01/01/2025", "18/01/2025")  # 92 days before the episode begins
    lines = [before, *SHORT_TERM[:1]]
    assert printed(capsys, tmp_path, *lines, measure="2A")["results"][0]["numerator"] == 1
    settings.ASCOF_NEW_CLIENT_DAYS = 93
    assert printed(capsys, tmp_path, *lines, measure="2A")["results"][0]["numerator"] == 0

    blank = service(ada, "nursing", "01/05/2025", Service_Component="")
    assert printed(capsys, tmp_path, blank, measure="2C")["results"][0]["numerator"] == 0
    settings.ASCOF_BLANK_COMPONENT_IS_ADMISSION = True
    assert printed(capsys, tmp_path, blank, measure="2C")["results"][0]["numerator"] == 1


def test_the_settings_are_as_the_department_codes_it(settings):
    assert settings.ASCOF_NEW_CLIENT_DAYS == MeasureSettings().new_client_days == 91
    assert (
        settings.ASCOF_BLANK_COMPONENT_IS_ADMISSION is MeasureSettings().blank_component_is_admission is False
    )


def test_rows_that_cannot_be_used_are_counted_on_the_error_stream(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", *SHORT_TERM, {"Event_Type": "Service"})
    call_command("ascof", str(path), "--measure=2A", *GIVEN, "--format=json")

    told = capsys.readouterr()
    assert len(json.loads(told.out)["people"]) == 5
    assert told.err == "1 row was left out: no person, type or start, or an end that cannot be read.\n"


def test_a_file_need_not_be_valid_and_its_own_period_makes_no_difference(capsys, tmp_path):
    lines = [line | {"Reporting_Period_Start_Date": "01/01/1999", "Gender": "?"} for line in SHORT_TERM]

    assert printed(capsys, tmp_path, *lines, measure="2A")["results"][0]["value"] == "75.0"


@pytest.mark.parametrize("part,people", [("2A", 1), ("2B", 2), ("2C", 2), ("2E", 18), ("3D", 16)])
def test_the_sample_gives_every_measure(capsys, part, people):
    call_command("ascof", str(SAMPLES / "valid.csv"), f"--measure={part}", *GIVEN, "--format=json")

    assert len(json.loads(capsys.readouterr().out)["people"]) == people


def test_what_cannot_be_read_ends_with_2(capsys, tmp_path, settings):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("Name\n", encoding="utf-8")
    for path, words in (
        (tmp_path / "nowhere.csv", "cannot be opened"),
        (wrong, "The columns are not the 50"),
    ):
        with pytest.raises(CommandError, match=words) as ended:
            call_command("ascof", str(path), "--measure=2A", *GIVEN)
        assert ended.value.returncode == 2

    settings.CLD_MOST_BYTES = 10
    with pytest.raises(CommandError, match="the most that is read is 10"):
        call_command("ascof", str(SAMPLES / "valid.csv"), "--measure=2A", *GIVEN)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(CommandError, match="ends before it starts") as ended:
        call_command(
            "ascof",
            str(SAMPLES / "valid.csv"),
            "--measure=2A",
            "--period-start=2026-04-01",
            "--period-end=2026-03-31",
        )
    assert ended.value.returncode == 2
    call_command(
        "ascof",
        str(SAMPLES / "valid.csv"),
        "--measure=2A",
        "--period-start=2026-04-01",
        "--period-end=2026-04-01",
    )


def test_there_is_no_other_measure():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("ascof", str(SAMPLES / "valid.csv"), "--measure=2D", *GIVEN)
    with pytest.raises(ValueError, match="no measure 2D"):
        measure("2D", [], None, MeasureSettings())


def test_several_submissions_are_read_as_one(capsys, tmp_path):
    oz = person("Oz", "02/02/1970") | {"Delivery_Mechanism": "Direct payment"}
    old = {"Reporting_Period_End_Date": "31/12/2025"}
    first = write_file(tmp_path / "first.csv", service(oz, "community", "01/01/2020", **old))
    second = write_file(tmp_path / "second.csv", service(person("Pat"), "community", "01/01/2020"))
    call_command("ascof", str(second), str(first), "--measure=3D", *GIVEN)

    assert "3D(1a)  Oz  left out: No long-term support open on 31/03/2026" in capsys.readouterr().out
