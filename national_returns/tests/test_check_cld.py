"""The command that judges a return: what it prints and how it ends. It asks no database anything."""

import json
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from national_returns.tests import SAMPLES
from national_returns.tests.builders import REQUEST, REVIEW, SERVICE, write_file
from national_returns.tests.judged import crowd
from national_returns.tests.rule_tables import CARE_HOME, ENDED, OTHER, ST_MAX

GIVEN = {
    "la_code": "998",
    "period_start": "2025-10-01",
    "period_end": "2026-09-30",
    "submission_date": "2026-10-20",
}


def options(**changes):
    given = GIVEN | changes
    return [f"--{name.replace('_', '-')}={value}" for name, value in given.items()]


def checked(capsys, path, **changes):
    call_command("check_cld", str(path), *options(**changes))
    return capsys.readouterr().out


def told(capsys, path, **changes):
    return json.loads(checked(capsys, path, format="json", **changes))


def test_the_verdict_the_rows_and_each_finding_are_printed_as_json(capsys):
    printed = told(capsys, SAMPLES / "errors.csv")

    assert list(printed) == ["verdict", "rows", "findings"]
    assert (printed["verdict"], printed["rows"], len(printed["findings"])) == ("invalid", 10, 9)
    assert printed["findings"][0] == {
        "row": 1,
        "rule": "C01",
        "field": "Gender",
        "severity": "error",
        "message": "“F” is not an allowed value for Gender.",
    }


def test_nothing_found_is_an_empty_list(capsys):
    assert told(capsys, SAMPLES / "valid.csv") == {"verdict": "valid", "rows": 28, "findings": []}


def test_dates_may_be_given_either_way(capsys):
    british = {"period_start": "01/10/2025", "period_end": "30/09/2026", "submission_date": "20/10/2026"}

    assert told(capsys, SAMPLES / "valid.csv", **british)["verdict"] == "valid"


def test_what_is_given_is_what_the_file_is_judged_by(capsys):
    rules = {
        tuple(sorted({each["rule"] for each in told(capsys, SAMPLES / "valid.csv", **changes)["findings"]}))
        for changes in ({"la_code": "503"}, {"submission_date": "2026-07-09"})
    }

    assert rules == {("P01",), ("P09",)}


def test_the_limit_of_a_weekly_cost_is_a_setting(capsys, settings):
    settings.CLD_WEEKLY_COST_LIMIT = "1125.49"

    assert [each["rule"] for each in told(capsys, SAMPLES / "valid.csv")["findings"]] == ["K05"]


def test_wrong_columns_are_judged(capsys, tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text("Name,Date of birth\n", encoding="utf-8")

    printed = told(capsys, path)
    assert (printed["verdict"], printed["rows"]) == ("invalid", 0)
    assert [(each["row"], each["rule"], each["field"]) for each in printed["findings"]] == [
        (0, "F01", "header row")
    ]
    assert "F01 error: 1 (header row 1)\n  Whole file, header row: The columns are not" in checked(
        capsys, path
    )


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_that_cannot_be_read_ends_with_2_and_prints_no_judgement(capsys, tmp_path, form):
    with pytest.raises(CommandError, match="cannot be opened") as ended:
        checked(capsys, tmp_path / "nowhere.csv", format=form)

    assert ended.value.returncode == 2
    assert capsys.readouterr().out == ""


def test_a_fault_in_the_last_row_prints_no_half_of_a_judgement(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", *[REQUEST | {"Gender": "F"}] * 5)
    with path.open("a", encoding="utf-8") as file:
        file.write('"never closed')

    with pytest.raises(CommandError, match="not CSV") as ended:
        checked(capsys, path, format="json")

    assert ended.value.returncode == 2
    assert capsys.readouterr().out == ""


def test_a_file_over_the_size_set_ends_with_2(capsys, settings):
    settings.CLD_MOST_BYTES = (SAMPLES / "valid.csv").stat().st_size
    assert "28 rows" in checked(capsys, SAMPLES / "valid.csv")

    settings.CLD_MOST_BYTES -= 1
    with pytest.raises(CommandError, match="the most that is read is") as ended:
        checked(capsys, SAMPLES / "valid.csv")
    assert ended.value.returncode == 2


def test_a_gibibyte_is_the_most_unless_set_otherwise(settings):
    assert settings.CLD_MOST_BYTES == 1024**3
    assert settings.CLD_WEEKLY_COST_LIMIT == "10000"


def test_a_period_that_ends_before_it_starts_is_refused(capsys):
    with pytest.raises(CommandError, match="ends before it starts") as ended:
        checked(capsys, SAMPLES / "valid.csv", period_end="2025-09-30")
    assert ended.value.returncode == 2

    one_day = {"period_start": "2025-10-01", "period_end": "2025-10-01"}
    assert "28 rows" in checked(capsys, SAMPLES / "valid.csv", **one_day)


@pytest.mark.parametrize("missing", ["period_start", "period_end", "submission_date"])
def test_dates_are_asked_for(missing):
    given = [each for each in options() if not each.startswith(f"--{missing.replace('_', '-')}")]

    with pytest.raises(CommandError, match="required"):
        call_command("check_cld", str(SAMPLES / "valid.csv"), *given)


def test_a_date_that_is_none_is_refused(capsys):
    with pytest.raises(CommandError, match="'soon' is not a date"):
        checked(capsys, SAMPLES / "valid.csv", period_end="soon")


def test_findings_are_grouped_by_rule_with_counts_and_the_first_three(capsys, tmp_path):
    rows = [REQUEST | OTHER | {"Gender": "F", "Event_Start_Date": f"0{day}/02/2026"} for day in (1, 2, 3)]
    path = write_file(tmp_path / "return.csv", *rows, SERVICE | {"Ethnicity": "Irish"})

    report = checked(capsys, path)
    assert report.startswith(
        "4 rows: invalid. 4 errors, 0 warnings, 0 for information.\n\nFindings by rule\n"
    )
    assert (
        "C01 error: 4 (Ethnicity 1, Gender 3)\n"
        "  Row 1, Gender: “F” is not an allowed value for Gender.\n"
        "  Row 2, Gender: “F” is not an allowed value for Gender.\n"
        "  Row 3, Gender: “F” is not an allowed value for Gender.\n\n"
    ) in report


def test_what_a_screen_would_obey_is_not_printed(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", REQUEST | {"Gender": "F\x1b[2J\nM"})

    assert "Row 1, Gender: “F [2J M” is not an allowed value" in checked(capsys, path)


def test_nothing_wrong_is_said_in_words(capsys):
    report = checked(capsys, SAMPLES / "valid.csv")

    assert "28 rows: valid. 0 errors, 0 warnings, 0 for information.\n\nFindings by rule\nNone.\n" in report
    assert "Fields that fail nationally, in cells\nNone.\n" in report


def test_fields_that_fail_are_counted_in_the_national_words(capsys, tmp_path):
    path = write_file(
        tmp_path / "return.csv", REQUEST | {"Event_Outcome": ""}, SERVICE, SERVICE | {"Event_Type": ""}
    )
    (line,) = [line for line in checked(capsys, path).splitlines() if re.match(r"Event Outcome\s+\d", line)]

    # Status: mandatory, applicable, not applicable, undetermined; validity: failed three ways, passed two.
    assert line.split()[2:] == ["1", "1", "0", "1", "1", "0", "0", "2", "0"]


def test_what_would_be_lost_is_counted_in_rows_and_people(capsys, tmp_path):
    path = write_file(
        tmp_path / "return.csv",
        REQUEST | {"Event_End_Date": ""},
        REQUEST | {"Event_End_Date": "", "Request_Route_of_Access": "Prison"},
        REVIEW | OTHER | {"Event_End_Date": ""},
    )

    assert (
        "What would be lost nationally\n"
        "Not finished: 3 rows about 2 people (P1, P2); request, assessment or review dropped\n\n"
    ) in checked(capsys, path)


def test_a_loss_names_five_people_and_says_that_there_are_others(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", *[row | {"Date_of_Birth": ""} for row in crowd(6)])

    report = checked(capsys, path)
    assert "No date of birth: 6 rows about 6 people (X0, X1, X2, X3, X4 and others); person missing" in report


def test_thin_months_are_a_loss(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", *crowd(in_months=11))

    report = checked(capsys, path)
    assert "Thin months: 3 times a month without events of a type; the whole file may be cut short" in report
    assert "500 rows: valid, with warnings. 0 errors, 3 warnings, 0 for information." in report
    assert "Sep 2026  0 too few" in report
    assert re.search(r"Aug 2026  15 complete +15 complete +15 complete\n", report)
    assert "Run       Oct 2025 to Aug 2026  Oct" in report
    assert report.endswith("The period used would be Oct 2025 to Aug 2026.\n")


def test_one_of_anything_is_said_of_one(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", SERVICE | {"Gender": "F", "Delivery_Mechanism": ""})

    report = checked(capsys, path)
    assert report.startswith("1 row: invalid. 1 error, 1 warning, 0 for information.\n")
    assert "No delivery mechanism: 1 row about 1 person (P1); 3D numerator lowered\n" in report


def test_a_type_far_behind_the_others_has_too_few_in_all(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", *crowd(without="Assessment"))

    assert re.search(r"Run .* too few in all +Oct 2025 to Sep 2026\n", checked(capsys, path))


def test_nothing_lost_is_said_in_words(capsys, tmp_path):
    assert "What would be lost nationally\nNothing.\n" in checked(
        capsys, write_file(tmp_path / "return.csv", SERVICE, CARE_HOME | OTHER)
    )


def test_without_a_run_no_period_can_be_set(capsys, tmp_path):
    path = write_file(tmp_path / "return.csv", SERVICE | ENDED, ST_MAX | OTHER | ENDED)

    report = checked(capsys, path)
    assert re.search(r"May 2026 +0 too few +0 too few +2 too few\n", report)
    assert re.search(r"Run +no complete month +no complete month +no complete month\n", report)
    assert report.endswith("No period can be set: the file would not be used.\n")
