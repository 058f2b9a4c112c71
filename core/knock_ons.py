"""What starts low and acts high: an event in a lower app, and the services above it that follow.

The table itself is `caseportal/knock_ons.py`, the only place that knows everyone. It is handed over when the
project is ready; a lower app only says what happened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

_table: dict[str, tuple[Callable[..., Any], ...]] = {}


class UnknownEvent(Exception):  # noqa: N818
    """An event without a row in the table of knock-ons."""


def register(table: Mapping[str, Sequence[Callable[..., Any]]]) -> None:
    """Take over the table: event code to the services called, in order, in the same transaction."""
    _table.clear()
    _table.update({event: tuple(steps) for event, steps in table.items()})


def happened(event: str, **facts: Any) -> None:
    """Say what happened; everything that follows runs now, in this transaction.

    Raises UnknownEvent for an event without a row: silence must be written down too.
    """
    if event not in _table:
        raise UnknownEvent(f"“{event}” has no row in caseportal/knock_ons.py")
    for step in _table[event]:
        step(**facts)


def events() -> frozenset[str]:
    return frozenset(_table)
