"""By when an assessment is authorised, and by when the person has it in their hands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from core import calendar, policy_settings

# Working days in which somebody else authorises a submitted assessment (design).
AUTHORISE = "assessments.authorise_working_days"
# Working days from the determination until it is given to the person (rule 10 ELIG_ISSUE, design; the law only says
# that it must be given, s13(2)).
ISSUE = "assessments.issue_working_days"

policy_settings.declare(AUTHORISE, 5)
policy_settings.declare(ISSUE, 5)


def due_on(*, from_day: date, working_days: int, holidays: Collection[date]) -> date:
    """The working day that many working days on."""
    return calendar.add_working_days(from_day, working_days, holidays)
