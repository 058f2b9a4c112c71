"""The night's work and a council's file: seconds, statements and memory."""

from __future__ import annotations

import io
import json
import threading
import time
from contextlib import contextmanager, redirect_stderr
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from caseportal.bench.figures import Figure, Report
from caseportal.bench.pages import Count
from worklist.models import Anchor
from worklist.services import raise_due_tasks


def memory_mib(process: int | str, what: str) -> float:
    """Memory of a process in MiB: now (``VmRSS``), or the highest so far (``VmHWM``)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def resident_mib() -> float:
    """Resident memory of this process now, in MiB."""
    return memory_mib("self", "VmRSS")


@contextmanager
def highest_memory() -> Any:
    """Watches resident memory; yields a dict whose `growth` is the peak above the start, in MiB."""
    start = resident_mib()
    seen = {"growth": 0.0}
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            seen["growth"] = max(seen["growth"], resident_mib() - start)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        stop.set()
        watcher.join()


def reminders(today: date, report: Report) -> None:
    """The daily job over all open anchors, on a night when a fifth of them reach a step, and again when none does."""
    anchors = Anchor.objects.filter(status="open").count()
    for night, name in ((1, "reminders"), (2, "reminders_again")):
        count = Count()
        began = time.perf_counter()
        with highest_memory() as memory, connection.execute_wrapper(count):
            raise_due_tasks(today=today)
        seconds = time.perf_counter() - began
        report.add(Figure(f"job.{name}.seconds", seconds, "s", 60, gating=False, n=anchors))
        per_thousand = count.statements / (anchors / 1000)
        report.add(
            Figure(f"job.{name}.queries_per_1000", per_thousand, "statements", 30 if night == 2 else None)
        )
        report.add(Figure(f"job.{name}.rss_growth_mib", memory["growth"], "MiB", gating=False))


def importing(people: int, seed: int, today: date, folder: Path, report: Report) -> None:
    """A made file of a council read into the records, then read again: nothing changes."""
    file = folder / "bench.csv"
    call_command("make_cld", str(file), people=people, seed=seed, period_end=date(2026, 9, 30).isoformat())
    for name in ("import", "import_again"):
        out = io.StringIO()
        began = time.perf_counter()
        with highest_memory() as memory, redirect_stderr(io.StringIO()):
            try:
                call_command("import_cld", str(file), format="json", stdout=out)
            except SystemExit as ended:
                if ended.code:
                    raise
        seconds = time.perf_counter() - began
        counts = json.loads(out.getvalue())
        report.add(
            Figure(
                f"job.{name}.rows_per_s",
                counts["rows"] / seconds,
                "rows/s",
                1000,
                at_least=True,
                gating=False,
                n=counts["rows"],
            )
        )
        report.add(Figure(f"job.{name}.rss_growth_mib", memory["growth"], "MiB", 128))
        report.add(Figure(f"job.{name}.refused", len(counts["refused"]), "rows", 0))
        if name == "import_again":
            report.add(Figure("job.import_again.changed", counts["created"] + counts["updated"], "rows", 0))
    file.unlink()
