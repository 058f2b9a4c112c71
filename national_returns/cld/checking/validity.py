"""The national words for each field of each row: its status and its validity (SRC1), counted by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from national_returns.cld.checking.findings import Finding
from national_returns.cld.record import Record
from national_returns.cld.spec import Conformance, Field

MANDATORY = "Mandatory"
APPLICABLE = "Applicable but not mandatory"
NOT_APPLICABLE = "Not applicable"
UNDETERMINED = "Undetermined"

FAILED_BLANK = "Failed: Blank (Mandatory)"
FAILED_RELEASE_1 = "Failed: Release 1"
FAILED_INVALID = "Failed: Invalid"
PASSED_BLANK = "Passed: Blank (Not Mandatory)"
PASSED_VALID = "Passed: Valid"

FAILS = {
    "M01": FAILED_BLANK,
    "D03": FAILED_BLANK,
    "C03": FAILED_RELEASE_1,
    "C01": FAILED_INVALID,
    "C02": FAILED_INVALID,  # to be safe: whether a difference in capitals fails nationally is not known
    "D01": FAILED_INVALID,
    "K01": FAILED_INVALID,
    "P04": FAILED_INVALID,
}
STATUSES = (MANDATORY, APPLICABLE, NOT_APPLICABLE, UNDETERMINED)
VALIDITIES = (FAILED_BLANK, FAILED_INVALID, FAILED_RELEASE_1, PASSED_BLANK, PASSED_VALID)


def status_of(field: Field, event_type: str) -> str:
    """Whether a field is to be filled for this type of event, in the national words."""
    if not event_type:
        return UNDETERMINED
    mark = field.conformance[event_type]
    if mark is Conformance.MANDATORY:
        return MANDATORY
    return NOT_APPLICABLE if mark is Conformance.NOT_APPLICABLE else APPLICABLE


@dataclass
class FieldCounts:
    """How many cells of each field pass and fail, row by row."""

    rows: int = 0
    blank: Counter[str] = field(default_factory=Counter)
    failed: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, record: Record, findings: Iterable[Finding]) -> None:
        self.rows += 1
        self.blank.update([name for name, text in record.text.items() if not text])
        for finding in findings:
            if word := FAILS.get(finding.rule):
                self.failed.setdefault(finding.field, Counter())[word] += 1

    def of(self, name: str) -> dict[str, int]:
        """Cells of one field by their validity. They add up to the rows."""
        failed = self.failed.get(name, Counter())
        filled = self.rows - self.blank[name]
        return {
            FAILED_BLANK: failed[FAILED_BLANK],
            FAILED_INVALID: failed[FAILED_INVALID],
            FAILED_RELEASE_1: failed[FAILED_RELEASE_1],
            PASSED_BLANK: self.blank[name] - failed[FAILED_BLANK],
            PASSED_VALID: filled - failed[FAILED_INVALID] - failed[FAILED_RELEASE_1],
        }
