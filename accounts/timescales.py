"""After how many days without use an account is closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core import clock, policy_settings

# Calendar days (quality/security.md S8: 60; design, confirm with the council). 0 closes none. The public's are set
# apart: a plan is looked at a few times a year, so a council may want longer there.
UNUSED_DAYS = {"staff": "accounts.staff_unused_days", "public": "accounts.public_unused_days"}
for _code in UNUSED_DAYS.values():
    policy_settings.declare(_code, 60)


def unused_before(*, today: date, days: int) -> datetime:
    """The moment, in London, before which an account must last have been used to be closed today. With 60 days, one
    used on 1 January is closed on 2 March (1 March in a leap year)."""
    return datetime.combine(today - timedelta(days=days - 1), time.min, tzinfo=clock.LONDON)
