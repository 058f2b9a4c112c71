"""No update is lost: each editable record carries a version, and a stale save is refused with both texts shown."""

from __future__ import annotations

from typing import Any

from django.db import models


class StaleVersion(Exception):  # noqa: N818
    """Someone else saved this record after it was opened."""

    def __init__(self, record: Any) -> None:
        self.record = record
        super().__init__("Someone else has changed this since you opened it.")


class Versioned(models.Model):
    """A record that people edit: the version counts its saves."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def expect_version(self, version: int | None) -> None:
        """Refuse a save that was made from an older version. None means the caller holds the lock already."""
        if version is not None and int(version) != self.version:
            raise StaleVersion(self)

    def next_version(self) -> None:
        self.version += 1
