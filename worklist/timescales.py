"""From a rule and a date to the days that matter: the legal date, the day to act by, when to say so, when to escalate.

Pure: dates in, dates out (domain/reviews-and-reminders.md 1). Holidays are handed in by the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from core import calendar, policy_settings
from core.calendar import Shift

CALENDAR_DAYS, WORKING_DAYS, MONTHS = "days", "working_days", "months"

# Calendar days without a note, a call or a decision after which an allocated piece of work is shown as standing
# still (README of the shelf, 16; design).
NOTHING_HAPPENING_DAYS = "worklist.nothing_happening_days"
policy_settings.declare(NOTHING_HAPPENING_DAYS, 14)

# Days within which somebody who waits hears from us again, by risk (pictures/manage.html; design).
NEXT_CONTACT_DAYS = "worklist.next_contact_days"
policy_settings.declare(NEXT_CONTACT_DAYS, {"high": 7, "medium": 14, "standard": 28})

# Working days within which somebody who lost the second step of signing in is called back (design).
SECOND_STEP_WORKING_DAYS = "worklist.second_step_working_days"
policy_settings.declare(SECOND_STEP_WORKING_DAYS, 2)

RED = "red"
"""The last step: nobody more to tell, the item stands red on the managers' page."""


class RuleDates(Protocol):
    """The part of a rule that dates are worked out from."""

    offset: int
    unit: str
    shift: str
    lead_days: list[int]
    lead_unit: str
    opens_at_once: bool
    escalation: list[dict[str, Any]]


@dataclass(frozen=True, order=True)
class Step:
    """Something the daily job does about an anchor: make the task and tell its audience, or escalate to a role."""

    on: date
    name: str
    to: str = ""

    @property
    def code(self) -> str:
        """The step with its day, so that a moved date makes a step anew."""
        return f"{self.name}@{self.on.isoformat()}"

    @property
    def is_escalation(self) -> bool:
        return bool(self.to)


@dataclass(frozen=True)
class Dates:
    """The legal date, the day to act by (both dates are stored), and the steps on the way, earliest first."""

    legal_on: date
    due_on: date
    steps: tuple[Step, ...]


def moved(day: date, count: int, unit: str, holidays: Collection[date]) -> date:
    """A day so many calendar days, working days or months on; negative counts go back."""
    match unit:
        case "working_days":
            return calendar.add_working_days(day, count, holidays)
        case "months":
            return calendar.add_months(day, count)
        case "days":
            return day + timedelta(days=count)
    raise ValueError(f"“{unit}” is not a unit of a rule")


def legal_date(rule: RuleDates, anchor: date, holidays: Collection[date]) -> date:
    """The due date before any shift: anchor plus offset."""
    return moved(anchor, rule.offset, rule.unit, holidays)


def due_date(rule: RuleDates, anchor: date, holidays: Collection[date]) -> date:
    """The day to act by: the legal date, shifted off a day nobody works as the rule says."""
    return calendar.shift(legal_date(rule, anchor, holidays), rule.shift, holidays)


def lead_dates(rule: RuleDates, anchor: date, holidays: Collection[date]) -> list[date]:
    """When people are told beforehand: lead times count from the legal date, then move back to a working day unless
    the rule's dates stay where they fall."""
    legal = legal_date(rule, anchor, holidays)
    days = (moved(legal, lead, rule.lead_unit, holidays) for lead in rule.lead_days)
    if Shift(rule.shift) is not Shift.NONE:
        days = (calendar.working_day_on_or_before(day, holidays) for day in days)
    return sorted(set(days))


def escalation_dates(
    rule: RuleDates, *, legal_on: date, due_on: date, holidays: Collection[date]
) -> list[tuple[date, str]]:
    """When whom else is told: steps count from the day to act by, or from the legal date where the step says so."""
    return sorted(
        (
            moved(legal_on if step.get("from") == "legal" else due_on, step["after"], step["unit"], holidays),
            step["to"],
        )
        for step in rule.escalation
    )


def dates_of(rule: RuleDates, anchor: date, holidays: Collection[date]) -> Dates:
    """Every date of a rule for one anchor.

    The task appears at the first lead time, and at the latest on the day to act by. Where the rule opens at once it
    stands on the working day before already: what comes in on an evening or at a weekend counts from the next working
    day, and is seen in the meantime.
    """
    legal, due = legal_date(rule, anchor, holidays), due_date(rule, anchor, holidays)
    tellings = set(lead_dates(rule, anchor, holidays))
    if rule.opens_at_once:
        tellings.add(calendar.working_day_on_or_before(anchor - calendar.ONE_DAY, holidays))
    tellings.add(due)
    steps = [Step(day, "tell") for day in tellings]
    steps += [
        Step(day, f"escalate:{role}", role)
        for day, role in escalation_dates(rule, legal_on=legal, due_on=due, holidays=holidays)
    ]
    return Dates(legal, due, tuple(sorted(steps)))


def next_contact_on(risk: str, today: date, days: Mapping[str, int]) -> date:
    """The day by which somebody on a waiting list is rung or written to, from the days of each risk."""
    return today + timedelta(days=int(days.get(risk, max(days.values()))))


def next_step(steps: Sequence[Step], done: Collection[str]) -> date | None:
    """The day of the earliest step not yet done; None when all are."""
    return min((step.on for step in steps if step.code not in done), default=None)


def wait_in_words(row: Mapping[str, Any]) -> str:
    """How a lead time or an escalation step reads: “5 working days after”, “on the day”."""
    count, unit = (
        abs(row["after"]),
        {"days": "day", "working_days": "working day", "months": "month"}[row["unit"]],
    )
    if not count:
        return "on the day"
    return f"{count} {unit}{'' if count == 1 else 's'} {'before' if row['after'] < 0 else 'after'}"
