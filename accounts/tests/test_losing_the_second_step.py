"""Losing the second step: say so by a link in one's mail, be recognised by people, join anew."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts import lost_second_step, services
from accounts.models import CASE_ROLES, Recognised, Role, User
from accounts.tests.factories import PASSWORD, TeamFactory, UserFactory
from accounts.tests.helpers import set_up_app, sign_in, signed_in_client
from audit.models import Event
from core import clock, outbox
from core.models import Outbox
from core.workflow import WrongState

pytestmark = pytest.mark.django_db

ASK = "/sign-in/lost-second-step/"
SENT = "/sign-in/lost-second-step/sent/"
DONE = "/sign-in/lost-second-step/done/"


def with_app(**facts):
    user = UserFactory(**facts)
    set_up_app(user)
    return user


def ask(email, client=None):
    return (client or Client()).post(ASK, {"email": email})


def link_to(user):
    """The link that the user finds in the newest letter about it."""
    ask(user.email)
    outbox.deliver()
    return re.search(r"https?://[^/]+(/sign-in/lost-second-step/\S+)", mail.outbox[-1].body).group(1)


def start_again(user, by):
    return services.start_again(user=user, by=by, now=clock.now(), checked=Recognised.IN_PERSON)


@pytest.mark.parametrize("from_page", ["/sign-in/code/", "/account/second-factor/"])
def test_the_way_begins_where_the_code_is_asked_for(from_page):
    user = with_app()
    client = Client()
    if "code" in from_page:
        client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    else:
        sign_in(client, user, second_factor=False)

    assert f'href="{ASK}"' in client.get(from_page).content.decode()
    assert client.get(ASK).status_code == 200


def test_whoever_reads_the_mail_of_an_account_can_say_that_its_second_step_is_lost():
    # Given someone who has an app and asks for a link
    user = with_app()
    assert ask(user.email)["Location"] == SENT
    assert not Event.objects.exists()
    link = link_to(user)
    assert mail.outbox[0].to == [user.email]

    # When they open it, nothing happens yet, since mail programs open links too
    client = Client()
    assert "Ask for a new second step" in client.get(link).content.decode()
    user.refresh_from_db()
    assert user.lost_second_step_at is None

    # And when they press the button, it is written down, and the account stays as it is
    assert client.post(link)["Location"] == DONE
    assert client.get(DONE).status_code == 200
    user.refresh_from_db()
    assert user.lost_second_step_at is not None
    assert user.check_password(PASSWORD)
    assert Authenticator.objects.filter(user=user).exists()
    event = Event.objects.get(code="accounts.second_factor.reported_lost")
    assert (event.by, event.subject_ref) == (user, user.ref)


@pytest.mark.parametrize("whose", ["nobody", "closed", "machine", "without a second step"])
def test_the_answer_is_the_same_whether_there_is_an_account_or_not_and_nobody_else_is_written_to(whose):
    email = "nobody@people.example"
    if whose == "without a second step":
        UserFactory(email=email, public=True)
    elif whose != "nobody":
        with_app(email=email, **{whose: True})
    known = with_app(public=True)

    answers = [ask(email), ask(known.email), ask(email.upper())]

    assert {(answer.status_code, answer["Location"], answer.content) for answer in answers} == {
        (302, SENT, b"")
    }
    outbox.deliver()
    assert [message.to for message in mail.outbox] == [[known.email]]


def test_the_letter_and_what_waits_to_be_sent_hold_nothing_but_the_link():
    user = with_app(public=True)
    ask(user.email)

    assert Outbox.objects.get().payload == {"template": "second_step_lost", "user": user.pk}
    outbox.deliver()
    assert "changes nothing by itself" in mail.outbox[0].body
    assert "plan" not in mail.outbox[0].body


def test_a_stranger_s_mailbox_is_not_filled_and_its_owner_is_not_locked_out_of_the_page():
    user = with_app(public=True)

    answers = {ask(user.email)["Location"] for _ in range(8)}

    assert answers == {SENT}
    outbox.deliver()
    assert len(mail.outbox) == 3


def test_one_address_cannot_ask_without_end():
    codes = [ask(f"person{number}@people.example").status_code for number in range(61)]

    assert codes == [302] * 60 + [429]


@pytest.mark.parametrize(
    "typed", ["", "not an address", "x" * 300 + "@people.example", "a\x00b@people.example"]
)
def test_what_is_no_address_is_refused_with_words(typed):
    answer = ask(typed)

    assert answer.status_code == 400
    assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize(
    "spoiled", ["signed in", "anew", "closed", "another step", "too old", "made up", "another's"]
)
def test_a_link_stops_working_when_it_is_no_longer_about_what_was_lost(spoiled, administrator):
    user = with_app()
    link = link_to(user)
    path, _, token = link.rstrip("/").rpartition("/")
    later = timedelta()
    match spoiled:
        case "signed in":
            User.objects.filter(pk=user.pk).update(last_login=clock.real_now())
        case "anew":
            start_again(user, administrator)
        case "closed":
            services.deactivate(user=user, by=administrator, now=clock.now())
        case "another step":
            Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key", "credential": {}})
        case "too old":
            later = timedelta(hours=4, minutes=1)
        case "made up":
            link = f"{path}/{token[:-1]}{'a' if token[-1] != 'a' else 'b'}/"
        case "another's":
            link = f"/sign-in/lost-second-step/{with_app().ref}/{token}/"

    with time_machine.travel(clock.real_now() + later, tick=False):
        for answer in (Client().get(link), Client().post(link)):
            assert answer.status_code == 404
            assert "This link no longer works" in answer.content.decode()
    assert not Event.objects.filter(code="accounts.second_factor.reported_lost").exists()


def test_a_token_for_a_new_password_is_none_for_a_lost_second_step():
    from allauth.account.forms import default_token_generator

    user = with_app()

    with pytest.raises(lost_second_step.LinkNotValid):
        lost_second_step.find(ref=user.ref, token=default_token_generator.make_token(user))


def test_of_a_colleague_every_other_administrator_hears_once_a_day_and_finds_them(administrator):
    # Given a second administrator who has lost the second step herself, and one who has left
    lost = with_app(name="Joan Barley", role_in=(Role.ADMINISTRATOR, TeamFactory()))
    UserFactory(closed=True, role_in=(Role.ADMINISTRATOR, TeamFactory()))
    UserFactory(name="Nobody lost")
    link = link_to(lost)
    mail.outbox.clear()

    Client().post(link)
    Client().post(link)
    outbox.deliver()

    # Then the other one reads where to look, without a name in the letter
    [letter] = mail.outbox
    assert letter.to == [administrator.email]
    assert "Joan" not in letter.body
    address = re.search(r"https?://[^/]+(/admin/\S+)", letter.body).group(1)
    listed = signed_in_client(administrator).get(address).content.decode()
    assert "Joan Barley" in listed
    assert "Nobody lost" not in listed


def test_joining_anew_takes_everything_old_away_and_asks_for_a_new_second_step(administrator):
    # Given a colleague who is signed in somewhere and has said that the second step is lost
    user = with_app()
    elsewhere = signed_in_client(user)
    Client().post(link_to(user))
    mail.outbox.clear()

    # When an administrator has recognised them
    start_again(user, administrator)

    # Then nothing old opens the account
    assert elsewhere.get("/account/")["Location"].startswith("/sign-in/")
    assert (
        "not right"
        in Client().post("/sign-in/", {"login": user.email, "password": PASSWORD}).content.decode()
    )
    event = Event.objects.get(code="accounts.user.started_again")
    assert (event.by, event.detail) == (administrator, {"checked": "in_person"})
    user.refresh_from_db()
    assert user.lost_second_step_at is None

    # And the link in their mail leads to a new password, and from there to a new second step
    outbox.deliver()
    [letter] = [message for message in mail.outbox if message.to == [user.email]]
    assert "taken away" in letter.body
    client = Client()
    client.post(
        re.search(r"https?://[^/]+(/join/\S+)", letter.body).group(1),
        {"password1": "zigzag7-jukebox9-quartz4", "password2": "zigzag7-jukebox9-quartz4"},
    )
    assert client.get("/account/")["Location"].startswith("/account/second-factor/")
    page = client.get("/account/second-factor/").content.decode()
    assert "Set up an app" in page
    assert "Add a passkey" in page


@pytest.mark.parametrize("role", list(Role))
def test_who_may_let_whom_join_anew(role):
    by = UserFactory(role_in=(role, TeamFactory()))
    allowed = {"public": {*CASE_ROLES, Role.ADMINISTRATOR}, "staff": {Role.ADMINISTRATOR}}

    for audience, roles in allowed.items():
        user = with_app(audience=audience)
        if role in roles:
            start_again(user, by)
        else:
            with pytest.raises(PermissionDenied):
                start_again(user, by)
            assert Authenticator.objects.filter(user=user).exists()
    with pytest.raises(PermissionDenied):
        start_again(by, by)


def test_a_closed_account_is_opened_first(administrator):
    with pytest.raises(WrongState, match="Open it first"):
        start_again(UserFactory(closed=True), administrator)
