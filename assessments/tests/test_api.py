"""Assessments in the API: the same rules as on the pages, with versions, keys and plain refusals."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from assessments.models import Assessment, OutcomeAnswer, Section
from assessments.tests.factories import AssessmentFactory, complete_assessment
from assessments.tests.helpers import make_handover
from audit.models import View
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def url(name: str, *parts: str) -> str:
    return reverse(f"api-assessments-{name}", args=parts)


def post(client, address, facts=None, *, version=None, key=None):
    headers = {}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    if key:
        headers["Idempotency-Key"] = key
    return client.post(address, facts or {}, headers=headers)


def test_the_whole_way_from_asking_to_giving():
    # Given a team with a worker and a manager
    team, person = TeamFactory(), PersonFactory()
    worker, manager = UserFactory(worker_in=team), UserFactory(manager_of=team)
    mine, theirs = api_client(worker), api_client(manager)

    # When it is asked for, once however often it is sent
    facts = {"person": person.ref, "team": team.ref, "kind": "needs"}
    first = post(mine, url("list"), facts, key="a-key-of-my-own")
    second = post(mine, url("list"), facts, key="a-key-of-my-own")
    assert (first.status_code, second.status_code) == (201, 200)
    ref = first.json()["ref"]
    assert second.json()["ref"] == ref

    # And started and written
    started = post(mine, url("start", ref), {"assessor": worker.ref, "method": "phone"}, version=1)
    assert started.json()["status"] == "started"
    saved = post(mine, url("save-section", ref, "matters"), {"answers": {"matters": "My garden."}}, version=0)
    assert (saved.json()["progress"], saved.json()["version"]) == ("In progress", 1)
    stale = post(mine, url("save-section", ref, "matters"), {"answers": {"matters": "Mine."}}, version=0)
    assert stale.status_code == 409

    # Then completing it names what is missing
    refused = post(mine, url("mark-complete", ref), version=2)
    assert refused.status_code == 400
    assert "Capacity and advocacy" in str(refused.json())

    # And a complete one is shared and answered, goes to the manager, who authorises it, and back to be given
    assessment = complete_assessment(team=team, assessor=worker, started=True)
    ref = assessment.ref
    assert post(mine, url("submit", ref), version=1).status_code == 409
    assert post(mine, url("mark-complete", ref), version=1).json()["status"] == "draft_complete"
    shared = post(mine, url("share", ref), {"how": "post", "format": "Large print"}, version=2)
    assert shared.json()["status"] == "shared_with_person"
    assert post(mine, url("record-comments", ref), {"view": "disagrees"}, version=3).status_code == 400
    said = {"view": "disagrees", "comments": "I can still cook."}
    assert post(mine, url("record-comments", ref), said, version=3).json()["status"] == "comments_received"
    assert mine.get(url("show", ref)).json()["sharings"][0]["comments"] == "I can still cook."
    assert post(mine, url("submit", ref), version=4).json()["status"] == "submitted"
    assert post(mine, url("authorise", ref), version=5).status_code == 403
    assert post(theirs, url("return", ref), {"reason": "Nights."}, version=5).json()["status"] == "returned"
    assert post(mine, url("submit", ref), version=6).json()["status"] == "submitted"
    assert post(theirs, url("authorise", ref), version=7).json()["status"] == "authorised"
    given = post(mine, url("issue", ref), {"format": "Easy read"}, version=8)
    assert given.json()["status"] == "issued"
    assert given.headers["ETag"] == '"9"'


def test_the_detail_shows_the_sections_the_decision_and_what_is_missing_and_is_recorded():
    assessment = complete_assessment(submitted=True)
    client = api_client(UserFactory(worker_in=assessment.team))

    detail = client.get(url("show", assessment.ref)).json()

    assert detail["worked"]["result"] == "eligible"
    assert detail["determination"]["unable_codes"] == ["A", "B", "E"]
    assert detail["missing"] == []
    assert {each["slug"]: each["progress"] for each in detail["sections"]}["capacity"] == "Completed"
    assert "id" not in detail["assessment"]
    assert View.objects.get(page="api:show-assessment").person_id == assessment.person_id


def test_outcomes_are_saved_by_their_slugs_and_refuse_what_is_no_answer():
    assessment = AssessmentFactory(started=True)
    client = api_client(assessment.assessor)
    address = url("save-section", assessment.ref, "using-the-toilet")

    assert post(client, address, {"answers": {"answer": "not_applicable"}}, version=0).status_code == 400
    assert post(client, address, {"answers": {"colour": "blue"}}, version=0).status_code == 400
    assert post(client, address, {"answers": {"worker_view": "x" * 5001}}, version=0).status_code == 400
    assert post(client, address, {"answers": {"worker_view": "a\x00b"}}, version=0).status_code == 400
    half = client.post(
        address,
        data='{"answers": {"worker_view": "\\ud800"}}',
        content_type="application/json",
        headers={"If-Match": '"0"'},
    )
    assert half.status_code == 400
    assert post(client, address, {"answers": {"answer": "achieves"}}, version=0).status_code == 200
    assert OutcomeAnswer.objects.get().level == 0
    assert not Section.objects.exists()


def test_a_hand_over_is_accepted_once(now):
    handover = make_handover(now)
    worker = UserFactory(worker_in=handover.to_team)
    client = api_client(worker)
    address = url("accept-handover", handover.ref)

    first = post(client, address, {"assessor": worker.ref}, key="accept-it-once")
    second = post(client, address, {"assessor": worker.ref}, key="accept-it-once")
    third = post(client, address, {"assessor": worker.ref}, key="accept-it-again")

    assert (first.status_code, second.status_code, third.status_code) == (201, 200, 409)
    assert Assessment.objects.count() == 1


def test_a_hand_over_is_returned_with_a_reason_by_those_who_may_answer(now):
    handover = make_handover(now)
    address = url("return-handover", handover.ref)

    assert (
        post(api_client(UserFactory(worker_in=TeamFactory())), address, {"reason": "No."}).status_code == 403
    )
    client = api_client(UserFactory(worker_in=handover.to_team))
    assert post(client, address).status_code == 400
    assert post(client, address, {"reason": "Lives elsewhere."}).json()["status"] == "returned"
    assert post(client, address, {"reason": "Lives elsewhere."}).status_code == 409


def test_work_done_elsewhere_is_taken_on_and_an_assessment_is_not(now):
    handover = make_handover(now, kind="safeguarding")
    lead = api_client(UserFactory(role_in=(Role.SAFEGUARDING_MANAGER, handover.to_team)))

    assert post(lead, url("take-on-handover", handover.ref)).json()["status"] == "accepted"
    other = make_handover(now)
    worker = api_client(UserFactory(worker_in=other.to_team))
    assert post(worker, url("take-on-handover", other.ref)).status_code == 400


@pytest.mark.parametrize(
    "name,facts",
    [
        ("assign", {"assessor": "nobody"}),
        ("change-method", {"method": "telepathy"}),
        ("return", {}),
        ("issue", {}),
        ("refuse", {"reason": "No."}),
        ("abandon", {"reason": ""}),
    ],
)
def test_an_action_needs_a_version_and_facts_that_make_sense(name, facts):
    assessment = AssessmentFactory(started=True)
    client = api_client(UserFactory(manager_of=assessment.team))

    assert post(client, url(name, assessment.ref), facts, version=1).status_code == 400


def test_an_action_without_a_version_is_asked_for_one():
    assessment = AssessmentFactory(started=True)
    client = api_client(assessment.assessor)

    assert post(client, url("abandon", assessment.ref), {"reason": "Moved."}).status_code == 428
    assert post(client, url("abandon", assessment.ref), {"reason": "Moved."}, version=7).status_code == 409
    assert post(client, url("abandon", assessment.ref), {"reason": "Moved."}, version=1).status_code == 200


def test_a_restricted_persons_assessment_is_not_there_for_others():
    team = TeamFactory()
    hidden = AssessmentFactory(started=True, person=PersonFactory(restricted=True), team=team)
    client = api_client(UserFactory(worker_in=team))

    assert client.get(url("show", hidden.ref)).status_code == 404
    assert client.get(url("list")).json()["results"] == []
    for name in (
        "start",
        "mark-complete",
        "share",
        "record-comments",
        "submit",
        "authorise",
        "return",
        "issue",
        "refuse",
        "abandon",
    ):
        assert post(client, url(name, hidden.ref), version=1).status_code == 404
    facts = {"person": hidden.person.ref, "team": team.ref, "kind": "needs"}
    assert post(client, url("list"), facts, key="asked-for-hidden").status_code == 404


def test_the_list_is_that_of_my_teams_and_costs_the_same_for_many(django_assert_max_num_queries):
    team = TeamFactory()
    client = api_client(UserFactory(worker_in=team))
    AssessmentFactory(team=team)
    AssessmentFactory()
    assert len(client.get(url("list")).json()["results"]) == 1
    for _ in range(5):
        AssessmentFactory(team=team)

    with django_assert_max_num_queries(8):
        page = client.get(url("list")).json()

    assert len(page["results"]) == 6
    assert client.get(url("list"), {"status": "issued"}).json()["results"] == []


def test_strangers_and_the_public_get_nothing():
    from rest_framework.test import APIClient

    assessment = AssessmentFactory(started=True)

    assert APIClient().get(url("show", assessment.ref)).status_code == 401
    assert api_client(UserFactory(public=True)).get(url("show", assessment.ref)).status_code == 404
