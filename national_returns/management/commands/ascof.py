"""Works out an ASCOF measure from returns: ``ascof FILE… --measure 2A --period-start DATE --period-end DATE``."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from national_returns.ascof.history import History, Year
from national_returns.ascof.measures import MEASURES, Measured, MeasureSettings, measure
from national_returns.cld.checking.check import refuse_by_size
from national_returns.cld.record import RecordReader
from national_returns.cld.rows import UnreadableFile
from national_returns.cld.submissions import joined
from national_returns.management.words import day, printable

UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Work out a measure of the Adult Social Care Outcomes Framework from client level data files alone, with "
        "every row that can be read. Exit 0: worked out; 2: the file could not be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            metavar="FILE",
            nargs="+",
            help="several submissions are read as one, the latest telling wins",
        )
        parser.add_argument("--measure", choices=MEASURES, required=True)
        parser.add_argument("--period-start", type=day, required=True, metavar="DATE", help="first day")
        parser.add_argument("--period-end", type=day, required=True, metavar="DATE", help="last day")
        parser.add_argument("--population-18-64", type=int, metavar="N", help="of the council's area, for 2B")
        parser.add_argument(
            "--population-65-plus", type=int, metavar="N", help="of the council's area, for 2C"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(
        self,
        *,
        files: list[str],
        period_start: date,
        period_end: date,
        population_18_64: int | None,
        population_65_plus: int | None,
        format: str,
        **options: str,
    ) -> None:
        year = Year(period_start, period_end)
        if year.first > year.last:
            raise CommandError("The period ends before it starts.", returncode=UNREADABLE)
        try:
            paths = list(map(Path, files))
            for path in paths:
                refuse_by_size(path, settings.CLD_MOST_BYTES)
            history = read_history(paths, year)
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        if left := history.unread:
            self.stderr.write(
                f"{left:,} {'row was' if left == 1 else 'rows were'} left out: "
                "no person, type or start, or an end that cannot be read."
            )
        measured = measure(
            options["measure"],
            history.people(),
            year,
            MeasureSettings(
                new_client_days=settings.ASCOF_NEW_CLIENT_DAYS,
                blank_component_is_admission=settings.ASCOF_BLANK_COMPONENT_IS_ADMISSION,
                populations={"2B": population_18_64, "2C": population_65_plus},
            ),
        )
        if format == "json":
            self.stdout.write(json.dumps(measured.as_dict(), ensure_ascii=False))
            return
        for line in lines(measured):
            self.stdout.write(printable(line))


def read_history(paths: Sequence[Path], year: Year) -> History:
    """Everything the files say, by person. The rows' own reporting dates tell only the order of the files."""
    history = History()
    for record in joined(paths, RecordReader(period_start=year.first, period_end=year.last)):
        history.add(record)
    return history


def lines(measured: Measured) -> Iterator[str]:
    """Each part with numerator, denominator and value, then the people behind it."""
    for result in measured.results:
        value = (
            "no value"
            if result.value is None
            else f"{result.value:,}{'%' if result.per == 100 else ' per 100,000'}"
        )
        of = "no population given" if result.denominator is None else f"{result.denominator:,}"
        yield f"{result.measure}: {result.numerator:,} of {of}: {value}"
    yield ""
    for each in measured.people:
        yield f"{each.measure}  {each.person}  {each.counted}: {each.why}"
