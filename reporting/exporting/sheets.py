"""Which list or table may leave the portal, and what stands in it. Built from nothing, never trimmed.

Restricted records, and what has a list of its own, are in no list that leaves. Tables say no small number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import policy_settings
from people.models import Risk
from reporting import measures, rows
from reporting.caseload import caseload_of, loads_of
from reporting.charts import percent
from reporting.exporting.files import Cell
from reporting.exporting.small import hidden, hidden_parts, hidden_share
from reporting.lines import Line, Listing, standard
from reporting.permissions import TABLE
from reporting.queries import SAFEGUARDING
from reporting.rates import RATES, by_team
from reporting.scope import Scope
from reporting.timescales import SMALLEST_NUMBER
from reporting.waiting import APART, WaitingList

TABLES = {
    f"{TABLE}numbers": "The six numbers of the managers’ page",
    f"{TABLE}waiting": "Waiting lists",
    f"{TABLE}caseload": "Caseload by worker",
    f"{TABLE}measures": "Measures",
}
RISKS = dict(Risk.choices)
# A file has as many rows for whoever knows of concerns as for whoever does not: the register shows how many.
NOT_TO_YOU = "not shown to you"
STANDARD_ONLY = "Restricted records, and what is known only to some, are not in this file."


@dataclass(frozen=True)
class Leaving:
    """What leaves: its title, its columns, its rows as they are read, how many they are, and what is said about it.

    `people` is filled with the keys of the people named, as the rows are read.
    """

    title: str
    head: list[str]
    rows: Iterator[list[Cell]]
    number: int
    notes: list[tuple[str, str]]
    people: set[int]


def title_of(code: str, chosen: Scope, today: date, query: Mapping[str, str]) -> str | None:
    """The title of what would leave; None where there is no such list, or where it stays in the portal."""
    if code in TABLES:
        return TABLES[code] if chosen.opens_rows or code != f"{TABLE}caseload" else None
    listing = rows.listing(code, chosen, today, query)
    return listing.title if listing is not None and listing.leaves else None


def leaving(code: str, chosen: Scope, today: date, query: Mapping[str, str]) -> Leaving:
    """What leaves, as the records stand now. Raises LookupError for what does not."""
    if code in TABLES:
        return _table(code, chosen, today)
    listing = rows.listing(code, chosen, today, query)
    if listing is None or not listing.leaves:
        raise LookupError(code)
    return _list(standard(listing))


# --- Lists of people --------------------------------------------------------------------------------------------------


def _list(listing: Listing) -> Leaving:
    people: set[int] = set()
    is_list = isinstance(listing.rows, list)
    found = listing.rows if is_list else listing.rows.order_by(listing.field, "pk")
    head = ["Number", "Name", "What", "State", "Held by", listing.dated, "Risk"]
    if listing.keeps_contact:
        head += ["Last contact", "Next contact"]

    def cells() -> Iterator[list[Cell]]:
        for row in found if is_list else found.iterator(chunk_size=2000):
            line = listing.line(row)
            if line.person is not None:
                people.add(line.person.pk)
            yield _cells(line, listing)

    number = len(found) if is_list else found.count()
    return Leaving(listing.title, head, cells(), number, [("What is not in it", STANDARD_ONLY)], people)


def _cells(line: Line, listing: Listing) -> list[Cell]:
    cells: list[Cell] = [
        line.person.local_number if line.person else "",
        line.name,
        line.what,
        line.detail,
        line.holder,
        line.day,
        RISKS.get(line.risk, line.risk),
    ]
    return [*cells, line.last_contact, line.next_contact] if listing.keeps_contact else cells


# --- Tables of numbers ------------------------------------------------------------------------------------------------


def _table(code: str, chosen: Scope, today: date) -> Leaving:
    smallest = int(policy_settings.value(SMALLEST_NUMBER, on=today))
    head, found = {
        f"{TABLE}numbers": _numbers,
        f"{TABLE}waiting": _waiting,
        f"{TABLE}caseload": _caseload,
        f"{TABLE}measures": _measures,
    }[code](chosen, today, smallest)
    small = f"Numbers from 1 to {smallest - 1} are not written, nor what would give them away."
    return Leaving(TABLES[code], head, iter(found), len(found), [("Small numbers", small)], set())


def _numbers(chosen: Scope, today: date, smallest: int) -> tuple[list[str], list[list[Cell]]]:
    page = measures.page_of(chosen, today)
    found: list[list[Cell]] = [
        [
            number.label,
            NOT_TO_YOU if number.value is None else hidden(number.value, smallest),
            hidden(number.compared.before if number.compared else None, smallest),
            number.definition,
            number.source,
            today,
        ]
        for number in page.numbers
    ]
    return ["Number", "Now", "7 days ago, standard records", "What is counted", "From", "As at"], found


def _waiting_row(row: WaitingList, smallest: int) -> list[Cell]:
    few = 0 < row.people < smallest
    days = [None, None] if few else [row.median, row.longest]
    return [
        row.label,
        hidden(row.people, smallest),
        hidden(row.before, smallest),
        *days,
        *hidden_parts([row.by_risk[risk] for risk in Risk.values], smallest),
        hidden(row.silent, smallest),
        hidden(row.past, smallest),
        row.kind.definition,
        row.kind.source,
    ]


def _waiting(chosen: Scope, today: date, smallest: int) -> tuple[list[str], list[list[Cell]]]:
    lists = measures.page_of(chosen, today, with_contact=True).lists
    head = ["Waiting for", "People", "7 days ago", "Median wait, days", "Longest wait, days"]
    head += [*RISKS.values(), "No contact for long", "Past their date", "Who stands on it", "From"]
    found = [_waiting_row(row, smallest) for row in (*lists.rows, *lists.apart)]
    if SAFEGUARDING not in {row.code for row in lists.apart}:
        found.append([APART[SAFEGUARDING].label, NOT_TO_YOU, *[None] * (len(head) - 2)])
    return head, found


def _caseload(chosen: Scope, today: date, smallest: int) -> tuple[list[str], list[list[Cell]]]:
    head = ["Worker", "Weight", "Pieces of work", "People", "High risk", "Nothing happening", "Tasks overdue"]
    found: list[list[Cell]] = []
    for load in loads_of(caseload_of(chosen, today).workers, chosen, today):
        counted = (load.worker.work, load.people, load.high, load.quiet, load.overdue)
        weight = load.worker.weight if load.people == 0 or load.people >= smallest else ""
        found.append([load.worker.name, weight, *(hidden(number, smallest) for number in counted)])
    return head, found


def _measures(chosen: Scope, today: date, smallest: int) -> tuple[list[str], list[list[Cell]]]:
    page = measures.measures_of(chosen, today)
    found: list[list[Cell]] = []
    for row in page.measures:
        if row.code in RATES:
            parts = by_team(row.code, chosen, today).values()
            done, whole, may = hidden_share(
                sum(part[0] for part in parts), sum(part[1] for part in parts), smallest
            )
            figure: Cell = f"{percent(int(done), int(whole))}%" if may and whole else ""
        else:
            done, whole, figure = "", "", hidden(row.number, smallest)
        found.append([row.label, figure, done, whole, row.over, row.definition, row.source, today])
    return ["Measure", "Figure", "Number", "Of", "Over", "What is counted", "From", "As at"], found


def kept_query(given: Mapping[str, Any]) -> dict[str, str]:
    """Of what came with the address, what chooses a list: the team and what narrows it, as codes of bounded length."""
    names = ("team", *rows.NARROWING)
    return {name: str(given[name])[:40] for name in names if given.get(name)}
