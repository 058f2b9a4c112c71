"""A list taken out of the portal: asked for with its purpose, decided, fetched; and the register of all of them."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core import clock, form_keys, policy
from core.permissions import require
from core.versions import StaleVersion
from core.workflow import WrongState
from documents import vault
from documents.handing_out import handed_out
from reporting import scope, services, workflow
from reporting.exporting import sheets
from reporting.exporting.files import TYPES
from reporting.forms import APPROVE, AskExportForm, DecideExportForm
from reporting.models import Export
from reporting.permissions import can_ask, can_decide
from reporting.querysets import DECIDERS
from reporting.scope import READERS
from reporting.views.pages import scope_of
from worklist.paging import key_page

# How often the page of a file that is being made looks anew by itself, and for how long, so that nobody is kept signed
# in by a file that nobody makes.
REFRESH, WATCHED = timedelta(seconds=5), timedelta(minutes=10)
COLOURS = {"asked": "blue", "held": "yellow", "ready": "green", "refused": "red", "failed": "red"}


def _export_or_404(request: SignedInRequest, ref: str) -> Export:
    export: Export = get_object_or_404(Export.objects.visible_to(request.user).for_list(), ref=ref)
    return export


@require_GET
@policy.staff(*READERS)
def list_exports(request: SignedInRequest) -> HttpResponse:
    """The register: who took out what, why, when, and how much."""
    found = Export.objects.visible_to(request.user).for_list()
    page = key_page(request, found, field="asked_at", descending=True)
    for row in page.rows:
        row.colour = COLOURS.get(row.status, "grey")
    context = {
        "page": page,
        "held": Export.objects.to_decide_by(request.user).for_list().order_by("asked_at", "pk"),
        "scope": scope.of(request.user),
    }
    return render(request, "reporting/exports.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*READERS)
def ask_for_export(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for a list in a file, with what it is needed for."""
    chosen, query = scope_of(request), sheets.kept_query(request.GET)
    title = sheets.title_of(code, chosen, clock.today(), query)
    if title is None:
        raise Http404
    require(can_ask(request.user, code))
    form = AskExportForm(request.POST or None)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("format", "purpose", "purpose_words")}

        def make() -> str:
            return services.ask_for_export(
                code=code, query=query, by=request.user, now=clock.now(), **facts
            ).get_absolute_url()

        try:
            address, _ = form_keys.once(
                actor=form_keys.actor_of(request),
                key=form.cleaned_data["form_key"],
                purpose="reporting:ask-export",
                content={**facts, "code": code, **query},
                make=make,
            )
        except ValidationError as refusal:
            form.add_service_error(refusal)
        else:
            return redirect(address)
    context = {
        "form": form,
        "title": title,
        "scope": chosen,
        "is_table": code in sheets.TABLES,
        "back": _back(code, query, chosen),
    }
    return render(request, "reporting/ask_export.html", context, status=400 if form.errors else 200)


def _back(code: str, query: dict[str, str], chosen: scope.Scope) -> str:
    pages = {"table-numbers": "manage"}
    if code in sheets.TABLES:
        return chosen.address(pages.get(code, code.removeprefix("table-")))
    return chosen.address("rows", code, **{name: value for name, value in query.items() if name != "team"})


@require_GET
@policy.staff(*READERS)
def show_export(request: SignedInRequest, ref: str) -> HttpResponse:
    """One export: how far it is, and the way to its file for whoever asked."""
    export = _export_or_404(request, ref)
    lately = clock.now() - (export.decided_at or export.asked_at) < WATCHED
    looks_anew = lately and export.status == Export.Status.ASKED
    context = {
        "export": export,
        "looks_anew": looks_anew,
        "colour": COLOURS.get(export.status, "grey"),
        "may_fetch": workflow.FETCH.is_open_to(request.user, export),
        "may_decide": workflow.APPROVE.is_open_to(request.user, export),
        "is_mine": export.asked_by_id == request.user.pk,
        "scope": scope.of(request.user),
    }
    response = render(request, "reporting/show_export.html", context)
    if looks_anew:
        response["Refresh"] = str(REFRESH.seconds)
    return response


@require_http_methods(["GET", "POST"])
@policy.staff(*DECIDERS)
def decide_export(request: SignedInRequest, ref: str) -> HttpResponse:
    """A second manager lets a large list leave the portal, or not."""
    export = _export_or_404(request, ref)
    require(can_decide(request.user, export))
    if not workflow.APPROVE.fits(export):
        raise WrongState(f"Nothing is to be decided: the export is now “{export.get_status_display()}”.")
    form = DecideExportForm(request.POST or None, version=export.version)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        given = form.cleaned_data
        facts = {"export": export, "version": given["version"], "by": request.user, "now": clock.now()}
        try:
            if given["decision"] == APPROVE:
                services.approve_export(**facts)
            else:
                services.refuse_export(reason=given["reason"], **facts)
        except StaleVersion as stale:
            form.show_conflict(version=stale.record.version, saved={})
            status = 409
        else:
            messages.success(request, "Your decision is recorded")
            return redirect("reporting:exports")
    return render(request, "reporting/decide_export.html", {"export": export, "form": form}, status=status)


@require_POST
@policy.staff(*READERS)
def fetch_export(request: SignedInRequest, ref: str) -> HttpResponse:
    """The file, to be saved. Who fetches it is written down."""
    export = _export_or_404(request, ref)
    try:
        data = services.fetch_export(export=export, by=request.user, now=clock.now())
    except (vault.Damaged, FileNotFoundError) as damage:
        raise WrongState("The file is not as it was made. Ask for a new one.") from damage
    return handed_out(data, content_type=TYPES[export.format], name=export.file_name)
