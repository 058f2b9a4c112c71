"""Makes a believable client level data file about nobody: ``make_cld --people N --seed S --period-end DATE FILE``."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from national_returns.cld.synthetic.file import NOBODYS_COUNCIL, FileMaker
from national_returns.cld.synthetic.journeys import day_given

MOST_PEOPLE = 2_000_000


class Command(BaseCommand):
    help = (
        "Make a synthetic client level data file (Release 2) of any size. The same seed gives the same file."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="where to write; - for standard output")
        parser.add_argument("--people", type=int, required=True, help="service users; carers come on top")
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument(
            "--period-end",
            required=True,
            metavar="DATE",
            help="last day of the twelve months, 2026-09-30 or 30/09/2026",
        )
        parser.add_argument("--council", default=NOBODYS_COUNCIL, metavar="CODE")

    def handle(
        self, *, file: str, people: int, seed: int, period_end: str, council: str, **_options: object
    ) -> None:
        if not 1 <= people <= MOST_PEOPLE:
            raise CommandError(f"--people must be from 1 to {MOST_PEOPLE:,}.")
        try:
            end = day_given(period_end)
        except ValueError:
            raise CommandError("--period-end must be a date, such as 2026-09-30.") from None
        if not ends_a_quarter(end):
            self.stderr.write("A return ends on the last day of a quarter; this period does not.")
        maker = FileMaker(people=people, seed=seed, period_end=end, council=council)
        if file == "-":
            maker.write(sys.stdout)
            return
        try:
            with Path(file).open("w", encoding="utf-8", newline="") as out:
                rows = maker.write(out)
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{rows:,} rows about {maker.numbers.people:,} people.")


def ends_a_quarter(day: date) -> bool:
    """31 March, 30 June, 30 September or 31 December."""
    return day.month % 3 == 0 and (day + timedelta(days=1)).day == 1
