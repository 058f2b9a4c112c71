"""Where things are drawn on the page of an episode: forty-two days, and a line over the weeks for each goal.

Numbers only; the template draws them as SVG with attributes, beside a table with the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reablement import timescales
from reablement.models import Goal

BOX, STEP, WEEK_STEP = 26, 29, 203.4
FIRST_X, LAST_X, BOTTOM, ROW = 38, 272, 124, 26
TOP_SCORE = 4
FEWEST_WEEKS = 6


def _text(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


def _short(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


@dataclass(frozen=True)
class Box:
    """One of the forty-two days."""

    x: str
    kind: str
    number: int | None = None

    @property
    def middle(self) -> str:
        return _text(float(self.x) + BOX / 2)


@dataclass(frozen=True)
class Mark:
    """Words under a day."""

    x: str
    anchor: str
    words: str
    date: str


@dataclass(frozen=True)
class Strip:
    boxes: list[Box]
    weeks: list[tuple[str, str, bool]]
    marks: list[Mark]
    label: str


def _x(day: int) -> float:
    week, place = divmod(day - 1, timescales.WEEK_DAYS)
    return week * WEEK_STEP + place * STEP


def day_strip(*, day: int, today: date, last_free: date, decide: date) -> Strip:
    """The forty-two days with today, the day to decide by, and the last free day. `day` is the count of today."""
    free = timescales.FREE_DAYS
    decide_day = free - timescales.NOTICE_OF_CHARGE.days
    shown = min(day, free + 1)
    named = {decide_day, free, shown}
    boxes = [
        Box(
            _text(_x(each)),
            "today" if each == shown else "done" if each < shown else "ahead",
            each if each in named else None,
        )
        for each in range(1, free + 1)
    ]
    this_week = (min(day, free) - 1) // timescales.WEEK_DAYS + 1
    weeks = [
        (_text(_x((week - 1) * 7 + 1)), f"Week {week}", week == this_week)
        for week in range(1, FEWEST_WEEKS + 1)
    ]
    marks = [
        Mark(_text(_x(decide_day) + BOX / 2), "middle", f"Decide by day {decide_day}", _short(decide)),
        Mark("1217", "end", "Last free day", _short(last_free)),
    ]
    if 0 < day <= free:
        x = _x(day) + BOX / 2
        clear = abs(day - decide_day) > 3 and day < free - 3
        anchor = "start" if day <= 2 else "middle"
        if clear:
            marks.insert(0, Mark(_text(0 if day <= 2 else x), anchor, "Today", _short(today)))
    label = (
        f"Day {day} of {free}. Decide by day {decide_day}, {_short(decide)}. "
        f"The last free day is day {free}, {_short(last_free)}."
    )
    return Strip(boxes, weeks, marks, label)


@dataclass(frozen=True)
class Line:
    """A goal's scores from the start on, as points of a line."""

    points: str
    dots: list[tuple[str, str]]
    last_x: str
    last_y: str
    last: int
    target_y: str
    target_words_y: str
    rows: list[tuple[int, str, str]]
    columns: list[tuple[str, str]]
    label: str


def _y(score: int) -> float:
    return BOTTOM - ROW * score


def goal_line(goal: Goal, scores: Mapping[int, int], *, weeks: int) -> Line:
    """A line from the start over the weeks written up; weeks without a score are passed over."""
    weeks = max(weeks, FEWEST_WEEKS)
    gap = (LAST_X - FIRST_X) / weeks
    known = [(0, goal.baseline), *sorted(scores.items())]
    dots = [(_text(FIRST_X + gap * week), _text(_y(score))) for week, score in known]
    every = 1 if weeks <= FEWEST_WEEKS else 2
    columns = [(_text(FIRST_X), "Start")] + [
        (_text(FIRST_X + gap * week), f"Wk {week}" if weeks <= FEWEST_WEEKS else str(week))
        for week in range(every, weeks + 1, every)
    ]
    said = ", ".join(f"{'start' if week == 0 else f'week {week}'}: {score}" for week, score in known)
    return Line(
        points=" ".join(f"{x},{y}" for x, y in dots),
        dots=dots,
        last_x=_text(FIRST_X + gap * known[-1][0] + 10),
        last_y=_text(_y(known[-1][1]) + (18 if known[-1][1] >= goal.target else -4)),
        last=known[-1][1],
        target_y=_text(_y(goal.target)),
        target_words_y=_text(_y(goal.target) - 6),
        rows=[(score, _text(_y(score)), _text(_y(score) + 4.5)) for score in range(TOP_SCORE + 1)],
        columns=columns,
        label=f"Goal {goal.number}. Scores by week: {said}. Target {goal.target}.",
    )
