"""The configuration pages: reference data only, in the council's dress, and nobody edits their own rights."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, Registration, Role, Team, User
from accounts.tests.factories import MembershipFactory, RegistrationFactory, TeamFactory, UserFactory
from accounts.tests.helpers import set_up_app, signed_in_client
from audit.models import Event
from budgets.models import AllocationTable, ApprovalLimit
from core import clock, outbox
from core.models import BankHoliday, JobRun, Outbox, PolicySetting
from directory.models import Provider, ServiceEntry
from reporting.numbers import six_numbers

pytestmark = pytest.mark.django_db

REFERENCE_DATA = {
    "accounts.User",  # staff only
    "accounts.Team",
    "accounts.Membership",
    "accounts.Registration",
    "budgets.AllocationTable",
    "budgets.ApprovalLimit",
    "budgets.ChargingRateSet",
    "core.BankHoliday",
    "core.JobRun",
    "core.Outbox",
    "core.PolicySetting",
    "directory.Provider",
    "directory.ServiceEntry",
    "worklist.Rule",
}
POINTS = {"nutrition": [0, 4, 8, 14], "hygiene": [0, 2, 4, 6]}
BANDS = [{"from": 0, "to": 9, "weekly": "0.00"}, {"from": 10, "to": 20, "weekly": "80.00"}]


@pytest.fixture
def administrator():
    return UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory(code="administration")))


@pytest.fixture
def desk(administrator):
    return signed_in_client(administrator)


def page(kind, model, *keys):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}", args=keys)


def act(desk, model, action, *rows):
    return desk.post(
        page("changelist", model),
        {"action": action, "_selected_action": [row.pk for row in rows]},
        follow=True,
    )


def test_the_admin_holds_reference_data_and_no_record_of_a_person():
    assert {model._meta.label for model in admin.site._registry} == REFERENCE_DATA


def test_every_page_of_the_admin_opens_and_nothing_can_be_deleted(desk, team_of_everything):
    for model, model_admin in admin.site._registry.items():
        assert desk.get(page("changelist", model)).status_code == 200, model
        adding = desk.get(page("add", model))
        assert adding.status_code in {200, 403}, model
        row = model_admin.get_queryset(adding.wsgi_request).first()
        assert row is not None, model
        assert desk.get(page("change", model, row.pk)).status_code == 200, model
        assert desk.get(page("history", model, row.pk)).status_code == 200, model
        assert desk.get(page("delete", model, row.pk)).status_code == 403, model
        assert "delete_selected" not in desk.get(page("changelist", model)).content.decode(), model


@pytest.fixture
def team_of_everything():
    """One row of each kind of reference data."""
    today = clock.today()
    RegistrationFactory()
    MembershipFactory()
    AllocationTable.objects.create(number=901, valid_from=today, points=POINTS, bands=BANDS, source="a test")
    ApprovalLimit.objects.create(role=Role.TEAM_MANAGER, yearly=1, valid_from=today, source="a test")
    PolicySetting.objects.create(code="x", value=1, valid_from=today, meaning="m", source="s")
    Outbox.objects.create(kind="accounts.mail", key="k", created_at=clock.now(), due_at=clock.now())
    JobRun.objects.create(job="a.job", due="2026-11-25", started_at=clock.now(), lease_until=clock.now())
    Provider.objects.create(
        name="Green Lane Care", kind="home_care", created_at=clock.now(), updated_at=clock.now()
    )
    ServiceEntry.objects.create(
        name="Lunch club", category="meals", cost="paid", summary="A hot meal in company.", checked_on=today,
        created_at=clock.now(), updated_at=clock.now(),
    )  # fmt: skip
    BankHoliday.objects.get_or_create(day=today, defaults={"name": "A day off", "source": "a test"})


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_opens_it(role):
    answer = signed_in_client(UserFactory(role_in=(role, TeamFactory()))).get("/admin/")

    assert answer.status_code == 403
    assert "This page is for administrator" in answer.content.decode()


def test_to_the_public_it_does_not_exist_and_a_stranger_signs_in_first():
    assert signed_in_client(UserFactory(public=True)).get("/admin/").status_code == 404
    assert Client().get("/admin/")["Location"].startswith("/sign-in/")
    assert Client().get("/admin/login/")["Location"].startswith("/sign-in/")


def test_its_pages_carry_the_strict_policy_the_council_s_colours_and_no_name_in_the_title(
    desk, administrator
):
    other = UserFactory(name="Winifred Ashcombe")

    answer = desk.get(page("change", User, other.pk))

    text = answer.content.decode()
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "/theme.css" in text
    assert "css/admin.css" in text
    assert "Winifred" not in re.search(r"<title>(.*?)</title>", text, re.DOTALL).group(1)


def test_signing_out_and_changing_the_password_lead_to_our_own_pages(desk):
    assert desk.get("/admin/logout/")["Location"] == "/sign-out/"
    assert desk.get("/admin/password_change/")["Location"] == "/password/change/"


def test_a_colleague_is_invited_with_a_first_role(desk, administrator):
    team = TeamFactory()

    done = desk.post(
        page("add", User),
        {"email": "Joan.Barley@council.example", "name": "Joan Barley", "team": team.pk, "role": Role.BROKER},
    )

    assert done.status_code == 302
    user = User.objects.get(email="joan.barley@council.example")
    assert user.has_role(Role.BROKER, team=team)
    assert not user.has_usable_password()
    assert Event.objects.get().by == administrator
    outbox.deliver()
    assert mail.outbox[0].to == [user.email]


def test_an_address_in_use_is_refused_beside_the_question(desk):
    UserFactory(email="joan.barley@council.example")

    answer = desk.post(
        page("add", User),
        {"email": "joan.barley@council.example", "name": "J", "team": TeamFactory().pk, "role": Role.BROKER},
    )

    assert answer.status_code == 200
    assert "already exists" in answer.content.decode()


def test_the_public_s_accounts_are_not_found(desk):
    public = UserFactory(public=True)

    assert public.email not in desk.get(page("changelist", User)).content.decode()
    assert desk.get(page("change", User, public.pk)).status_code == 302


def test_a_role_is_given_and_taken_away_with_a_line_in_the_trail_for_each(desk, administrator):
    user, team = UserFactory(), TeamFactory()

    desk.post(page("add", Membership), {"user": user.pk, "team": team.pk, "role": Role.BROKER})
    held = Membership.objects.get(user=user)
    assert held.valid_from == clock.today()
    Membership.objects.filter(pk=held.pk).update(valid_from=clock.today() - timedelta(days=9))
    act(desk, Membership, "withdraw", held)

    held.refresh_from_db()
    assert held.valid_to == clock.today() - timedelta(days=1)
    assert [event.code for event in Event.objects.filter(by=administrator).order_by("pk")] == [
        "accounts.role.granted",
        "accounts.role.withdrawn",
    ]


def test_nobody_edits_their_own_rights(desk, administrator):
    own = administrator.memberships.get()
    team = TeamFactory()

    giving = desk.post(
        page("add", Membership), {"user": administrator.pk, "team": team.pk, "role": Role.DIRECTOR}
    )
    taking = act(desk, Membership, "withdraw", own)
    closing = act(desk, User, "close", administrator)
    registering = desk.post(
        page("add", Registration),
        {
            "user": administrator.pk,
            "body": "swe",
            "number": "SW123",
            "valid_from": "2026-01-01",
            "valid_to": "2030-01-01",
        },
    )

    for answer in (giving, taking, closing, registering):
        assert "Nobody changes their own rights" in answer.content.decode()
    assert administrator.memberships.get() == own
    assert not Registration.objects.exists()
    assert not Event.objects.exists()


def test_a_role_is_never_edited(desk):
    held = MembershipFactory()

    answer = desk.post(page("change", Membership, held.pk), {"role": Role.DIRECTOR})

    assert answer.status_code == 403
    held.refresh_from_db()
    assert held.role == Role.PRACTITIONER


def test_an_account_is_closed_and_opened_again_from_the_list(desk):
    user = UserFactory(worker_in=TeamFactory())

    act(desk, User, "close", user)
    user.refresh_from_db()
    assert not user.is_active

    act(desk, User, "open_again", user)
    user.refresh_from_db()
    assert user.is_active


def test_a_closed_team_is_not_offered_and_its_code_never_changes(desk):
    team = TeamFactory(closed=True, name="The closed team")

    assert "The closed team" not in desk.get(page("add", Membership)).content.decode()
    desk.post(page("change", Team, team.pk), {"code": "another", "name": "The closed team"})
    team.refresh_from_db()
    assert team.code != "another"


@pytest.mark.parametrize(
    ("points", "bands", "told"),
    [
        ("[1]", "[]", "Give the points of each domain"),
        ('{"nutrition": [0, 4, 8]}', "[]", "needs 4 whole numbers"),
        ('{"nutrition": [0, 4, 8, "14"]}', "[]", "needs 4 whole numbers"),
        ('{"nutrition": [0, 8, 4, 14]}', "[]", "never fall"),
        ('{"nutrition": [1, 4, 8, 14]}', "[]", "begin with 0"),
        ('{"nutrition": [0, 4, 8, 14]}', "[]", "needs its bands"),
        ('{"nutrition": [0, 4, 8, 14]}', '[{"from": 1, "to": 9, "weekly": "0"}]', "begin at 0"),
        (
            '{"nutrition": [0, 4, 8, 14]}',
            '[{"from": 0, "to": 9, "weekly": "0"}, {"from": 9, "to": 12, "weekly": "1"}]',
            "without gap or overlap",
        ),
        ('{"nutrition": [0, 4, 8, 14]}', '[{"from": 0, "to": 9, "weekly": "-1"}]', "never below 0"),
        ('{"nutrition": [0, 4, 8, 14]}', '[{"from": 0, "to": 9}]', "needs “from”"),
    ],
)
def test_a_points_table_that_cannot_be_worked_with_is_refused(desk, points, bands, told):
    answer = desk.post(
        page("add", AllocationTable),
        {
            "number": 902,
            "valid_from": "2027-04-01",
            "method": "band",
            "points": points,
            "bands": bands,
            "source": "a test",
        },
    )

    assert told in answer.content.decode()
    assert not AllocationTable.objects.filter(number=902).exists()


def test_a_published_points_table_never_changes(desk, team_of_everything):
    table = AllocationTable.objects.get(number=901)
    act(desk, AllocationTable, "publish", table)
    table.refresh_from_db()
    assert table.published_at

    answer = desk.post(page("change", AllocationTable, table.pk), {"number": 903})

    assert answer.status_code == 403


def test_a_setting_is_one_the_portal_knows_and_of_the_same_kind(desk):
    from core import policy_settings

    code, default = next((c, d) for c, d in sorted(policy_settings.declared().items()) if type(d) is int)
    facts = {"valid_from": "2026-04-01", "meaning": "m", "source": "s"}

    unknown = desk.post(page("add", PolicySetting), {"code": "nobody.knows", "value": "1", **facts})
    wrong = desk.post(page("add", PolicySetting), {"code": code, "value": '"many"', **facts})
    right = desk.post(page("add", PolicySetting), {"code": code, "value": str(default + 1), **facts})

    assert "Select a valid choice" in unknown.content.decode()
    assert "of the same kind" in wrong.content.decode()
    assert right.status_code == 302
    assert policy_settings.value(code, on=clock.today()) == default + 1


def test_a_failed_message_is_listed_and_tried_again(desk):
    row = Outbox.objects.create(
        kind="accounts.mail",
        key="k",
        created_at=clock.now(),
        due_at=clock.now(),
        failed_at=clock.now(),
        attempts=5,
        last_error="OperationalError",
    )
    listed = desk.get(page("changelist", Outbox), {"state": "failed"}).content.decode()
    assert "OperationalError" in listed

    act(desk, Outbox, "try_again", row)

    row.refresh_from_db()
    assert row.failed_at is None
    assert row.attempts == 0


def test_who_lost_phone_and_codes_starts_again_from_a_new_invitation(desk, administrator):
    # Given a colleague with an app, signed in somewhere
    user = UserFactory()
    set_up_app(user)
    elsewhere = signed_in_client(user)

    # When an administrator lets them start again
    act(desk, User, "start_again", user)

    # Then nothing old opens the account: not the password, not the session; a link goes to their address
    assert not Authenticator.objects.filter(user=user).exists()
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert elsewhere.get("/account/")["Location"].startswith("/sign-in/")
    outbox.deliver()
    assert mail.outbox[0].to == [user.email]
    assert Event.objects.filter(code="accounts.user.started_again", by=administrator).count() == 1


def test_it_opens_with_the_managers_six_numbers_for_those_who_manage(desk):
    both = UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory()), manager_of=TeamFactory())

    opened = signed_in_client(both).get("/admin/").content.decode()
    alone = desk.get("/admin/").content.decode()

    assert len(six_numbers(both)) == 6
    # How many safeguarding decisions are late is said to those on the list of a concern alone.
    assert opened.count("<strong>0</strong>") == 5
    assert "Not shown to you" in opened
    assert "/manage/rows/" in opened
    assert "<strong>0</strong>" not in alone
    assert "for those who also manage" in alone
