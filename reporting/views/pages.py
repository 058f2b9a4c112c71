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
from reporting import measures, orphans, queries, rows, runs, scope
from reporting.caseload import caseload_of, loads_of
from reporting.scope import READERS, Scope
from reporting.unverified import unverified
from worklist.paging import PAGE, KeyPage, key_page, page_at_hand


def scope_of(request: SignedInRequest) -> Scope:
    return scope.of(request.user, request.GET.get("team", ""))


def taking_out(chosen: Scope, code: str, **narrowed: str) -> dict[str, str]:
    """The way to a file of a list or table."""
    return {"export_url": chosen.address("ask-export", code, **narrowed)}


@require_GET
@policy.staff(*READERS)
def manage(request: SignedInRequest) -> HttpResponse:
    """The numbers that ask for a decision; without the way to their rows for who may know no names."""
    now = clock.now()
    page = measures.page_of(scope_of(request), clock.london_date(now))
    context = {"page": page, "scope": page.scope, "now": now, **taking_out(page.scope, "table-numbers")}
    return render(request, "reporting/manage.html", context)


@require_GET
@policy.staff(*READERS)
def list_waiting(request: SignedInRequest) -> HttpResponse:
    """Who waits for what, how long, and whether we keep in touch."""
    now = clock.now()
    today = clock.london_date(now)
    page = measures.page_of(scope_of(request), today, with_contact=True)
    context = {
        "page": page,
        "scope": page.scope,
        "now": now,
        "silent_days": queries.silent_days(today),
        **taking_out(page.scope, "table-waiting"),
    }
    return render(request, "reporting/waiting.html", context)


@require_GET
@policy.staff(*READERS)
def list_measures(request: SignedInRequest) -> HttpResponse:
    """Each measure with its definition, source and change; the one chosen drawn by week and by team."""
    now = clock.now()
    page = measures.measures_of(scope_of(request), clock.london_date(now), request.GET.get("figure", ""))
    context = {"page": page, "scope": page.scope, "now": now, **taking_out(page.scope, "table-measures")}
    return render(request, "reporting/measures.html", context)


@require_GET
@policy.staff(*MANAGING_ROLES)
def list_caseload(request: SignedInRequest) -> HttpResponse:
    """Who holds how much."""
    now = clock.now()
    chosen = scope_of(request)
    caseload = caseload_of(chosen, clock.london_date(now))
    page = page_at_hand(request, caseload.workers)
    context = {
        "caseload": caseload,
        "page": page,
        "loads": loads_of(page.rows, chosen, clock.london_date(now)),
        "scope": chosen,
        "now": now,
        **taking_out(chosen, "table-caseload"),
    }
    return render(request, "reporting/caseload.html", context)


@require_GET
@policy.staff(*MANAGING_ROLES)
def list_orphans(request: SignedInRequest) -> HttpResponse:
    """What belongs to nobody: nought, or the way to it."""
    now = clock.now()
    chosen = scope.of(request.user)
    found = orphans.counted(chosen, clock.london_date(now))
    context = {
        "orphans": found,
        "total": sum(row.number for row in found),
        "scope": chosen,
        "now": now,
    }
    return render(request, "reporting/orphans.html", context)


@require_GET
@policy.staff(*MANAGING_ROLES)
def show_rows(request: SignedInRequest, code: str) -> HttpResponse:
    """The rows that a number counts."""
    chosen = scope_of(request)
    narrowed = {name: request.GET[name] for name in rows.NARROWING if request.GET.get(name)}
    listing = rows.listing(code, chosen, clock.today(), narrowed)
    if listing is None:
        raise Http404
    if isinstance(listing.rows, list):
        page, number = KeyPage(listing.rows, "", ""), len(listing.rows)
    else:
        page = key_page(request, listing.rows, field=listing.field, keys_first=True)
        number = listing.rows.count()
    context = {
        "scope": chosen,
        "listing": listing,
        "number": number,
        "page": page,
        "lines": [listing.line(row) for row in page.rows],
        **(taking_out(chosen, code, **narrowed) if listing.leaves else {}),
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
        "scope": scope.of(request.user) if request.user.has_role(*MANAGING_ROLES) else None,
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
