"""The files and letters of a person; adding a file and getting it out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import CASE_ROLES
from accounts.requests import SignedInRequest
from core import clock, policy
from core.permissions import require
from core.workflow import WrongState
from documents import handing_out, services
from documents.forms import UploadForm
from documents.models import Document, Letter
from documents.permissions import can_upload
from people.pages import identity, open_person
from people.views.asking import Question, create, show
from worklist.paging import key_page

MOST_LETTERS = 200
HELP = (
    "A file is kept aside until it is checked, which takes less than a minute. Nobody can open it before. Photos lose "
    "the place and time that cameras write into them."
)


@require_GET
@policy.staff(*CASE_ROLES)
def list_documents(request: SignedInRequest, ref: str) -> HttpResponse:
    """Letters and plans that were written, and files that came in, the newest first."""
    person = open_person(request, ref)
    letters = Letter.objects.visible_to(request.user).filter(person=person)
    files = Document.objects.visible_to(request.user).filter(person=person)
    context = {
        "letters": letters.exclude(status=Letter.Status.THROWN_AWAY).for_list()[:MOST_LETTERS],
        "page": key_page(request, files.select_related("uploaded_by"), field="created_at", descending=True),
        **identity(person, request.user),
    }
    return render(request, "documents/list_documents.html", context)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def add_document(request: SignedInRequest, ref: str) -> HttpResponse:
    """Add a file to the record."""
    person = open_person(request, ref)
    require(can_upload(request.user, person))
    back = reverse("documents:list-documents", args=[person.ref])
    question = Question(
        "Add a file", "Add the file", back, HELP, current="documents", template="documents/add_document.html"
    )
    if request.method != "POST":
        return show(request, person, question, UploadForm())
    form = UploadForm(request.POST, request.FILES, was_too_large=getattr(request, "upload_too_large", False))
    if not form.is_valid():
        return show(request, person, question, form)
    given = form.cleaned_data

    def make() -> str:
        services.store_upload(
            person=person,
            file=given["file"],
            title=given["title"],
            kind=given["kind"],
            by=request.user,
            now=clock.now(),
        )
        return back

    return create(
        request,
        person,
        question,
        form,
        purpose="documents:add",
        content={
            "name": given["file"].name,
            "size": given["file"].size,
            "title": given["title"],
            "kind": given["kind"],
        },
        make=make,
        said="The file is received and is being checked.",
    )


@require_GET
@policy.staff(*CASE_ROLES)
def download_document(request: SignedInRequest, ref: str, document_ref: str) -> HttpResponse:
    """Get a checked file out, to be saved. Who gets it is written down."""
    person = open_person(request, ref)
    documents = Document.objects.visible_to(request.user)
    document = get_object_or_404(documents, person=person, ref=document_ref)
    if not document.is_clean:
        raise WrongState(f"This file cannot be opened: it is “{document.get_status_display().lower()}”.")
    return handing_out.document_file(document)
