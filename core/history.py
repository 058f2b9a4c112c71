"""The fields of a record as they were before each change, kept by the database itself."""

from __future__ import annotations

from typing import Any

import pghistory


def keep_history(**options: Any):
    """Keep each row as it was before an update or a delete. The present row is the newest version."""
    return pghistory.track(
        pghistory.UpdateEvent("changed", row=pghistory.Old),
        pghistory.DeleteEvent("deleted"),
        append_only=True,
        **options,
    )
