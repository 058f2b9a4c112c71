"""Access to the person's own pages is given in short steps: each question only where the right needs it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from core import clock
from core.models import Draft
from people.models import PortalAccess
from people.tests.factories import PersonFactory
from people.tests.giving_access import answer_access, day_typed

pytestmark = pytest.mark.django_db

ANNA = {"relation": "representative", "name": "Anna Whitlow", "email": "anna@people.example"}
HERSELF = {"relation": "self", "name": "Peggy Whitlow", "email": "peggy@people.example"}


@pytest.fixture
def worker():
    return UserFactory(worker_in=TeamFactory())


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def client(worker):
    return signed_in_client(worker)


def step(person, slug):
    return reverse("people:ask-portal-access", args=[person.ref, slug])


def asked_for(client, person, **answers):
    """The steps that a worker is led through, from these answers to the check."""
    seen, address = [], step(person, "who")
    while address != reverse("people:grant-portal-access", args=[person.ref]):
        slug = address.rstrip("/").rpartition("/")[2]
        assert client.get(address).status_code == 200
        sent = client.post(address, answers[slug])
        assert sent.status_code == 302, sent.content.decode()
        seen.append(slug)
        address = sent["Location"]
    return seen


def test_each_right_is_asked_only_what_it_needs(client, person):
    today = clock.today()
    paper = {"jointly": "no", **day_typed("evidence_seen_on", today)}
    reach = {"covers": ["care"], **day_typed("valid_to", today + timedelta(days=90))}

    def asked(who, kind="", scope="act"):
        return asked_for(
            client,
            person,
            who=who,
            right={"kind": kind},
            paper=paper,
            reach={"scope": scope, **reach},
            capacity=day_typed("lacks_capacity_on", today),
        )

    assert asked(HERSELF) == ["who", "reach"]
    assert asked(ANNA, "consent") == ["who", "right", "reach"]
    assert asked(ANNA, "advocate") == ["who", "right", "reach"]
    assert asked(ANNA, "lpa_health") == ["who", "right", "paper", "reach", "capacity"]
    assert asked(ANNA, "lpa_health", scope="view") == ["who", "right", "paper", "reach"]
    assert asked(ANNA, "appointee") == ["who", "right", "paper", "reach"]


def test_nothing_is_asked_beyond_the_reach_of_the_right(client, person):
    paper = day_typed("evidence_seen_on", clock.today())
    client.post(step(person, "who"), ANNA)

    client.post(step(person, "right"), {"kind": "lpa_health"})
    client.post(step(person, "paper"), {**paper, "jointly": "no"})
    page = client.get(step(person, "reach")).content.decode()
    assert 'value="care"' in page
    assert 'value="money"' not in page

    client.post(step(person, "right"), {"kind": "deputy_property"})
    client.post(step(person, "paper"), {**paper, "jointly": "yes"})
    page = client.get(step(person, "reach")).content.decode()
    assert 'name="covers"' not in page
    assert 'value="act"' not in page
    assert "decide together" in page


def test_a_permission_without_a_last_day_is_asked_for_it_at_its_own_question(client, person):
    client.post(step(person, "who"), ANNA)
    client.post(step(person, "right"), {"kind": "consent"})

    refused = client.post(step(person, "reach"), {"scope": "view", "covers": ["care"]})

    assert refused.status_code == 400
    assert b"Last day" in refused.content


def test_whoever_jumps_ahead_is_led_to_the_first_open_question(client, person):
    check = reverse("people:grant-portal-access", args=[person.ref])

    assert client.get(check)["Location"] == step(person, "who")
    client.post(step(person, "who"), ANNA)
    assert client.get(step(person, "reach"))["Location"] == step(person, "right")
    assert client.get(check)["Location"] == step(person, "right")
    assert client.get(step(person, "nothing")).status_code == 404


def test_a_changed_answer_opens_what_now_has_to_be_asked(client, person):
    answer_access(client, person, who=HERSELF, reach={"scope": "act"})

    changed = client.post(step(person, "who") + "?change=1", ANNA)

    assert changed["Location"] == step(person, "right")


def test_what_was_answered_is_kept_for_its_author_alone_until_the_access_is_given(client, person, worker):
    everybody = reverse("people:list-portal-access", args=[person.ref])
    colleague = signed_in_client(UserFactory(worker_in=TeamFactory()))
    checked = answer_access(client, person, who=HERSELF, reach={"scope": "view"})

    assert "Go on where you left off" in client.get(everybody).content.decode()
    assert everybody in client.get(reverse("worklist:my-work")).content.decode()
    assert "peggy@people.example" in client.get(step(person, "who")).content.decode()
    assert "Go on where you left off" not in colleague.get(everybody).content.decode()
    assert "peggy@people.example" not in colleague.get(step(person, "who")).content.decode()

    client.post(checked, {"form_key": "i" * 24})
    assert PortalAccess.objects.get().scope == "view"
    assert not Draft.objects.exists()


def test_answers_that_are_thrown_away_are_gone(client, person):
    checked = answer_access(client, person, who=HERSELF, reach={"scope": "view"})

    client.post(checked, {"discard": "yes"})

    assert not Draft.objects.exists()
    assert not PortalAccess.objects.exists()
