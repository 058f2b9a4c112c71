"""JPEG and PNG: the picture is copied part by part; where, when and by whom it was taken is left out."""

from __future__ import annotations

import struct
import zlib

from documents.checking.limits import Limits
from documents.checking.refusing import UNLIKE_ITS_NAME, UNREADABLE, Refused

PNG = b"\x89PNG\r\n\x1a\n"
# What a PNG needs to be shown. Text, time, EXIF, profiles and animation are not among them.
PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"sBIT"}
)
SOI, EOI, SOS, TEM = 0xD8, 0xD9, 0xDA, 0x01
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Kept of a JPEG's own notes: JFIF, and how its colours were packed. The rest (EXIF, XMP, comments …) is left out.
JPEG_LEFT_OUT = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
ORIENTATION = 0x0112


def too_many_pixels(width: int, height: int, limits: Limits) -> None:
    if not width or not height:
        raise Refused(UNREADABLE)
    if width * height > limits.most_pixels:
        raise Refused(
            f"The picture is larger than {limits.most_pixels // 1_000_000} million pixels. Make it smaller."
        )


def clean_png(data: bytes, limits: Limits) -> bytes:
    if not data.startswith(PNG):
        raise Refused(UNLIKE_ITS_NAME)
    kept, place, first, seen = [PNG], len(PNG), True, set()
    while True:
        if place + 12 > len(data):
            raise Refused(UNREADABLE)
        (length,) = struct.unpack_from(">I", data, place)
        name, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data) or (first and (name != b"IHDR" or length != 13)):
            raise Refused(UNREADABLE)
        if zlib.crc32(data[place + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            raise Refused(UNREADABLE)
        if first:
            width, height = struct.unpack_from(">II", data, place + 8)
            too_many_pixels(width, height, limits)
        if name in PNG_KEPT:
            kept.append(data[place:end])
        elif name[:1].isupper():  # a critical chunk that nobody knows
            raise Refused(UNREADABLE)
        seen.add(name)
        first, place = False, end
        if name == b"IEND":
            break
    if b"IDAT" not in seen:
        raise Refused(UNREADABLE)
    return b"".join(kept)


def clean_jpeg(data: bytes, limits: Limits) -> bytes:
    if not data.startswith(b"\xff\xd8\xff"):
        raise Refused(UNLIKE_ITS_NAME)
    kept, place, turned, has_frame, has_scan = [b"\xff\xd8"], 2, 1, False, False
    while True:
        marker, place = _next_marker(data, place)
        if marker == EOI:
            kept.append(b"\xff\xd9")
            break
        if place + 2 > len(data) or marker in (SOI, TEM) or 0xD0 <= marker <= 0xD7:
            raise Refused(UNREADABLE)
        (length,) = struct.unpack_from(">H", data, place)
        end = place + length
        if length < 2 or end > len(data):
            raise Refused(UNREADABLE)
        if marker in FRAMES:
            if length < 8:
                raise Refused(UNREADABLE)
            height, width = struct.unpack_from(">HH", data, place + 3)
            too_many_pixels(width, height, limits)
            has_frame = True
        if marker == 0xE1:
            turned = _orientation(data[place + 2 : end]) or turned
        if marker not in JPEG_LEFT_OUT:
            kept.append(b"\xff" + bytes([marker]) + data[place:end])
        place = end
        if marker == SOS:
            end = _end_of_scan(data, place)
            kept.append(data[place:end])
            place, has_scan = end, True
    if not has_frame or not has_scan:
        raise Refused(UNREADABLE)
    if turned != 1:
        kept.insert(1, _only_orientation(turned))
    return b"".join(kept)


def _next_marker(data: bytes, place: int) -> tuple[int, int]:
    """The marker at a place, with the bytes that may fill the space before it skipped."""
    if place >= len(data) or data[place] != 0xFF:
        raise Refused(UNREADABLE)
    while place < len(data) and data[place] == 0xFF:
        place += 1
    if place >= len(data) or data[place] == 0:
        raise Refused(UNREADABLE)
    return data[place], place + 1


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the packed picture ends: at the first marker that is neither a stuffed byte nor a restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise Refused(UNREADABLE)
        after = data[place + 1]
        if after == 0 or 0xD0 <= after <= 0xD7:
            place += 2
        elif after == 0xFF:
            place += 1
        else:
            return place


def _orientation(segment: bytes) -> int:
    """Which way up the picture is to be shown (1 to 8), from EXIF; 0 when it does not say."""
    if not segment.startswith(b"Exif\x00\x00"):
        return 0
    body = segment[6:]
    order = {b"II": "<", b"MM": ">"}.get(body[:2])
    try:
        if order is None:
            return 0
        (start,) = struct.unpack_from(f"{order}I", body, 4)
        (count,) = struct.unpack_from(f"{order}H", body, start)
        for number in range(min(count, 100)):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", body, start + 2 + 12 * number)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 0
    except struct.error:
        return 0
    return 0


def _only_orientation(value: int) -> bytes:
    """A note that holds which way up, and nothing else."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, value, 0)
    body = b"Exif\x00\x00MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
