"""Anybody tells us of an adult they worry about: without an account, one question a page, sent once."""

from __future__ import annotations

import pytest
from django.test import Client

from core import clock, outbox
from core.models import OpenDraft, Outbox
from people.tests.factories import PersonFactory
from safeguarding.models import Concern
from safeguarding.tests.factories import Case, manager_in, safeguarding_team
from worklist.models import Notification

pytestmark = pytest.mark.django_db

ANSWERS: list[tuple[str, dict]] = [
    ("danger", {"danger": "no"}),
    ("source", {"source": "family"}),
    ("adult", {"given_names": "Ida", "family_name": "Marsh"}),
    ("born", {"date_of_birth_day": "3", "date_of_birth_month": "4", "date_of_birth_year": "1941"}),
    ("address", {"address": "2 Mill Lane", "postcode": "zz1 2ab", "phone": ""}),
    ("what", {"what": "A man takes her pension every Friday."}),
    ("kinds", {"kinds": ["FIN", "PSY"]}),
    ("where", {"location": "own_home"}),
    ("when", {"words": "Every Friday"}),
    ("who", {"who": "A man from the pub"}),
    ("others", {"others": ""}),
    ("consent", {"consent": "not_asked"}),
    ("wishes", {"wishes": "To be left alone"}),
    ("you", {"name": "Jo Neighbour", "email": "jo@people.example"}),
]


@pytest.fixture
def team(db):
    team = safeguarding_team()
    manager_in(team)
    return team


def answer_all(client: Client, answers=ANSWERS, **instead) -> str:
    address = "/report-a-concern/danger/"
    for slug, given in answers:
        assert address == f"/report-a-concern/{slug}/"
        page = client.get(address)
        assert page.status_code == 200
        assert b"govuk-exit-this-page" in page.content
        response = client.post(address, instead.get(slug, given))
        assert response.status_code == 302, response.content.decode()[:3000]
        address = response.headers["Location"]
    return address


def test_the_start_says_999_before_anything_else(team):
    page = Client().get("/report-a-concern/start/").content.decode()

    assert page.index("ring 999") < page.index("Start now")
    assert "govuk-exit-this-page" in page


def test_whoever_worries_answers_checks_sends_and_reads_the_reference(team):
    client = Client()
    assert answer_all(client) == "/report-a-concern/check-answers/"
    check = client.get("/report-a-concern/check-answers/").content.decode()
    assert "A man takes her pension every Friday." in check
    assert not Concern.objects.exists()

    sent = client.post("/report-a-concern/check-answers/", follow=True)

    concern = Concern.objects.get()
    assert sent.redirect_chain == [("/report-a-concern/sent/", 302)]
    spaced = " ".join(concern.ref[at : at + 3] for at in range(0, 12, 3)).upper()
    assert spaced in sent.content.decode()
    assert (concern.source, concern.adult_postcode, concern.channel) == ("family", "ZZ1 2AB", "public")
    assert {risk.kind for risk in concern.risks.all()} == {"FIN", "PSY"}
    assert OpenDraft.objects.get().sealed == ""


def test_sent_twice_is_sent_once(team):
    client = Client()
    answer_all(client)

    first = client.post("/report-a-concern/check-answers/")
    again = client.post("/report-a-concern/check-answers/")

    assert first.headers["Location"] == again.headers["Location"] == "/report-a-concern/sent/"
    assert Concern.objects.count() == 1


def test_after_the_commit_the_team_hears_and_whoever_reported_it_is_answered_in_neutral_words(
    team, mailoutbox
):
    client = Client()
    answer_all(client)
    client.post("/report-a-concern/check-answers/")
    assert not Notification.objects.exists()
    assert not mailoutbox

    outbox.deliver()
    outbox.deliver()
    outbox.deliver()

    assert Notification.objects.in_portal().get().template == "safeguarding.new"
    mail = next(mail for mail in mailoutbox if mail.to == ["jo@people.example"])
    assert "received" in mail.subject
    for word in ("safeguarding", "concern", "Ida", "Marsh", "pension"):
        assert word.lower() not in (mail.subject + mail.body).lower()
    assert not Outbox.objects.filter(done_at=None).exists()


def test_it_is_matched_by_name_and_birthday(team):
    from datetime import date

    ida = PersonFactory(given_names="Ida", family_name="Marsh", date_of_birth=date(1941, 4, 3))
    client = Client()
    answer_all(client)
    client.post("/report-a-concern/check-answers/")

    assert Concern.objects.get().person == ida


def test_somebody_who_writes_about_themself_or_stays_anonymous_is_asked_less(team):
    client = Client()
    own = [step for step in ANSWERS if step[0] not in ("consent", "you")]
    assert answer_all(client, own, source={"source": "self"}) == "/report-a-concern/check-answers/"
    assert "When were you born?" in client.get("/report-a-concern/born/").content.decode()
    client.post("/report-a-concern/check-answers/")
    other = Client()
    unnamed = [step for step in ANSWERS if step[0] != "you"]
    answer_all(other, unnamed, source={"source": "anonymous"})
    other.post("/report-a-concern/check-answers/")

    assert set(Concern.objects.values_list("source", "consent", "referrer_name")) == {
        ("self", "yes", ""),
        ("anonymous", "not_asked", ""),
    }


def test_little_is_enough(team):
    client = Client()
    answer_all(
        client, adult={}, born={}, address={}, kinds={}, when={}, who={}, wishes={}, you={},
    )  # fmt: skip
    assert client.post("/report-a-concern/check-answers/").status_code == 302
    assert Concern.objects.get().adult == "Name not known"


def test_whoever_jumps_ahead_is_led_back_and_nothing_is_sent(team):
    client = Client()
    assert client.get("/report-a-concern/what/").headers["Location"] == "/report-a-concern/start/"
    assert client.get("/report-a-concern/sent/").headers["Location"] == "/report-a-concern/start/"
    client.post("/report-a-concern/danger/", {"danger": "no"})
    assert client.get("/report-a-concern/what/").headers["Location"] == "/report-a-concern/source/"
    assert client.post("/report-a-concern/check-answers/").headers["Location"] == "/report-a-concern/source/"
    assert client.get("/report-a-concern/nothing/").status_code == 404
    assert not Concern.objects.exists()


def test_an_empty_answer_to_the_one_question_that_counts_is_asked_again(team):
    client = Client()
    for slug, given in ANSWERS[:5]:
        client.post(f"/report-a-concern/{slug}/", given)

    page = client.post("/report-a-concern/what/", {"what": "  "})

    assert page.status_code == 400
    assert "What has happened" in page.content.decode()


def test_danger_now_stands_first_and_is_due_today():
    case = Case(immediate_danger=True)
    assert case.concern.due_on == clock.today()
    assert case.concern.rule == "SG_SCREEN_NOW"
