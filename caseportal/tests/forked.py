"""Stands ready with the product loaded, and does each order it is given in a process of its own that a test may kill.

Started by `caseportal.tests.processes.Workshop`. An order is one line of JSON; the answer is one line with how each
process ended: 0 when done, 1 when it failed, -9 when it was killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from typing import Any


def prepare() -> None:
    import django

    django.setup()
    from caseportal.celery import app

    app.loader.import_default_modules()
    app.autodiscover_tasks(related_name="jobs", force=True)


def do(order: dict[str, Any]) -> None:
    """One task by its name, or one management command, against the database of the order."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from caseportal.celery import app

    connection.settings_dict["NAME"] = order["database"]
    settings.OUTBOX_NUDGE = False
    settings.EMAIL_FILE_PATH = order["mail"]
    if order["crash_at"]:
        os.environ["CASEPORTAL_CRASH_AT"] = order["crash_at"]
    if "command" in order:
        call_command(*order["command"], stdout=sys.stderr, stderr=sys.stderr)
    else:
        app.tasks[order["task"]](**order["arguments"])


def fork(order: dict[str, Any], start: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.read(start, 1)  # all of an order begin in the same moment
        do(order)
        code = 0
    except Exception:  # noqa: BLE001 how it ended is told by its code; the reason stands in the log
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    prepare()
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        start, go = os.pipe()
        children = [fork(order, start) for _ in range(order["at_once"])]
        os.write(go, b"." * len(children))
        if order["kill_after"]:
            time.sleep(order["kill_after"])
            for child in children:
                os.kill(child, signal.SIGKILL)
        ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
        os.close(start)
        os.close(go)
        print(json.dumps(ends), flush=True)


if __name__ == "__main__":
    main()
