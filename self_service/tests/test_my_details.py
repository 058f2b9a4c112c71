"""How to get in touch, who may see one's pages, and who has looked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import AccessListFactory, TeamFactory, UserFactory
from accounts.tests.helpers import signed_in_client
from audit.models import Event, View
from core import clock
from core.versions import StaleVersion
from people import services
from people.models import CommunicationNeed, Person
from people.tests.factories import (
    AllocationFactory,
    CommunicationNeedFactory,
    PersonFactory,
    PortalAccessFactory,
)
from worklist.models import Anchor, Notification

pytestmark = pytest.mark.django_db
TOKEN = "Xylophone"
PREFERENCES, LOOKED = "/my/contact-preferences/", "/my/who-looked/"


@pytest.fixture
def lead(db):
    team = TeamFactory()
    return AllocationFactory(
        person=PersonFactory(preferred_channel="phone", given_names="Peggy"),
        team=team,
        worker=UserFactory(worker_in=team, name="Aisha Khan"),
    )


@pytest.fixture
def person(lead):
    return lead.person


@pytest.fixture
def herself(person):
    return PortalAccessFactory(person=person, user=UserFactory(public=True, name="Peggy Whitlow")).user


def wishes(person, **more):
    return {
        "version": person.version,
        "preferred_channel": "text",
        "safe_to_leave_message": "no",
        "safe_contact": TOKEN,
        "formats": ["easy_read"],
        **more,
    }


def test_the_person_changes_how_we_get_in_touch_and_staff_see_what_changed_and_by_whom(person, herself, lead):
    CommunicationNeedFactory(person=person, code="large_print")
    own = signed_in_client(herself)
    assert own.get(PREFERENCES).status_code == 200

    assert own.post(PREFERENCES, wishes(person)).status_code == 302

    person.refresh_from_db()
    assert (person.preferred_channel, person.safe_to_leave_message) == ("text", False)
    assert person.safe_contact == TOKEN
    live = CommunicationNeed.objects.filter(person=person, ended_on=None)
    assert [need.code for need in live] == ["easy_read"]
    event = Event.objects.get(code="people.preferences.set")
    assert event.by == herself
    assert "reached by Phone before, now by Text message" in event.detail["what"]
    assert "no longer large print" in event.detail["what"]
    assert TOKEN not in str(event.detail)
    assert Notification.objects.filter(recipient=lead.worker, template="worklist.preferences_set").exists()
    page = signed_in_client(lead.worker).get(reverse("people:show-details", args=[person.ref]))
    assert b"Changed by Peggy Whitlow" in page.content
    assert TOKEN.encode() in page.content


def test_what_was_before_stays_in_the_history(person, herself):
    signed_in_client(herself).post(PREFERENCES, wishes(person))

    before = Person.pgh_event_model.objects.filter(pgh_obj=person).order_by("pk").last()
    assert before.preferred_channel == "phone"


def test_the_same_again_changes_nothing(person, herself):
    own = signed_in_client(herself)
    own.post(PREFERENCES, wishes(person))
    person.refresh_from_db()

    own.post(PREFERENCES, wishes(person))

    assert Event.objects.filter(code="people.preferences.set").count() == 1


def test_a_change_from_an_older_page_is_refused_and_what_was_typed_is_kept(person, herself):
    old = wishes(person, preferred_channel="post")
    Person.objects.filter(pk=person.pk).update(version=person.version + 1)

    response = signed_in_client(herself).post(PREFERENCES, old)

    assert response.status_code == 409
    assert TOKEN.encode() in response.content
    person.refresh_from_db()
    assert person.preferred_channel == "phone"


def test_who_may_only_look_reads_it_and_has_nothing_to_fill_in(person):
    Person.objects.filter(pk=person.pk).update(safe_contact=TOKEN)
    facts = {"relation": "carer", "scope": "view", "kind": "consent", "valid_to": clock.today()}
    watcher = PortalAccessFactory(person=person, user=UserFactory(public=True), **facts).user

    page = signed_in_client(watcher).get(PREFERENCES).content.decode()

    assert "Standard print" in page
    assert "<input" not in page.partition("<main")[2]
    assert TOKEN not in page


def test_who_acts_for_the_person_neither_sees_nor_changes_what_is_safe(person):
    Person.objects.filter(pk=person.pk).update(safe_contact=TOKEN)
    person.refresh_from_db()
    anna = PortalAccessFactory(person=person, acting_for=True).user
    client = signed_in_client(anna)

    assert TOKEN.encode() not in client.get(PREFERENCES).content
    assert client.post(PREFERENCES, wishes(person, safe_contact="Ring me instead")).status_code == 302
    person.refresh_from_db()
    assert (person.preferred_channel, person.safe_contact) == ("text", TOKEN)
    with pytest.raises(ValidationError):
        services.set_contact_preferences(
            person=person, channel="phone", safe_to_leave_message=True, formats=[], safe_contact="Mine",
            version=None, by=anna, now=clock.now(),
        )  # fmt: skip


def test_who_may_set_how_we_get_in_touch(person, herself, lead):
    others = {
        "money alone": PortalAccessFactory(
            person=person, acting_for=True, covers_care=False, covers_details=False
        ).user,
        "only sees": PortalAccessFactory(person=person, viewing_only=True).user,
        "stranger": UserFactory(public=True),
        "finance": UserFactory(role_in=(Role.FINANCE_OFFICER, lead.team)),
    }

    def change(by, **facts):
        return services.set_contact_preferences(
            **{
                "person": person, "channel": "post", "safe_to_leave_message": True, "formats": [],
                "version": None, "by": by, "now": clock.now(), **facts,
            }
        )  # fmt: skip

    for who, user in others.items():
        with pytest.raises(PermissionDenied):
            change(user)
        assert not Event.objects.exists(), who
    with pytest.raises(ValidationError):
        change(herself, formats=["morse"])
    with pytest.raises(StaleVersion):
        change(herself, version=99)
    change(lead.worker)
    assert Event.objects.get().by == lead.worker


# Who may see one's pages ----------------------------------------------------------------------------------------


def test_the_person_sees_who_acts_for_them_and_takes_a_permission_back_at_once(person, herself):
    anna = PortalAccessFactory(
        person=person, acting_for=True, user=UserFactory(public=True, name="Anna Whitlow")
    )
    court = PortalAccessFactory(
        person=person, relation="representative", kind="deputy_property", covers_care=False,
        covers_details=False, user=UserFactory(public=True, name="Mr Court"),
    )  # fmt: skip
    own = signed_in_client(herself)

    page = own.get("/my/people/").content.decode()
    assert "Anna Whitlow" in page
    assert "Aisha Khan" in page
    assert reverse("self_service:end-permission", args=[anna.ref]) in page
    assert reverse("self_service:end-permission", args=[court.ref]) not in page
    assert own.get(reverse("self_service:end-permission", args=[court.ref])).status_code == 403
    own.post(reverse("self_service:end-permission", args=[anna.ref]), {"form_key": "e" * 24})

    assert signed_in_client(anna.user).get("/my/").status_code == 404
    anna.refresh_from_db()
    assert anna.ended_by == herself


def test_who_acts_for_the_person_does_not_see_who_else_does(person):
    PortalAccessFactory(person=person, acting_for=True, user=UserFactory(public=True, name="Anna Whitlow"))
    other = PortalAccessFactory(person=person, acting_for=True).user

    assert b"Anna Whitlow" not in signed_in_client(other).get("/my/people/").content


def test_a_right_with_a_last_day_is_looked_at_again_28_days_before(person, lead):
    last = clock.today() + timedelta(days=120)
    access = services.grant_portal_access(
        user=UserFactory(public=True), person=person, relation="carer", scope="view", kind="consent",
        valid_to=last, by=lead.worker, now=clock.now(),
    )  # fmt: skip

    anchor = Anchor.objects.open().get(rule_code="AUTHORITY_EXPIRY")
    assert (anchor.on, anchor.owner) == (last, lead.worker)
    assert anchor.next_step_on == last - timedelta(days=28)
    services.end_portal_access(access=access, by=lead.worker, now=clock.now())
    assert not Anchor.objects.open().filter(rule_code="AUTHORITY_EXPIRY").exists()


# Who has looked -------------------------------------------------------------------------------------------------


def looked(person, by, page="people:show-person", *, days=0, **more):
    return View.objects.create(
        at=clock.now() - timedelta(days=days), by=by, person_id=person.pk, page=page, **more
    )


def test_the_person_sees_the_day_and_the_role_and_never_a_name_of_staff(person, herself, lead):
    manager = UserFactory(manager_of=lead.team, name="Tom Bell")
    for _ in range(3):
        looked(person, lead.worker)
    looked(person, manager, days=2)
    looked(person, UserFactory(machine=True))
    anna = PortalAccessFactory(
        person=person, acting_for=True, user=UserFactory(public=True, name="Anna Whitlow")
    ).user
    looked(person, anna, "self_service:plan")

    page = signed_in_client(herself).get(LOOKED)

    days = page.context["days"]
    assert [day.who for day in days] == [["Anna Whitlow, who acts for you", "Social worker"], ["Manager"]]
    for name in ("Aisha Khan", "Tom Bell", "Overview"):
        assert name not in page.content.decode().partition("<main")[2].partition("</main")[0]


def test_looks_at_a_matter_known_to_a_list_alone_never_show(person, herself):
    alone = UserFactory(role_in=(Role.SAFEGUARDING_MANAGER, TeamFactory()))
    secret = AccessListFactory()
    looked(person, alone, access_list_id=secret.pk)
    looked(person, alone, "safeguarding:show-concern")
    looked(person, alone, "api-safeguarding-concern")
    looked(person, alone, "safeguarding:show-concern", days=400)

    page = signed_in_client(herself).get(LOOKED)

    assert page.context["days"] == []
    assert page.context["older"] is None


def test_a_safeguarding_manager_at_an_ordinary_page_is_a_manager_like_any_other(person, herself):
    looked(person, UserFactory(role_in=(Role.SAFEGUARDING_MANAGER, TeamFactory())))

    page = signed_in_client(herself).get(LOOKED)

    assert page.context["days"][0].who == ["Manager"]
    assert b"afeguarding" not in page.content.partition(b"<main")[2].partition(b"</main")[0]


def test_the_looks_at_a_restricted_record_are_those_of_its_own_list(lead):
    person = PersonFactory(restricted=True)
    herself = PortalAccessFactory(person=person).user
    looked(person, lead.worker, access_list_id=person.access_list_id)

    assert len(signed_in_client(herself).get(LOOKED).context["days"]) == 1


def test_older_looks_stand_behind_a_link_of_90_days_each(person, herself, lead):
    looked(person, lead.worker, days=100)
    own = signed_in_client(herself)

    first = own.get(LOOKED)
    assert first.context["days"] == []
    earlier = own.get(LOOKED, {"until": first.context["older"].isoformat()})
    assert len(earlier.context["days"]) == 1
    assert own.get(LOOKED, {"until": "no day"}).status_code == 200


def test_only_the_person_sees_who_has_looked(person):
    anna = PortalAccessFactory(person=person, acting_for=True).user

    assert signed_in_client(anna).get(LOOKED).status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_looks_costs_the_same_for_one_and_for_thirty(
    person, herself, rows, django_assert_max_num_queries
):
    for number in range(rows):
        looked(person, UserFactory(worker_in=TeamFactory()), days=number)
    own = signed_in_client(herself)

    with django_assert_max_num_queries(14):
        own.get(LOOKED)
