"""The managers' numbers, lists and exports through the API: the same figures and the same rules as on the pages."""

from __future__ import annotations

import pytest

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from core import outbox
from reporting import measures, scope
from reporting.models import Export
from reporting.tests.factories import ExportFactory
from reporting.tests.test_manage import ago, some_work
from safeguarding.tests.factories import ConcernFactory
from worklist.tests.factories import WorkItemFactory

pytestmark = pytest.mark.django_db


def test_the_numbers_are_those_of_the_page_and_safeguarding_is_not_shown_to_others(team, worker, manager):
    some_work(team, worker)
    ConcernFactory(team=team, due_on=ago(2))

    given = api_client(manager).get("/api/v1/manage/numbers/").json()

    values = {row["code"]: row["value"] for row in given["numbers"]}
    assert values["high_risk_no_worker"] == 2
    assert values["safeguarding_late"] is None
    assert given["as_at"]
    assert all(row["definition"] and row["counted_from"] for row in given["numbers"])


def test_the_waiting_lists_are_those_of_the_page(team, worker, manager):
    some_work(team, worker)

    lists = api_client(manager).get("/api/v1/manage/waiting/").json()["lists"]

    shown = measures.page_of(scope.of(manager), ago(0), with_contact=True).lists
    assert {row["code"]: row["people"] for row in lists} == {
        row.code: row.people for row in (*shown.rows, *shown.apart)
    }
    waiting = next(row for row in lists if row["code"] == "assessment")
    assert (waiting["median_days"], waiting["longest_days"], waiting["no_contact"]) == (9, 44, 2)


def test_a_list_gives_its_rows_narrowed_and_by_key(team, manager):
    for day in range(60):
        WorkItemFactory(team=team, opened_on=ago(day), risk="high" if day % 2 else "standard")
    client = api_client(manager)

    first = client.get("/api/v1/manage/lists/assessment/").json()
    second = client.get(first["next"]).json()

    days = [row["day"] for row in (*first["results"], *second["results"])]
    assert (len(days), days) == (60, sorted(days))
    high = client.get("/api/v1/manage/lists/assessment/?risk=high").json()
    assert {row["risk"] for row in high["results"]} == {"high"}
    assert client.get("/api/v1/manage/lists/approvals/").json()["results"] == []
    assert client.get("/api/v1/manage/lists/secrets/").status_code == 404


@pytest.mark.parametrize("role", [Role.ANALYST, Role.INFORMATION_OFFICER])
def test_whoever_may_know_no_names_reads_numbers_and_no_rows(team, role):
    client = api_client(UserFactory(role_in=(role, team)))

    assert client.get("/api/v1/manage/waiting/").status_code == 200
    assert client.get("/api/v1/manage/lists/assessment/").status_code == 403


ASKED = {"code": "assessment", "format": "xlsx", "purpose": "return", "purpose_words": "Yearly return"}


def test_an_export_is_asked_for_made_and_read_in_the_register(team, manager):
    client = api_client(manager)
    WorkItemFactory(team=team)

    asked = client.post("/api/v1/manage/exports/", ASKED, headers={"Idempotency-Key": "one-of-mine"})
    outbox.deliver()
    ref = asked.json()["ref"]
    shown = client.get(f"/api/v1/manage/exports/{ref}/").json()

    assert (asked.status_code, asked.json()["status"]) == (201, "asked")
    assert (shown["status"], shown["rows"], shown["url"]) == ("ready", 1, f"/manage/exports/{ref}/")
    assert [row["ref"] for row in client.get("/api/v1/manage/exports/").json()["results"]] == [ref]
    assert "stored_name" not in shown


def test_a_second_manager_decides_through_the_api_and_nobody_else(team, manager):
    export = ExportFactory(held=True, asked_by=manager)
    head = api_client(UserFactory(role_in=(Role.SERVICE_MANAGER, TeamFactory())))
    address = f"/api/v1/manage/exports/{export.ref}"

    assert api_client(manager).post(f"{address}/approve/").status_code == 403
    assert head.post(f"{address}/approve/").status_code == 428
    done = head.post(f"{address}/refuse/", {"reason": "Choose a team."}, headers={"If-Match": '"1"'})
    again = head.post(f"{address}/approve/", headers={"If-Match": '"2"'})

    assert (done.json()["status"], done.json()["not_made_because"]) == ("refused", "Choose a team.")
    assert again.status_code == 409
    assert Export.objects.get().status == "refused"
