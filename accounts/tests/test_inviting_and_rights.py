"""Inviting, joining, giving and taking roles, closing accounts, and who may know of a matter."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts import letters, services
from accounts.mail import LETTERS, TO_CLOSED
from accounts.models import Invitation, Membership, Role, User
from accounts.tests.factories import MembershipFactory, TeamFactory, UserFactory
from accounts.tests.helpers import set_up_app, signed_in_client
from audit.models import Event
from core import clock, outbox
from core.models import Outbox

pytestmark = pytest.mark.django_db

NOW = clock.now()
PASSWORD = "four quiet green lamps"


def invite(by, **facts):
    return services.invite(
        **{
            "email": "Joan.Barley@council.example",
            "name": "Joan Barley",
            "audience": User.Audience.STAFF,
            "by": by,
            "now": clock.now(),
            **facts,
        }
    )


def link_in(message):
    return re.search(r"http://[^/]+(/join/\S+)", message.body).group(1)


def test_someone_invited_joins_by_the_link_sets_up_the_second_step_and_has_the_role(administrator, team):
    # Given an invitation with a role
    invitation = invite(administrator, team=team, role=Role.BROKER)
    outbox.deliver()
    link = link_in(mail.outbox[0])
    assert mail.outbox[0].to == ["joan.barley@council.example"]

    # When the link is opened and a password chosen
    client = Client()
    assert "joan.barley@council.example" in client.get(link).content.decode()
    joined = client.post(link, {"password1": PASSWORD, "password2": PASSWORD})

    # Then they are asked for the second step, hold the role, and the trail says who did what
    assert joined.status_code == 302
    assert client.get("/account/")["Location"].startswith("/account/second-factor/")
    user = User.objects.get(pk=invitation.user_id)
    assert user.check_password(PASSWORD)
    assert user.has_role(Role.BROKER, team=team)
    assert list(Event.objects.order_by("pk").values_list("code", "by")) == [
        ("accounts.user.invited", administrator.pk),
        ("accounts.user.joined", user.pk),
    ]


def test_a_link_works_once(administrator):
    invite(administrator)
    outbox.deliver()
    link = link_in(mail.outbox[0])
    Client().post(link, {"password1": PASSWORD, "password2": PASSWORD})

    again = Client().post(link, {"password1": "another long password", "password2": "another long password"})

    assert again.status_code == 404
    assert User.objects.get(email="joan.barley@council.example").check_password(PASSWORD)


def test_a_link_dies_after_seven_days(administrator):
    invite(administrator)
    outbox.deliver()
    link = link_in(mail.outbox[0])

    with time_machine.travel(clock.real_now() + timedelta(days=7, minutes=1)):
        assert Client().get(link).status_code == 404


def test_a_new_invitation_ends_the_old_one(administrator):
    invite(administrator)
    outbox.deliver()
    invite(administrator)
    outbox.deliver()
    old, new = (link_in(message) for message in mail.outbox)

    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200


def test_neither_the_outbox_nor_the_database_holds_what_opens_an_account(administrator):
    invitation = invite(administrator)
    outbox.deliver()
    secret = link_in(mail.outbox[0]).split("/")[2]

    invitation.refresh_from_db()
    assert secret not in str(Outbox.objects.values_list("payload", flat=True))
    assert secret not in str(list(Invitation.objects.values()))
    assert invitation.token_digest == services.digest(secret)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("short", "short", "too short"),
        (PASSWORD, "another thing", "same password both times"),
        ("joan.barley@council", "joan.barley@council", "mostly your name"),
    ],
)
def test_a_poor_first_password_is_refused_and_the_link_still_works(administrator, first, second, told):
    invite(administrator)
    outbox.deliver()
    link = link_in(mail.outbox[0])

    refused = Client().post(link, {"password1": first, "password2": second})

    assert told in refused.content.decode()
    assert Client().get(link).status_code == 200


def test_an_address_that_has_joined_is_not_invited_again(administrator):
    UserFactory(email="joan.barley@council.example")

    with pytest.raises(ValidationError, match="already has an account"):
        invite(administrator)


def test_an_address_of_the_public_is_not_invited_as_staff(administrator):
    UserFactory(email="joan.barley@council.example", public=True)

    with pytest.raises(ValidationError, match="another kind of account"):
        invite(administrator)


@pytest.mark.parametrize(
    ("role", "audience", "may"),
    [
        (Role.ADMINISTRATOR, "staff", True),
        (Role.TEAM_MANAGER, "staff", False),
        (Role.DIRECTOR, "staff", False),
        (Role.PRACTITIONER, "public", True),
        (Role.ANALYST, "public", False),
        (Role.FINANCE_OFFICER, "public", False),
    ],
)
def test_administrators_invite_staff_and_case_workers_invite_the_public(role, audience, may, team):
    by = UserFactory(role_in=(role, team))

    if may:
        assert invite(by, audience=audience).user.audience == audience
    else:
        with pytest.raises(PermissionDenied):
            invite(by, audience=audience)
        assert not User.objects.filter(email="joan.barley@council.example").exists()


def test_the_command_prints_a_link_with_which_the_first_administrator_joins(capsys):
    call_command("invite_administrator", "joan.barley@council.example", "Joan Barley")
    link = re.search(r"http://[^/]+(/join/\S+)", capsys.readouterr().out).group(1)

    client = Client()
    client.post(link, {"password1": PASSWORD, "password2": PASSWORD})

    user = User.objects.get(email="joan.barley@council.example")
    assert user.roles == {Role.ADMINISTRATOR}
    assert not Outbox.objects.exists()
    with pytest.raises(CommandError, match="already has an account"):
        call_command("invite_administrator", "joan.barley@council.example", "Joan Barley")


def test_the_command_can_be_given_again_before_the_link_is_used():
    call_command("invite_administrator", "joan.barley@council.example", "Joan Barley")

    call_command("invite_administrator", "joan.barley@council.example", "Joan Barley")

    assert Membership.objects.filter(user__email="joan.barley@council.example").count() == 1


def test_the_command_refuses_what_is_no_address():
    with pytest.raises(CommandError, match="valid email"):
        call_command("invite_administrator", "joan", "Joan Barley")


# --- Roles ---------------------------------------------------------------------------------------------------------


def test_a_role_holds_from_the_day_it_is_given_and_the_main_team_is_one(administrator, team):
    user = UserFactory(worker_in=team)
    other = TeamFactory()

    services.grant_role(
        user=user, team=other, role=Role.TEAM_MANAGER, by=administrator, now=clock.now(), is_main=True
    )

    user = User.objects.get(pk=user.pk)
    assert user.has_role(Role.TEAM_MANAGER, team=other)
    assert not user.has_role(Role.TEAM_MANAGER, team=team)
    assert user.main_team == other
    assert Event.objects.get().detail == {"role": "Team manager", "team": other.name}


def test_a_role_taken_away_ends_yesterday_and_stays_in_the_history(administrator, team):
    user = UserFactory(role_in=(Role.BROKER, team))

    services.withdraw_role(user=user, team=team, role=Role.BROKER, by=administrator, now=clock.now())

    held = Membership.objects.get(user=user)
    assert held.valid_to == clock.today() - timedelta(days=1)
    assert not User.objects.get(pk=user.pk).has_role(Role.BROKER)


def test_a_role_given_and_taken_on_one_day_leaves_no_row_but_both_events(administrator, team):
    user = UserFactory()
    services.grant_role(user=user, team=team, role=Role.BROKER, by=administrator, now=clock.now())

    services.withdraw_role(user=user, team=team, role=Role.BROKER, by=administrator, now=clock.now())

    assert not Membership.objects.filter(user=user).exists()
    assert [event.code for event in Event.objects.order_by("pk")] == [
        "accounts.role.granted",
        "accounts.role.withdrawn",
    ]


@pytest.mark.parametrize("do", ["grant", "withdraw", "close", "open", "details"])
def test_nobody_changes_their_own_rights(do, administrator):
    team = administrator.main_team
    common = {"user": administrator, "by": administrator, "now": clock.now()}
    calls = {
        "grant": lambda: services.grant_role(team=team, role=Role.DIRECTOR, **common),
        "withdraw": lambda: services.withdraw_role(team=team, role=Role.ADMINISTRATOR, **common),
        "close": lambda: services.deactivate(**common),
        "open": lambda: services.reactivate(**common),
        "details": lambda: services.change_details(name="A", phone="", job_title="", **common),
    }

    with pytest.raises(PermissionDenied, match="their own rights"):
        calls[do]()
    assert not Event.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_give_roles(role, team):
    by, user = UserFactory(role_in=(role, team)), UserFactory()

    with pytest.raises(PermissionDenied, match="Only an administrator"):
        services.grant_role(user=user, team=team, role=Role.BROKER, by=by, now=clock.now())


def test_an_administrator_whose_own_role_has_ended_gives_none(administrator, team):
    Membership.objects.filter(user=administrator).update(valid_to=clock.today() - timedelta(days=1))

    with pytest.raises(PermissionDenied):
        services.grant_role(
            user=UserFactory(),
            team=team,
            role=Role.BROKER,
            by=User.objects.get(pk=administrator.pk),
            now=clock.now(),
        )


def test_a_role_is_held_once_in_a_team_and_never_by_the_public_a_closed_account_or_in_a_closed_team(
    administrator, team
):
    held = UserFactory(role_in=(Role.BROKER, team))

    def give(**facts):
        services.grant_role(
            **{
                "user": held,
                "team": team,
                "role": Role.BROKER,
                "by": administrator,
                "now": clock.now(),
                **facts,
            }
        )

    for facts in (
        {},
        {"user": UserFactory(public=True)},
        {"user": UserFactory(closed=True)},
        {"team": TeamFactory(closed=True)},
    ):
        with pytest.raises(ValidationError):
            give(**facts)
    assert not Event.objects.exists()


def test_the_database_itself_refuses_a_role_for_the_public_and_a_change_of_audience(team):
    user = UserFactory(public=True)

    with pytest.raises(IntegrityError, match="cannot belong to a team"), transaction.atomic():
        Membership.objects.create(user=user, team=team, role=Role.BROKER, valid_from=date(2026, 1, 1))
    with pytest.raises(Exception, match="audience_never_changes|Cannot update"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(audience="staff")


def test_the_database_itself_refuses_a_role_twice_and_one_that_ends_before_it_begins(team):
    held = MembershipFactory(team=team)

    with pytest.raises(IntegrityError, match="accounts_one_open_membership"), transaction.atomic():
        MembershipFactory(user=held.user, team=team)
    with (
        pytest.raises(IntegrityError, match="accounts_membership_ends_after_it_starts"),
        transaction.atomic(),
    ):
        MembershipFactory(valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 31))


def test_a_role_counts_on_its_first_and_last_day_and_on_no_other(team):
    user = UserFactory()
    today = clock.today()

    def holds(first, last):
        Membership.objects.filter(user=user).delete()
        Membership.objects.create(user=user, team=team, role=Role.BROKER, valid_from=first, valid_to=last)
        return User.objects.get(pk=user.pk).has_role(Role.BROKER)

    day = timedelta(days=1)
    assert holds(today, None)
    assert holds(today, today)
    assert holds(today - day, today)
    assert not holds(today - 2 * day, today - day)
    assert not holds(today + day, None)


def test_an_account_that_is_opened_again_has_no_role(administrator, team):
    user = UserFactory(worker_in=team)
    services.deactivate(user=user, by=administrator, now=clock.now(), reason="left")

    services.reactivate(user=user, by=administrator, now=clock.now())

    user = User.objects.get(pk=user.pk)
    assert user.is_active
    assert user.roles == frozenset()


# --- Who may know --------------------------------------------------------------------------------------------------


def test_a_list_lets_its_members_know_and_nobody_else_not_even_its_maker(team):
    maker, member = UserFactory(worker_in=team), UserFactory(worker_in=team)

    access_list = services.make_access_list(
        purpose="named users", members=[member, member], by=maker, now=clock.now(), reason="works with them"
    )

    assert access_list.pk in member.access_list_ids().values_list("access_list_id", flat=True)
    assert not maker.access_list_ids().exists()
    event = Event.objects.get()
    assert event.access_list_id == access_list.pk
    assert event.detail == {"members": 1}


def test_only_a_member_adds_to_a_list_or_takes_off_and_somebody_always_stays(team):
    maker, member, third = (
        UserFactory(worker_in=team),
        UserFactory(worker_in=team),
        UserFactory(worker_in=team),
    )
    access_list = services.make_access_list(
        purpose="named users", members=[member], by=maker, now=clock.now(), reason="works with them"
    )

    def add(by, user):
        services.add_to_access_list(
            access_list=access_list, user=user, reason="cover", by=by, now=clock.now()
        )

    def remove(by, user):
        services.remove_from_access_list(access_list=access_list, user=user, by=by, now=clock.now())

    with pytest.raises(PermissionDenied, match="Only someone who is on the list"):
        add(maker, maker)
    with pytest.raises(ValidationError, match="Somebody must stay"):
        remove(member, member)
    add(member, third)
    with pytest.raises(ValidationError, match="on the list already"):
        add(member, third)
    remove(third, member)
    assert not member.access_list_ids().exists()
    assert third.access_list_ids().exists()


def test_an_empty_list_is_refused_and_so_is_one_made_by_an_analyst(team):
    with pytest.raises(ValidationError):
        services.make_access_list(
            purpose="named users", members=[], by=UserFactory(worker_in=team), now=clock.now(), reason="x"
        )
    with pytest.raises(PermissionDenied):
        services.make_access_list(
            purpose="named users",
            members=[UserFactory()],
            by=UserFactory(role_in=(Role.ANALYST, team)),
            now=clock.now(),
            reason="x",
        )


def test_letters_about_an_account_hold_no_undefined_word_and_go_to_its_owner():
    user, closed = UserFactory(), UserFactory(closed=True)
    set_up_app(user)
    with_an_invitation = {"invitation", "starting_again"}
    for template in LETTERS.keys() - with_an_invitation:
        letters.later(template, closed if template in TO_CLOSED else user, days=60)

    outbox.deliver()

    assert len(mail.outbox) == len(LETTERS) - 2
    for message in mail.outbox:
        assert message.to[0] in {user.email, closed.email}
        assert (user if message.to == [user.email] else closed).name in message.body
        assert "{{" not in message.body


def test_nothing_is_sent_to_a_closed_account_and_no_word_of_closing_to_an_open_one():
    letters.later("password_changed", UserFactory(closed=True))
    letters.later("closed_unused", UserFactory(), days=60)

    assert outbox.deliver() == {"done": 2, "failed": 0}
    assert mail.outbox == []


def test_the_join_page_signs_out_whoever_was_signed_in_before(administrator):
    invite(administrator)
    outbox.deliver()
    client = signed_in_client(administrator)

    client.post(link_in(mail.outbox[0]), {"password1": PASSWORD, "password2": PASSWORD})

    assert client.session["_auth_user_id"] == str(User.objects.get(email="joan.barley@council.example").pk)
    assert client.get("/admin/").status_code == 302
