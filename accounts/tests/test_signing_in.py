"""Signing in by each door: what one step opens (nothing), what two open, and what wrong tries cost."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from accounts.tests.factories import PASSWORD, TeamFactory, UserFactory
from accounts.tests.helpers import app_code, set_up_app, sign_in, signed_in_client
from core import clock, outbox

pytestmark = pytest.mark.django_db

SECOND_STEP = "/account/second-factor/"


def enter_password(client, user, password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": user.email, "password": password, **more})


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def test_password_and_code_open_the_account_and_lead_to_the_page_asked_for():
    user = UserFactory()
    secret = set_up_app(user)
    client = Client()

    first = enter_password(client, user, next="/account/")
    assert first["Location"] == "/sign-in/code/"
    assert not is_signed_in(client)

    second = client.post("/sign-in/code/", {"code": app_code(secret)})

    assert second["Location"] == "/account/"
    assert is_signed_in(client)


def test_a_code_opens_once_even_while_it_is_still_good():
    user = UserFactory()
    secret = set_up_app(user)
    with time_machine.travel(clock.real_now(), tick=False) as moved:
        code = app_code(secret)
        first = Client()
        enter_password(first, user)
        assert first.post("/sign-in/code/", {"code": code}).status_code == 302

        moved.shift(timedelta(seconds=31))
        second = Client()
        enter_password(second, user)
        again = second.post("/sign-in/code/", {"code": code})

    assert again.status_code == 400
    assert "The code is not right" in again.content.decode()


def test_a_password_alone_leads_to_setting_up_the_second_step_and_nowhere_else():
    user = UserFactory()
    client = Client()

    enter_password(client, user)

    assert client.get("/account/")["Location"].startswith(SECOND_STEP)
    page = client.get(SECOND_STEP)
    assert page.status_code == 200
    assert "Set up an app" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_right_after_the_password_opens_the_account():
    # Given someone who signed in with a password and has no second step
    user = UserFactory()
    client = Client()
    enter_password(client, user)

    # When they set up an app and prove it with its code
    page = client.get("/account/second-factor/app/")
    secret = (
        re.search(r"<strong[^>]*>([A-Z2-7 ]{39})</strong>", page.content.decode()).group(1).replace(" ", "")
    )
    done = client.post("/account/second-factor/app/", {"code": app_code(secret)})

    # Then they see their recovery codes, and every page of theirs is open
    assert done["Location"] == "/account/second-factor/recovery-codes/"
    codes = client.get(done["Location"])
    assert codes.status_code == 200
    assert len(re.findall(r"<li>\d{8}</li>", codes.content.decode())) == 10
    assert is_signed_in(client)


def test_a_recovery_code_opens_once():
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user = UserFactory()
    set_up_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]

    first, second = Client(), Client()
    for client in (first, second):
        enter_password(client, user)
        client.post("/sign-in/code/", {"code": code})

    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_the_seed_of_an_app_is_not_kept_in_plain_text():
    from allauth.mfa.models import Authenticator

    user = UserFactory()
    secret = set_up_app(user)

    assert secret not in str(Authenticator.objects.get(user=user).data)


def test_a_wrong_password_says_nothing_about_who_has_an_account():
    user = UserFactory()

    known = enter_password(Client(), user, password="not the right one at all").content.decode()
    user.email = "nobody@council.example"
    unknown = enter_password(Client(), user, password="not the right one at all").content.decode()

    told = "The e-mail address or the password is not right"
    assert told in known
    assert told in unknown


def test_after_five_wrong_passwords_the_right_one_is_refused_too_but_a_live_session_goes_on():
    # Given somebody at work
    user = UserFactory()
    secret = set_up_app(user)
    at_work = signed_in_client(user)

    # When a stranger guesses five times
    stranger = Client()
    for _ in range(5):
        enter_password(stranger, user, password="a guess that is wrong")

    # Then not even the right password opens the account for now, and the owner works on
    refused = enter_password(stranger, user)
    assert refused.status_code in {400, 429}
    assert "too many" in refused.content.decode().lower()
    assert is_signed_in(at_work)

    # And five minutes later the owner signs in again
    with time_machine.travel(clock.real_now() + timedelta(minutes=6)):
        enter_password(stranger, user)
        assert stranger.post("/sign-in/code/", {"code": app_code(secret)}).status_code == 302


def test_guessing_codes_is_stopped_after_five():
    user = UserFactory()
    secret = set_up_app(user)
    client = Client()
    enter_password(client, user)

    for _ in range(5):
        client.post("/sign-in/code/", {"code": "000000"})
    refused = client.post("/sign-in/code/", {"code": app_code(secret)})

    assert refused.status_code == 400
    assert not is_signed_in(client)


def test_a_closed_account_is_refused_and_its_sessions_end():
    user = UserFactory()
    client = signed_in_client(user)
    assert is_signed_in(client)

    user.is_active = False
    user.save()

    assert client.get("/account/")["Location"].startswith("/sign-in/")
    refused = enter_password(Client(), user)
    assert refused.status_code == 400 or refused["Location"] == "/sign-in/closed/"


def test_signing_in_never_leads_to_another_site():
    user = UserFactory()
    client = Client()

    enter_password(client, user, next="https://elsewhere.example/")

    assert client.get(f"{SECOND_STEP}?next=https://elsewhere.example/").status_code == 200
    done = sign_in(Client(), user).get(f"{SECOND_STEP}?next=https://elsewhere.example/")
    assert done["Location"] == "/"


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once_and_still_asks_for_the_code():
    # Given someone with an app who has forgotten the password
    user = UserFactory()
    secret = set_up_app(user)
    client = Client()

    # When they ask for a link and use it
    assert client.post("/password/reset/", {"email": user.email})["Location"] == "/password/reset/sent/"
    outbox.deliver()
    link = re.search(r"http://[^/]+(/password/reset/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link)["Location"]
    new = "zigzag7-jukebox9-quartz4"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302

    # Then they are not signed in by it, the link is used up, and password and code open the account
    assert not is_signed_in(client)
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()
    enter_password(client, user, password=new)
    client.post("/sign-in/code/", {"code": app_code(secret)})
    assert is_signed_in(client)


def test_asking_for_a_new_password_answers_the_same_for_an_unknown_address_and_writes_to_nobody():
    answer = Client().post("/password/reset/", {"email": "nobody@council.example"})

    assert answer["Location"] == "/password/reset/sent/"
    outbox.deliver()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("password", "why"),
    [("short-one", "too short"), ("password1234567", "too common"), ("928374651092736", "entirely numeric")],
)
def test_a_poor_password_is_refused_with_the_reason(password, why):
    user = UserFactory()
    client = signed_in_client(user)

    answer = client.post(
        "/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )

    assert why in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_one_s_own_name_is_refused_as_a_password_and_eighty_characters_are_taken():
    user = UserFactory(name="Bartholomew Featherstone")
    client = signed_in_client(user)

    def change(password):
        return client.post(
            "/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password}
        )

    assert "mostly your name" in change("bartholomew featherstone").content.decode()
    assert change("seven quiet lamps " * 5)["Location"] == "/account/"


def test_changing_the_password_ends_the_other_sessions_and_tells_the_owner():
    user = UserFactory()
    here, elsewhere = signed_in_client(user), signed_in_client(user)
    new = "zigzag7-jukebox9-quartz4"

    here.post("/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    outbox.deliver()
    assert [message.to for message in mail.outbox] == [[user.email]]
    assert "password was changed" in mail.outbox[0].subject


def test_signing_out_needs_a_press_and_ends_the_session():
    client = signed_in_client(UserFactory())

    assert client.get("/sign-out/").status_code == 200
    assert is_signed_in(client)
    client.post("/sign-out/")

    assert not is_signed_in(client)


def test_the_council_s_own_sign_in_is_offered_only_where_it_is_set_up(settings):
    assert "Council account" not in Client().get("/sign-in/").content.decode()

    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "council",
                    "name": "Council account",
                    "client_id": "portal",
                    "secret": "not a real one",
                    "settings": {"server_url": "https://identity.council.example"},
                }
            ]
        }
    }

    page = Client().get("/sign-in/?next=/account/").content.decode()
    assert "Sign in with Council account" in page
    assert f"{reverse('openid_connect_login', kwargs={'provider_id': 'council'})}?next=%2Faccount%2F" in page


def test_a_worker_who_has_no_role_is_told_so_on_their_account_page():
    user = UserFactory()

    assert "You hold no role yet" in signed_in_client(user).get("/account/").content.decode()


def test_the_account_page_shows_teams_and_roles_and_no_name_in_its_title():
    user = UserFactory(worker_in=TeamFactory(name="North team"), name="Winifred Ashcombe")

    page = signed_in_client(user).get("/account/").content.decode()

    assert "North team" in page
    assert str(Role.SOCIAL_WORKER.label) in page
    assert "Winifred" not in re.search(r"<title>(.*?)</title>", page, re.DOTALL).group(1)
