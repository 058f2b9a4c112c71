"""What stands on the managers' pages: the numbers, the waiting lists, the chart, and how each figure went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import policy_settings
from reporting import queries, waiting
from reporting.charts import Chart, TeamChart, chart_of, percent, team_chart
from reporting.history import ALL_LISTS, Course, History, course_of, history_of
from reporting.numbers import WORDS, Number, numbers_of
from reporting.queries import APPROVALS, UNALLOCATED
from reporting.rates import RATES, by_team
from reporting.scope import Scope
from reporting.timescales import ASSESSMENT_TARGET_DAYS
from reporting.waiting import APART, BUDGETS, LISTS, NOTHING, WaitingLists


@dataclass(frozen=True)
class Page:
    """Everything on the managers' page, and on the page of the waiting lists."""

    scope: Scope
    numbers: list[Number]
    lists: WaitingLists
    chart: Chart
    people: int
    history: History


def now_of(work: Mapping[str, Any], found: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """Each figure as it stands now, over standard records: what the night would keep."""
    return {
        code: work[f"{code}_standard"]
        if f"{code}_standard" in work
        else found.get(code, NOTHING)["standard_records"]
        for code in queries.FIGURES
    }


@dataclass(frozen=True)
class Measure:
    """One figure with what it counts, from where, over which time, and how it changed. `rows` opens what it counts."""

    code: str
    label: str
    number: int
    value: str
    change: str
    definition: str
    source: str
    over: str
    url: str
    rows: str = ""


@dataclass(frozen=True)
class Measures:
    """The page of the measures: all of them, and one drawn with its tables."""

    scope: Scope
    measures: list[Measure]
    chosen: str
    label: str
    course: Course | None
    teams: TeamChart


def _figures() -> dict[str, tuple[str, str, str]]:
    """Label, definition and source of each figure that is kept at night."""
    words = {code: (word.label, word.definition, word.source) for code, word in WORDS.items()}
    lists = {**LISTS, UNALLOCATED: APART[UNALLOCATED]}
    words |= {
        APPROVALS if code == BUDGETS else code: (kind.label, kind.definition, kind.source)
        for code, kind in lists.items()
    }
    return {code: words[code] for code in queries.FIGURES}


def measures_of(chosen: Scope, today: date, figure: str = "") -> Measures:
    """All measures over standard records, and the one asked for drawn by week, where it is kept, and by team."""
    counted = queries.counted_by_team(today)
    now = {code: sum(chosen.of_each(counted, code).values()) for code in queries.FIGURES}
    history = history_of(chosen, today, now)
    rates = {code: by_team(code, chosen, today) for code in RATES}
    figures = _figures()
    found = [
        Measure(
            code,
            label,
            now[code],
            f"{now[code]:,}",
            f"{history.compared(code).words}.",
            definition,
            source,
            "Now",
            chosen.address("measures", figure=code),
            chosen.rows(BUDGETS if code == APPROVALS else code),
        )
        for code, (label, definition, source) in figures.items()
    ]
    found += [_rate(chosen, code, rates[code]) for code in RATES]
    if figure in RATES:
        drawn = team_chart(chosen, rates[figure], is_share=True)
        return Measures(chosen, found, figure, RATES[figure].label, None, drawn)
    figure = figure if figure in figures else ALL_LISTS
    codes = queries.WAITING_LISTS if figure == ALL_LISTS else (figure,)
    of_teams = {team.pk: (sum(counted.get((team.pk, code), 0) for code in codes), 0) for team in chosen.shown}
    label = figures[figure][0] if figure in figures else "Everyone who waits, on all lists"
    course = course_of(history, figure)
    return Measures(chosen, found, figure, label, course, team_chart(chosen, of_teams))


def _rate(chosen: Scope, code: str, parts: Mapping[int, tuple[int, int]]) -> Measure:
    done, whole = (sum(part[place] for part in parts.values()) for place in (0, 1))
    rate = RATES[code]
    return Measure(
        code,
        rate.label,
        done,
        f"{percent(done, whole)}%" if whole else "–",
        f"{done:,} of {whole:,}." if whole else "Nothing to count yet.",
        rate.definition,
        rate.source,
        "The last 12 months",
        chosen.address("measures", figure=code),
    )


def page_of(chosen: Scope, today: date, *, with_contact: bool = False) -> Page:
    work = waiting.work_in_one_query(chosen, today)
    found = waiting.lists_in_one_query(chosen, today, with_contact=with_contact)
    history = history_of(chosen, today, now_of(work, found))
    target = int(policy_settings.value(ASSESSMENT_TARGET_DAYS, on=today))
    return Page(
        chosen,
        numbers_of(chosen, today, work, found, history),
        waiting.waiting_lists(chosen, today, found, history),
        chart_of(chosen, work, target),
        work["people"],
        history,
    )
