"""Takes over a council's own return: ``import_cld FILE [--dry-run] [--council CODE] [--format json]``."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Team
from accounts.services import system_user
from core import clock
from national_returns.cld.rows import UnreadableFile
from national_returns.report import Report
from national_returns.services import ImportRunning, import_file

NOTHING_IMPORTED = 1
UNREADABLE = 2
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Take over a client level data file (Release 2, 50 columns). The same file again changes nothing; "
        "after a crash, run it again. Exit 0: imported, refused rows included; 1: nothing imported; 2: not a return."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="do everything and keep nothing")
        parser.add_argument("--council", default="", metavar="CODE", help="refuse rows of any other council")
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--team",
            action="append",
            default=[],
            metavar="CODE",
            help="team to work with them; may be repeated",
        )

    def handle(
        self, *, file: str, dry_run: bool, council: str, format: str, team: list[str], **_options: object
    ) -> None:
        teams = list(Team.objects.filter(code__in=team).order_by("code"))
        if missing := sorted(set(team) - {each.code for each in teams}):
            raise CommandError(f"There is no team {missing[0]}.", returncode=NOTHING_IMPORTED)
        clock.sync()
        self.began = time.monotonic()
        try:
            report = import_file(
                path=Path(file),
                by=system_user(),
                now=clock.now(),
                council=council,
                dry_run=dry_run,
                teams=teams,
                progress=self.show_progress,
            )
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        except ImportRunning as error:
            raise CommandError(str(error), returncode=NOTHING_IMPORTED) from error
        self.show(report, format=format, dry_run=dry_run)
        if not report.took_something:
            raise CommandError("Nothing was imported.", returncode=NOTHING_IMPORTED)

    def show_progress(self, report: Report) -> None:
        seconds = max(time.monotonic() - self.began, 0.001)
        self.stderr.write(f"{report.rows:,} rows, {report.rows / seconds:,.0f} a second")

    def show(self, report: Report, *, format: str, dry_run: bool) -> None:
        told = report.as_dict()
        if report.links_without_person:
            self.stderr.write(f"{report.links_without_person:,} carers' links name a person who is not here.")
        if format == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        kept = " (dry run: nothing kept)" if dry_run else ""
        self.stdout.write(
            f"{report.rows:,} rows: {told['created']:,} created, {told['updated']:,} updated, "
            f"{told['unchanged']:,} unchanged, {len(report.refused):,} refused{kept}"
        )
        for name, counts in told["by_type"].items():  # type: ignore[attr-defined]
            self.stdout.write(
                "  " + name + ": " + ", ".join(f"{count:,} {what}" for what, count in counts.items())
            )
        for refusal in report.refused[:SHOWN]:
            self.stdout.write(f"  Row {refusal.row}, {refusal.field or 'whole row'}: {refusal.reason}")
        if len(report.refused) > SHOWN:
            self.stdout.write(f"  … and {len(report.refused) - SHOWN:,} more; --format json lists them all.")
