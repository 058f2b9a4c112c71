"""Drawings made on the server, each from the figures of the table beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reporting.drawing import Drawn
from reporting.scope import Scope
from reporting.timescales import SPANS, Span
from worklist.models import WorkItem


@dataclass(frozen=True)
class Bar(Drawn):
    """One span of the chart: people, share of all in whole per cent, those at high risk, and its place on the drawing."""

    begins = 130
    words_below = 21
    span: Span
    people: int
    high: int
    share: int
    inside: bool
    width: int
    y: int
    url: str


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    total: int
    high: int
    over: int
    over_share: int
    target: int
    line_y: int

    @property
    def height(self) -> int:
        return len(self.bars) * 44 + 12


# The drawing: the longest bar is 420 wide; each has 44 of height.
LONGEST_BAR, ROW = 420, 44


def chart_of(chosen: Scope, work: Mapping[str, Any], target: int) -> Chart:
    """How long people have waited for a Care Act assessment: the drawing and its table, from the same figures."""
    total = sum(work[span.code] for span in SPANS)
    most = max([work[span.code] for span in SPANS] + [1])
    bars = [
        Bar(
            span,
            work[span.code],
            work[f"{span.code}_high"],
            percent(work[span.code], total),
            span.is_inside(target),
            work[span.code] * LONGEST_BAR // most,
            8 + ROW * place,
            chosen.rows(WorkItem.Kind.ASSESSMENT, waited=span.code),
        )
        for place, span in enumerate(SPANS)
    ]
    over = sum(bar.people for bar in bars if not bar.inside)
    inside = sum(bar.inside for bar in bars)
    return Chart(
        bars, total, sum(bar.high for bar in bars), over, percent(over, total), target, ROW * inside + 2
    )


def percent(part: int, whole: int) -> int:
    """Per cent, rounded half up."""
    return (part * 200 + whole) // (2 * whole) if whole else 0


@dataclass(frozen=True)
class TeamBar(Drawn):
    """One team: its number, or of how many, and its place on the drawing."""

    begins = 190
    name: str
    number: int
    of: int
    share: int
    width: int
    y: int


@dataclass(frozen=True)
class TeamChart:
    """A figure team by team, the highest first; where it is a share, in whole per cent of each team's own."""

    bars: list[TeamBar]
    is_share: bool
    others: int

    @property
    def height(self) -> int:
        return len(self.bars) * TEAM_ROW + 8


# After the name of the team; the longest bar is 360 wide. So many teams are drawn.
LONGEST_TEAM, TEAM_ROW, MOST_TEAMS = 360, 36, 20


def team_chart(chosen: Scope, counted: Mapping[int, tuple[int, int]], *, is_share: bool = False) -> TeamChart:
    """Each team with its number, or with its number out of how many."""
    rows = []
    for team in chosen.shown:
        number, of = counted.get(team.pk, (0, 0))
        if of or not is_share:
            rows.append((percent(number, of) if is_share else number, team.name, number, of))
    rows.sort(key=lambda row: (-row[0], row[1]))
    most = 100 if is_share else max([row[0] for row in rows] + [1])
    bars = [
        TeamBar(name, number, of, high, high * LONGEST_TEAM // most, 4 + TEAM_ROW * place)
        for place, (high, name, number, of) in enumerate(rows[:MOST_TEAMS])
    ]
    return TeamChart(bars, is_share, len(rows[MOST_TEAMS:]))
