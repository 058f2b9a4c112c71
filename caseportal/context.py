"""What every page knows: the council, the navigation the user may open, and whether this is an evaluation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import CASE_ROLES, MANAGING_ROLES, Role
from core import clock


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    user = request.user
    if not user.is_authenticated or user.audience != "staff":
        return []
    places = []
    if user.has_role(*CASE_ROLES):
        places.append(("My work", reverse("worklist:my-work"), "/worklist/"))
        places.append(("Team", reverse("worklist:my-team"), "/worklist/team/"))
        places.append(("People", reverse("people:search"), "/people/"))
        places.append(("Contacts", reverse("contacts:list-contacts"), "/contacts/"))
    if user.has_role(*MANAGING_ROLES):
        places.append(("Managers", reverse("reporting:manage"), "/manage/"))
    if user.has_role(Role.ADMINISTRATOR):
        places.append(("Configuration", reverse("admin:index"), "/admin/"))
    here = max((prefix for _, _, prefix in places if request.path.startswith(prefix)), key=len, default="")
    return [{"label": label, "url": url, "active": prefix == here} for label, url, prefix in places]


def for_every_page(request: HttpRequest) -> dict[str, Any]:
    return {
        "council": {
            "name": settings.COUNCIL_NAME,
            "phone": settings.COUNCIL_PHONE,
            "out_of_hours_phone": settings.COUNCIL_OUT_OF_HOURS_PHONE,
            "logo_url": settings.COUNCIL_LOGO_URL,
            "demo": settings.COUNCIL_IS_DEMO,
        },
        "evaluation": settings.EVALUATION,
        "navigation": _navigation(request) if hasattr(request, "user") else [],
        "today": clock.today(),
        "session_limits": settings.SESSION_LIMITS.get(getattr(getattr(request, "user", None), "audience", ""), None),
    }
