"""PDF: whole, readable without a password, without scripts, programs or other files, within the limits.

What is inside stays as it is: nothing is taken out of a PDF, so its own note of author and date stays too. It is handed
out for saving, never shown in a page of ours.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from documents.checking.limits import Limits
from documents.checking.pictures import too_many_pixels
from documents.checking.refusing import (
    ACTIVE,
    PROTECTED,
    TOO_LARGE_INSIDE,
    UNLIKE_ITS_NAME,
    UNREADABLE,
    Refused,
)

BEGINS = re.compile(rb"%PDF-[12]\.\d[\r\n \t%]")
ENDS = re.compile(rb"%%EOF[\r\n \t\x00]*\Z")
# Long enough not to turn up by chance in packed data. A script is always named by /JavaScript, wherever it hangs.
RUNS = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|XFA|SubmitForm|ImportData|GoToE|Movie|3D)"
    rb"(?![A-Za-z0-9])"
)
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
SIDE = re.compile(rb"/(Width|Height)\s+(\d{1,9})(?![\d.])")
NUMBERS = re.compile(rb"\s*\d+\s+\d+\s")
DICTIONARY_AT_MOST = 4096
CHUNK = 65536


def clean(data: bytes, limits: Limits) -> bytes:
    if not BEGINS.match(data):
        raise Refused(UNLIKE_ITS_NAME)
    if not ENDS.search(data, max(0, len(data) - 1100)):
        raise Refused(UNREADABLE)
    if b"PK\x05\x06" in data[-70_000:]:  # a ZIP hung on behind, or wrapped round
        raise Refused(UNLIKE_ITS_NAME)
    plain = _plain_names(data)
    if re.search(rb"/Encrypt(?![A-Za-z0-9])", plain):
        raise Refused(PROTECTED)
    pages = 0
    for part in (plain, *_packed_objects(data, limits)):
        if RUNS.search(part):
            raise Refused(ACTIVE)
        pages += len(PAGE.findall(part))
    if not pages:
        raise Refused(UNREADABLE)
    if pages > limits.most_pages:
        raise Refused(f"The document has more than {limits.most_pages} pages. Send it in parts.")
    return data


def _plain_names(part: bytes) -> bytes:
    """With the letters of names that are written as numbers put back: /J#61vaScript."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _packed_objects(data: bytes, limits: Limits) -> Iterator[bytes]:
    """The streams that hold objects, unpacked within the limit; pictures are measured by what they say of themselves."""
    left = limits.most_unpacked
    for found in STREAM.finditer(data):
        if data[max(0, found.start() - 3) : found.start()] == b"end":
            continue
        before = _plain_names(data[max(0, found.start() - DICTIONARY_AT_MOST) : found.start()])
        about = before[max(0, before.rfind(b"obj")) :]
        sides = dict(SIDE.findall(about))
        if b"Width" in sides and b"Height" in sides:
            too_many_pixels(int(sides[b"Width"]), int(sides[b"Height"]), limits)
        says_so = b"/ObjStm" in about
        if not says_so and b"/ObjStm" not in before and not _begins_like_objects(data, found.end()):
            continue
        try:
            part = _unpacked(data, found.end(), left)
        except zlib.error as error:
            if says_so:
                raise Refused(UNREADABLE) from error
            continue
        left -= len(part)
        yield _plain_names(part)


def _begins_like_objects(data: bytes, place: int) -> bool:
    """Whether packed data opens with a table of numbers, as a stream of objects does, whatever it calls itself."""
    try:
        return bool(NUMBERS.match(zlib.decompressobj().decompress(data[place : place + 512], 64)))
    except zlib.error:
        return False


def _unpacked(data: bytes, place: int, most: int) -> bytes:
    """The stream that begins here, to its own end. Raises Refused when it is larger than what is left."""
    unpacking, part = zlib.decompressobj(), bytearray()
    while not unpacking.eof and place < len(data):
        part += unpacking.decompress(data[place : place + CHUNK], most + 1 - len(part))
        if len(part) > most or unpacking.unconsumed_tail:
            raise Refused(TOO_LARGE_INSIDE)
        place += CHUNK
    return bytes(part)
