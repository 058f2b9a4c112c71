"""Words given to a command, and lines it prints."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date

from national_returns.cld.synthetic.journeys import day_given


def day(text: str) -> date:
    """2026-09-30 or 30/09/2026."""
    try:
        return day_given(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date such as 2026-09-30.") from None


def printable(line: str) -> str:
    """A line in which cells of a file cannot steer the screen: what cannot be printed is a space."""
    return "".join(letter if letter.isprintable() else " " for letter in line)
