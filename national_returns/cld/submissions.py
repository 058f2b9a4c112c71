"""Several submissions read as one: which of two tellings of an event is kept (D-07), and what has vanished (D-09)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from national_returns.cld.identity import digest
from national_returns.cld.record import Record, RecordReader
from national_returns.cld.rows import read_rows

LOWEST = 99  # below every outcome of the hierarchy, of which 1 is the highest
CONVERSATION = "conversation"  # how an event's description flags a conversation

Preference = tuple[date, bool, date, int, bool, int]


def preference(record: Record) -> Preference:
    """D-07: of rows with one event key the one with the greatest of these is kept.

    The latest reporting period; open before ended, and then the latest end; the outcome highest in the hierarchy;
    the conversation flag; the latest record.
    """
    outcome = record.found("Event_Outcome")
    return (
        record.period_end,
        record.is_open,
        record.effective_end or date.min,
        -(outcome.hierarchy or LOWEST) if outcome else -LOWEST,
        CONVERSATION in record.text["Event_Description"].casefold(),
        record.number,
    )


def close_with(record: Record, period_end: date) -> None:
    """D-09: a service open in one submission and missing from the next ended with the last period it was in."""
    record.end = record.effective_end = period_end
    record.text["Event_End_Date"] = f"{period_end:%d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Submission:
    """One file: the last day of its period, the events in it, and the row that is kept of each."""

    path: Path
    period_end: date
    events: frozenset[str]
    kept: frozenset[int]


def joined(paths: Sequence[Path], reader: RecordReader) -> Iterator[Record]:
    """The rows that count when several files are read as one; of a single file all do.

    An event counts as the latest file that holds it tells it. Rows that name no event are given out as they are.
    Each file is read twice, one row in memory at a time.
    """
    if len(paths) == 1:
        yield from _records(paths[0], reader)
        return
    submissions = sorted((_survey(path, reader) for path in paths), key=lambda each: each.period_end)
    last_told = {event: place for place, each in enumerate(submissions) for event in each.events}
    for place, submission in enumerate(submissions):
        for record in _records(submission.path, reader):
            event = _event(record)
            if event and (last_told[event] != place or record.number not in submission.kept):
                continue
            if record.is_service and record.is_open and place + 1 < len(submissions):
                close_with(record, submission.period_end)
            yield record


def _survey(path: Path, reader: RecordReader) -> Submission:
    kept: dict[str, Preference] = {}
    events: set[str] = set()
    period_end = date.min
    for record in _records(path, reader):
        period_end = max(period_end, record.period_end)
        key = record.event_key(within_one_submission=True)
        if key is None:
            continue
        events.add(_event(record))
        line = digest(key)
        kept[line] = max(preference(record), kept.get(line, preference(record)))
    return Submission(path, period_end, frozenset(events), frozenset(best[-1] for best in kept.values()))


def _records(path: Path, reader: RecordReader) -> Iterator[Record]:
    return map(reader.read, read_rows(path, reader.spec))


def _event(record: Record) -> str:
    """D-06 between submissions, where price and units tell no services apart. Empty for a row without a key."""
    key = record.event_key(within_one_submission=False)
    return digest(key) if key else ""
