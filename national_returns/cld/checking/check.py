"""Judges a whole file: read twice, once for what it says as a whole and once row by row, one row in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

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
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(f"The file cannot be opened: {error.strerror}.") from error
    if size > most_bytes:
        raise TooBig(f"The file has {size:,} bytes; the most that is read is {most_bytes:,}.")


@dataclass
class Check:
    """One judgement of one file. The findings come first; what they mean is known when all have been given out."""

    path: Path
    settings: CheckSettings
    severities: set[Severity] = field(default_factory=set)
    facts: FileFacts | None = None

    def findings(self) -> Iterator[Finding]:
        """Findings on the whole file, then row by row, each row's in the order of the rules.

        Raises UnreadableFile. Wrong headings are a finding (F01), after which nothing else is judged.
        """
        for finding in self._judge():
            self.severities.add(finding.severity)
            yield finding

    def _judge(self) -> Iterator[Finding]:
        try:
            self.facts = facts = FileFacts.gather(self.records(), self.settings)
        except WrongColumns as error:
            rule = WRONG_COLUMNS
            yield Finding(WHOLE_FILE, rule.id, HEADER_ROW, rule.severity, str(error))
            return
        for file_rule in sorted(FILE_RULES, key=lambda rule: rule.number):
            yield from file_rule.findings(facts)
        for record in self.records():
            yield from findings_on(record, facts)

    def records(self) -> Iterator[Record]:
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
