"""My documents: letters and plans with the day they were given, files that were sent, and asking for another format."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import SignedInRequest
from core import clock, form_keys, policy
from core.permissions import require
from documents import formats, handing_out
from documents import services as document_services
from documents.forms import OtherFormatForm, SendFileForm
from documents.models import Document, Letter
from documents.permissions import can_ask_other_format, can_upload
from people.models import PortalAccess
from self_service.access import open_pages

MOST_SHOWN = 200


def _letter(request: SignedInRequest, access: PortalAccess, ref: str) -> Letter:
    letters = Letter.objects.visible_to(request.user).select_related("person")
    return get_object_or_404(letters, person=access.person_id, ref=ref)


@require_GET
@policy.person()
def list_documents(request: SignedInRequest) -> HttpResponse:
    """What we gave the person, and what they sent us, the newest first."""
    access = open_pages(request, page="self_service:documents")
    letters = Letter.objects.visible_to(request.user).filter(person=access.person_id)
    files = Document.objects.visible_to(request.user).filter(person=access.person_id)
    context = {
        "access": access,
        "person": access.person,
        "letters": letters.order_by("-given_on", "-pk")[:MOST_SHOWN],
        "files": files.order_by("-created_at", "-pk")[:MOST_SHOWN],
        "acting": access.may_act,
    }
    return TemplateResponse(request, "self_service/documents.html", context)


@require_GET
@policy.person()
def show_letter(request: SignedInRequest, ref: str) -> HttpResponse:
    """A letter to read on the page, in the size of print that the person asked for."""
    access = open_pages(request, page="self_service:letter")
    letter = _letter(request, access, ref)
    context = {
        "access": access,
        "person": access.person,
        "letter": letter,
        "is_large": formats.points(letter.format) > formats.STANDARD_POINTS,
        "acting": access.may_act,
    }
    return TemplateResponse(request, "self_service/letter.html", context)


@require_GET
@policy.person()
def download_letter(request: SignedInRequest, ref: str) -> HttpResponse:
    """The letter as it was given, as a tagged PDF."""
    access = open_pages(request, page="self_service:letter-pdf")
    return handing_out.letter_file(_letter(request, access, ref))


@require_GET
@policy.person()
def download_file(request: SignedInRequest, ref: str) -> HttpResponse:
    """A file that was sent from these pages, once it is checked."""
    access = open_pages(request, page="self_service:file")
    files = Document.objects.visible_to(request.user)
    document = get_object_or_404(files, person=access.person_id, ref=ref)
    if not document.is_clean:
        raise Http404
    return handing_out.document_file(document)


@require_http_methods(["GET", "POST"])
@policy.person()
def ask_other_format(request: SignedInRequest, ref: str) -> HttpResponse:
    """“I cannot read this as it is”: a task for the worker, with the day by which it is done."""
    access = open_pages(request, page="self_service:other-format")
    letter = _letter(request, access, ref)
    require(can_ask_other_format(request.user, access.person))
    form = OtherFormatForm(request.POST if request.method == "POST" else None, has=letter.format)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        chosen = form.cleaned_data["format"]

        def make() -> str:
            document_services.ask_other_format(letter=letter, format=chosen, by=request.user, now=clock.now())
            return reverse("self_service:documents")

        try:
            address, made_now = form_keys.once(
                actor=form_keys.actor_of(request),
                key=form.cleaned_data["form_key"],
                purpose="my:other-format",
                content={"letter": letter.ref, "format": chosen},
                make=make,
            )
        except ValidationError as refusal:
            form.add_service_error(refusal)
        else:
            if made_now:
                messages.success(request, "We have told your worker. They send it to you in that format.")
            return HttpResponseRedirect(address)
    context = {"access": access, "person": access.person, "letter": letter, "form": form}
    return TemplateResponse(request, "self_service/other_format.html", context, status=status)


@require_http_methods(["GET", "POST"])
@policy.person()
def send_file(request: SignedInRequest) -> HttpResponse:
    """Send us a file: it is checked, and the worker reads it."""
    access = open_pages(request, page="self_service:send-file")
    require(can_upload(request.user, access.person))
    if request.method == "POST":
        form = SendFileForm(
            request.POST, request.FILES, was_too_large=getattr(request, "upload_too_large", False)
        )
    else:
        form = SendFileForm()
    status = 400 if form.is_bound else 200
    if form.is_valid():
        given = form.cleaned_data

        def make() -> str:
            document_services.store_upload(
                person=access.person,
                file=given["file"],
                title=given["title"],
                kind=given["kind"],
                by=request.user,
                now=clock.now(),
            )
            return reverse("self_service:documents")

        try:
            address, made_now = form_keys.once(
                actor=form_keys.actor_of(request),
                key=given["form_key"],
                purpose="my:send-file",
                content={
                    "person": access.person.ref,
                    "name": given["file"].name,
                    "size": given["file"].size,
                    "title": given["title"],
                    "kind": given["kind"],
                },
                make=make,
            )
        except ValidationError as refusal:
            form.add_service_error(refusal)
        else:
            if made_now:
                messages.success(request, "We have your file. We check it before anyone opens it.")
            return HttpResponseRedirect(address)
    context = {"access": access, "person": access.person, "form": form}
    return TemplateResponse(request, "self_service/send_file.html", context, status=status)
