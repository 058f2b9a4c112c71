"""The command by which a council's file comes in: what it prints and how it ends."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from national_returns.models import ImportRun
from national_returns.tests import SAMPLES
from national_returns.tests.builders import REQUEST, write_file
from people.models import Person

pytestmark = pytest.mark.django_db
VALID = str(SAMPLES / "valid.csv")


def test_what_came_of_each_row_is_printed_as_json(capsys):
    call_command("import_cld", str(SAMPLES / "errors.csv"), "--format=json")

    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["rows", "created", "unchanged", "updated", "refused", "by_type"]
    assert (told["rows"], told["created"], len(told["refused"])) == (10, 4, 6)
    assert told["refused"][0] == {
        "row": 1,
        "field": "Gender",
        "reason": "“F” is not an allowed value for Gender.",
    }
    assert told["by_type"]["Request"] == {"rows": 3, "created": 0, "unchanged": 0, "updated": 0, "refused": 3}


def test_progress_goes_to_the_error_stream_and_counts_to_the_other(capsys):
    call_command("import_cld", VALID)

    printed = capsys.readouterr()
    assert "28 rows: 28 created" in printed.out
    assert "28 rows, " in printed.err


def test_a_trial_run_keeps_nothing(capsys):
    call_command("import_cld", VALID, "--dry-run")

    assert "nothing kept" in capsys.readouterr().out
    assert not Person.objects.exists()
    assert not ImportRun.objects.exists()


def test_rows_of_another_council_are_refused_and_then_nothing_is_imported(capsys):
    with pytest.raises(CommandError) as ended:
        call_command("import_cld", VALID, "--council=503", "--format=json")

    assert ended.value.returncode == 1
    refused = json.loads(capsys.readouterr().out)["refused"]
    assert {each["field"] for each in refused} == {"LA_Code"}
    assert len(refused) == 28


def test_a_file_without_rows_imports_nothing(tmp_path):
    with pytest.raises(CommandError) as ended:
        call_command("import_cld", str(write_file(tmp_path / "empty.csv")))

    assert ended.value.returncode == 1


def test_wrong_columns_end_with_the_difference_named_and_nothing_written(tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text("Name,Date of birth\nAda,12/03/1941\n", encoding="utf-8")

    with pytest.raises(CommandError, match="Expected “LA Code” in column 1, found “Name”") as ended:
        call_command("import_cld", str(path))

    assert ended.value.returncode == 2
    assert not ImportRun.objects.exists()


def test_a_missing_file_is_unreadable(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened") as ended:
        call_command("import_cld", str(tmp_path / "nowhere.csv"))

    assert ended.value.returncode == 2


def test_a_team_that_does_not_exist_is_named(tmp_path):
    path = write_file(tmp_path / "return.csv", REQUEST)

    with pytest.raises(CommandError, match="no team nowhere"):
        call_command("import_cld", str(path), "--team=nowhere")
