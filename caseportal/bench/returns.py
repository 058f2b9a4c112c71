"""A council's file judged from the command line, as a council would: processor time and memory of a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from caseportal.bench.figures import Figure, Report
from caseportal.bench.night import memory_mib

PERIOD_START, PERIOD_END = date(2025, 10, 1), date(2026, 9, 30)
MOST_SECONDS = 40  # of one core, for 200,000 rows
MOST_MIB = 300


def checking(people: int, seed: int, folder: Path, report: Report) -> None:
    """A made file through ``check_cld``; 67,000 people make about 200,000 rows."""
    file = folder / "return.csv"
    call_command("make_cld", str(file), people=people, seed=seed, period_end=PERIOD_END.isoformat())
    with file.open("rb") as lines:
        rows = sum(1 for _line in lines) - 1
    command = [
        *(sys.executable, str(settings.BASE_DIR / "manage.py"), "check_cld", str(file), "--format=json"),
        *("--la-code=998", f"--period-start={PERIOD_START}", f"--period-end={PERIOD_END}"),
        "--submission-date=2026-10-20",
    ]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    highest, ended = 0.0, 0
    while not ended:
        # Its own memory: what the system says at the end counts that of this process in, from before it became another.
        highest = max(highest, memory_mib(child.pid, "VmHWM"))
        time.sleep(0.1)
        ended, status, used = os.wait4(child.pid, os.WNOHANG)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"check_cld ended with {child.returncode}.")
    seconds = used.ru_utime + used.ru_stime
    a_second = rows / seconds  # the start of the process included, so a small file is no measure of it
    report.add(Figure("return.check.rows_per_s", a_second, "rows/s", n=rows))
    report.add(Figure("return.check.seconds", seconds, "s", MOST_SECONDS, n=rows))
    report.add(Figure("return.check.rss_mib", highest, "MiB", MOST_MIB, n=rows))
