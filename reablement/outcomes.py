"""The national outcomes of a spell of reablement, and how each counts in the measure 2A (reablement.md 5 and 6.1)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.db import models


class EventOutcome(models.TextChoices):
    """The final outcomes, release 2. Those that only say “goes on” cannot be chosen: they could not be classified."""

    NFA_PLANNED = "NFA_PLANNED", "NFA: Support ended as planned"
    NFA_INFO = "NFA_INFO", "NFA: Information and advice or signposting"
    ST_LOW = "ST_LOW", "Short term support: Ongoing low level (e.g. equipment, telecare)"
    LT_COMM = "LT_COMM", "Long term support: Community"
    LT_RES = "LT_RES", "Long term support: Residential care"
    LT_NURSING = "LT_NURSING", "Long term support: Nursing care"
    LT_PRISON = "LT_PRISON", "Long term support: Prison"
    ST_OTHER = "ST_OTHER", "Short term support: Other short term"
    ST_RESNURS = "ST_RESNURS", "Short term residential or nursing care (within other short term)"
    NFA_OTHER_REASON = "NFA_OTHER_REASON", "NFA: Support ended for other reason"
    NFA_NO_SERVICE = "NFA_NO_SERVICE", "NFA: No services offered for other reason"
    NFA_MOVED = "NFA_MOVED", "NFA: Responsibility moved to another local authority"
    NFA_LA_SERVICE = "NFA_LA_SERVICE", "NFA: Referral to other service within the local authority"
    NFA_SELF = "NFA_SELF", "NFA: Self-funded client or under 12wk disregard"
    NFA_DECLINED = "NFA_DECLINED", "NFA: Support declined"
    NFA_NHS = "NFA_NHS", "NFA: Referral to NHS services or NHS funded social care"
    HOSPITAL = "HOSPITAL", "Admitted to hospital"
    NFA_DIED = "NFA_DIED", "NFA: Deceased"
    NFA_OTHER = "NFA_OTHER", "NFA: Other"


LONG_TERM = frozenset(
    {EventOutcome.LT_COMM, EventOutcome.LT_RES, EventOutcome.LT_NURSING, EventOutcome.LT_PRISON}
)
# Left out of the measure altogether.
NOT_COUNTED = frozenset(
    {
        EventOutcome.NFA_SELF,
        EventOutcome.NFA_DECLINED,
        EventOutcome.NFA_NHS,
        EventOutcome.NFA_DIED,
        EventOutcome.HOSPITAL,
    }
)
IN_DENOMINATOR = frozenset(EventOutcome) - NOT_COUNTED
# In the numerator: no ongoing support after the short-term support.
IN_NUMERATOR = IN_DENOMINATOR - LONG_TERM - {EventOutcome.ST_RESNURS}


class Sequel(models.TextChoices):
    """What the outcome says about ongoing support; worked out from it, never entered."""

    NO_ONGOING = "no_ongoing", "No ongoing support"
    ONGOING = "ongoing", "Ongoing support"
    NOT_COUNTED = "not_counted", "Not counted in the national measure"


def sequel_of(outcome: str) -> Sequel | None:
    """The sequel that follows from an outcome; None while there is none."""
    if not outcome:
        return None
    if outcome in IN_NUMERATOR:
        return Sequel.NO_ONGOING
    return Sequel.ONGOING if outcome in IN_DENOMINATOR else Sequel.NOT_COUNTED


def share_without_ongoing_support(outcomes: Iterable[str]) -> Decimal | None:
    """Measure 2A for outcomes of clusters: percent, one decimal place. What cannot be classified is in neither part."""
    given = list(outcomes)
    denominator = sum(outcome in IN_DENOMINATOR for outcome in given)
    if not denominator:
        return None
    numerator = sum(outcome in IN_NUMERATOR for outcome in given)
    return (Decimal(100 * numerator) / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP)
