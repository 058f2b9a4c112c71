"""The calculators through the API: the same inputs and results as the worked cases, and nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from budgets.tests.calculators.against_oracles import adds_up
from budgets.tests.oracles.generated import Invented
from budgets.tests.oracles.pence import ORACLES

pytestmark = pytest.mark.django_db

AT = "/api/v1/budgets/estimates"
CASES = json.loads((Path(__file__).parent / "calculators" / "money-cases.json").read_text())["cases"]
ADDRESSES = {
    "tariff": "tariff",
    "charge_community": "charging",
    "charge_care_home": "charging",
    "part_week": "part-week",
    "dp_surplus": "dp-surplus",
    "ras": "ras",
    "mixed_budget": "mixed-budget",
}


@pytest.fixture
def client():
    return api_client(UserFactory(role_in=(Role.FINANCE_OFFICER, TeamFactory())))


def ask(client, kind, body):
    return client.post(f"{AT}/{ADDRESSES[kind]}/", body)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_each_worked_case_has_its_result_at_its_address(client, case):
    answer = ask(client, case["kind"], case["inputs"])

    assert answer.status_code == 200, answer.data
    given = answer.json()
    assert {key: given[key] for key in case["expected"]} == {
        key: str(value) if key == "raw" else value for key, value in case["expected"].items()
    }
    assert given["working"]
    adds_up(given)


@pytest.mark.parametrize("kind", sorted(ADDRESSES))
def test_any_inputs_come_to_what_the_oracle_says_and_nothing_more(client, kind):
    invented = Invented(11)
    for _ in range(20):
        asked = invented.of(kind)
        given = ask(client, kind, asked).json()
        given.pop("working")
        assert given == ORACLES[kind](asked)


@pytest.mark.parametrize("name", ["V01", "V04"])
def test_the_kind_of_a_charge_may_be_said_and_must_fit_what_is_asked(client, name):
    case = next(each for each in CASES if each["id"] == name)
    other = "charge_care_home" if name == "V01" else "charge_community"

    assert ask(client, case["kind"], {**case["inputs"], "kind": case["kind"]}).status_code == 200
    refused = ask(client, case["kind"], {**case["inputs"], "kind": other})

    assert refused.status_code == 400
    assert "Not a key of" in str(refused.data)


def test_every_fault_is_named_where_it_stands(client):
    case = next(each for each in CASES if each["id"] == "V03")
    wrong = {
        **case["inputs"],
        "dre_weekly": 16.75,
        "incomes": [{"type": "lottery", "amount": "-1", "frequency": "weekly"}],
        "surprise": 1,
    }

    refused = ask(client, case["kind"], wrong)

    assert refused.status_code == 400
    assert set(refused.data) == {"dre_weekly", "incomes", "surprise"}
    assert set(refused.data["incomes"][0]) == {"type", "amount"}


@pytest.mark.parametrize("kind", [[], {}, 5, True, "lottery", "\ud83e"])
def test_a_kind_that_is_none_is_refused_in_words(client, kind):
    body = json.dumps({**CASES[0]["inputs"], "kind": kind})

    refused = client.post(f"{AT}/charging/", body, content_type="application/json")

    assert refused.status_code == 400
    assert "charge_community" in str(refused.json()) or "half a character" in str(refused.json())


def test_half_a_character_is_refused_wherever_it_stands(client):
    rates = {**CASES[0]["inputs"]["rates"], "mig_components": {"\ud83e": "1.00"}}
    for body in ({**CASES[0]["inputs"], "rates": rates}, {"\ud83e": 1}):
        refused = client.post(f"{AT}/charging/", json.dumps(body), content_type="application/json")
        assert (refused.status_code, refused.json()) == (
            400,
            {"detail": ["There is half a character in it."]},
        )


def test_figures_that_do_not_fit_together_are_refused_in_words(client):
    case = next(each for each in CASES if each["id"] == "V08")

    refused = ask(client, case["kind"], {**case["inputs"], "contribution": "200.00"})

    assert (refused.status_code, refused.json()) == (
        400,
        {"detail": ["The contribution must be between nothing and the whole cost."]},
    )


def test_an_estimate_reads_and_writes_nothing_about_anybody(client):
    ask(client, "ras", CASES[5]["inputs"])
    with CaptureQueriesContext(connection) as queries:
        assert ask(client, "ras", CASES[5]["inputs"]).status_code == 200

    assert not [each["sql"] for each in queries if "people_" in each["sql"] or "budgets_" in each["sql"]]
    assert not [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_who_works_with_neither_people_nor_money_is_refused(role):
    client = api_client(UserFactory(role_in=(role, TeamFactory())))

    assert ask(client, "tariff", {}).status_code == 403
