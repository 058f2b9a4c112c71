"""The managers' page, the rows behind each number, and what the machine did."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.models import MANAGING_ROLES, Role
from accounts.requests import SignedInRequest
from core import clock, outbox, policy
from core.models import JobRun, Outbox
from reporting import measures, rows, runs, scope
from reporting.scope import READERS
from reporting.unverified import unverified
from worklist.paging import PAGE, KeyPage, key_page


@require_GET
@policy.staff(*READERS)
def manage(request: SignedInRequest) -> HttpResponse:
    """The numbers that ask for a decision; without the way to their rows for who may know no names."""
    now = clock.now()
    chosen = scope.of(request.user, request.GET.get("team", ""))
    page = measures.page_of(chosen, clock.london_date(now), request.GET.get("figure", ""))
    return render(request, "reporting/manage.html", {"page": page, "now": now})


@require_GET
@policy.staff(*MANAGING_ROLES)
def show_rows(request: SignedInRequest, code: str) -> HttpResponse:
    """The rows that a number counts."""
    today = clock.today()
    chosen = scope.of(request.user, request.GET.get("team", ""))
    narrowed = {name: request.GET.get(name, "") for name in ("risk", "past", "waited")}
    listing = rows.listing(code, chosen, today, narrowed)
    if listing is None:
        raise Http404
    if isinstance(listing.rows, list):
        page, number = KeyPage(listing.rows, "", ""), len(listing.rows)
    else:
        page, number = key_page(request, listing.rows, field=listing.field), listing.rows.count()
    context = {
        "scope": chosen,
        "listing": listing,
        "number": number,
        "page": page,
        "lines": [listing.line(row) for row in page.rows],
    }
    return render(request, "reporting/rows.html", context)


@require_GET
@policy.staff(*MANAGING_ROLES, Role.ADMINISTRATOR)
def list_runs(request: SignedInRequest) -> HttpResponse:
    """What the machine did at night, what waits to be sent, and what failed."""
    context = {
        "runs": [runs.described(run) for run in JobRun.objects.order_by("-started_at", "-pk")[:30]],
        "failures": runs.failures(request.user, PAGE),
        "waiting": runs.waiting(request.user),
    }
    return render(request, "reporting/runs.html", context)


@require_POST
@policy.staff(*MANAGING_ROLES, Role.ADMINISTRATOR)
def try_again(request: SignedInRequest) -> HttpResponse:
    """A failed message or job is tried once more."""
    known = Outbox.objects.visible_to(request.user)
    failed = known.filter(key=request.POST.get("key", "")[:160], failed_at__isnull=False).first()
    if failed is None:
        messages.info(request, "That one is no longer among the failures.")
    else:
        outbox.try_again(failed.pk)
        messages.success(request, "It will be tried again within a minute")
    return redirect("reporting:runs")


@require_GET
@policy.staff(*MANAGING_ROLES, Role.ADMINISTRATOR)
def list_unverified(request: SignedInRequest) -> HttpResponse:
    """The figures that nobody at the council has confirmed yet."""
    context = {"figures": unverified(clock.today()), "may_change": request.user.has_role(Role.ADMINISTRATOR)}
    return render(request, "reporting/unverified.html", context)
