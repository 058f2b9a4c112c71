"""Judges a return before it is sent: ``check_cld FILE --la-code --period-start --period-end --submission-date``."""

from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from national_returns.cld.checking.check import Check, refuse_by_size
from national_returns.cld.checking.facts import CheckSettings
from national_returns.cld.checking.report import written_report
from national_returns.cld.rows import UnreadableFile
from national_returns.management.words import day, printable

UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Judge a client level data file (Release 2) by the 58 rules. Needs no records. "
        "Exit 0: judged, whatever was found; 2: it could not be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--la-code", default=settings.COUNCIL_CODE, metavar="CODE", help="code the rows should carry"
        )
        for name, what in (
            ("--period-start", "first day of the twelve months"),
            ("--period-end", "last day of the twelve months"),
            ("--submission-date", "day on which the file is sent"),
        ):
            parser.add_argument(name, type=day, required=True, metavar="DATE", help=what)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(
        self,
        *,
        file: str,
        la_code: str,
        period_start: date,
        period_end: date,
        submission_date: date,
        format: str,
        **_options: object,
    ) -> None:
        if period_start > period_end:
            raise CommandError("The period ends before it starts.", returncode=UNREADABLE)
        judged_by = CheckSettings(
            la_code, period_start, period_end, submission_date, Decimal(settings.CLD_WEEKLY_COST_LIMIT)
        )
        try:
            refuse_by_size(Path(file), settings.CLD_MOST_BYTES)
            check = Check(Path(file), judged_by)
            if format == "json":
                self.write_json(check)
            else:
                for line in written_report(check):
                    self.stdout.write(printable(line))
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error

    def write_json(self, check: Check) -> None:
        """The verdict stands first but is known last, so the findings wait in a file without a name."""
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as waiting:
            for place, finding in enumerate(check.findings()):
                waiting.write(", " if place else "")
                waiting.write(json.dumps(finding.as_dict(), ensure_ascii=False))
            waiting.seek(0)
            self.stdout.write(
                f'{{"verdict": "{check.verdict.value}", "rows": {check.rows}, "findings": [', ending=""
            )
            while block := waiting.read(1 << 20):
                self.stdout.write(block, ending="")
            self.stdout.write("]}")
