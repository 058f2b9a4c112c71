"""What the department works out from a row before it counts anything: derivations D-01 to D-13.

Here are D-01 to D-08. D-09 is in ``submissions``, D-10 in ``rows.clean``, D-11 and D-12 in ``money``, and D-13 in
the Release 1 wording of the specification's lists. All from the department's processing code and notes (SRC1).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

QUARTER_DAYS_IN_A_YEAR = 1461  # D-04 divides days by 365.25, which is 1461 quarters of a day
ADULT = 18  # years
OLDER = 65  # years
AGE_GROUPS = ((18, 24), (25, 44), (45, 64), (65, 74), (75, 84), (85, 94))  # years, both counted
UNKNOWN = "Unknown"


def person_key(*, nhs_number: str, council: str, local_id: str) -> str:
    """D-01: the NHS number, else council code, underscore, council ID. Empty when a row names no one.

    Tracing is done nationally, so the number submitted stands for the traced one.
    """
    if nhs_number:
        return nhs_number
    return f"{council}_{local_id}" if local_id else ""


def effective_end(*, start: date | None, end: date | None, died: date | None) -> date | None:
    """D-02: the day of death if it is from start to end, or after the start of an open event; else the end."""
    if died is None or start is None:
        return end
    if end is None:
        return died if died > start else None
    return died if start <= died <= end else end


def died_before(*, died: date | None, period_start: date) -> bool:
    """D-03: someone who died before the period leaves its figures with all their rows."""
    return died is not None and died < period_start


def age(*, born: date, on: date) -> int:
    """D-04: whole years from the first day of the birth month, days divided by 365.25 and rounded down."""
    return (on - born.replace(day=1)).days * 4 // QUARTER_DAYS_IN_A_YEAR


def age_group(years: int | None) -> str:
    """D-05: Under 18, the six published groups, 95 and above, or Unknown."""
    if years is None:
        return UNKNOWN
    if years < ADULT:
        return "Under 18"
    for first, last in AGE_GROUPS:
        if years <= last:
            return f"{first} to {last}"
    return "95 and above"


def broad_age_group(years: int | None) -> str:
    """D-05, broad: Under 18, 18 to 64, 65 and above, or Unknown."""
    if years is None:
        return UNKNOWN
    if years < ADULT:
        return "Under 18"
    return "18 to 64" if years < OLDER else "65 and above"


# D-06: what makes an event one event, after council, person, client type, event type and start.
OWN_PARTS: dict[str, Sequence[str]] = {
    "Request": ("Request_Route_of_Access",),
    "Assessment": ("Assessment_Type",),
    "Review": (),
    "Service": ("Service_Type", "Service_Component"),
}
ENDS_COUNT = frozenset({"Request", "Assessment", "Review"})
WITHIN_ONE_SUBMISSION = (
    "Delivery_Mechanism",
    "Unit_Cost",
    "Cost_Frequency_Unit_Type",
    "Planned_Units_Per_Week",
)
