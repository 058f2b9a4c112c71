"""What a rule says about a row, and what all findings together mean for the file."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

WHOLE_FILE = 0  # the row of a finding about the whole file


class Severity(StrEnum):
    """An error will be rejected, dropped nationally or is plainly wrong; a warning may be right after all."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """Whether a file may be sent."""

    VALID = "valid"
    WITH_WARNINGS = "valid_with_warnings"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that fires on one field of one row. Row 1 is the first after the headings."""

    row: int
    rule: str
    field: str
    severity: Severity
    message: str

    def as_dict(self) -> dict[str, object]:
        return {
            "row": self.row,
            "rule": self.rule,
            "field": self.field,
            "severity": self.severity.value,
            "message": self.message,
        }


def verdict_on(severities: Container[Severity]) -> Verdict:
    """Invalid with any error, valid with warnings with none but some warnings, otherwise valid."""
    if Severity.ERROR in severities:
        return Verdict.INVALID
    return Verdict.WITH_WARNINGS if Severity.WARNING in severities else Verdict.VALID
