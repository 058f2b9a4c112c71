"""Today beside the weeks before it: figures kept at night against the same figures counted now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.templatetags.dates import long_date
from reporting import queries
from reporting.drawing import Drawn
from reporting.scope import Scope

# The chart shows today and as many weeks before it as make eight figures.
WEEKS = 8
ALL_LISTS = "all_lists"


@dataclass(frozen=True)
class Compared:
    """A figure of today and of the day seven days before; both over standard records. None: that day was not kept."""

    now: int
    before: int | None
    day: date

    @property
    def words(self) -> str:
        if self.before is None:
            return f"No figure kept for {long_date(self.day)}"
        more = self.now - self.before
        if not more:
            return f"As many as 7 days ago ({self.before:,})"
        return f"{abs(more):,} {'more' if more > 0 else 'fewer'} than 7 days ago ({self.before:,})"


@dataclass(frozen=True)
class History:
    """What the nights kept for a scope, and the same figures as they stand now."""

    today: date
    now: Mapping[str, int]
    kept: Mapping[tuple[date, str], int]

    @property
    def week_ago(self) -> date:
        return self.today - queries.WEEK

    def on(self, day: date, code: str) -> int | None:
        """A figure as it stood on a day: counted now for today, kept for a day before; None where none was kept."""
        if code == ALL_LISTS:
            parts = [self.on(day, each) for each in queries.WAITING_LISTS]
            known = [part for part in parts if part is not None]
            return sum(known) if len(known) == len(parts) else None
        return self.now[code] if day == self.today else self.kept.get((day, code))

    def compared(self, code: str) -> Compared:
        return Compared(self.on(self.today, code) or 0, self.on(self.week_ago, code), self.week_ago)


def days_before(today: date) -> list[date]:
    """The same weekday in each of the weeks before, the earliest first."""
    return [today - queries.WEEK * back for back in range(WEEKS - 1, 0, -1)]


def history_of(chosen: Scope, today: date, now: Mapping[str, int]) -> History:
    return History(today, now, queries.kept(chosen, days_before(today)))


@dataclass(frozen=True)
class Week(Drawn):
    """One row of the course of a figure, and its bar."""

    begins = 130
    day: date
    number: int | None
    change: str
    width: int
    y: int


@dataclass(frozen=True)
class Course:
    """How one figure went over the last weeks: the drawing and its table."""

    weeks: list[Week]
    missing: int

    @property
    def height(self) -> int:
        return len(self.weeks) * ROW + 8


# The drawing: the longest bar is 420 wide.
LONGEST_BAR, ROW = 420, 36


def course_of(history: History, code: str) -> Course:
    """The course of a figure. It begins with the first of the weeks for which one was kept."""
    days = [*days_before(history.today), history.today]
    while history.on(days[0], code) is None:  # today has a figure always
        days.pop(0)
    numbers = [history.on(day, code) for day in days]
    most = max([number for number in numbers if number is not None] + [1])
    weeks = [
        Week(
            day,
            number,
            _change(numbers[place - 1] if place else None, number),
            (number or 0) * LONGEST_BAR // most,
            4 + ROW * place,
        )
        for place, (day, number) in enumerate(zip(days, numbers, strict=True))
    ]
    return Course(weeks, numbers.count(None))


def _change(before: int | None, now: int | None) -> str:
    if before is None or now is None:
        return ""
    more = now - before
    return f"{'+' if more > 0 else '−' if more < 0 else ''}{abs(more):,}"
