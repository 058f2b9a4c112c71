"""By when an assessment is shared, answered and authorised, and by when the person has it in their hands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from core import calendar, policy_settings

# Working days from a complete draft until the person has it, and from then until they were asked what they think; and
# until it is sent once they said so (all three design: the law only says that they are involved, s9(5)).
SHARE = "assessments.share_working_days"
COMMENTS = "assessments.comments_working_days"
SEND = "assessments.send_working_days"
# Working days in which somebody else authorises a submitted assessment (design).
AUTHORISE = "assessments.authorise_working_days"
# Working days from the determination until it is given to the person (rule 10 ELIG_ISSUE, design; the law only says
# that it must be given, s13(2)).
ISSUE = "assessments.issue_working_days"

policy_settings.declare(SHARE, 5)
policy_settings.declare(COMMENTS, 10)
policy_settings.declare(SEND, 5)
policy_settings.declare(AUTHORISE, 5)
policy_settings.declare(ISSUE, 5)


def due_on(*, from_day: date, working_days: int, holidays: Collection[date]) -> date:
    """The working day that many working days on."""
    return calendar.add_working_days(from_day, working_days, holidays)
