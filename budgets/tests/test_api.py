"""The same way through the API: keys on creating, versions on changing, the same refusals."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from accounts.tests.factories import UserFactory
from accounts.tests.helpers import api_client
from audit.models import View
from budgets import services as budgets
from budgets.tests.factories import BudgetReviewFactory, PersonalBudgetFactory
from core import clock
from people.tests.factories import PersonFactory
from support_plans.models import SupportPlan
from support_plans.tests.factories import ProviderFactory, ReviewFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db

V1 = "/api/v1"


def key(name: str) -> dict[str, str]:
    return {"Idempotency-Key": f"a-long-key-{name}"}


def at(version: int) -> dict[str, str]:
    return {"If-Match": f'"{version}"'}


def test_a_plan_goes_from_draft_to_running_and_is_reviewed_through_the_api(journey):
    budgets.make_indicative(assessment_id=journey.assessment.pk, by=journey.manager, now=journey.now)
    worker, manager = api_client(journey.worker), api_client(journey.manager)
    today = clock.today().isoformat()

    asked = {"assessment": journey.assessment.ref}
    made = worker.post(f"{V1}/support-plans/", asked, headers=key("draft"))
    assert made.status_code == 201
    assert worker.post(f"{V1}/support-plans/", asked, headers=key("draft")).status_code == 200
    url = f"{V1}/support-plans/{made.data['ref']}"

    def act(path: str, facts: dict | None = None, client=worker, base: str = url) -> dict:
        version = client.get(f"{base}/").data["version"]
        answer = client.post(f"{base}/{path}/", facts or {}, headers=at(version))
        assert answer.status_code == 200, answer.data
        return answer.data

    act(
        "parts",
        {
            "what_matters": "My own kitchen",
            "advice_meeting_needs": "The lunch club",
            "advice_preventing_needs": "The falls class",
            "direct_payment_frequency": "Every 4 weeks",
            "starts_on": today,
        },
    )
    line = {
        "need_codes": [need["code"] for need in made.data["needs"]],
        "how_met": "Visits",
        "by": "home_care",
        "provider": ProviderFactory(name="Brookside Care").ref,
        "quantity": "10",
        "unit": "hour",
        "unit_cost": "15.00",
        "mode": "direct_payment",
    }
    added = worker.post(f"{url}/items/", line, headers=key("line"))
    assert (added.status_code, added.data["cost_weekly"]) == (201, "150.00")
    changed = worker.post(
        f"{url}/items/{added.data['ref']}/change/", {**line, "how_met": "Visits, mornings"}, headers=at(1)
    )
    assert changed.data["how_met"] == "Visits, mornings"
    budget = f"{V1}/budgets/{worker.get(f'{url}/').data['budget_ref']}"
    cost = {"contribution": "25.00", "contribution_source": "Financial assessment"}
    assert act("cost", cost, base=budget)["council_weekly"] == "125.00"
    act("send")
    act("agreement", {"agreed": True, "how": "On a visit"})
    assert act("submit")["status"] == "submitted"
    waiting = manager.get(f"{V1}/budgets/waiting/").data["results"]
    assert [row["is_mine"] for row in waiting] == [True]
    assert act("approve", {"reasons": ""}, client=manager, base=budget)["status"] == "approved"
    act("copy", {"format": "Large print", "on": today})
    act("acknowledge", {"how": "On a visit"}, base=budget)
    shown = worker.get(f"{url}/").data
    assert (shown["status"], shown["missing"]) == ("active", [])
    working = worker.get(f"{budget}/").data
    assert (working["indicative"]["raw_points"], working["indicative"]["score"]) == ("37.7500", 38)
    assert len(working["indicative"]["lines"]) == 10

    review = f"{V1}/reviews/{worker.get(f'{V1}/reviews/').data['results'][0]['ref']}"
    act("invite", base=review)
    act("hold", {"held_on": today}, base=review)
    act(
        "write-up",
        {"working": "Well", "outcomes_achieved": "fully", "budget_still_right": "yes"},
        base=review,
    )
    assert act("close", {"outcome": "unchanged"}, base=review)["status"] == "closed"
    wrong = worker.post(
        f"{budget}/reviews/", {"what_looks_wrong": "Evenings are missing"}, headers=key("wrong")
    )
    assert wrong.status_code == 201
    challenge = f"{V1}/budget-reviews/{wrong.data['ref']}"
    act("acknowledge", base=challenge)
    act("meanwhile", {"interim_support": "As now"}, base=challenge)
    act("decide", {"decision": "unchanged", "reasons": "It is right"}, client=manager, base=challenge)
    assert act("tell", {"on": today}, base=challenge)["status"] == "notified"
    assert View.objects.filter(person_id=journey.person.pk, page="api-support-plans-show").exists()


def test_a_change_without_a_version_is_428_and_a_stale_one_409(journey):
    plan = journey.drafted().plan
    client = api_client(journey.worker)
    url = f"{V1}/support-plans/{plan.ref}/parts/"

    assert client.post(url, {"contingency": "Ring Karen"}).status_code == 428
    assert client.post(url, {"contingency": "Ring Karen"}, headers=at(99)).status_code == 409


def test_what_the_state_does_not_allow_is_409_and_what_is_missing_400(journey):
    plan = journey.drafted().plan
    client = api_client(journey.worker)
    version = SupportPlan.objects.get(pk=plan.pk).version

    assert client.post(f"{V1}/support-plans/{plan.ref}/submit/", headers=at(version)).status_code == 409
    missing = client.post(f"{V1}/support-plans/{plan.ref}/send/", headers=at(version))
    assert missing.status_code == 400
    assert "Missing: How the need" in str(missing.data)


def test_who_may_not_is_403_with_the_reason_and_what_is_not_theirs_404(journey):
    plan = journey.drafted().plan
    outsider = api_client(UserFactory(role_in=(Role.REABLEMENT_WORKER, journey.team)))

    refused = outsider.post(f"{V1}/support-plans/{plan.ref}/parts/", {"contingency": "x"}, headers=at(1))

    assert refused.status_code == 403
    assert "Only a worker or a broker of the team" in refused.data["detail"]
    hidden = SupportPlanFactory(person=PersonFactory(sealed=True))
    assert outsider.get(f"{V1}/support-plans/{hidden.ref}/").status_code == 404


def test_the_same_key_with_other_content_is_refused(journey):
    plan = journey.drafted().plan
    client = api_client(journey.worker)
    line = {"need_codes": ["A"], "how_met": "A daughter cooks", "by": "family"}

    assert client.post(f"{V1}/support-plans/{plan.ref}/items/", line, headers=key("same")).status_code == 201
    other = client.post(
        f"{V1}/support-plans/{plan.ref}/items/", {**line, "how_met": "A son cooks"}, headers=key("same")
    )
    assert other.status_code == 409
    assert plan.items.count() == 1


def test_providers_are_found_by_words_of_their_name_and_only_those_in_use():
    wanted = ProviderFactory(name="Brookside Care at Home")
    ProviderFactory(name="Brookside Old", closed=True)
    client = api_client(UserFactory(worker_in=SupportPlanFactory().team))

    found = client.get(f"{V1}/providers/?q=care brook").data

    assert [row["ref"] for row in found] == [wanted.ref]
    assert client.get(f"{V1}/providers/?q=").data == []


def test_the_points_table_is_read_by_number():
    client = api_client(UserFactory(worker_in=SupportPlanFactory().team))

    assert client.get(f"{V1}/budgets/points-tables/1/").data["points"]["nutrition"] == [0, 4, 8, 14]
    assert client.get(f"{V1}/budgets/points-tables/99/").status_code == 404


@pytest.mark.parametrize(
    "path", ["support-plans/", "reviews/", "budgets/", "budgets/waiting/", "budget-reviews/"]
)
def test_a_list_of_the_api_costs_the_same_for_one_row_and_for_six(journey, path):
    def add() -> None:
        PersonalBudgetFactory(status="submitted", plan=SupportPlanFactory(submitted=True, team=journey.team))
        ReviewFactory(plan=SupportPlanFactory(active=True, team=journey.team))
        BudgetReviewFactory(team=journey.team, budget__team=journey.team)

    client = api_client(UserFactory(role_in=(Role.SERVICE_MANAGER, journey.team)))
    add()
    client.get(f"{V1}/{path}")
    with CaptureQueriesContext(connection) as one:
        assert client.get(f"{V1}/{path}").data["results"]
    for _ in range(5):
        add()
    with CaptureQueriesContext(connection) as six:
        assert len(client.get(f"{V1}/{path}").data["results"]) >= 6
    assert len(six) == len(one)
