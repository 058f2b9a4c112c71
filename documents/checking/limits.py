"""How large a file may be, packed and unpacked."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Limits:
    """Bytes as sent; bytes once unpacked; pixels of a picture; pages of a document; files inside a file."""

    most_bytes: int = 10_000_000
    most_unpacked: int = 60_000_000
    most_pixels: int = 50_000_000
    most_pages: int = 300
    most_parts: int = 500

    @classmethod
    def of_the_council(cls) -> Limits:
        return cls(
            most_bytes=settings.DOCUMENT_MOST_BYTES,
            most_unpacked=settings.DOCUMENT_MOST_UNPACKED_BYTES,
            most_pixels=settings.DOCUMENT_MOST_PIXELS,
            most_pages=settings.DOCUMENT_MOST_PAGES,
        )
