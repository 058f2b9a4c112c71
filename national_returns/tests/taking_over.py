"""Taking a file over in tests: at a fixed moment, in the machine's own name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from accounts.services import system_user
from national_returns.report import Report
from national_returns.services import import_file
from national_returns.tests.builders import write_file

NOW = datetime(2026, 10, 20, 9, 30, tzinfo=UTC)


def take_over(path: Path, **options: object) -> Report:
    return import_file(path=path, by=system_user(), now=NOW, **options)


def take_over_rows(folder: Path, *rows: dict[str, str], **options: object) -> Report:
    return take_over(write_file(folder / "return.csv", *rows), **options)
