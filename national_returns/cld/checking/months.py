"""Which months of a file the national team would use (method of September 2026, SRC1). The stated period is not trusted.

Requests, assessments and services are counted apart by the month of their effective end; reviews are not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from national_returns.cld.checking.facts import Month

TYPES = ("Request", "Assessment", "Service")
FEWEST_EVENTS = 10  # in a complete month
SHARE_OF_MEDIAN_MONTH = 20  # in 100, for a month to be complete
SHARE_OF_MEDIAN_TYPE = 5  # in 100, for a type to be usable
LONGEST_GAP = 1  # months missing in a row inside an unbroken run


def place_of(month: Month) -> int:
    """Months numbered without a break, so that they can be counted on and back."""
    return month[0] * 12 + month[1] - 1


def month_at(place: int) -> Month:
    return place // 12, place % 12 + 1


@dataclass(frozen=True, slots=True)
class MonthTable:
    """Events of each type by month, which months are complete, the run of each type, and the period all have."""

    counts: Mapping[str, Mapping[Month, int]]
    complete: Mapping[str, frozenset[Month]]
    usable: Mapping[str, bool]
    runs: Mapping[str, tuple[Month, Month] | None]
    period: tuple[Month, Month] | None

    def months(self, first: Month, last: Month) -> list[Month]:
        """The months of a period, and those of any run beyond it."""
        ends = [first, last, *(month for run in self.runs.values() if run for month in run)]
        return [month_at(place) for place in range(place_of(min(ends)), place_of(max(ends)) + 1)]


def month_table(ended: Mapping[str, Mapping[Month, int]]) -> MonthTable:
    """Judge the months of a file from the number of events that ended in each."""
    counts = {kind: {month: n for month, n in ended.get(kind, {}).items() if n} for kind in TYPES}
    totals = {kind: sum(months.values()) for kind, months in counts.items()}
    complete = {kind: _complete(months) for kind, months in counts.items()}
    usable = {kind: _is_share(totals[kind], SHARE_OF_MEDIAN_TYPE, totals.values()) for kind in TYPES}
    runs = {kind: _latest_run(complete[kind]) if usable[kind] else None for kind in TYPES}
    return MonthTable(counts, complete, usable, runs, _overlap(runs.values()))


def _is_share(number: int, share: int, of: Iterable[int]) -> bool:
    """Whether a number is at least so many in 100 of the median of others, in whole numbers throughout."""
    ordered = sorted(of)
    twice_the_median = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
    return number * 200 >= share * twice_the_median


def _complete(months: Mapping[Month, int]) -> frozenset[Month]:
    """At least 10 events, and at least a fifth of the median of the months that have any."""
    return frozenset(
        month
        for month, number in months.items()
        if number >= FEWEST_EVENTS and _is_share(number, SHARE_OF_MEDIAN_MONTH, months.values())
    )


def _latest_run(complete: frozenset[Month]) -> tuple[Month, Month] | None:
    """The latest unbroken run of complete months, first and last. Single missing months do not break it."""
    places = sorted(map(place_of, complete), reverse=True)
    if not places:
        return None
    first = last = places[0]
    for place in places[1:]:
        if first - place > LONGEST_GAP + 1:
            break
        first = place
    return month_at(first), month_at(last)


def _overlap(runs: Iterable[tuple[Month, Month] | None]) -> tuple[Month, Month] | None:
    """The months that all runs share. None if a type has no run, or if they share none: the file is not used."""
    known = []
    for run in runs:
        if run is None:
            return None
        known.append(run)
    first, last = max(start for start, _end in known), min(end for _start, end in known)
    return (first, last) if first <= last else None
