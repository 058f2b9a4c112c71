"""Limits and times of the money. Pure: dates in, dates out; what a council may choose is a dated setting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from budgets.calculators import allocation
from core import calendar, policy_settings

# Within this many per cent of the estimate a team manager decides, otherwise a panel (money.md 2.1, design).
VARIANCE_PERCENT = "budgets.variance_percent"
# Working days in which somebody who says that a budget looks wrong gets an answer (money.md 8, design).
ANSWER_WORKING_DAYS = "budgets.review_answer_working_days"

# Months after which what a person pays is looked at again, and days before that from which it stands in the list
# (regular reassessment: Care and Support Statutory Guidance ch. 8; a year and four weeks are a design, verify).
CONTRIBUTION_MONTHS = "budgets.contribution_review_months"
CONTRIBUTION_LEAD_DAYS = "budgets.contribution_review_lead_days"
# A direct payment is looked at within six months of the first payment, then at least every twelve
# (SI 2014/2871 reg 7; money.md 4.2).
FIRST_DIRECT_PAYMENT_REVIEW_MONTHS = 6
NEXT_DIRECT_PAYMENT_REVIEW_MONTHS = 12
# From so many days before it stands among the reviews to hold (reviews-and-reminders.md rules 27 and 28).
DIRECT_PAYMENT_REVIEW_LEAD = timedelta(days=42)
# An ended direct payment stands in the list for its last check for so long (design).
DIRECT_PAYMENT_ENDED_SHOWN = timedelta(days=90)

policy_settings.declare(VARIANCE_PERCENT, allocation.WITHIN_PERCENT)
policy_settings.declare(ANSWER_WORKING_DAYS, 5)
policy_settings.declare(CONTRIBUTION_MONTHS, 12)
policy_settings.declare(CONTRIBUTION_LEAD_DAYS, 28)


def asked_on(*, moment: datetime, holidays: Collection[date]) -> date:
    """The day from which the answer is counted: after 17:00, or on a day nobody works, the next working day."""
    return calendar.day_received(moment, holidays)


def answer_by(*, asked_on: date, working_days: int, holidays: Collection[date]) -> date:
    return calendar.add_working_days(asked_on, working_days, holidays)


def contribution_due_on(*, entered_on: date, months: int) -> date:
    """When what a person pays is looked at again."""
    return calendar.add_months(entered_on, months)


def direct_payment_review_by(*, paid_from: date, reviewed_on: date | None) -> date:
    """The last day for the next look at a direct payment: six months from the first, or twelve from the last look."""
    if reviewed_on and reviewed_on > paid_from:
        return calendar.add_months(reviewed_on, NEXT_DIRECT_PAYMENT_REVIEW_MONTHS)
    return calendar.add_months(paid_from, FIRST_DIRECT_PAYMENT_REVIEW_MONTHS)
