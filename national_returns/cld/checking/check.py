"""Judges a whole file: read twice, once for what it says as a whole and once row by row, one row in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

# The rules register themselves when their modules are read.
from national_returns.cld.checking import (  # noqa: F401
    about_carers,
    about_people,
    about_services,
    about_values,
)
from national_returns.cld.checking.about_files import HEADER_ROW, WRONG_COLUMNS
from national_returns.cld.checking.facts import CheckSettings, FileFacts
from national_returns.cld.checking.findings import WHOLE_FILE, Finding, Severity, Verdict, verdict_on
from national_returns.cld.checking.registry import FILE_RULES, ROW_RULES, RowRule, Rule
from national_returns.cld.record import Record, RecordReader
from national_returns.cld.rows import UnreadableFile, WrongColumns, read_rows
from national_returns.cld.spec import EVENT_TYPES

RULES: dict[str, Rule] = {
    rule.id: rule for rule in sorted((WRONG_COLUMNS, *FILE_RULES, *ROW_RULES), key=lambda rule: rule.number)
}
_FOR_TYPE: dict[str, list[RowRule]] = {
    event_type: sorted(
        (rule for rule in ROW_RULES if rule.only in ("", event_type)), key=lambda rule: rule.number
    )
    for event_type in (*EVENT_TYPES, "")
}


class TooBig(UnreadableFile):
    """The file is over the size set, and was not read."""


def refuse_by_size(path: Path, most_bytes: int) -> None:
    """Raise TooBig for a file over the size set, before a byte is read; UnreadableFile where there is none."""
    try:
        found = path.stat()
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened: {error.strerror}.") from error
    if not S_ISREG(found.st_mode):
        raise UnreadableFile("This is not a file that can be read twice.")
    if found.st_size > most_bytes:
        raise TooBig(f"The file has {found.st_size:,} bytes; the most that is read is {most_bytes:,}.")


class Check:
    """One judgement of one file. What all findings mean is known when every one has been given out."""

    def __init__(self, path: Path, settings: CheckSettings) -> None:
        self.path, self.settings = path, settings
        self.severities: set[Severity] = set()
        self.facts: FileFacts | None = None

    def findings(self) -> Iterator[Finding]:
        """Findings on the whole file, then row by row, each row's in the order of the rules."""
        yield from self.on_the_whole()
        for _record, found in self.on_rows():
            yield from found

    def on_the_whole(self) -> list[Finding]:
        """Read the file once, for what it says as a whole. Raises UnreadableFile.

        Wrong headings are the one finding (F01), after which there are no rows to judge.
        """
        try:
            self.facts = facts = FileFacts.gather(self._records(), self.settings)
        except WrongColumns as error:
            found = [Finding(WHOLE_FILE, WRONG_COLUMNS.id, HEADER_ROW, WRONG_COLUMNS.severity, str(error))]
        else:
            rules = sorted(FILE_RULES, key=lambda rule: rule.number)
            found = [finding for rule in rules for finding in rule.findings(facts)]
        self.severities.update(finding.severity for finding in found)
        return found

    def on_rows(self) -> Iterator[tuple[Record, list[Finding]]]:
        """Read the file again and judge each row beside all others."""
        if self.facts is None:
            return
        for record in self._records():
            found = list(findings_on(record, self.facts))
            self.severities.update(finding.severity for finding in found)
            yield record, found

    def _records(self) -> Iterator[Record]:
        settings = self.settings
        reader = RecordReader(period_start=settings.period_start, period_end=settings.period_end)
        return map(reader.read, read_rows(self.path, reader.spec, strict=True))

    @property
    def rows(self) -> int:
        return self.facts.rows if self.facts else 0

    @property
    def verdict(self) -> Verdict:
        return verdict_on(self.severities)


def findings_on(record: Record, facts: FileFacts) -> Iterator[Finding]:
    """What the rules say about one row of a file."""
    for rule in _FOR_TYPE[record.event_type]:
        if fields := rule.judge(record, facts):
            for name, message in fields.items():
                yield Finding(record.number, rule.id, name, rule.severity, message)
