"""When plans are reviewed. Pure: dates in, dates out. Law and guidance with their source; local choices are settings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from core import calendar, policy_settings

# First review 6 to 8 weeks after support starts or changes (Care and Support Statutory Guidance 13.19; care-act.md 9).
INITIAL_AFTER = timedelta(days=42)
INITIAL_LATEST = timedelta(days=56)
# At least every 12 months by guidance (care-act.md 9); never later, sooner where the plan says so.
YEARLY_MONTHS = 12
# Reply to a request for a review, and hold one that was asked for (design; council settings).
REPLY_WORKING_DAYS = "support_plans.review_reply_working_days"
REQUESTED_HELD_DAYS = "support_plans.requested_review_held_days"

policy_settings.declare(REPLY_WORKING_DAYS, 5)
policy_settings.declare(REQUESTED_HELD_DAYS, 28)


def initial_review_due_on(*, starts_on: date) -> date:
    return starts_on + INITIAL_AFTER


def initial_review_latest_on(*, starts_on: date) -> date:
    return starts_on + INITIAL_LATEST


def yearly_review_due_on(*, from_day: date) -> date:
    """Twelve months after the last review, or after the plan began."""
    return calendar.add_months(from_day, YEARLY_MONTHS)


def yearly_anchor_for(*, due_on: date) -> date:
    """The day from which rule 15 counts its twelve months so that the review falls due on a chosen day."""
    return calendar.add_months(due_on, -YEARLY_MONTHS)


def requested_review_due_on(*, requested_on: date, days: int) -> date:
    return requested_on + timedelta(days=days)


def reply_due_on(*, requested_on: date, working_days: int, holidays: Collection[date]) -> date:
    return calendar.add_working_days(requested_on, working_days, holidays)
