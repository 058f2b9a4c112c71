"""Limits and times of the money. Pure: dates in, dates out; what a council may choose is a dated setting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from core import calendar, policy_settings

# Within this many per cent of the estimate a team manager decides, otherwise a panel (money.md 2.1, design).
VARIANCE_PERCENT = "budgets.variance_percent"
# Working days in which somebody who says that a budget looks wrong gets an answer (money.md 8, design).
ANSWER_WORKING_DAYS = "budgets.review_answer_working_days"

policy_settings.declare(VARIANCE_PERCENT, 10)
policy_settings.declare(ANSWER_WORKING_DAYS, 5)


def asked_on(*, moment: datetime, holidays: Collection[date]) -> date:
    """The day from which the answer is counted: after 17:00, or on a day nobody works, the next working day."""
    return calendar.day_received(moment, holidays)


def answer_by(*, asked_on: date, working_days: int, holidays: Collection[date]) -> date:
    return calendar.add_working_days(asked_on, working_days, holidays)
