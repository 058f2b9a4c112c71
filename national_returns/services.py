"""Reading a council's own return back in: the file becomes people, contacts, assessments, plans and reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import blake2b, sha256
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction

import audit.services
from accounts.models import Team
from core import clock
from core.crash import crash_point
from national_returns import events
from national_returns.batches import Batch, Memory, Setting, link_carers
from national_returns.cld.events import EventReader, Refusal
from national_returns.cld.identity import FileIdentities, Placed
from national_returns.cld.rows import UnreadableFile, read_rows
from national_returns.models import ImportRun
from national_returns.report import Report

ROWS_IN_A_BATCH = 2_000
ONE_IMPORT_AT_A_TIME = 0x434C44  # "CLD": the key of the lock in the database
IMPORTED_TEAM = {"code": "imported-records", "name": "Imported records"}


class ImportRunning(Exception):  # noqa: N818
    """Another import has not finished yet."""


def import_file(
    *,
    path: Path,
    by: Any,
    now: datetime,
    council: str = "",
    dry_run: bool = False,
    teams: Sequence[Team] = (),
    progress: Callable[[Report], None] | None = None,
    rows_in_a_batch: int = ROWS_IN_A_BATCH,
) -> Report:
    """Take over a return, batch by batch. What an earlier import brought and still says the same is left alone.

    Each batch is one transaction: after a crash the next run goes on where this one stopped. A dry run does all the
    work and keeps nothing. Records go to the given teams by person, or to one team for imported records.
    Raises UnreadableFile or WrongColumns before anything is written, ImportRunning while another one runs.
    """
    for _row in read_rows(path):
        pass  # the whole file is read once first, so that an unreadable end does not stop it half-way
    with _alone():
        if not dry_run:
            return _import(path, by, now, council, teams, progress, rows_in_a_batch)
        with transaction.atomic():
            report = _import(path, by, now, council, teams, progress, rows_in_a_batch)
            transaction.set_rollback(True)
        return report


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_IMPORT_AT_A_TIME])
        if not cursor.fetchone()[0]:
            raise ImportRunning("Another import is running. Wait until it has finished.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_IMPORT_AT_A_TIME])


def _import(
    path: Path,
    by: Any,
    now: datetime,
    council: str,
    teams: Sequence[Team],
    progress: Callable[[Report], None] | None,
    rows_in_a_batch: int,
) -> Report:
    run = ImportRun.objects.create(
        council=council, file_digest=_digest_of(path), started_at=now, started_by=by
    )
    today = clock.london_date(now)
    setting = Setting(run=run, now=now, today=today, team_of=_teams_by_person(teams))
    memory, report = Memory(), Report(run_ref=run.ref)
    reader, identities = EventReader(today=today, council=council), FileIdentities()

    def read() -> Iterator[Placed | Refusal]:
        for row in read_rows(path):
            event = reader.read(row)
            yield event if isinstance(event, Refusal) else identities.place(event)

    outcomes = read()
    while batch := list(islice(outcomes, rows_in_a_batch)):
        with transaction.atomic():
            for each in batch:
                if isinstance(each, Refusal):
                    report.refuse(each)
            placed = [each for each in batch if isinstance(each, Placed)]
            Batch(setting=setting, memory=memory, report=report).take_over(placed)
            _write_down(run, report)
        crash_point("import.after_batch")
        if progress:
            progress(report)
    _finish(run, report, memory, by=by, now=now, today=today)
    return report


@transaction.atomic
def _finish(run: ImportRun, report: Report, memory: Memory, *, by: Any, now: datetime, today: Any) -> None:
    report.links_without_person = len(link_carers(memory.links, now=now, today=today))
    run.finished_at = now
    _write_down(run, report)
    audit.services.record(
        events.IMPORTED,
        subject=run,
        person_id=None,
        by=by,
        at=now,
        rows=run.rows,
        created=run.created,
        updated=run.updated,
        refused=run.refused,
    )


def _write_down(run: ImportRun, report: Report) -> None:
    run.rows = report.rows
    for result, count in report.results.items():
        setattr(run, result, count)
    run.save()


def _digest_of(path: Path) -> str:
    digest = sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened: {error.strerror}.") from error
    return digest.hexdigest()


def _teams_by_person(teams: Sequence[Team]) -> Callable[[str], Team]:
    """Spread people over teams, each always to the same one."""
    if not teams:
        teams = [Team.objects.get_or_create(code=IMPORTED_TEAM["code"], defaults=IMPORTED_TEAM)[0]]

    def team_of(key: str) -> Team:
        return teams[blake2b(key.encode(), digest_size=4).digest()[0] % len(teams)]

    return team_of
