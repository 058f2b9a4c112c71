"""A file of worked cases: all as expected, something different, or no such file, with every fault named."""

from __future__ import annotations

import copy
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from budgets.estimates import case_files
from budgets.estimates.case_files import check
from budgets.estimates.kinds import KINDS

HERE = Path(__file__).parent
WORKED = json.loads((HERE / "money-cases.json").read_text())
BY_ID = {case["id"]: case for case in WORKED["cases"]}


def run(path, *options):
    """What the command says and with what it ends: standard output, errors, exit status."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_money_cases", str(path), *options, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), error.returncode
    return out.getvalue(), err.getvalue(), 0


def case(name="V01", **changes):
    """A worked case with changes to its inputs; None takes an input away."""
    found = copy.deepcopy(BY_ID[name])
    for key, value in changes.items():
        found["inputs"][key] = value
        if value is None:
            del found["inputs"][key]
    return found


def of(*cases):
    return check(json.dumps({"cases": list(cases)}).encode())


def faults(*cases):
    checked = of(*cases)
    assert (checked.passed, checked.failed, checked.differences) == (0, 0, [])
    return {fault.field: fault.message for fault in checked.faults}


def test_nine_of_the_nine_worked_cases_are_as_expected():
    said, errors, status = run(HERE / "money-cases.json", "--format", "json")

    assert json.loads(said) == {"passed": 9, "failed": 0, "differences": []}
    assert (errors, status) == ("", 0)
    assert {each["kind"] for each in WORKED["cases"]} == set(KINDS)
    assert run(HERE / "money-cases.json") == ("9 passed, 0 failed\n", "", 0)


def test_a_figure_that_differs_is_named_with_both_sides(tmp_path):
    wrong = case()
    wrong["expected"] |= {"contribution": "1.00", "status": "PARTIAL"}
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": [wrong, case("V02")]}))

    said, errors, status = run(path, "--format", "json")

    assert status == 1
    assert json.loads(said) == {
        "passed": 1,
        "failed": 1,
        "differences": [
            {"case": "V01", "field": "contribution", "expected": "1.00", "got": "0.00"},
            {"case": "V01", "field": "status", "expected": "PARTIAL", "got": "NIL"},
        ],
    }
    text, _, status = run(path)
    assert text.splitlines() == [
        "V01, contribution: expected 1.00, got 0.00",
        "V01, status: expected PARTIAL, got NIL",
        "1 passed, 1 failed",
    ]
    assert status == 1


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_every_expected_figure_of_every_case_is_compared(name):
    for key, value in BY_ID[name]["expected"].items():
        wrong = copy.deepcopy(BY_ID[name])
        wrong["expected"][key] = _another(value)
        assert [(each.case, each.field) for each in of(wrong).differences] == [(name, key)]


def _another(value):
    match value:
        case list():
            return value[:-1]
        case dict():
            return {**value, "ISF": "0.00"}
        case int():
            return value + 1
        case "NIL" | "PARTIAL":
            return "FULL_COST"
        case "PANEL":
            return "TEAM_MANAGER"
        case str() if "-" in value:
            return "2026-01-01"
    return f"{float(value) + 0.01:.2f}"


def test_an_amount_agrees_however_many_noughts_it_is_written_with():
    written = case()
    written["expected"] = {"contribution": "0", "council_pays": "180.1", "tariff": "0.0"}

    assert of(written).passed == 1


def test_notes_of_a_case_and_of_the_file_are_ignored():
    noted = {**case(), "note": "ours", "source": {"any": ["thing"]}}

    assert check(json.dumps({"by": "us", "cases": [noted]}).encode("utf-8-sig")).passed == 1
    assert of().passed == 0


AMOUNTS = [
    "",
    " ",
    "12,50",
    "£5",
    "1e3",
    "NaN",
    "Infinity",
    "+1",
    "1.",
    ".5",
    "0x1",
    "٣",
    "-0.01",
    "1.234",
    5,
    1.5,
]
AMOUNTS += [None, True, [], {}, "1" * 30]


@pytest.mark.parametrize("amount", AMOUNTS, ids=repr)
def test_a_malformed_amount_is_named_wherever_it_stands(amount):
    named = (
        faults(
            case(
                housing_costs_weekly=amount,
                incomes=[{"type": "other", "amount": amount, "frequency": "weekly"}],
                capital=[{"type": "savings", "value": amount, "share": amount}],
                rates={**BY_ID["V01"]["inputs"]["rates"], "mig_components": {"basic": amount}},
            )
        )
        if amount is not None
        else faults({**case(), "inputs": {**case()["inputs"], "housing_costs_weekly": None}})
    )

    if amount is None:
        assert set(named) == {"inputs.housing_costs_weekly"}
        return
    wanted = {
        "inputs.housing_costs_weekly",
        "inputs.incomes[0].amount",
        "inputs.capital[0].value",
        "inputs.rates.mig_components.basic",
    }
    assert wanted <= set(named)
    assert ("inputs.capital[0].share" in named) == (amount != "1.234" or "share" in str(named))
    assert all(len(message) > 10 for message in named.values())


def test_an_amount_that_is_expected_is_judged_like_one_that_is_given():
    wrong = case()
    wrong["expected"] = {
        "contribution": "1e3",
        "council_pays": 5,
        "weekly_incomes": ["1.00", "x"],
        "gross_income": None,
    }

    assert set(faults(wrong)) == {
        "expected.contribution",
        "expected.council_pays",
        "expected.weekly_incomes[1]",
        "expected.gross_income",
    }


def test_unknown_keys_types_and_frequencies_are_named_all_at_once():
    wrong = case(
        "V04",
        surprise="1",
        dre_weekly="1.00",
        incomes=[{"type": "lottery", "amount": "1.00", "frequency": "daily", "when": "now"}],
        capital=[{"type": "yacht", "value": "1.00", "share": "1.01", "occupied_by": "the cat"}],
        rates={**BY_ID["V04"]["inputs"]["rates"], "vat": "1.00"},
        spouse_at_home="yes",
    )
    wrong["expected"] = {"wealth": "1.00", "working": [], "status": "MAYBE"}

    assert set(faults(wrong)) == {
        "inputs.surprise",
        "inputs.dre_weekly",
        "inputs.incomes[0].type",
        "inputs.incomes[0].frequency",
        "inputs.incomes[0].when",
        "inputs.capital[0].type",
        "inputs.capital[0].share",
        "inputs.capital[0].occupied_by",
        "inputs.rates.vat",
        "inputs.spouse_at_home",
        "expected.wealth",
        "expected.working",
        "expected.status",
    }


NEEDED = [
    (name, key) for name, each in BY_ID.items() for key in each["inputs"] if key not in {"final_weekly"}
]


@pytest.mark.parametrize("name,key", NEEDED)
def test_an_input_that_is_missing_is_named(name, key):
    assert faults(case(name, **{key: None})) == {f"inputs.{key}": "This field is required."}


@pytest.mark.parametrize("name,key", [("V01", "mig_components"), ("V04", "pea"), ("V02", "lower_capital")])
def test_a_rate_that_a_kind_needs_is_named_beside_other_faults_of_the_rates(name, key):
    rates = {**BY_ID[name]["inputs"]["rates"], "tariff_step": "0.00"}
    del rates[key]

    assert set(faults(case(name, rates=rates))) == {f"inputs.rates.{key}", "inputs.rates.tariff_step"}


@pytest.mark.parametrize(
    "name,changes,where",
    [
        ("V02", {"capitals": ["1.00", "one"]}, "inputs.capitals[1]"),
        ("V02", {"rates": {**BY_ID["V02"]["inputs"]["rates"], "tariff_per_step": "1.50"}}, "inputs.rates.tariff_per_step"),
        ("V02", {"rates": {**BY_ID["V02"]["inputs"]["rates"], "upper_capital": "1.00"}}, "inputs.rates.upper_capital"),
        ("V02", {"rates": []}, "inputs.rates"),
        ("V03", {"incomes": {"type": "other"}}, "inputs.incomes"),
        ("V03", {"incomes": ["other"]}, "inputs.incomes[0]"),
        ("V03", {"kind": "charge_community"}, "inputs.kind"),
        ("V05", {"reserve_weeks": "8"}, "inputs.reserve_weeks"),
        ("V05", {"reserve_weeks": 8.0}, "inputs.reserve_weeks"),
        ("V05", {"reserve_weeks": True}, "inputs.reserve_weeks"),
        ("V05", {"reserve_weeks": -1}, "inputs.reserve_weeks"),
        ("V06", {"method": "GUESS"}, "inputs.method"),
        ("V06", {"final_weekly": "lots"}, "inputs.final_weekly"),
        ("V06", {"answers": {**BY_ID["V06"]["inputs"]["answers"], "garden": [0, "0"]}}, "inputs.answers.garden"),
        ("V06", {"bands": [{"from": 0, "to": 9, "weekly": "1.00"}]}, "inputs"),
        ("V06", {"bands": [{"from": 0, "to": 9}]}, "inputs.bands[0].weekly"),
        ("V06", {"points": {"nutrition": [0, 1, 2]}}, "inputs.points.nutrition"),
        ("V08", {"total_weekly": "168.41"}, "inputs"),
        ("V08", {"contribution": "168.41"}, "inputs"),
        ("V08", {"collection_order": ["DIRECT_PAYMENT"]}, "inputs"),
        ("V08", {"collection_order": ["ISF", "ISF"]}, "inputs.collection_order"),
        ("V08", {"allocations": [{"mode": "ISF", "gross": "84.20"}] * 2}, "inputs.allocations"),
        ("V08", {"allocations": [{"mode": "CASH", "gross": "84.20"}]}, "inputs.allocations[0].mode"),
        ("V09", {"episode_start": "09/11/2026"}, "inputs.episode_start"),
        ("V09", {"episode_start": "2026-02-30"}, "inputs.episode_start"),
        ("V09", {"episode_start": "9999-12-31"}, "inputs.episode_start"),
        ("V09", {"episode_start": "1948-07-04"}, "inputs.episode_start"),
        ("V09", {"episode_start": "20261109"}, "inputs.episode_start"),
        ("V09", {"billing_week_days": 8}, "inputs.billing_week_days"),
        ("V09", {"billing_week_days": 0}, "inputs.billing_week_days"),
    ],
)  # fmt: skip
def test_each_kind_names_what_it_cannot_work_with(name, changes, where):
    assert where in faults(case(name, **changes))


@pytest.mark.parametrize(
    "answer", [5, [1], [1, "0", 2], [4, "0"], [-1, "0"], ["1", "0"], [True, "0"], [1, "0.3"], [1, 0], None]
)
def test_an_answer_is_a_level_and_a_share_of_the_list(answer):
    answers = {**BY_ID["V06"]["inputs"]["answers"], "toilet": answer}

    assert set(faults(case("V06", answers=answers))) == {"inputs.answers.toilet"}


@pytest.mark.parametrize("domain", sorted(BY_ID["V06"]["inputs"]["answers"]))
def test_an_outcome_without_an_answer_is_named(domain):
    answers = {key: value for key, value in BY_ID["V06"]["inputs"]["answers"].items() if key != domain}

    assert faults(case("V06", answers=answers)) == {f"inputs.answers.{domain}": "This field is required."}


def test_by_the_point_needs_a_rate_and_by_band_ignores_one():
    assert set(faults(case("V06", method="PER_POINT"))) == {"inputs.rate_per_point"}
    assert of(case("V06", rate_per_point="4.10")).passed == 1


def test_a_council_may_bring_its_own_points_and_bands():
    points = {domain: [0, 1, 2, 3] for domain in BY_ID["V06"]["inputs"]["answers"]}
    bands = [{"from": 0, "to": 100, "weekly": "99.00"}]
    own = case("V06", points=points, bands=bands)
    own["expected"] = {"raw": "11.00", "score": 11, "weekly": "99.00"}

    assert of(own).differences == []


@pytest.mark.parametrize(
    "wrong,where",
    [
        (5, ""),
        ({"kind": "tariff", "inputs": {}, "expected": {}}, "id"),
        ({"id": "", "kind": "ras", "inputs": {}, "expected": {}}, "id"),
        ({"id": 7, "kind": "ras", "inputs": {}, "expected": {}}, "id"),
        ({"id": "X", "inputs": {}, "expected": {}}, "kind"),
        ({"id": "X", "kind": "lottery", "inputs": {}, "expected": {}}, "kind"),
        ({"id": "X", "kind": ["ras"], "inputs": {}, "expected": {}}, "kind"),
        ({"id": "X", "kind": "ras", "expected": {}}, "inputs"),
        ({"id": "X", "kind": "ras", "inputs": [], "expected": {}}, "inputs"),
        ({"id": "X", "kind": "ras", "inputs": {}}, "expected"),
        ({"id": "X", "kind": "ras", "inputs": {}, "expected": "all"}, "expected"),
    ],
)
def test_a_case_without_its_parts_is_named_by_its_place_or_id(wrong, where):
    found = of(case(), wrong).faults

    assert where in {fault.field for fault in found}
    assert {fault.case for fault in found} <= {"X", "case 2"}


@pytest.mark.parametrize("kind", [[], {}, None, 5, "charge_care_home"])
def test_a_kind_inside_the_inputs_is_not_asked_for(kind):
    assert set(faults(case("V01", **{"kind": kind} if kind is not None else {"kind ": 1}))) <= {
        "inputs.kind",
        "inputs.kind ",
    }


def test_what_is_not_on_a_list_is_told_the_list():
    told = faults(case("V08", allocations=[{"mode": "CASH", "gross": "168.40"}]))

    assert told == {"inputs.allocations[0].mode": "Give one of: DIRECT_PAYMENT, ISF, COUNCIL_MANAGED."}


def test_one_fault_leaves_the_whole_file_unjudged(tmp_path):
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": [case(), case("V05", balance="much")]}))

    said, errors, status = run(path, "--format", "json")

    assert status == 2
    told = json.loads(said)
    assert (told["passed"], told["failed"], told["differences"]) == (0, 0, [])
    assert [(fault["case"], fault["field"]) for fault in told["faults"]] == [("V05", "inputs.balance")]
    assert "V05, inputs.balance: Give a decimal as text" in errors
    assert run(path)[0] == ""


@pytest.mark.parametrize(
    "content,told",
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "list of"),
        (b"{}", "list of"),
        (b'{"cases": {}}', "list of"),
        (b'{"cases": [NaN]}', "NaN is no JSON"),
        (b'{"format": "1", "cases": [], "cases": []}', "“cases” stands twice"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"cases": [{"id": "\\ud83e"}]}', "half a character"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"cases": [' + b"1" * 5000 + b"]}", "not JSON"),
    ],
)
def test_what_is_no_file_of_cases_is_refused_with_why(content, told, tmp_path):
    path = tmp_path / "cases.json"
    path.write_bytes(content)

    (fault,) = check(content).faults
    assert (fault.case, fault.field) == ("", "")
    assert str(fault).startswith("File: ")
    said, errors, status = run(path, "--format", "json")
    assert (status, len(json.loads(said)["faults"])) == (2, 1)
    assert told in errors


def test_a_file_that_is_not_there_or_far_too_big_is_refused(tmp_path, monkeypatch):
    assert run(tmp_path / "nothing.json")[2] == run(tmp_path)[2] == 2
    assert "cannot be read" in run(tmp_path)[1]
    monkeypatch.setattr(case_files, "LARGEST_FILE", 10)
    assert "over" in check(b" " * 11).faults[0].message
