"""The bounds of waiting: pure, with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import policy_settings

# Calendar days from the request within which an assessment is to be complete
# (domain/reviews-and-reminders.md rule 4, a setting).
ASSESSMENT_TARGET_DAYS = "reporting.assessment_target_days"
policy_settings.declare(ASSESSMENT_TARGET_DAYS, 28)


# Days without a contact after which somebody asks how a person who waits is (rule 6 WAITLIST_WELLBEING, design).
LAST_CONTACT_DAYS = "reporting.last_contact_days"
policy_settings.declare(LAST_CONTACT_DAYS, 28)

# Reablement that ends within this long asks for a decision now (README of the shelf, 16).
ENDING_SOON = timedelta(days=7)


# Exports (quality/security.md S21; design): hours until a file is taken away, rows from which a second manager decides,
# and rows that no file exceeds. The register stays.
EXPORT_HOURS = "reporting.export_hours"
EXPORT_SECOND_MANAGER_ABOVE = "reporting.export_second_manager_above"
EXPORT_MOST_ROWS = "reporting.export_most_rows"
policy_settings.declare(EXPORT_HOURS, 24)
policy_settings.declare(EXPORT_SECOND_MANAGER_ABOVE, 500)
policy_settings.declare(EXPORT_MOST_ROWS, 50_000)

# The smallest number of people that is written in a table that leaves the portal (disclosure control as the national
# collections of adult social care practise it: numbers below 5 are suppressed).
SMALLEST_NUMBER = "reporting.smallest_number"
policy_settings.declare(SMALLEST_NUMBER, 5)


def taken_away_at(*, made_at: datetime, hours: int) -> datetime:
    """The moment from which the file of an export is gone."""
    return made_at + timedelta(hours=hours)


@dataclass(frozen=True)
class Span:
    """A span of waiting, in days; without an end it is open."""

    code: str
    first: int
    last: int | None

    @property
    def label(self) -> str:
        return f"{self.first} to {self.last} days" if self.last is not None else f"{self.first} days or more"

    def opened(self, today: date) -> tuple[date | None, date]:
        """Between which days work was opened that has waited so long today: (earliest or none, latest)."""
        latest = today - timedelta(days=self.first)
        return (today - timedelta(days=self.last) if self.last is not None else None), latest

    def is_inside(self, target: int) -> bool:
        """Whether everyone in this span is still within the target."""
        return self.last is not None and self.last <= target


SPANS = (
    Span("to_7", 0, 7),
    Span("to_14", 8, 14),
    Span("to_28", 15, 28),
    Span("to_42", 29, 42),
    Span("over_42", 43, None),
)
