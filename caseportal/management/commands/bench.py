"""`manage.py bench`: makes a council of a size in a database of its own, measures, and takes everything away again."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.urls import clear_url_caches

from caseportal.bench import growth, making, night, pages, returns
from caseportal.bench.figures import Figure, Report
from core import clock

GROUPS = ("page", "growth", "job", "import", "return")


class Command(BaseCommand):
    help = (
        "Measure statements, time against a bare page, the daily job, the import and the check of a return."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=sorted(making.SIZES), default="smoke")
        parser.add_argument("--only", choices=GROUPS)
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument(
            "--import-people", type=int, default=0, help="People in the made file (default by size)."
        )
        parser.add_argument("--json", help="Write the figures to this file as well, one JSON object a line.")

    def handle(self, *args: Any, **options: Any) -> None:
        size, seed, only = making.SIZES[options["size"]], options["seed"], options["only"]
        report = Report(size=options["size"], seed=seed, commit=_commit())
        settings.ROOT_URLCONF = "caseportal.bench.urls"
        settings.OUTBOX_NUDGE = False
        clear_url_caches()
        call_command("collectstatic", interactive=False, verbosity=0)
        grows = options["size"] == "standard" and only in (None, "growth")
        if grows:
            with self._council("smoke", seed) as smaller:
                small = growth.weigh(pages.everyone(smaller), pages.pages(smaller))
        with self._council(options["size"], seed, report):
            if only in (None, "page", "growth"):
                clients, measured = pages.everyone(size), pages.pages(size)
            if grows:
                large, times = growth.weigh(clients, measured), size.people / smaller.people
                growth.report_growth(measured, small, large, times, report)
            if only in (None, "page"):
                pages.measure(size, clients, measured, report)
            if only in (None, "job"):
                night.reminders(clock.today(), report)
            if only in (None, "import"):
                people = options["import_people"] or (30_000 if options["size"] == "standard" else 2_000)
                with tempfile.TemporaryDirectory() as folder:
                    night.importing(people, seed, clock.today(), Path(folder), report)
            if only in (None, "return"):
                people = 67_000 if options["size"] == "standard" else 5_000
                with tempfile.TemporaryDirectory() as folder:
                    returns.checking(people, seed, Path(folder), report)
        if options["json"]:
            Path(options["json"]).write_text("".join(report.line(figure) + "\n" for figure in report.figures))
        self.stdout.write("\n" + report.table() + "\n\n" + report.closing_line())
        if any(figure.verdict == "failed" for figure in report.figures):
            raise SystemExit(1)

    @contextmanager
    def _council(self, name: str, seed: int, report: Report | None = None) -> Iterator[making.Size]:
        """A made council of a size in a database of its own, which goes afterwards."""
        database, original = f"caseportal_bench_{name}", connection.settings_dict["NAME"]
        size = making.SIZES[name]
        try:
            self._database(database)
            began = time.perf_counter()
            call_command("migrate", verbosity=0)
            migrated = time.perf_counter()
            rows = making.make(size, seed, clock.today())
            with connection.cursor() as cursor:
                cursor.execute("vacuum (analyze)")
            seconds = time.perf_counter() - migrated
            if report:
                report.add(Figure("make.migrate_seconds", migrated - began, "s", 30, gating=False))
                report.add(
                    Figure(
                        "make.rows_per_s",
                        rows / seconds,
                        "rows/s",
                        20_000,
                        at_least=True,
                        gating=False,
                        n=rows,
                    )
                )
                report.add(Figure("make.seconds", seconds, "s", 150, gating=False))
            yield size
        finally:
            self._switch(original)
            with connection.cursor() as cursor:
                cursor.execute(f"drop database if exists {connection.ops.quote_name(database)} with (force)")

    def _database(self, name: str) -> None:
        quoted = connection.ops.quote_name(name)
        with connection.cursor() as cursor:
            cursor.execute(f"drop database if exists {quoted} with (force)")
            cursor.execute(f"create database {quoted} encoding 'UTF8' template template0")
        self._switch(name)

    def _switch(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    found = subprocess.run(
        [git, "rev-parse", "--short", "HEAD"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or "unknown"
