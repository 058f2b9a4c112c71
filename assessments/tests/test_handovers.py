"""Hand-overs: accepted once, returned with a reason, never lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from assessments.models import Assessment
from assessments.tests.helpers import make_handover
from core.form_keys import new_key

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("kind,role", [("safeguarding", Role.SAFEGUARDING_MANAGER)])
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
