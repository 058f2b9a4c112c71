"""What every page knows: the council, the navigation the user may open, and whether this is an evaluation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts.models import CASE_ROLES, MONEY_ROLES, Role
from core import clock
from reporting.scope import READERS

# Those among whom a safeguarding team works; the page shows each of them only the cases on whose list they are.
SAFEGUARDING_ROLES = frozenset({Role.SAFEGUARDING_MANAGER, Role.SOCIAL_WORKER})
# The places of the service: label, name of the address, prefix of what lies in it, and whose it is.
PLACES = (
    ("My work", "worklist:my-work", "/worklist/", CASE_ROLES),
    ("Team", "worklist:my-team", "/worklist/team/", CASE_ROLES),
    ("Support to find", "support_plans:list-to-source", "/packages/", frozenset({Role.BROKER})),
    ("Contributions", "budgets:list-contributions", "/budgets/", frozenset({Role.FINANCE_OFFICER})),
    ("Direct payments", "budgets:list-direct-payments", "/direct-payments/", MONEY_ROLES),
    ("People", "people:search", "/people/", CASE_ROLES | MONEY_ROLES),
    ("Contacts", "contacts:list-contacts", "/contacts/", CASE_ROLES),
    ("Assessments", "assessments:list-handovers", "/assessments/", CASE_ROLES),
    ("Safeguarding", "safeguarding:list-concerns", "/safeguarding/", SAFEGUARDING_ROLES),
    ("Reviews", "support_plans:list-reviews", "/reviews/", CASE_ROLES),
    (
        "Reablement",
        "reablement:list-episodes",
        "/reablement/",
        frozenset(
            {
                Role.REABLEMENT_LEAD,
                Role.REABLEMENT_WORKER,
                Role.TEAM_MANAGER,
                Role.SERVICE_MANAGER,
                Role.DIRECTOR,
            }
        ),
    ),
    ("Managers", "reporting:manage", "/manage/", READERS),
    ("Configuration", "admin:index", "/admin/", frozenset({Role.ADMINISTRATOR})),
)

# Addresses that belong to a place for whoever has no place of their own there.
ALSO_IN = {"/search/": "/people/", "/support-plans/": "/people/", "/budgets/": "/people/"}


def _place_of(path: str, prefixes: list[str]) -> str:
    """Which of the open places a path lies in, the narrowest first; nothing for none."""
    here = max((prefix for prefix in prefixes if path.startswith(prefix)), key=len, default="")
    return here or next((prefix for start, prefix in ALSO_IN.items() if path.startswith(start)), "")


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The places that this user may open, with the one they are in marked."""
    user = request.user
    if not user.is_authenticated or user.audience != "staff":
        return []
    open_to = [place for place in PLACES if user.has_role(*place[3])]
    here = _place_of(request.path, [prefix for _, _, prefix, _ in open_to])
    places = []
    for label, name, prefix, _ in open_to:
        try:
            places.append({"label": label, "url": reverse(name), "active": prefix == here})
        except NoReverseMatch:
            continue
    return places


def council() -> dict[str, Any]:
    """Who the council is, as pages say it."""
    return {
        "name": settings.COUNCIL_NAME,
        "phone": settings.COUNCIL_PHONE,
        "out_of_hours_phone": settings.COUNCIL_OUT_OF_HOURS_PHONE,
        "logo_url": settings.COUNCIL_LOGO_URL,
        "demo": settings.COUNCIL_IS_DEMO,
    }


def for_every_page(request: HttpRequest) -> dict[str, Any]:
    return {
        "council": council(),
        "evaluation": settings.EVALUATION,
        "navigation": _navigation(request) if hasattr(request, "user") else [],
        "today": clock.today(),
        "session_limits": settings.SESSION_LIMITS.get(
            getattr(getattr(request, "user", None), "audience", ""), None
        ),
    }
