"""Pages about one's own account: sign in, join, the second step, and what one holds."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from accounts import evaluation, second_factor, services
from accounts.forms import JoinForm
from accounts.pages import frame_for, safe_next
from accounts.services import InvitationNotValid
from core import clock, policy
from core.policy import Audience, Policy


class SignIn(allauth_views.LoginView):
    """E-mail and password, a passkey, or the council's own sign-in; in evaluation also one press."""

    policy = Policy(Audience.ANYONE, reason="the way in", second_factor=False)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
        apps = providers["openid_connect"]["APPS"]
        council = None
        if apps:
            address = reverse("openid_connect_login", kwargs={"provider_id": apps[0]["provider_id"]})
            after = context.get("redirect_field_value")
            council = {
                "name": apps[0]["name"],
                "url": f"{address}?{urlencode({'next': after})}" if after else address,
            }
        context.setdefault("redirect_field_value", "")
        context["council_sign_in"] = council
        context["evaluation_people"] = evaluation.people_by_role() if settings.EVALUATION else []
        return context


class ChangePassword(allauth_views.PasswordChangeView):
    """Only for those who have one: who signs in with the council's account has no password here."""

    policy = Policy(Audience.SIGNED_IN)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_usable_password():  # type: ignore[union-attr]
            return HttpResponseRedirect(reverse("accounts:account"))
        return super().dispatch(request, *args, **kwargs)


@require_GET
@policy.signed_in("everyone sees their own account")
def account(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    return render(
        request,
        "accounts/account.html",
        {
            "base_template": frame_for(user),
            "facts": [
                ("Name", user.name),
                ("E-mail address", user.email),
                *([("Job title", user.job_title)] if user.job_title else []),
                *([("Phone", user.phone)] if user.phone else []),
            ],
            "memberships": user.live_memberships,
        },
    )


@require_GET
@policy.signed_in("the second step is taken or set up here", second_factor=False)
def take_second_factor(request: HttpRequest) -> HttpResponse:
    """Everyone who has signed in with one step only comes here, and nowhere else."""
    after = safe_next(request)
    if second_factor.is_done(request):
        return HttpResponseRedirect(after)
    methods = []
    if second_factor.is_set_up(request.user):
        methods = get_adapter(request).get_reauthentication_methods(request.user)
    return render(
        request, "accounts/second_factor.html", {"methods": methods, "next_query": urlencode({"next": after})}
    )


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password1", "password2")
@sensitive_variables("token", "form")
@policy.anyone("someone who was invited has no account to sign in with yet")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: choose a password, then set up the second step."""
    if limited := ratelimit.consume_or_429(request, action="reset_password_from_key"):
        return limited
    try:
        invitation = services.find_invitation(token)
        form = JoinForm(request.POST or None, user=invitation.user)
        if request.method == "POST" and form.is_valid():
            password = form.cleaned_data["password1"]
            user = services.accept_invitation(token=token, password=password, now=clock.now())
            logout(request)
            credentials = {"email": user.email, "password": password}
            return perform_password_login(request, credentials, Login(user=user, email=user.email))
    except InvitationNotValid:
        return render(request, "accounts/join_not_valid.html", status=404)
    except ValidationError as error:
        form.add_error("password1", error)
    facts = [("E-mail address", invitation.user.email), ("This link works until", invitation.expires_at)]
    return render(request, "accounts/join.html", {"form": form, "facts": facts})
