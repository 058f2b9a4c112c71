"""The front page, health, the council's colours, and the API's document."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from accounts.models import CASE_ROLES, Role
from core import open_drafts, policy
from reporting.scope import READERS

# Where the day of each role begins; who holds several begins with the first of them.
HOMES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({Role.SAFEGUARDING_MANAGER}), "safeguarding:list-concerns"),
    (frozenset({Role.REABLEMENT_LEAD, Role.REABLEMENT_WORKER}), "reablement:list-episodes"),
    (CASE_ROLES - {Role.BROKER}, "worklist:my-work"),
    (frozenset({Role.BROKER}), "support_plans:list-to-source"),
    (frozenset({Role.FINANCE_OFFICER}), "budgets:list-contributions"),
    (frozenset({Role.DIRECT_PAYMENTS_OFFICER}), "budgets:list-direct-payments"),
    (READERS, "reporting:manage"),
    (frozenset({Role.ADMINISTRATOR}), "admin:index"),
)


@require_GET
@policy.anyone("the front page: what we do for whom, and the ways in")
def home(request: HttpRequest) -> HttpResponse:
    """Send everyone who has signed in to the page where their day begins; others see the front page."""
    user: Any = request.user
    if not user.is_authenticated:
        return render(request, "public/start.html")
    if user.audience == "public":
        return HttpResponseRedirect(reverse("self_service:home"))
    for roles, place in HOMES:
        if user.has_role(*roles):
            return HttpResponseRedirect(reverse(place))
    return HttpResponseRedirect(reverse("accounts:account"))


@require_GET
@policy.anyone("a promise to the public")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@require_GET
@policy.anyone("a promise to the public")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html", {"days": open_drafts.KEPT.days})


@require_GET
@policy.anyone("the process is alive; says nothing else")
def live(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@require_GET
@policy.anyone("whether the service can work; says nothing about anyone")
def ready(request: HttpRequest) -> HttpResponse:
    """Database reachable and migrated. Says which part is away, never a version."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # noqa: BLE001 whatever is wrong, the answer is that we are not ready
        return JsonResponse({"status": "not ready", "database": "away"}, status=503)
    if waiting:
        return JsonResponse({"status": "not ready", "database": "not migrated"}, status=503)
    return JsonResponse({"status": "ok"})


@require_GET
@policy.anyone("colours only")
@cache_control(public=True, max_age=300)
def theme(request: HttpRequest) -> HttpResponse:
    """The council's colours as custom properties, from settings, without a rebuild."""
    rules = "".join(f"{name}:{value};" for name, value in settings.COUNCIL_COLOURS.items())
    return HttpResponse(f":root{{{rules}}}\n", content_type="text/css")
