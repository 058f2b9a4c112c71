"""How a file leaves the house: to be saved, never shown as a page of ours, and kept by no cache on the way."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from documents import pdf, vault
from documents.models import Document, Letter


def handed_out(data: bytes, *, content_type: str, name: str) -> HttpResponse:
    """An answer that a browser saves. Were it opened, nothing in it could run, load or ask."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response


def document_file(document: Document) -> HttpResponse:
    """A checked file. Raises vault.Damaged when it is not what was kept."""
    data = vault.read(document.stored_name, digest=document.digest)
    return handed_out(data, content_type=document.content_type, name=document.file_name)


def letter_file(letter: Letter) -> HttpResponse:
    """The PDF of a letter: as it was given, or as the draft stands now."""
    data = (
        vault.read(letter.pdf_name, digest=letter.pdf_digest)
        if letter.is_given
        else pdf.printed(letter, on=None)
    )
    name = f"letter-{letter.ref}-version-{letter.number}.pdf"
    return handed_out(data, content_type="application/pdf", name=name)
