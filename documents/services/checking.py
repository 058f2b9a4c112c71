"""The check of a file in quarantine: scanned for viruses where the council has a scanner, then read and copied."""

from __future__ import annotations

import shlex
import subprocess  # nosec B404 the council's own scanner, from the settings
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.services import system_user
from core import clock
from core.models import Outbox
from documents import checking, events, timescales, vault, workflow
from documents.checking import Limits, Refused
from documents.models import Document
from documents.services.around import record, worker_of
from worklist import services as worklist

CHECK = "documents.check"
SCAN_SECONDS = 40
# What a scanner answers: clamdscan and clamscan end with 0 for clean, 1 for a find, anything else for trouble.
NOTHING_FOUND, FOUND = 0, 1
VIRUS = "A virus was found in the file. Check the computer or phone it comes from."


class ScannerFailed(Exception):  # noqa: N818
    """The scanner gave no answer: the file stays in quarantine, and the check is tried again."""


def check_from_outbox(row: Outbox) -> None:
    """Check the file that the outbox names. Safe to call twice."""
    check(document_id=row.payload["document"], now=clock.now())


@transaction.atomic
def check(*, document_id: int, now: datetime) -> Document:
    """Judge a file in quarantine: keep the harmless copy, or refuse and delete it. Once judged it stays judged.

    Raises ScannerFailed; the file then stays where it is.
    """
    document = Document.objects.lock(document_id)
    if document.status != Document.Status.QUARANTINED:
        return document
    by, raw = system_user(), document.stored_name
    document.scan = scan(raw)
    try:
        if document.scan == Document.Scan.INFECTED:
            raise Refused(VIRUS)
        data = vault.read(raw, digest=document.digest)
        kept = checking.clean(data, name=document.file_name, limits=Limits.of_the_council())
    except Refused as refusal:
        _refuse(document, refusal.words, by=by, now=now)
    else:
        workflow.ACCEPT.apply(document, by=by)
        document.content_type, document.size = kept.content_type, len(kept.data)
        document.digest, document.stored_name = vault.digest_of(kept.data), vault.keep(kept.data)
        _save(document, now)
        _ask_worker_to_read(document, by=by, now=now)
        record(events.CHECKED, document, by=by, now=now, kind=document.get_kind_display())
    transaction.on_commit(lambda: vault.remove(raw))
    return document


def _refuse(document: Document, words: str, *, by: User, now: datetime) -> None:
    workflow.REFUSE.apply(document, by=by)
    document.refused_because, document.stored_name = words, ""
    _save(document, now)
    if not document.sent_by_the_person:
        worklist.notify(
            template="documents.refused",
            recipient=document.uploaded_by,
            key=f"documents.refused:{document.ref}",
            now=now,
            person=document.person,
            url=f"/people/{document.person.ref}/documents/",
            access_list=document.access_list,
        )
    record(events.REFUSED, document, by=by, now=now, because=words)


def _ask_worker_to_read(document: Document, *, by: User, now: datetime) -> None:
    if not document.sent_by_the_person:
        return
    team, worker = worker_of(document.person)
    worklist.open_task(
        key=f"documents.read:{document.ref}",
        kind="read_document",
        title="Read what the person sent",
        why="A file from their own pages",
        person=document.person,
        team=team,
        owner=worker,
        due_on=timescales.due_on(timescales.READ, today=clock.london_date(now)),
        url=f"/people/{document.person.ref}/documents/",
        now=now,
        by=by,
        access_list=document.access_list,
    )


def _save(document: Document, now: datetime) -> None:
    document.checked_at = document.updated_at = now
    document.save()


def scan(name: str) -> str:
    """What the council's scanner says of a file; “not scanned” where it has none. Raises ScannerFailed."""
    if not settings.DOCUMENT_SCAN_COMMAND:
        return Document.Scan.NOT_SCANNED
    command = [*shlex.split(settings.DOCUMENT_SCAN_COMMAND), str(vault.path(name))]
    try:
        answer = subprocess.run(  # nosec B603 no shell; the name is our own
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SCAN_SECONDS, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScannerFailed from error
    if answer not in (NOTHING_FOUND, FOUND):
        raise ScannerFailed
    return Document.Scan.INFECTED if answer == FOUND else Document.Scan.CLEAN
