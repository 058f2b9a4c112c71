"""By when a hand-over is answered, and from which day the first look at a contact counts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from core import calendar, policy_settings

# How many working days a team has to accept or return a hand-over (design; the council may change it).
HANDOVER_ANSWER = "contacts.handover_answer_working_days"

# How many working days the front door has to look at a contact that a death did not end (design).
AFTER_DEATH = "contacts.after_death_working_days"

policy_settings.declare(HANDOVER_ANSWER, 2)
policy_settings.declare(AFTER_DEATH, 1)

# By when whoever asked hears what happens next (reviews-and-reminders.md rule 2 CONTACT_ACK, design).
ANSWER_WORKING_DAYS = 5

# A request that nobody has looked at reaches the manager after 4 working hours and the head of service after 1 working
# day of eight hours (reliability R15).
MANAGER_AFTER_HOURS = 4
HEAD_AFTER_HOURS = 8


def screening_counts_from(*, received_at: datetime, holidays: Collection[date]) -> date:
    """The day from which the screening target runs: after 17:00 it is the next working day
    (reviews-and-reminders.md 1; rule 1 CONTACT_SCREEN adds one working day, Leicestershire's 24 hours)."""
    return calendar.day_received(received_at, holidays)


def handover_answer_due_on(*, passed_on: date, working_days: int, holidays: Collection[date]) -> date:
    """The working day by which the receiving team accepts or returns a hand-over."""
    return calendar.add_working_days(passed_on, working_days, holidays)


def told_of_untouched(*, received_at: datetime, holidays: Collection[date]) -> tuple[datetime, datetime]:
    """The moments at which the manager, and the head of service, are told of a request nobody has looked at."""
    return (
        calendar.add_working_hours(received_at, MANAGER_AFTER_HOURS, holidays),
        calendar.add_working_hours(received_at, HEAD_AFTER_HOURS, holidays),
    )
