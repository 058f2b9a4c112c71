"""Worked cases sent to the page in the admin: the same answers as the command gives, and nothing is kept."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event

pytestmark = pytest.mark.django_db

WORKED = (Path(__file__).parent / "calculators" / "money-cases.json").read_bytes()


@pytest.fixture
def desk():
    return signed_in_client(UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory())))


def address():
    return reverse("admin:budgets_check_money_cases")


def send(desk, content, name="cases.json"):
    answer = desk.post(address(), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_found_from_the_charging_rates(desk):
    assert address() in desk.get(reverse("admin:budgets_chargingrateset_changelist")).content.decode()
    page = desk.get(address()).content.decode()
    assert "File of cases" in page
    assert 'enctype="multipart/form-data"' in page


def test_the_worked_cases_pass(desk):
    page = send(desk, WORKED)

    assert "9 passed, 0 failed." in page
    assert "Expected" not in page
    assert not Event.objects.exists()


def test_a_difference_stands_with_both_sides(desk):
    cases = json.loads(WORKED)["cases"]
    wrong = copy.deepcopy(cases[0])
    wrong["expected"] |= {"contribution": "1.00", "weekly_incomes_counted": []}

    page = send(desk, json.dumps({"cases": [wrong]}).encode())

    assert "0 passed, 1 failed." in page
    assert "<td>contribution</td><td>1.00</td><td>0.00</td>" in page
    assert "<td>[&quot;203.85&quot;, &quot;101.75&quot;]</td>" in page


def test_each_fault_is_named_and_what_was_sent_is_never_markup(desk):
    wrong = {"id": "<b>X</b>", "kind": "ras", "inputs": {"<i>": 1}, "expected": {}}

    page = send(desk, json.dumps({"cases": [wrong]}).encode(), name="<script>.json")

    assert "The file breaks the format in" in page
    assert "inputs.answers" in page
    assert "&lt;b&gt;X&lt;/b&gt;" in page
    assert "<b>X</b>" not in page
    assert "<script>.json" not in page


@pytest.mark.parametrize(
    "content,told",
    [
        (b"", "The file is empty"),
        (b" " * 1_000_001, "over 1 MB"),
        (b"\xff", "not text in UTF-8"),
        (b"[]", "list of"),
    ],
)
def test_what_is_no_file_of_cases_is_refused_in_words(desk, content, told):
    assert told in send(desk, content)


def test_without_a_file_it_asks_for_one(desk):
    assert "Choose a file of worked cases." in desk.post(address(), {}).content.decode()


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.TEAM_MANAGER])
def test_nobody_but_an_administrator_opens_it(role):
    assert signed_in_client(UserFactory(role_in=(role, TeamFactory()))).get(address()).status_code == 403
