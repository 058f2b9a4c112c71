"""The times and numbers of this app: law and the council's own, each with its source."""

from __future__ import annotations

from datetime import date

from core import calendar, policy_settings

# A warning lasts 12 months at most, then it is renewed or goes (domain/people.md 7, design).
WARNING_MONTHS_AT_MOST = 12
# A note belongs on the record within 2 working days (domain/people.md 13, design).
NOTE_WORKING_DAYS = 2
# Older than this is almost always a dummy date (domain/people.md 1): asked about, not refused.
AGE_TO_ASK_ABOUT = 115
ADULT_AGE = 18

policy_settings.declare("people.local_number_prefix", "P")


def latest_end_of_warning(starts_on: date) -> date:
    """The last day a warning that starts then may run to."""
    return calendar.add_months(starts_on, WARNING_MONTHS_AT_MOST)


def is_unusual_age(date_of_birth: date, today: date) -> bool:
    """Under 18, or so old that the date is likely a dummy: the page asks again, the service does not refuse."""
    age = calendar.completed_years(date_of_birth, today)
    return age < ADULT_AGE or age > AGE_TO_ASK_ABOUT
