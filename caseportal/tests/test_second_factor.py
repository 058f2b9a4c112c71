"""No page without the second step, on any path (quality/security.md S6 and S7)."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from rest_framework.test import APIClient

from accounts.models import Role, User
from accounts.tests.factories import PASSWORD, TeamFactory, UserFactory, give_role
from accounts.tests.helpers import app_code, set_up_app, sign_in, signed_in_client
from audit.models import Event
from caseportal.url_walk import routes
from core.policy import Audience

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_attempts_counted():
    """Each test begins with no wrong password counted."""
    cache.clear()


@pytest.fixture
def team():
    return TeamFactory()


SECOND_STEP = "/account/second-factor/"
# What somebody may open who has signed in with one step and has no second one yet: setting one up.
SETTING_UP = {
    "accounts:second-factor",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
# And when they have one: taking it.
TAKING = {"accounts:second-factor", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


def everything(team):
    """A member of staff who holds every role, so that nothing but the missing step stands in the way."""
    user = UserFactory()
    for role in Role:
        give_role(user, role, team)
    return user


def session_after_invitation(user):
    from accounts import services
    from core import clock

    invitation = services.Invitation.objects.create(
        user=user,
        token_digest=services.digest("the secret of a link"),
        sent_at=clock.real_now(),
        expires_at=clock.real_now() + services.INVITATION_LASTS,
    )
    client = Client()
    client.post(
        reverse("accounts:join", kwargs={"token": "the secret of a link"}),
        {"password1": PASSWORD, "password2": PASSWORD},
    )
    invitation.refresh_from_db()
    assert invitation.used_at
    return client


def session_after_password(user):
    client = Client()
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    return client


def session_restored(user):
    """A session from before, brought back by its cookie alone in another browser."""
    old = session_after_password(user)
    client = Client()
    client.cookies = old.cookies
    return client


def session_of_council_sign_in(user):
    """Single sign-on that has not been declared to ask for a second factor."""
    client = sign_in(Client(), user, second_factor=False)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "socialaccount", "at": 1.0, "provider": "council"}
    ]
    session.save()
    return client


def session_with_another_s_proof(user):
    """The proof of a second step that somebody else took in this browser."""
    client = sign_in(Client(), user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk + 1)
    session.save()
    return client


def session_with_evaluation_mark(user):
    """The mark of the one-press sign-in, outside evaluation."""
    return sign_in(Client(), user, second_factor=False, evaluation_sign_in=True)


PATHS = [
    session_after_invitation,
    session_after_password,
    session_restored,
    session_of_council_sign_in,
    session_with_another_s_proof,
    session_with_evaluation_mark,
]


def closed_routes():
    from django.conf import settings
    from django.utils.module_loading import import_string

    from core.policy import stated_by

    third_party = import_string(settings.THIRD_PARTY_POLICIES)
    for name, route in routes().items():
        policy = stated_by(route.view) or third_party.get(name)
        if policy is not None and policy.audience != Audience.ANYONE:
            yield name, route, policy


def is_sent_away(response):
    if response.status_code in {401, 403}:
        return response.headers["Content-Type"].startswith("application/json")
    return response.status_code == 302 and response["Location"].startswith((SECOND_STEP, "/sign-in/"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
@pytest.mark.parametrize("audience", ["staff", "public"])
def test_with_the_first_step_only_no_page_opens_on_any_path(path, audience, team):
    # Given a session that has taken only the first step
    user = everything(team) if audience == "staff" else UserFactory(public=True)
    client = path(user)
    assert client.session.get("_auth_user_id") == str(user.pk)

    # When each address of the product is opened and posted to
    opened = []
    for name, route, policy in closed_routes():
        if name in SETTING_UP or (
            policy.audience in {Audience.STAFF, Audience.PUBLIC} and policy.audience.name.lower() != audience
        ):
            continue
        for method in (client.get, client.post):
            response = method(route.address())
            if not is_sent_away(response):
                opened.append((name, method.__name__, response.status_code))

    # Then nothing opens
    assert not opened


@pytest.mark.parametrize("audience", ["staff", "public"])
def test_a_page_of_the_other_audience_does_not_exist(audience, team):
    user = everything(team) if audience == "staff" else UserFactory(public=True)
    client = signed_in_client(user)

    for name, route, policy in closed_routes():
        other = Audience.PUBLIC if audience == "staff" else Audience.STAFF
        if policy.audience == other:
            assert client.get(route.address()).status_code == 404, name


def test_with_the_first_step_only_the_admin_does_not_open(team):
    client = session_after_password(everything(team))

    addresses = [
        "/admin/",
        "/admin/login/",
        "/admin/jsi18n/",
        "/admin/password_change/",
        "/admin/autocomplete/",
    ]
    for model in admin.site._registry:
        try:
            addresses.append(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        except NoReverseMatch:
            continue

    for address in addresses:
        response = client.get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith(SECOND_STEP), address


def test_with_the_first_step_only_the_api_refuses_and_says_why(team):
    client = APIClient()
    client.force_login(everything(team))

    refused = client.get("/api/v1/schema/")

    assert refused.status_code == 403
    assert refused.json() == {"detail": "Sign in with a second factor first."}


def test_a_session_from_before_the_second_step_was_set_up_cannot_touch_it(team):
    """A thief who has only the password, and signed in before its owner set the second step up."""
    # Given a session with the password only, and an owner who sets up an app afterwards, elsewhere
    user = UserFactory()
    thief = session_after_password(user)
    secret = set_up_app(user)

    # When the thief tries every page about the second step
    for name, route, policy in closed_routes():
        if name in TAKING or policy.audience == Audience.PUBLIC:
            continue
        for method in (thief.get, thief.post):
            assert is_sent_away(method(route.address())), name

    # Then the app is still there, alone
    assert [row.type for row in Authenticator.objects.filter(user=user)] == ["totp"]
    # And the owner of such a session opens it by taking the second step
    page = thief.get(SECOND_STEP)
    assert "Use a code from your app" in page.content.decode()
    assert "Use your password" not in page.content.decode()
    thief.post("/sign-in/again/code/?next=/account/", {"code": app_code(secret), "next": "/account/"})
    assert thief.get("/account/").status_code == 200


def test_a_password_again_is_not_a_second_step(team):
    user = UserFactory()
    client = session_after_password(user)
    set_up_app(user)

    client.post("/sign-in/again/", {"password": PASSWORD})

    assert client.get("/account/")["Location"].startswith(SECOND_STEP)


def test_council_sign_in_counts_as_both_steps_only_where_the_council_has_said_so(settings):
    client = session_of_council_sign_in(UserFactory())
    assert client.get("/account/").status_code == 302

    settings.OIDC_PROVIDES_SECOND_FACTOR = True

    assert client.get("/account/").status_code == 200


def test_the_only_second_step_cannot_be_removed():
    user = UserFactory()
    set_up_app(user)
    client = signed_in_client(user)

    answer = client.post("/account/second-factor/app/remove/")

    assert "only second step" in answer.content.decode()
    assert Authenticator.objects.filter(user=user).exists()


def test_an_app_is_removed_where_a_passkey_stands_and_the_trail_says_so():
    user = UserFactory()
    set_up_app(user)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Work laptop", "credential": {}})
    client = signed_in_client(user)

    client.post("/account/second-factor/app/remove/")

    assert [row.type for row in Authenticator.objects.filter(user=user)] == ["webauthn"]
    assert Event.objects.get(code="accounts.second_factor.removed").detail == {"kind": "app"}


def test_who_removes_the_last_passkey_sets_up_another_step_before_the_next_page():
    user = UserFactory()
    key = Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "Old phone", "credential": {}}
    )
    client = signed_in_client(user)

    client.post(f"/account/second-factor/passkeys/{key.pk}/remove/")

    assert client.get("/account/")["Location"].startswith(SECOND_STEP)


def test_somebody_else_s_passkey_is_not_found():
    other = Authenticator.objects.create(
        user=UserFactory(), type="webauthn", data={"name": "Theirs", "credential": {}}
    )
    client = signed_in_client(UserFactory())

    for action in ("remove", "edit"):
        assert client.get(f"/account/second-factor/passkeys/{other.pk}/{action}/").status_code == 404


def test_before_anything_else_passkeys_are_offered():
    page = session_after_password(UserFactory()).get(SECOND_STEP).content.decode()

    assert "Add a passkey" in page
    assert "Sign in with a passkey" in Client().get("/sign-in/").content.decode()


def test_the_machine_s_account_cannot_sign_in():
    from accounts import services

    user = services.system_user()

    assert services.system_user() == user
    assert not user.has_usable_password()
    assert user.is_system
    assert user.audience == User.Audience.STAFF
    assert user.roles == frozenset()


def test_every_page_about_signing_in_is_shown_in_our_dress(team):
    """Each template that the sign-in library mounts or that stands beside it, with nothing undefined in it."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from django.conf import settings

    from accounts import lost_second_step

    user = UserFactory()
    set_up_app(user)
    RecoveryCodes.activate(user)
    key = Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "Work laptop", "credential": {}}
    )
    client = signed_in_client(user)
    with_app = UserFactory()
    set_up_app(with_app)
    half = Client()
    half.post("/sign-in/", {"login": with_app.email, "password": PASSWORD})
    bare = session_after_password(UserFactory())

    pages = [
        (Client(), "/sign-in/"),
        (Client(), "/sign-in/closed/"),
        (Client(), "/password/reset/"),
        (Client(), "/password/reset/sent/"),
        (Client(), "/password/reset/done/"),
        (Client(), "/sign-in/lost-second-step/"),
        (Client(), "/sign-in/lost-second-step/sent/"),
        (Client(), "/sign-in/lost-second-step/done/"),
        (Client(), lost_second_step.link_for(with_app).replace(settings.PORTAL_URL, "")),
        (Client(), "/sign-in/council/cancelled/"),
        (Client(), "/sign-in/council/error/"),
        (half, "/sign-in/code/"),
        (bare, "/account/second-factor/app/"),
        (bare, "/account/second-factor/passkeys/add/"),
        (client, "/sign-out/"),
        (client, "/sign-in/again/"),
        (client, "/sign-in/again/code/"),
        (client, "/password/change/"),
        (client, "/account/second-factor/methods/"),
        (client, "/account/second-factor/app/remove/"),
        (client, "/account/second-factor/recovery-codes/"),
        (client, "/account/second-factor/recovery-codes/new/"),
        (client, "/account/second-factor/passkeys/"),
        (client, f"/account/second-factor/passkeys/{key.pk}/edit/"),
        (client, f"/account/second-factor/passkeys/{key.pk}/remove/"),
    ]
    for visitor, address in pages:
        page = visitor.get(address)
        assert page.status_code == (401 if "error" in address else 200), address
        text = page.content.decode()
        assert "govuk-template" in text, address
        assert text.partition("</main>")[0].count('class="govuk-button"') <= 1, address
    codes = client.get("/account/second-factor/recovery-codes/download/")
    assert codes.headers["Content-Type"].startswith("text/plain")
    assert codes.headers["Cache-Control"]
