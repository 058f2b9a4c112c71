"""Dates as they are given to a command."""

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
