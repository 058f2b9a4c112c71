"""Who acts for a person: every right against every part of the pages, every action on a right in every state by everyone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event
from core import clock
from core.workflow import WrongState
from people import permissions, services
from people.authority import POWERS, Kind, Part
from people.models import Person, PortalAccess
from people.tests.factories import PersonFactory, PortalAccessFactory
from people.tests.giving_access import answer_access, day_typed

pytestmark = pytest.mark.django_db

#                     care      money     details
REACH = {
    "self": ("decides", "decides", "decides"),
    "consent": ("decides", "decides", "decides"),
    "lpa_health": ("decides", None, "decides"),
    "lpa_property": (None, "decides", None),
    "epa": (None, "decides", None),
    "deputy_welfare": ("decides", None, "decides"),
    "deputy_property": (None, "decides", None),
    "appointee": (None, "decides", None),
    "advocate": ("acts", "acts", "acts"),
}
PARTS = (Part.CARE, Part.MONEY, Part.DETAILS)


@pytest.fixture
def worker(db):
    return UserFactory(worker_in=TeamFactory())


@pytest.fixture
def person(db):
    return PersonFactory()


def today():
    return clock.today()


def given(person, worker, right="consent", **facts):
    """A right with all that must be recorded with it."""
    power = POWERS[right]
    needed = {
        "evidence_seen_on": today() if power.paper else None,
        "lacks_capacity_on": today() if power.without_capacity else None,
        "valid_to": today() + timedelta(days=90) if power.ends else None,
    }
    return services.grant_portal_access(
        **{
            "user": UserFactory(public=True),
            "person": person,
            "relation": "representative",
            "scope": "act",
            "kind": right,
            "by": worker,
            "now": clock.now(),
            **needed,
            **facts,
        }
    )


def test_the_table_of_rights_holds_every_kind():
    assert set(REACH) == {"self", *Kind.values}
    assert set(POWERS) == set(Kind.values)


@pytest.mark.parametrize("kind", REACH)
@pytest.mark.parametrize("scope", ["act", "view"])
def test_each_right_reaches_so_far_and_no_further(person, worker, kind, scope):
    if kind == "self":
        access = PortalAccessFactory(person=person, scope=scope)
    else:
        access = given(person, worker, kind, scope=scope)
    user = access.user

    for part, reach in zip(PARTS, REACH[kind], strict=True):
        acts = reach is not None and scope == "act"
        decides = reach == "decides" and scope == "act"
        assert access.covers(part) is (reach is not None), part
        assert permissions.acts_for(user, person, part) is acts, part
        assert permissions.acts_for(user, person, part, deciding=True) is decides, part
    assert not permissions.acts_for(user, PersonFactory())
    assert not permissions.acts_for(UserFactory(public=True), person)


@pytest.mark.parametrize(
    ("kind", "wrong", "about"),
    [
        ("consent", {"kind": ""}, "kind"),
        ("consent", {"kind": "next_of_kin"}, "kind"),
        ("consent", {"valid_to": None}, "valid_to"),
        ("advocate", {"valid_to": None}, "valid_to"),
        ("consent", {"valid_to": "yesterday"}, "valid_to"),
        ("lpa_property", {"covers": ["care"]}, "covers"),
        ("lpa_health", {"covers": ["care", "money"]}, "covers"),
        ("appointee", {"covers": ["details"]}, "covers"),
        ("lpa_property", {"evidence_seen_on": None}, "evidence_seen_on"),
        ("deputy_welfare", {"evidence_seen_on": None}, "evidence_seen_on"),
        ("deputy_welfare", {"evidence_seen_on": "tomorrow"}, "evidence_seen_on"),
        ("lpa_health", {"lacks_capacity_on": None}, "lacks_capacity_on"),
        ("lpa_property", {"jointly": True}, "scope"),
    ],
)
def test_a_right_without_what_it_needs_or_beyond_its_reach_is_refused(person, worker, kind, wrong, about):
    days = {"yesterday": today() - timedelta(days=1), "tomorrow": today() + timedelta(days=1)}
    wrong = {
        name: days.get(value, value) if isinstance(value, str) else value for name, value in wrong.items()
    }

    with pytest.raises(ValidationError) as refusal:
        given(person, worker, kind, **wrong)

    assert about in refusal.value.message_dict
    assert not PortalAccess.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "people_access_covers_something",
            {"covers_care": False, "covers_money": False, "covers_details": False},
        ),
        ("people_own_pages_are_whole", {"relation": "self", "covers_money": False}),
        ("people_own_pages_are_whole", {"relation": "self", "kind": "consent"}),
        ("people_power_over_money_is_not_over_care", {"kind": "epa"}),
        ("people_power_over_care_is_not_over_money", {"kind": "deputy_welfare"}),
        ("people_joint_power_is_not_used_alone", {"kind": "consent", "jointly": True}),
        ("people_welfare_attorney_acts_without_capacity", {"kind": "lpa_health", "covers_money": False}),
    ],
)
def test_the_database_refuses_a_right_that_cannot_be(name, facts):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        PortalAccessFactory(**{"relation": "representative", "scope": "act", **facts})


def test_joint_attorneys_may_see_and_none_of_them_acts_alone(person, worker):
    access = given(person, worker, "lpa_property", scope="view", jointly=True)

    assert access.jointly
    assert not permissions.acts_for(access.user, person, Part.MONEY)


#            the day it begins, its last day, ended   may be ended
STATES = {
    "coming": (5, 90, False, True),
    "live": (0, 90, False, True),
    "lapsed": (-90, -1, False, False),
    "ended": (-90, 90, True, False),
}


def in_state(state, person, **facts):
    begins, last, ended, _ = STATES[state]
    facts = {"kind": "consent", "relation": "representative", **facts}
    return PortalAccessFactory(
        person=person,
        valid_from=today() + timedelta(days=begins),
        valid_to=today() + timedelta(days=last),
        ended_at=clock.now() if ended else None,
        **facts,
    )


@pytest.mark.parametrize("state", STATES)
def test_only_a_right_in_force_opens_anything_and_what_is_over_cannot_be_ended(person, worker, state):
    access = in_state(state, person)
    may_end = STATES[state][3]

    assert access.status_on(today()) == state
    assert Person.objects.visible_to(access.user).exists() is (state == "live")
    assert permissions.acts_for(access.user, person, Part.CARE) is (state == "live")
    if may_end:
        services.end_portal_access(access=access, by=worker, now=clock.now(), reason="Taken back")
    else:
        with pytest.raises(WrongState):
            services.end_portal_access(access=access, by=worker, now=clock.now())
    assert not permissions.acts_for(access.user, person, Part.CARE)
    assert Event.objects.filter(code="people.portal_access.ended").count() == int(may_end)


def actors(person):
    team = TeamFactory()
    return {
        "a worker": UserFactory(worker_in=team),
        "a manager": UserFactory(manager_of=team),
        "a finance officer": UserFactory(role_in=(Role.FINANCE_OFFICER, team)),
        "an analyst": UserFactory(role_in=(Role.ANALYST, team)),
        "an administrator": UserFactory(role_in=(Role.ADMINISTRATOR, team)),
        "the person": PortalAccessFactory(person=person).user,
        "the machine": UserFactory(machine=True),
        "another representative": PortalAccessFactory(person=person, acting_for=True).user,
        "a stranger": UserFactory(public=True),
    }


GIVING = {"a worker", "a manager", "the machine"}


@pytest.mark.parametrize("kind", Kind.values)
def test_staff_give_and_end_a_right_and_the_person_takes_back_their_permission(person, worker, kind):
    access = given(person, worker, kind)
    may_end = GIVING | ({"the person"} if kind == "consent" else set())

    for who, user in actors(person).items():
        assert bool(permissions.can_grant_portal_access(user, person)) is (who in GIVING), who
        assert bool(permissions.can_end_portal_access(user, access)) is (who in may_end), who


def test_whoever_may_not_end_a_right_changes_nothing(person, worker):
    access = given(person, worker, "lpa_property")
    herself = PortalAccessFactory(person=person).user

    with pytest.raises(PermissionDenied, match="Only your worker"):
        services.end_portal_access(access=access, by=herself, now=clock.now())

    access.refresh_from_db()
    assert access.ended_at is None


def test_a_right_that_has_lapsed_makes_room_for_a_new_one(person, worker):
    before = in_state("lapsed", person)

    after = given(person, worker, user=before.user)

    before.refresh_from_db()
    assert before.ended_at is not None
    assert permissions.acts_for(after.user, person, Part.CARE)


def test_the_trail_says_which_right_was_given_and_for_what(person, worker):
    given(person, worker, "lpa_health")

    event = Event.objects.get(code="people.portal_access.granted")
    assert event.detail["kind"] == "lpa_health"
    assert event.detail["covers"] == "care, details"
    assert event.person_id == person.pk


def test_staff_record_a_right_with_its_limits_on_the_record_and_end_it(person, worker):
    client = signed_in_client(worker)
    address = reverse("people:list-portal-access", args=[person.ref])
    checked = answer_access(
        client,
        person,
        who={"relation": "representative", "name": "Anna Whitlow", "email": "anna@people.example"},
        right={"kind": "lpa_property", "authority": "Registered in 2021"},
        paper={"jointly": "no", **day_typed("evidence_seen_on", today())},
        reach={"scope": "act", "covers": ["care"]},  # which is not asked, for the right does not reach to it
    )
    client.post(checked, {"form_key": "r" * 24})

    access = PortalAccess.objects.get()
    assert (access.covers_care, access.covers_money, access.covers_details) == (False, True, False)
    page = client.get(address).content.decode()
    assert "property and financial affairs" in page
    assert "Registered in 2021" in page
    client.post(
        reverse("people:end-portal-access", args=[person.ref, access.ref]),
        {"form_key": "e" * 24, "reason": "The power was revoked"},
    )
    page = client.get(address).content.decode()
    assert "The power was revoked" in page
    assert not Person.objects.visible_to(access.user).exists()
