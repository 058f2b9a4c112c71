"""The API keeps the rules of the pages: strangers find nothing, each action is one POST from the version read."""

from __future__ import annotations

import pytest

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from safeguarding import api
from safeguarding.models import Concern
from safeguarding.tests.factories import Case

pytestmark = pytest.mark.django_db
BASE = "/api/v1/safeguarding/concerns/"


@pytest.fixture
def case(db) -> Case:
    return Case()


def act(client, case: Case, slug: str, data, **headers):
    case.concern.refresh_from_db()
    headers = {"HTTP_IF_MATCH": f'"{case.concern.version}"', **headers}
    return client.post(f"{BASE}{case.concern.ref}/{slug}/", data, **headers)


def test_a_concern_is_listed_and_shown_to_those_on_its_list_and_to_nobody_else(case):
    known, stranger = api_client(case.duty), api_client(UserFactory(worker_in=TeamFactory()))

    assert [row["ref"] for row in known.get(BASE).json()["results"]] == [case.concern.ref]
    assert known.get(f"{BASE}{case.concern.ref}/").json()["what_happened"].startswith("Money")
    assert stranger.get(BASE).json()["results"] == []
    assert stranger.get(f"{BASE}{case.concern.ref}/").status_code == 404


@pytest.mark.parametrize("slug", sorted(api.ACTING))
def test_to_a_stranger_every_action_answers_as_for_a_concern_that_nobody_has(slug, case):
    stranger = api_client(UserFactory(worker_in=TeamFactory()))

    there = act(stranger, case, slug, {})
    nowhere = stranger.post(f"{BASE}zzzzzzzzzzzz/{slug}/", {}, HTTP_IF_MATCH='"1"')

    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    assert api_client(case.manager).post(f"{BASE}{case.concern.ref}/{slug}/", {}).status_code == 428


def test_staff_report_a_concern_once_for_each_key_and_get_its_reference_alone(case):
    client = api_client(UserFactory(worker_in=TeamFactory()))
    given = {"immediate_danger": False, "what_happened": "x", "source": "council", "consent": "not_asked"}

    first = client.post(f"{BASE}raise/", given, HTTP_IDEMPOTENCY_KEY="once-and-only")
    again = client.post(f"{BASE}raise/", given, HTTP_IDEMPOTENCY_KEY="once-and-only")

    assert (first.status_code, again.status_code) == (201, 200)
    assert set(first.json()) == {"reference", "received_at"}
    assert first.json() == again.json()
    assert Concern.objects.count() == 2


def test_a_case_goes_from_screening_to_closing_by_the_api_alone(case):
    duty, manager, lead = api_client(case.duty), api_client(case.manager), api_client(case.lead)
    today = case.now.date().isoformat()

    def ok(answer):
        assert answer.status_code == 200, answer.json()
        return answer.json()

    ok(act(duty, case, "screen", {
        "immediate_action": "a", "risk": "medium", "crime": "no", "child_at_risk": "no", "referrer_acknowledged": "b",
    }))  # fmt: skip
    ok(act(duty, case, "add-risk", {"kind": "FIN", "location": "own_home", "source": "known"}))
    ok(act(duty, case, "add-wish", {"text": "Stop", "expressed_by": "adult"}))
    ok(act(duty, case, "record-voice", {"spoken_to": "yes", "outcomes_asked": "expressed", "consent": "yes"}))
    ok(
        act(
            duty,
            case,
            "record-capacity",
            {"capacity_doubted": "no", "lacked_capacity": "no", "advocacy": "declined"},
        )
    )
    limbs = {f"limb_{letter}": "yes" for letter in "abc"} | {f"reason_{letter}": "r" for letter in "abc"}
    refused = act(duty, case, "decide", limbs)
    assert refused.status_code == 403
    assert "safeguarding adults manager" in refused.json()["detail"]
    ok(act(manager, case, "decide", limbs))
    assert (
        act(manager, case, "no-further-action", {"disposition": "advice", "end_reason": "x"}).status_code
        == 400
    )
    ok(act(manager, case, "plan", {"lead": case.lead.ref, "risk": "medium"}))
    ok(act(manager, case, "start", {
        "questions": "a", "who_does_what": "b", "sharing_basis": "c", "discussed_on": today, "discussed_with": "d",
    }))  # fmt: skip
    shown = lead.get(f"{BASE}{case.concern.ref}/").json()
    ok(act(lead, case, "outcomes", {
        "findings": "f", "had_needs": "yes", "was_at_risk": "yes", "was_unable": "yes", "action_needed": "no",
        "risk_result": "RI_NA", "risk_outcome": "remained", "outcomes_asked": "expressed", "outcomes_achieved": "not",
        "risks": {row["ref"]: "remained" for row in shown["risks"]},
        "wishes": {row["ref"]: "not" for row in shown["wishes"]},
    }))  # fmt: skip
    ok(act(manager, case, "no-plan", {"reason": "Her choice, with capacity."}))
    ok(act(duty, case, "tell", {"adult_told": "Rang", "referrer_told": "Wrote"}))
    ok(act(manager, case, "consider-review", {"sar_considered": "not_met", "sar_reason": "No."}))
    assert ok(act(manager, case, "close", {"end_reason": "Done."}))["status"] == "closed"
    assert act(manager, case, "close", {"end_reason": "Done."}).status_code == 409


def test_an_old_version_is_refused(case):
    client = api_client(case.duty)
    answer = act(client, case, "gather", {"text": "x"}, HTTP_IF_MATCH='"99"')
    assert answer.status_code == 409


def test_the_document_of_the_api_is_made_without_a_warning(capfd):
    from django.core.management import call_command

    call_command("spectacular", validate=True, fail_on_warn=True, file="/dev/null")
    assert "Warning" not in capfd.readouterr().err
