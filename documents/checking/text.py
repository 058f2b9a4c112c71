"""Plain text: UTF-8, without control characters, and not a page or a picture in disguise."""

from __future__ import annotations

import re

from documents.checking.limits import Limits
from documents.checking.refusing import UNLIKE_ITS_NAME, Refused

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|meta|link|\?xml)", re.IGNORECASE
)
# How other kinds of file begin that are text as far as their letters go.
OTHERWISE = ("%PDF", "%!PS", "{\\rtf", "#!", "MZ", "PK", "GIF8", "RIFF", "MIME-Version")
LOOKED_AT = 4096


def clean(data: bytes, limits: Limits) -> bytes:
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(UNLIKE_ITS_NAME) from error
    start = words.lstrip()
    if CONTROL.search(words) or start.startswith(OTHERWISE) or MARKUP.search(start[:LOOKED_AT]):
        raise Refused(UNLIKE_ITS_NAME)
    return words.encode()
