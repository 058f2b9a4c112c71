"""Word (.docx): unpacked within the limits, checked part by part, and packed again without who wrote it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from documents.checking import pictures
from documents.checking.limits import Limits
from documents.checking.refusing import (
    ACTIVE,
    PROTECTED,
    TOO_LARGE_INSIDE,
    UNLIKE_ITS_NAME,
    UNREADABLE,
    Refused,
)

NEEDED = ("[Content_Types].xml", "word/document.xml")
HARMLESS = frozenset({"xml", "rels", "png", "jpg", "jpeg", "odttf"})
# A password-protected document is an OLE file of the old kind round the new one.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RUNS = re.compile(
    rb"macroEnabled|vbaProject|oleObject|activeX|attachedTemplate|/embeddings/|/control\"|/package\"|aFChunk|"
    rb"DDEAUTO|<w:instrText[^>]*>\s*DDE\b|<!ENTITY|<!DOCTYPE",
    re.IGNORECASE,
)
OUTSIDE = re.compile(rb"<Relationship\b[^>]*>")
LINK = re.compile(rb'Type\s*=\s*"[^"]*/hyperlink"')
EMPTIED = {
    "docProps/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>',
    "docProps/app.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
CHUNK = 65536


def clean(data: bytes, limits: Limits) -> bytes:
    if data.startswith(OLD_OFFICE):
        raise Refused(PROTECTED)
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(UNLIKE_ITS_NAME)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _packed_again(_parts(packed, limits))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise Refused(UNREADABLE) from error


def _parts(packed: zipfile.ZipFile, limits: Limits) -> list[tuple[str, bytes]]:
    members = packed.infolist()
    names = [member.filename for member in members]
    if len(members) > limits.most_parts:
        raise Refused(TOO_LARGE_INSIDE)
    if len({name.lower() for name in names}) != len(names) or min(m.header_offset for m in members) != 0:
        raise Refused(UNREADABLE)
    if not set(NEEDED) <= set(names):
        raise Refused(UNLIKE_ITS_NAME)
    left, parts = limits.most_unpacked, []
    for member in members:
        if member.is_dir():
            continue
        _check_name(member)
        body = _unpacked(packed, member, left)
        left -= len(body)
        parts.append((member.filename, _harmless(member.filename, body, limits)))
    return parts


def _check_name(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if member.flag_bits & 0x1:
        raise Refused(PROTECTED)
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
        raise Refused(UNREADABLE)
    if name.rpartition(".")[2].lower() not in HARMLESS:
        raise Refused(ACTIVE)


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """One part, counted while it is unpacked: what a file says of its own size is not believed."""
    body = bytearray()
    with packed.open(member) as part:
        while chunk := part.read(CHUNK):
            body += chunk
            if len(body) > left:
                raise Refused(TOO_LARGE_INSIDE)
    return bytes(body)


def _harmless(name: str, body: bytes, limits: Limits) -> bytes:
    ending = name.rpartition(".")[2].lower()
    if name in EMPTIED:
        return EMPTIED[name]
    if ending == "png":
        return pictures.clean_png(body, limits)
    if ending in ("jpg", "jpeg"):
        return pictures.clean_jpeg(body, limits)
    if ending == "odttf":
        return body
    if b"\x00" in body:  # UTF-16 would hide words from the search below
        raise Refused(UNREADABLE)
    if RUNS.search(body):
        raise Refused(ACTIVE)
    for relation in OUTSIDE.findall(body) if ending == "rels" else ():
        if re.search(rb"TargetMode\s*=\s*[\"']External", relation) and not LINK.search(relation):
            raise Refused(ACTIVE)
    return body


def _packed_again(parts: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts:
            packed.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_DEFLATED)
    return made.getvalue()
