"""Own pages in the API: who may see them, how to get in touch, who has looked."""

from __future__ import annotations

import pytest

from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client
from people.models import Person, PortalAccess
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    return api_client(UserFactory(worker_in=TeamFactory()))


@pytest.fixture
def base(db):
    return f"/api/v1/people/{PersonFactory().ref}/"


def test_a_right_is_recorded_with_its_limits_listed_and_ended(client, base):
    facts = {
        "relation": "representative",
        "name": "Anna Whitlow",
        "email": "anna@people.example",
        "scope": "act",
        "kind": "lpa_property",
        "evidence_seen_on": "2026-01-05",
    }
    beyond = client.post(
        f"{base}own-pages/", {**facts, "covers": ["care"]}, headers={"Idempotency-Key": "beyond-its-reach"}
    )
    assert beyond.status_code == 400
    assert "covers" in beyond.json()

    made = client.post(f"{base}own-pages/", facts, headers={"Idempotency-Key": "a-right-once"})

    assert (made.status_code, made.json()["covers"], made.json()["status"]) == (201, ["money"], "live")
    ref = made.json()["ref"]
    assert [row["ref"] for row in client.get(f"{base}own-pages/").json()] == [ref]
    for key, code in (("the-end-once", 201), ("the-end-once", 200), ("the-end-twice", 409)):
        ended = client.post(
            f"{base}own-pages/{ref}/end/", {"reason": "Revoked"}, headers={"Idempotency-Key": key}
        )
        assert ended.status_code == code
    assert PortalAccess.objects.get().end_reason == "Revoked"


def test_how_to_get_in_touch_is_read_and_changed_with_the_version_that_was_read(client, base):
    first = client.get(f"{base}contact-preferences/")
    wishes = {
        "channel": "text",
        "safe_to_leave_message": False,
        "formats": ["audio"],
        "safe_contact": "By day",
    }

    assert client.post(f"{base}contact-preferences/", wishes).status_code == 428
    match = {"If-Match": first.headers["ETag"]}
    changed = client.post(f"{base}contact-preferences/", wishes, headers=match)

    assert changed.json() == {**wishes, "version": first.json()["version"] + 1}
    assert client.post(f"{base}contact-preferences/", wishes, headers=match).status_code == 409
    assert Person.objects.get().preferred_channel == "text"


def test_staff_read_who_has_looked(client, base):
    client.get(base)

    looks = client.get(f"{base}looked/").json()["results"]

    assert [look["page"] for look in looks] == ["api-people-looks", "api-people-show"]
