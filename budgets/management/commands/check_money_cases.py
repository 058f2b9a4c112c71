"""A council's own worked cases through the calculators: ``check_money_cases FILE [--format json]``."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from budgets.estimates.case_files import LARGEST_FILE, Checked, Fault, check

DIFFERENCES = 1
BREAKS_THE_FORMAT = 2


class Command(BaseCommand):
    help = (
        "Run worked money cases (format money-cases/1) through the calculators. Needs no records. "
        "Exit 0: all as expected; 1: at least one figure differs; 2: the file breaks the format, each fault named."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file: str, format: str, **_options: object) -> None:
        try:
            with Path(file).open("rb") as opened:
                checked = check(opened.read(LARGEST_FILE + 1))
        except OSError as error:
            checked = Checked(faults=[Fault("", "", f"The file cannot be read: {error.strerror}.")])
        if format == "json":
            self.stdout.write(json.dumps(checked.as_dict(), ensure_ascii=False))
        for fault in checked.faults:
            self.stderr.write(str(fault))
        if checked.faults:
            raise CommandError("The file breaks the format.", returncode=BREAKS_THE_FORMAT)
        if format == "text":
            for difference in checked.differences:
                self.stdout.write(str(difference))
            self.stdout.write(f"{checked.passed} passed, {checked.failed} failed")
        if checked.failed:
            raise CommandError("Not all cases are as expected.", returncode=DIFFERENCES)
