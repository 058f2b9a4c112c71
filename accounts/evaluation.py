"""Evaluation only: sign in as an invented person with one press, and move the product's clock.

The addresses exist only while the mode is on (accounts/urls.py), which start-up refuses anywhere but on one machine
with the embedded services (core/checks.py).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.forms import ClockForm
from accounts.models import Membership, Role, User
from accounts.pages import frame_for, safe_next
from accounts.querysets import live_on
from core import clock, policy
from core.templatetags.dates import long_date

MOST_OF_ONE_ROLE = 4
STEPS = {"1": 1, "7": 7, "42": 42}


def people_by_role() -> list[dict[str, Any]]:
    """The invented people, a few for each role they hold, then the people who get care."""
    held = Prefetch(
        "memberships",
        Membership.objects.filter(live_on(clock.today())).select_related("team").order_by("-is_main", "pk"),
        to_attr="held",
    )
    users = list(
        User.objects.filter(is_active=True, is_system=False)
        .prefetch_related(held)
        .order_by("audience", "name", "pk")[:500]
    )
    groups = []
    for role in Role:
        people = []
        for user in users:
            membership = next((m for m in user.held if m.role == role), None)
            if membership and _is_shown_under(user, role):
                about = user.job_title or str(role.label)
                people.append({"user": user, "description": f"{about}, {membership.team.name}"})
        if people:
            groups.append({"role": str(role.label), "people": people[:MOST_OF_ONE_ROLE]})
    public = [user for user in users if user.audience == User.Audience.PUBLIC]
    if public:
        groups.append(
            {
                "role": "People who get care, and who acts for them",
                "people": [
                    {"user": user, "description": user.job_title or "Sees the plan and the budget"}
                    for user in public[:MOST_OF_ONE_ROLE]
                ],
            }
        )
    return groups


def _is_shown_under(user: Any, role: str) -> bool:
    """Each person stands once: under their most telling role. Practitioners who are registered too stand there."""
    roles = [membership.role for membership in user.held]
    if role == Role.PRACTITIONER:
        return all(other == Role.PRACTITIONER for other in roles)
    return role == next(other for other in roles if other != Role.PRACTITIONER)


@require_POST
@policy.anyone("evaluation only: the people are invented")
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as an invented person. Counts as both steps, in evaluation only."""
    if not settings.EVALUATION:
        raise Http404
    user = get_object_or_404(User, ref=request.POST.get("user", ""), is_active=True, is_system=False)
    logout(request)
    login(request, user)
    request.session["evaluation_sign_in"] = True
    return HttpResponseRedirect(safe_next(request))


@require_http_methods(["GET", "POST"])
@policy.signed_in("evaluation only: the clock is everyone's")
def move_clock(request: HttpRequest) -> HttpResponse:
    """Move the product's clock and raise that day's reminders."""
    if not settings.EVALUATION:
        raise Http404
    real_today = clock.london_date(clock.real_now())
    wanted = request.POST.get("move", "")
    form = ClockForm(request.POST if wanted == "day" else None, real_today=real_today)
    day: date | None = None
    if request.method == "POST":
        if wanted == "back":
            day = real_today
        elif wanted in STEPS:
            day = clock.today() + timedelta(days=STEPS[wanted])
        elif form.is_valid():
            day = form.cleaned_data["day"]
    if day is not None:
        services.move_clock(day=day, by=request.user)  # type: ignore[arg-type]
        messages.success(request, f"The clock is moved to {long_date(day, always_year=True)}.")
        return HttpResponseRedirect(reverse("accounts:evaluation-clock"))
    return render(
        request,
        "accounts/evaluation_clock.html",
        {
            "base_template": frame_for(request.user),
            "form": form,
            "real_today": real_today,
            "moved": clock.today() != real_today,
        },
        status=400 if form.errors else 200,
    )
