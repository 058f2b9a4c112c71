"""How a rule is written down: its number, id, severity and source beside the function that judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from national_returns.cld.checking.facts import FileFacts
from national_returns.cld.checking.findings import WHOLE_FILE, Finding, Severity
from national_returns.cld.record import Record

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

Fields = Mapping[str, str]  # the fields at fault, each with what to say about it
NOTHING: Fields = MappingProxyType({})
RowJudge = Callable[[Record, FileFacts], Fields]
FileJudge = Callable[[FileFacts], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. A number is a place in the published list; an id once used is never used again."""

    number: int
    id: str
    severity: Severity
    source: str
    fails_when: str


@dataclass(frozen=True, slots=True)
class RowRule(Rule):
    """Judged for each row, or only for rows of one event type."""

    judge: RowJudge
    only: str


@dataclass(frozen=True, slots=True)
class FileRule(Rule):
    """Judged once for the whole file. It may say several things about one field."""

    judge: FileJudge

    def findings(self, file: FileFacts) -> Iterable[Finding]:
        for field, message in self.judge(file):
            yield Finding(WHOLE_FILE, self.id, field, self.severity, message)


ROW_RULES: list[RowRule] = []
FILE_RULES: list[FileRule] = []


def row_rule(
    number: int, id: str, severity: Severity, source: str, *, only: str = ""
) -> Callable[[RowJudge], RowJudge]:
    """Register a rule about rows. Its docstring says when it fails."""

    def register(judge: RowJudge) -> RowJudge:
        ROW_RULES.append(RowRule(number, id, severity, source, judge.__doc__ or "", judge, only))
        return judge

    return register


def file_rule(number: int, id: str, severity: Severity, source: str) -> Callable[[FileJudge], FileJudge]:
    """Register a rule about the whole file. Its docstring says when it fails."""

    def register(judge: FileJudge) -> FileJudge:
        FILE_RULES.append(FileRule(number, id, severity, source, judge.__doc__ or "", judge))
        return judge

    return register
