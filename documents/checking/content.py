"""By its kind, each file goes to its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from documents.checking import pdf, pictures, text, word
from documents.checking.limits import Limits
from documents.checking.names import kind_of_name
from documents.checking.refusing import Refused

Reader = Callable[[bytes, Limits], bytes]
READERS: dict[str, tuple[str, Reader]] = {
    "pdf": ("application/pdf", pdf.clean),
    "jpeg": ("image/jpeg", pictures.clean_jpeg),
    "png": ("image/png", pictures.clean_png),
    "text": ("text/plain; charset=utf-8", text.clean),
    "word": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", word.clean),
}


@dataclass(frozen=True)
class Cleaned:
    """What is kept of a file, and what it is."""

    data: bytes
    content_type: str


def clean(data: bytes, *, name: str, limits: Limits) -> Cleaned:
    """Read a file by the kind its name gives, and copy what is harmless. Raises Refused."""
    if not data:
        raise Refused("The file is empty. Choose another one.")
    if len(data) > limits.most_bytes:
        raise Refused(f"The file is larger than {limits.most_bytes // 1_000_000} MB. Send it in parts.")
    content_type, reader = READERS[kind_of_name(name)]
    return Cleaned(reader(data, limits), content_type)
