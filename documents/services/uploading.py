"""A file comes in: written down, laid away under our own name, and checked afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from accounts.models import AccessList, User
from core import outbox
from core.permissions import require
from documents import events, vault
from documents.checking import Limits, Refused, harmless_name, kind_of_name
from documents.models import Document
from documents.permissions import can_upload
from documents.services.around import record
from documents.services.checking import CHECK
from people.models import Person


@transaction.atomic
def store_upload(
    *,
    person: Person,
    file: File,
    title: str,
    kind: str,
    by: User,
    now: datetime,
    access_list: AccessList | None = None,
) -> Document:
    """Keep a file in quarantine and ask for its check. Nobody can open it before.

    Raises PermissionDenied; ValidationError for a name, a size or a number of files that we do not take.
    """
    require(can_upload(by, person))
    name = harmless_name(file.name or "")
    data = _bytes_of(file, name)
    since = now - timedelta(days=1)
    if Document.objects.filter(uploaded_by=by, created_at__gt=since).count() >= settings.DOCUMENT_MOST_A_DAY:
        raise ValidationError(
            {"file": f"You have sent {settings.DOCUMENT_MOST_A_DAY} files today. Send the rest tomorrow."}
        )
    document = Document(
        person=person,
        kind=Document.Kind(kind),
        title=title.strip() or name,
        file_name=name,
        size=len(data),
        digest=vault.digest_of(data),
        uploaded_by=by,
        sent_by_the_person=by.audience == User.Audience.PUBLIC,
        access_list=access_list or person.access_list,
        created_at=now,
        updated_at=now,
    )
    document.stored_name = vault.keep(data)
    document.save()
    outbox.emit(
        CHECK,
        key=f"{CHECK}:{document.ref}",
        payload={"document": document.pk},
        access_list_id=document.access_list_id,
    )
    record(events.UPLOADED, document, by=by, now=now, kind=document.get_kind_display())
    return document


def _bytes_of(file: File, name: str) -> bytes:
    """The whole file, once its name and size are of those that we take."""
    limits = Limits.of_the_council()
    try:
        kind_of_name(name)
    except Refused as refusal:
        raise ValidationError({"file": refusal.words}) from refusal
    if file.size > limits.most_bytes:
        raise ValidationError({"file": too_large(limits)})
    data = file.read(limits.most_bytes + 1)
    if not data:
        raise ValidationError({"file": "The file is empty. Choose another one"})
    if len(data) > limits.most_bytes:
        raise ValidationError({"file": too_large(limits)})
    return data


def too_large(limits: Limits) -> str:
    return f"The file is larger than {limits.most_bytes // 1_000_000} MB. Send it in parts"
