"""Writing an assessment through real addresses: saving, keeping, colliding."""

from __future__ import annotations

import pytest

from accounts.tests.helpers import signed_in_client
from assessments.models import OutcomeAnswer, Section
from assessments.tests.factories import (
    OutcomeAnswerFactory,
    SectionFactory,
    complete_assessment,
)
from assessments.tests.helpers import address
from audit.models import Event

pytestmark = pytest.mark.django_db

HYGIENE = "personal-hygiene"


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
