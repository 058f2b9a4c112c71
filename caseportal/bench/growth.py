"""How pages grow with the council: what a page reads and how long it takes, at two sizes."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.test import Client

from caseportal.bench.figures import Figure, Report
from caseportal.bench.pages import Page, counted, timed

ROUNDS = 7
MOST = 0.5


@dataclass(frozen=True)
class Weight:
    """Statements of a page, blocks of 8 KiB that the database reads for them, from memory or disk, and milliseconds
    in all."""

    statements: int
    blocks: float
    ms: float


def _blocks_so_far() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_force_next_flush()")
        cursor.execute("select pg_stat_clear_snapshot()")
        cursor.execute("select blks_hit + blks_read from pg_stat_database where datname = current_database()")
        return int(cursor.fetchone()[0])


def _blocks(client: Client, page: Page) -> int:
    """Asking twice counts nothing of the counting itself: the same statements without a page between are taken off."""
    before = _blocks_so_far()
    empty = _blocks_so_far() - before
    before = _blocks_so_far()
    page.ask(client)
    return max(_blocks_so_far() - before - empty, 1)


def weigh(clients: dict[str, Client], pages: Iterable[Page]) -> dict[str, Weight]:
    """The middle of a few rounds for each page, after two that warm it."""
    found = {}
    for page in pages:
        client = clients[page.by]
        found[page.name] = Weight(
            counted(client, page)[0],
            statistics.median(_blocks(client, page) for _ in range(ROUNDS)),
            statistics.median(timed(page.ask, client) for _ in range(ROUNDS)),
        )
    return found


def exponent(small: float, large: float, times: float) -> float:
    """ln(m₂/m₁) / ln(n₂/n₁): 0 does not grow, 1 grows as the council does."""
    return math.log(large / small) / math.log(times)


def report_growth(
    pages: Iterable[Page], small: dict[str, Weight], large: dict[str, Weight], times: float, report: Report
) -> None:
    """Every page by its statements, the blocks it reads and its time."""
    for page in pages:
        name, there, here = page.name, small[page.name], large[page.name]
        blocks, ms = exponent(there.blocks, here.blocks, times), exponent(there.ms, here.ms, times)
        more = here.statements - there.statements
        report.add(Figure(f"growth.{name}.statements_more", more, "statements", 0))
        report.add(Figure(f"growth.{name}.blocks", here.blocks, "blocks", gating=False, n=ROUNDS))
        report.add(Figure(f"growth.{name}.ms", here.ms, "ms", gating=False, n=ROUNDS))
        report.add(Figure(f"growth.{name}.blocks_exponent", blocks, "", MOST, n=ROUNDS))
        report.add(Figure(f"growth.{name}.time_exponent", ms, "", MOST, n=ROUNDS))
