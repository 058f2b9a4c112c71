"""How bytes of an upload are received: in memory, counted as they come, and thrown away from the limit on.

Nothing of a file is written to a shared temporary folder before it is ours.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile


class StopAtLimit(MemoryFileUploadHandler):
    """Keeps the files of one request up to the limit, all together; says on the request when they were larger."""

    received = 0

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > settings.DOCUMENT_MOST_BYTES:
            if self.request is not None:
                self.request.upload_too_large = True  # type: ignore[attr-defined]
            raise SkipFile
        super().receive_data_chunk(raw_data, start)
