"""The pages of assessments, through real addresses: writing, keeping, colliding, deciding, ending."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from assessments import sections, services
from assessments.models import Assessment, OutcomeAnswer, Section
from assessments.tests.factories import (
    AssessmentFactory,
    OutcomeAnswerFactory,
    SectionFactory,
    complete_assessment,
)
from audit.models import Event, View
from contacts import services as contacts
from contacts.models import Handover
from core.form_keys import new_key
from people.tests.factories import CommunicationNeedFactory, PersonFactory

pytestmark = pytest.mark.django_db

HYGIENE = "personal-hygiene"


def address(name: str, assessment: Assessment, *more: str) -> str:
    return reverse(f"assessments:{name}", args=[assessment.ref, *more])


@pytest.fixture
def assessment():
    return AssessmentFactory(started=True)


@pytest.fixture
def browser(assessment):
    return signed_in_client(assessment.assessor)


def make_handover(now, *, kind="assessment", to_team=None) -> Handover:
    """A contact taken down, screened and passed on at the front door."""
    door = TeamFactory(front_door=True)
    duty = UserFactory(worker_in=door)
    contact = contacts.receive(
        person=PersonFactory(),
        team=door,
        source="gp",
        reason="assessment",
        what_is_happening="Two falls in October.",
        consent="yes",
        by=duty,
        now=now,
    )
    contacts.screen(
        contact=contact,
        safeguarding_considered="no",
        screening_summary="Falls, lives alone.",
        risk="high",
        version=None,
        by=duty,
        now=now,
    )
    return contacts.pass_on(
        contact=contact,
        kind=kind,
        to_team=to_team or TeamFactory(),
        summary="Please see her soon.",
        version=None,
        by=duty,
        now=now,
    )


# Reading ---------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("slug", sections.PLANS)
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


# Writing ---------------------------------------------------------------------------------------------------------


def test_a_section_is_saved_half_done_and_the_next_one_opens(assessment, browser):
    answer = browser.post(
        address("show-section", assessment, "matters"), {"version": 0, "matters": "My garden."}
    )

    assert answer.status_code == 302
    assert answer.url == address("show-section", assessment, "health")
    assert Section.objects.get().answers == {"matters": "My garden.", "wellbeing": []}
    assert Event.objects.filter(code="assessments.section.saved").count() == 1


def test_an_outcome_keeps_the_persons_words_and_the_workers_view_apart(assessment, browser):
    browser.post(
        address("show-section", assessment, HYGIENE),
        {
            "version": 0,
            "person_words": "I can still shave.",
            "answer": "unable",
            "limbs": ["needs_assistance", "endangers"],
            "worker_view": "Slipped twice.",
            "level": "2",
            "carer_share": "0.50",
            "outcome_wanted": "To bathe safely.",
        },
    )

    row = OutcomeAnswer.objects.get(code="B")
    assert (row.person_words, row.worker_view) == ("I can still shave.", "Slipped twice.")
    assert row.limbs == ["needs_assistance", "endangers"]
    assert (row.level, str(row.carer_share)) == (2, "0.50")


def test_who_manages_needs_no_help_whatever_was_ticked_before(assessment, browser):
    OutcomeAnswerFactory(assessment=assessment, code="B", unable=True)

    browser.post(
        address("show-section", assessment, HYGIENE),
        {"version": 1, "answer": "achieves", "limbs": ["endangers"], "level": "3", "carer_share": "1.00"},
    )

    row = OutcomeAnswer.objects.get(code="B")
    assert (row.limbs, row.level, row.carer_share) == ([], 0, None)


def test_typing_is_saved_with_one_line_in_the_trail_for_a_sitting(assessment, browser):
    url = address("autosave-section", assessment, "matters")

    first = browser.post(url, {"version": 0, "matters": "My gar"}).json()
    second = browser.post(url, {"version": first["version"], "matters": "My garden"}).json()
    same = browser.post(url, {"version": second["version"], "matters": "My garden"}).json()

    assert (first["version"], second["version"], same["version"]) == (1, 2, 2)
    assert Section.objects.get().answers["matters"] == "My garden"
    assert Event.objects.filter(code="assessments.section.saved").count() == 1
    assert first["saved_at"].endswith("m")


def test_two_people_typing_see_both_texts_and_the_readers_stays(assessment, browser):
    # Given a colleague saved after the page was opened
    SectionFactory(
        assessment=assessment, slug="matters", answers={"matters": "From a colleague.", "wellbeing": []}
    )
    url = address("show-section", assessment, "matters")

    # When the older page is saved
    page = browser.post(url, {"version": 0, "matters": "From me."})

    # Then nothing is saved, both are shown, and the next press saves knowingly
    text = page.content.decode()
    assert page.status_code == 409
    assert "From a colleague." in text
    assert "From me." in text
    assert Section.objects.get().answers["matters"] == "From a colleague."
    browser.post(url, {"version": 1, "matters": "From me."})
    assert Section.objects.get().answers["matters"] == "From me."


def test_saving_while_typing_over_somebody_elses_text_is_refused(assessment, browser):
    SectionFactory(assessment=assessment, slug="matters")

    answer = browser.post(
        address("autosave-section", assessment, "matters"), {"version": 0, "matters": "From me."}
    )

    assert answer.status_code == 409


@pytest.mark.parametrize(
    "text,words",
    [("a\x00b", "character we cannot store"), ("x" * 10_000, "5,000 characters too long")],
)
def test_text_that_cannot_be_kept_is_refused_with_words_and_stays_in_the_form(
    text, words, assessment, browser
):
    page = browser.post(address("show-section", assessment, "matters"), {"version": 0, "matters": text})

    assert page.status_code == 400
    assert words in page.content.decode()
    assert not Section.objects.exists()
    reply = browser.post(address("autosave-section", assessment, "matters"), {"version": 0, "matters": text})
    assert reply.status_code == 400
    assert words in reply.json()["reason"]


def test_right_to_left_and_four_byte_text_is_kept_as_typed(assessment, browser):
    text = "أريد أن أبقى في بيتي 🏡 <b>& so on</b>"

    browser.post(address("show-section", assessment, "matters"), {"version": 0, "matters": text})

    assert Section.objects.get().answers["matters"] == text
    page = browser.get(address("show-section", assessment, "matters")).content.decode()
    assert "&lt;b&gt;" in page
    assert "<b>& so" not in page


@pytest.mark.parametrize("facts", [{}, {"version": "many"}, {"version": 0, "wellbeing": ["HAPPINESS"]}])
def test_an_answer_that_is_no_answer_is_refused(facts, assessment, browser):
    page = browser.post(address("show-section", assessment, "matters"), facts)

    assert page.status_code == 400
    assert not Section.objects.exists()


def test_a_section_that_does_not_exist_is_not_found(assessment, browser):
    assert browser.get(address("show-section", assessment, "horoscope")).status_code == 404


def test_nothing_is_written_once_it_was_sent():
    assessment = complete_assessment(submitted=True)
    browser = signed_in_client(assessment.assessor)

    answer = browser.post(address("show-section", assessment, "matters"), {"version": 1, "matters": "Later."})

    assert answer.status_code == 409
    assert "Later." not in Section.objects.get(slug="matters").answers["matters"]


# Still true ------------------------------------------------------------------------------------------------------


@pytest.fixture
def again(assessment):
    """The same person, assessed before."""
    old = complete_assessment(issued=True, person=assessment.person, team=assessment.team)
    assessment.previous = old
    assessment.save()
    return assessment


def test_an_answer_of_last_time_is_kept_with_one_press_and_let_go_again(again, browser):
    url = address("show-section", again, "matters")

    # When one answer is kept while another is typed
    browser.post(url, {"version": 0, "wellbeing": ["DIGNITY"], "keep": "matters"})

    # Then it stands with its moment, and the typed one too
    row = Section.objects.get(assessment=again, slug="matters")
    assert row.answers == {
        "matters": "I want to stay in my own home and see my sister.",
        "wellbeing": ["DIGNITY"],
    }
    assert list(row.kept) == ["matters"]
    page = browser.get(url).content.decode()
    assert "Undo, and write a new answer" in page
    assert 'name="matters"' not in page

    # And nothing sent for it changes it until it is let go
    browser.post(url, {"version": 1, "matters": "Sneaked in", "wellbeing": ["DIGNITY"]})
    row.refresh_from_db()
    assert row.answers["matters"].startswith("I want to stay")
    browser.post(url, {"version": row.version, "wellbeing": ["DIGNITY"], "undo": "matters"})
    row.refresh_from_db()
    assert (row.answers["matters"], row.kept) == ("", {})


def test_every_answer_of_an_outcome_can_be_kept(again, browser):
    url = address("show-section", again, "eating-and-drinking")
    keep = ["answer", "limbs", "level", "carer_share", "person_words", "worker_view", "outcome_wanted"]

    browser.post(url, {"version": 0, "keep": keep})

    row = OutcomeAnswer.objects.get(assessment=again, code="A")
    assert (row.answer, row.limbs, row.level, str(row.carer_share)) == (
        "unable",
        ["needs_assistance"],
        2,
        "0.25",
    )
    assert set(row.kept) == set(keep)


def test_there_is_nothing_to_keep_where_nothing_was_said(again, browser):
    page = browser.post(address("show-section", again, "safety"), {"version": 0, "keep": "risks"})

    assert page.status_code == 400


# Deciding --------------------------------------------------------------------------------------------------------


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
    assert "Send for authorisation" not in page
    assert browser.post(address("check", assessment), {"version": 1}).status_code == 400


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


# Hand-overs ------------------------------------------------------------------------------------------------------


def test_a_hand_over_is_accepted_once_and_becomes_an_assessment(now):
    handover = make_handover(now)
    worker = UserFactory(worker_in=handover.to_team)
    browser = signed_in_client(worker)
    url = reverse("assessments:accept-handover", args=[handover.ref])
    facts = {"form_key": new_key(), "assessor": worker.ref}

    assert handover.ref in browser.get(reverse("assessments:list-handovers")).content.decode()
    assert browser.get(url).status_code == 200
    first, second = browser.post(url, facts), browser.post(url, facts)

    assert first.url == second.url == Assessment.objects.get().get_absolute_url()
    handover.refresh_from_db()
    assert (handover.status, handover.contact.status) == ("accepted", "allocated")
    assert handover.result_url == first.url
    assert handover.ref not in browser.get(reverse("assessments:list-handovers")).content.decode()
    assert browser.post(url, {**facts, "form_key": new_key()}).status_code == 409


def test_only_a_manager_leaves_it_open_who_assesses(now):
    handover = make_handover(now)
    url = reverse("assessments:accept-handover", args=[handover.ref])
    worker = signed_in_client(UserFactory(worker_in=handover.to_team))

    assert worker.post(url, {"form_key": new_key(), "assessor": ""}).status_code == 400
    manager = signed_in_client(UserFactory(manager_of=handover.to_team))
    assert manager.post(url, {"form_key": new_key(), "assessor": ""}).status_code == 302


@pytest.mark.parametrize(
    "kind,role", [("reablement", Role.REABLEMENT_LEAD), ("safeguarding", Role.SAFEGUARDING_MANAGER)]
)
def test_work_that_is_done_elsewhere_is_accepted_too_so_that_nothing_is_lost(kind, role, now):
    handover = make_handover(now, kind=kind)
    browser = signed_in_client(UserFactory(role_in=(role, handover.to_team)))
    url = reverse("assessments:accept-handover", args=[handover.ref])

    assert handover.ref in browser.get(reverse("assessments:list-handovers")).content.decode()
    assert "takes this on" in browser.get(url).content.decode()
    assert browser.post(url, {"form_key": new_key()}).url == handover.contact.get_absolute_url()

    handover.refresh_from_db()
    assert (handover.status, handover.contact.status) == ("accepted", "allocated")
    assert not Assessment.objects.exists()


def test_a_returned_hand_over_stands_at_the_front_door_again(now):
    handover = make_handover(now)
    browser = signed_in_client(UserFactory(worker_in=handover.to_team))
    url = reverse("assessments:return-handover", args=[handover.ref])

    assert browser.post(url, {"form_key": new_key(), "reason": " "}).status_code == 400
    assert browser.post(url, {"form_key": new_key(), "reason": "Lives in another area."}).status_code == 302

    handover.refresh_from_db()
    assert (handover.status, handover.contact.status) == ("returned", "screened")
    assert not Assessment.objects.exists()


def test_other_teams_may_look_at_a_hand_over_but_not_answer_it(now):
    handover = make_handover(now)
    browser = signed_in_client(UserFactory(worker_in=TeamFactory()))

    assert handover.ref not in browser.get(reverse("assessments:list-handovers")).content.decode()
    for name in ("accept-handover", "return-handover"):
        assert browser.get(reverse(f"assessments:{name}", args=[handover.ref])).status_code == 403


# What lists cost -------------------------------------------------------------------------------------------------


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
