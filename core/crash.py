"""Named places at which a test may kill the process. They do nothing unless a test arms them."""

from __future__ import annotations

import os
import signal

POINTS = frozenset(
    {
        "outbox.after_claim",
        "outbox.after_work",
        "job.after_claim",
        "job.before_finish",
        "reminders.after_task",
        "import.after_batch",
        "export.after_file",
        "export.while_written",
    }
)


def crash_point(name: str) -> None:
    """Die here, hard, when the environment says so (CASEPORTAL_CRASH_AT); otherwise do nothing."""
    if name not in POINTS:
        raise ValueError(f"“{name}” is not a declared crash point")
    if os.environ.get("CASEPORTAL_CRASH_AT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
