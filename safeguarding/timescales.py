"""Targets of safeguarding. The law gives none: all are the council's settings or rule rows, and none changes a state.

Pure: moments and dates in, moments and dates out (domain/safeguarding.md 10, reviews-and-reminders.md rules 46 to 53).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from core import calendar, policy_settings
from core.clock import LONDON

# The code of the team that takes in concerns, screens them and holds the cases (design).
TEAM = "safeguarding.team"
policy_settings.declare(TEAM, "safeguarding")

# Functions kept to those with a live professional registration (ADASS advice note 2010; domain/safeguarding.md 2).
RESERVED_FUNCTIONS = "safeguarding.reserved_functions"
S42_DECISION, LEAD_ENQUIRY = "S42_DECISION", "LEAD_ENQUIRY"
CLOSE_ENQUIRY, PLAN_SIGN_OFF = "CLOSE_ENQUIRY", "PROTECTION_PLAN_SIGNOFF"
policy_settings.declare(RESERVED_FUNCTIONS, [S42_DECISION, LEAD_ENQUIRY, CLOSE_ENQUIRY, PLAN_SIGN_OFF])

# Working hours after which the duty manager, and working days after which the head of service, hear of a concern that
# nobody has looked at (quality/reliability.md R15; design).
UNTOUCHED_HOURS = "safeguarding.untouched_working_hours"
UNTOUCHED_DAYS = "safeguarding.untouched_working_days"
policy_settings.declare(UNTOUCHED_HOURS, 4)
policy_settings.declare(UNTOUCHED_DAYS, 1)

# Months after which a protection plan is looked at again at the latest (domain/safeguarding.md 10).
PLAN_REVIEW_MONTHS = 3

DAY_BEGINS, DAY_ENDS = time(9, 0), time(17, 0)


def counts_from(*, received_at: datetime, immediate_danger: bool, holidays: Collection[date]) -> date:
    """The day from which targets count: after 17:00 or on a day nobody works the next working day, except that an
    emergency counts at once."""
    if immediate_danger:
        return received_at.astimezone(LONDON).date()
    return calendar.day_received(received_at, holidays)


def latest_review(agreed_on: date) -> date:
    """The last day on which a protection plan may be due for review."""
    return calendar.add_months(agreed_on, PLAN_REVIEW_MONTHS)


def working_hours_after(moment: datetime, hours: int, holidays: Collection[date]) -> datetime:
    """The moment so many working hours (9:00 to 17:00 in London) after another."""
    local, left = moment.astimezone(LONDON), timedelta(hours=hours)
    day = local.date()
    while True:
        if calendar.is_working_day(day, holidays):
            begins = max(datetime.combine(day, DAY_BEGINS, tzinfo=LONDON), local)
            ends = datetime.combine(day, DAY_ENDS, tzinfo=LONDON)
            if begins < ends:
                if begins + left <= ends:
                    return (begins + left).astimezone(moment.tzinfo)
                left -= ends - begins
        day += timedelta(days=1)


def working_days_after(moment: datetime, days: int, holidays: Collection[date]) -> datetime:
    """The same time of day so many working days later: in at 16:00 on Thursday, one day later is Friday at 16:00."""
    local = moment.astimezone(LONDON)
    if not calendar.is_working_day(local.date(), holidays):
        first = calendar.working_day_on_or_after(local.date(), holidays)
        local = datetime.combine(first, DAY_BEGINS, tzinfo=LONDON)
    day = calendar.add_working_days(local.date(), days, holidays)
    return datetime.combine(day, local.time(), tzinfo=LONDON).astimezone(moment.tzinfo)
