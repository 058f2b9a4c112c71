"""Sessions that end in time, and the one door at which every view's policy is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.module_loading import import_string

from accounts import second_factor
from core import clock
from core.policy import Audience, Policy, stated_by

GetResponse = Callable[[HttpRequest], HttpResponse]
# What a session may do that has taken only the first step, when its owner has a second one: take it, or leave.
WAYS_TO_PROVE = frozenset(
    {"accounts:second-factor", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}
)
SEEN_EVERY_SECONDS = 60


class SessionLimits:
    """End a session that was idle too long or has lasted too long, by true time (README of the shelf, 14)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            now = int(clock.real_now().timestamp())
            idle_minutes, hours = settings.SESSION_LIMITS[user.audience]
            began = request.session.setdefault("began", now)
            seen = request.session.get("seen", now)
            if now - seen > idle_minutes * 60 or now - began > hours * 3600 or not user.is_active:
                logout(request)
            elif now - seen >= SEEN_EVERY_SECONDS or "seen" not in request.session:
                request.session["seen"] = now
        return self.get_response(request)


class EnforcePolicy:
    """Deny by default. A view without a policy is refused; a stranger gets 404, an insider without the right 403."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    @cached_property
    def third_party(self) -> dict[str, Policy]:
        return import_string(settings.THIRD_PARTY_POLICIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def policy_for(self, request: HttpRequest, view: Any) -> Policy | None:
        match = request.resolver_match
        if match is None:
            return None
        if match.view_name.startswith("admin:"):
            return self.third_party.get("admin:*")
        return stated_by(view) or self.third_party.get(match.view_name)

    def second_factor_missing(self, request: HttpRequest, policy: Policy) -> bool:
        """Pages ask for the second step; so do the pages on which one is set up, once its owner has one. Otherwise a
        stolen password could remove the real one or add its own."""
        if second_factor.is_done(request):
            return False
        if policy.second_factor:
            return True
        match = request.resolver_match
        assert match is not None  # policies stand by route
        return match.view_name not in WAYS_TO_PROVE and second_factor.is_set_up(request.user)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        policy = self.policy_for(request, view)
        if policy is None:
            raise PermissionDenied("This page has not said who it is for, so nobody may open it.")
        request.policy = policy  # type: ignore[attr-defined]
        if policy.audience == Audience.ANYONE:
            return None
        is_api = request.path.startswith("/api/")
        user = request.user
        if not user.is_authenticated:
            if is_api:
                return JsonResponse({"detail": "Sign in first."}, status=401)
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{query}")
        if policy.audience == Audience.STAFF and user.audience != "staff":
            raise Http404
        if policy.audience == Audience.PUBLIC and user.audience != "public":
            raise Http404
        if self.second_factor_missing(request, policy):
            if is_api:
                return JsonResponse({"detail": "Sign in with a second factor first."}, status=403)
            query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse('accounts:second-factor')}{'?' if query else ''}{query}")
        if policy.roles and not user.has_role(*policy.roles):
            raise PermissionDenied(f"This page is for {_names(policy.roles)}.")
        return None


def _names(roles: frozenset[str]) -> str:
    from accounts.models import Role

    names = sorted(str(Role(role).label).lower() for role in roles)
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
