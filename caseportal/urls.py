"""Addresses. A prefix says who a page is for, not which app owns it."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib import admin
from django.urls import include, path, re_path

from accounts.views import ChangePassword, SignIn
from caseportal import person_overview, views
from people import urls as people_urls
from self_service import tracking

sign_in = [
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("password/change/", ChangePassword.as_view(), name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sign-in/council/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/council/error/", social.login_error, name="socialaccount_login_error"),
    path("sign-in/with/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/callback/", oidc.callback, name="openid_connect_callback"),
    path("account/second-factor/methods/", mfa.index, name="mfa_index"),
    path("account/second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "account/second-factor/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"
    ),
    path(
        "account/second-factor/recovery-codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/recovery-codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/second-factor/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(
        "account/second-factor/passkeys/<int:pk>/remove/",
        webauthn.remove_webauthn,
        name="mfa_remove_webauthn",
    ),
    path("account/second-factor/passkeys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("health/live/", views.live, name="live"),
    path("health/ready/", views.ready, name="ready"),
    path("theme.css", views.theme, name="theme"),
    path("accessibility-statement/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("track/", tracking.track, name="track"),
    path("track/status/", tracking.track_status, name="track-status"),
    *sign_in,
    path("", include("contacts.public_urls")),
    path("", include("accounts.urls")),
    # The overview of a person composes every app, under the names of `people`.
    path("", include(([*people_urls.urlpatterns, *person_overview.urlpatterns], "people"))),
    path("", include("documents.urls")),
    path("services/", include("directory.urls")),
    path("worklist/", include("worklist.urls")),
    path("", include("worklist.message_urls")),
    path("contacts/", include("contacts.urls")),
    path("assessments/", include("assessments.urls")),
    path("safeguarding/", include("safeguarding.urls")),
    path("report-a-concern/", include("safeguarding.public_urls")),
    path("", include("support_plans.urls")),
    path("reablement/", include("reablement.urls")),
    path("", include("budgets.urls")),
    path("manage/", include("reporting.urls")),
    path("my/", include("self_service.urls")),
    path("api/v1/", include("caseportal.api_urls")),
    path("admin/", admin.site.urls),
]

handler400 = "caseportal.errors.bad_request"
handler403 = "caseportal.errors.refused"
handler404 = "caseportal.errors.not_found"
handler500 = "caseportal.errors.broken"
