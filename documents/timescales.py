"""How soon a worker answers, counted in working days. Ours, for the council to change."""

from __future__ import annotations

from datetime import date

from core import calendar, policy_settings

# Working days to make a letter in another format (design; the standard itself says "without delay", DAPB1605 step 5).
OTHER_FORMAT = "documents.other_format_working_days"
# Working days to read what a person sent (design).
READ = "documents.read_working_days"
policy_settings.declare(OTHER_FORMAT, 5)
policy_settings.declare(READ, 3)


def due_on(setting: str, *, today: date) -> date:
    """The working day by which it is done."""
    return calendar.add_working_days(today, int(policy_settings.value(setting, on=today)), calendar.england())
