"""What a check says to people: findings by rule, fields that fail, what would be lost, and the months that count."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator

from national_returns.cld.checking.check import RULES, Check
from national_returns.cld.checking.facts import CheckSettings, FileFacts, Month
from national_returns.cld.checking.findings import WHOLE_FILE, Finding, Severity
from national_returns.cld.checking.losses import Loss, Losses
from national_returns.cld.checking.months import TYPES, MonthTable, month_table
from national_returns.cld.checking.validity import (
    PASSED_BLANK,
    PASSED_VALID,
    STATUSES,
    VALIDITIES,
    FieldCounts,
    status_of,
)
from national_returns.cld.spec import EVENT_TYPES, specification

EXAMPLES = 3  # of each rule
VERDICTS = {
    "valid": "valid",
    "valid_with_warnings": "valid, with warnings",
    "invalid": "invalid",
}


class FindingsByRule:
    """Counts findings and keeps the first few of each rule and field, whatever the size of the file."""

    def __init__(self) -> None:
        self.severities: Counter[Severity] = Counter()
        self.counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[str, list[Finding]] = {}

    def add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.severities[finding.severity] += 1
            self.counts[finding.rule, finding.field] += 1
            examples = self._examples.setdefault(finding.rule, [])
            if len(examples) < EXAMPLES:
                examples.append(finding)

    def lines(self) -> Iterator[str]:
        for rule in RULES.values():
            examples = self._examples.get(rule.id)
            if not examples:
                continue
            by_field = {name: count for (id, name), count in self.counts.items() if id == rule.id}
            fields = ", ".join(f"{name} {count:,}" for name, count in sorted(by_field.items()))
            yield f"{rule.id} {rule.severity}: {sum(by_field.values()):,} ({fields})"
            for each in examples:
                where = "Whole file" if each.row == WHOLE_FILE else f"Row {each.row}"
                yield f"  {where}, {each.field}: {each.message}"


def written_report(check: Check) -> Iterator[str]:
    """Judge the file and give out the report, line by line. Raises UnreadableFile before the first."""
    by_rule, fields = FindingsByRule(), FieldCounts()
    by_rule.add(check.on_the_whole())
    if check.facts is None:
        yield from _head(check, by_rule)
        return
    losses = Losses(check.facts)
    for record, found in check.on_rows():
        by_rule.add(found)
        fields.add(record, found)
        losses.add(record, found)
    yield from _head(check, by_rule)
    yield from _fields(fields, check.facts)
    yield from _losses(losses.finish(), by_rule)
    yield from _months(month_table(check.facts.ended), check.settings)


def _head(check: Check, by_rule: FindingsByRule) -> Iterator[str]:
    counts = by_rule.severities
    yield (
        f"{_counted(check.rows, 'row')}: {VERDICTS[check.verdict]}. {_counted(counts[Severity.ERROR], 'error')}, "
        f"{_counted(counts[Severity.WARNING], 'warning')}, {counts[Severity.INFO]:,} for information."
    )
    yield ""
    yield "Findings by rule"
    yield from by_rule.lines() if by_rule.counts else ["None."]


def _fields(fields: FieldCounts, facts: FileFacts) -> Iterator[str]:
    """National status and validity of the fields with a cell that fails."""
    rows = [["Field", *STATUSES, *VALIDITIES]]
    for each in specification().fields:
        counts = fields.of(each.name)
        if counts[PASSED_BLANK] + counts[PASSED_VALID] == facts.rows:
            continue
        statuses = Counter({status_of(each, ""): facts.rows - facts.types.total()})
        for event_type in EVENT_TYPES:
            statuses[status_of(each, event_type)] += facts.types[event_type]
        rows.append(
            [
                each.header,
                *(f"{statuses[word]:,}" for word in STATUSES),
                *(f"{counts[word]:,}" for word in VALIDITIES),
            ]
        )
    yield ""
    yield "Fields that fail nationally, in cells"
    yield from _table(rows) if len(rows) > 1 else ["None."]


def _losses(losses: list[Loss], by_rule: FindingsByRule) -> Iterator[str]:
    yield ""
    yield "What would be lost nationally"
    for loss in losses:
        whose = ", ".join(loss.named) + (" and others" if loss.people > len(loss.named) else "")
        people = f" about {_counted(loss.people, 'person', 'people')} ({whose})" if loss.people else ""
        yield f"{loss.reason.name}: {_counted(loss.rows, 'row')}{people}; {loss.reason.effect}"
    thin = by_rule.counts["F05", "Event_End_Date"]
    if thin:
        yield f"Thin months: {_counted(thin, 'time')} a month without events of a type; the whole file may be cut short"
    if not losses and not thin:
        yield "Nothing."


def _months(table: MonthTable, settings: CheckSettings) -> Iterator[str]:
    """Events by month of effective end; complete months are marked, and the runs make the period that is used."""
    first, last = settings.period_start, settings.period_end
    rows = [["Month", *TYPES]]
    for month in table.months((first.year, first.month), (last.year, last.month)):
        marks = ["complete" if month in table.complete[kind] else "too few" for kind in TYPES]
        counts = [
            f"{table.counts[kind].get(month, 0):,} {mark}" for kind, mark in zip(TYPES, marks, strict=True)
        ]
        rows.append([_written(month), *counts])
    rows.append(["Run", *(_span(table.runs[kind]) or _why_none(table, kind) for kind in TYPES)])
    yield ""
    yield "Months that would be used nationally"
    yield from _table(rows)
    if table.period:
        yield f"The period used would be {_span(table.period)}."
    else:
        yield "No period can be set: the file would not be used."


def _why_none(table: MonthTable, kind: str) -> str:
    return "no complete month" if table.usable[kind] else "too few in all"


def _written(month: Month) -> str:
    return f"{calendar.month_abbr[month[1]]} {month[0]}"


def _span(months: tuple[Month, Month] | None) -> str:
    return f"{_written(months[0])} to {_written(months[1])}" if months else ""


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _table(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
