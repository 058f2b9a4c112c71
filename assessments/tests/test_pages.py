"""The pages of assessments through real addresses: reading, deciding, ending, and what a list costs."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from assessments import sections, services
from assessments.models import Assessment, Section
from assessments.tests.factories import (
    AssessmentFactory,
    OutcomeAnswerFactory,
    SectionFactory,
    complete_assessment,
)
from assessments.tests.helpers import address, make_handover
from audit.models import View
from core.form_keys import new_key
from people.tests.factories import CommunicationNeedFactory, PersonFactory

pytestmark = pytest.mark.django_db

HYGIENE = "personal-hygiene"


@pytest.mark.parametrize("state", Assessment.Status.values)
def test_the_assessment_opens_in_every_state_and_the_look_is_recorded(state):
    assessment = complete_assessment(**{state: True})

    page = signed_in_client(UserFactory(worker_in=assessment.team)).get(assessment.get_absolute_url())

    assert page.status_code == 200
    assert View.objects.get(page="assessments:show-assessment").person_id == assessment.person_id


@pytest.mark.parametrize(
    "name",
    [
        "show-assessment",
        "eligibility",
        "decision",
        "print-decision",
        "check",
        "refuse",
        "abandon",
        "assign",
        "change-method",
    ],
)
def test_every_page_of_a_started_assessment_opens(name, assessment, browser):
    assert browser.get(address(name, assessment)).status_code == 200


def test_a_colleague_elsewhere_reads_the_page_of_eligibility_before_reasons_are_written(assessment):
    colleague = signed_in_client(UserFactory(worker_in=TeamFactory()))

    page = colleague.get(address("eligibility", assessment))

    assert "No reasons written yet." in page.content.decode()


@pytest.mark.parametrize("slug", sections.NEEDS.plans)
def test_every_section_opens_empty_filled_and_beside_last_time(slug, assessment, browser):
    assert browser.get(address("show-section", assessment, slug)).status_code == 200

    old = complete_assessment(issued=True, person=assessment.person, team=assessment.team)
    Assessment.objects.filter(pk=assessment.pk).update(previous=old)
    page = browser.get(address("show-section", assessment, slug))

    assert page.status_code == 200
    assert "Last time" in page.content.decode()


def test_a_restricted_person_is_not_there_for_others(assessment):
    hidden = AssessmentFactory(started=True, person=PersonFactory(restricted=True), team=assessment.team)
    browser = signed_in_client(assessment.assessor)

    for name in ("show-assessment", "eligibility", "decision", "check", "issue"):
        assert browser.get(address(name, hidden)).status_code == 404
    assert browser.get(address("show-section", hidden, "matters")).status_code == 404
    assert browser.post(address("autosave-section", hidden, "matters"), {"version": 0}).status_code == 404


def test_the_title_has_no_name_in_it(assessment, browser):
    page = browser.get(address("show-section", assessment, HYGIENE)).content.decode()

    title = page.split("<title>")[1].split("</title>")[0]
    assert "Personal hygiene" in title
    assert assessment.person.family_name not in title


def test_an_imported_assessment_says_where_it_came_from():
    assessment = AssessmentFactory(imported=True)

    page = signed_in_client(UserFactory(worker_in=assessment.team)).get(assessment.get_absolute_url())

    assert "Taken over from the council" in page.content.decode()


def test_a_colleague_of_another_team_reads_but_does_not_write(assessment):
    browser = signed_in_client(UserFactory(worker_in=TeamFactory()))
    url = address("show-section", assessment, "matters")

    page = browser.get(url).content.decode()

    assert "write here" in page
    assert "<textarea" not in page
    assert browser.post(url, {"version": 0, "matters": "Mine"}).status_code == 403
    assert not Section.objects.exists()


def test_the_decision_page_works_it_out_and_the_judgement_is_saved_there(assessment, browser):
    for code in "AB":
        OutcomeAnswerFactory(assessment=assessment, code=code, unable=True)
    SectionFactory(assessment=assessment, slug="health")
    url = address("eligibility", assessment)

    assert "2 of 10 count" in browser.get(url).content.decode()
    answer = browser.post(url, {"version": 0, "significant_impact": "yes", "reasons": "She falls."})

    assert answer.url == address("check", assessment)
    assert services.determination_for(assessment).result == "eligible"


def test_a_gap_is_named_with_its_section_and_there_is_no_button(browser, assessment):
    page = browser.get(address("check", assessment)).content.decode()

    assert address("show-section", assessment, "capacity") in page
    assert "The draft is complete</button>" not in page
    assert browser.post(address("mark-complete", assessment), {"version": 1}).status_code == 400
    assert browser.post(address("check", assessment), {"version": 1}).status_code == 409


def test_from_sent_to_given_by_two_people(now):
    # Given a complete assessment
    assessment = complete_assessment()
    CommunicationNeedFactory(person=assessment.person)
    assessor = signed_in_client(assessment.assessor)
    manager = signed_in_client(UserFactory(manager_of=assessment.team))

    # When the assessor sends it, and presses twice
    assert assessor.post(address("check", assessment), {"version": 1}).status_code == 302
    assert assessor.post(address("check", assessment), {"version": 1}).status_code == 409

    # And cannot authorise it, but the manager can
    assert assessor.post(address("decision", assessment), {"version": 2}).status_code == 403
    assert "Authorise" in manager.get(address("decision", assessment)).content.decode()
    assert manager.post(address("decision", assessment), {"version": 2}).status_code == 302

    # Then the assessor gives it, in the format of the person's record
    form = assessor.get(address("issue", assessment)).content.decode()
    assert "18 point" in form
    answer = assessor.post(
        address("issue", assessment),
        {
            "version": 3,
            "format": "Large print",
            **dict(zip(("on_day", "on_month", "on_year"), _today(), strict=True)),
        },
    )
    assert answer.status_code == 302
    assessment.refresh_from_db()
    assert assessment.status == "issued"
    assert "Our reasons" in assessor.get(address("print-decision", assessment)).content.decode()


def _today() -> tuple[int, int, int]:
    from core import clock

    day = clock.today()
    return day.day, day.month, day.year


def test_a_manager_returns_it_with_a_reason_and_the_assessor_reads_it():
    assessment = complete_assessment(submitted=True)
    manager = signed_in_client(UserFactory(manager_of=assessment.team))
    url = address("return-for-changes", assessment)

    assert manager.post(url, {"version": 1, "reason": ""}).status_code == 400
    assert manager.post(url, {"version": 9, "reason": "Nights."}).status_code == 409
    assert manager.post(url, {"version": 1, "reason": "Say more about nights."}).status_code == 302

    page = signed_in_client(assessment.assessor).get(assessment.get_absolute_url()).content.decode()
    assert "Say more about nights." in page


def test_a_refusal_at_risk_is_not_recorded_and_the_page_says_why(assessment, browser):
    facts = {"version": 1, "reason": "No.", "has_capacity": "yes", "at_risk": "yes"}

    page = browser.post(address("refuse", assessment), facts)

    assert page.status_code == 400
    assert "does not count while" in page.content.decode()
    assert browser.post(address("refuse", assessment), facts | {"at_risk": "no"}).status_code == 302


def test_a_refusal_without_capacity_asks_about_best_interests(assessment, browser):
    page = browser.post(
        address("refuse", assessment), {"version": 1, "reason": "No.", "has_capacity": "no", "at_risk": "no"}
    )

    assert page.status_code == 400
    assert "best interests" in page.content.decode()


def test_an_assessment_is_started_given_away_and_stopped():
    assessment = AssessmentFactory()
    manager = UserFactory(manager_of=assessment.team)
    colleague = UserFactory(worker_in=assessment.team)
    browser = signed_in_client(manager)

    assert browser.get(address("start", assessment)).status_code == 403
    answer = browser.post(address("assign", assessment), {"version": 1, "assessor": colleague.ref})
    assert answer.status_code == 302
    worker = signed_in_client(colleague)
    assert worker.get(address("start", assessment)).status_code == 200
    worker.post(address("start", assessment), {"version": 2, "assessor": colleague.ref, "method": "phone"})
    worker.post(address("change-method", assessment), {"version": 3, "method": "video"})
    worker.post(address("abandon", assessment), {"version": 4, "reason": "Moved away."})

    assessment.refresh_from_db()
    assert (assessment.assessor, assessment.method, assessment.status) == (colleague, "video", "abandoned")


def test_an_assessment_is_asked_for_once_however_often_the_button_is_pressed():
    team = TeamFactory()
    worker = UserFactory(worker_in=team)
    person = PersonFactory()
    browser = signed_in_client(worker)
    url = reverse("assessments:request-assessment", args=[person.ref])
    facts = {"form_key": new_key(), "kind": "needs", "team": team.ref}

    assert browser.get(url).status_code == 200
    first, second = browser.post(url, facts), browser.post(url, facts)

    assert first.url == second.url == Assessment.objects.get().get_absolute_url()
    assert browser.post(url, facts | {"form_key": new_key()}).status_code == 400


@pytest.mark.parametrize("name,rows", [("list-assessments", 6), ("list-handovers", 4)])
def test_a_list_costs_the_same_for_one_row_and_for_many(name, rows, now, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    team = TeamFactory()
    browser = signed_in_client(UserFactory(worker_in=team))

    def add() -> None:
        if name == "list-assessments":
            AssessmentFactory(team=team)
        else:
            make_handover(now, to_team=team)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(reverse(f"assessments:{name}")).status_code == 200
        return len(queries)

    add()
    cost()
    one = cost()
    for _ in range(rows):
        add()

    assert cost() == one <= 10


def test_a_section_page_costs_the_same_with_many_answers(assessment, browser):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = address("show-section", assessment, HYGIENE)
    browser.get(url)
    with CaptureQueriesContext(connection) as empty:
        browser.get(url)
    from assessments.tests.factories import answer_everything

    answer_everything(assessment)
    with CaptureQueriesContext(connection) as full:
        browser.get(url)

    assert len(full) == len(empty)
