"""What gives somebody the right to act for a person, how far each right reaches, and what must have been seen.

Next of kin gives none (domain/people.md 6). Pure: no database, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Part(models.TextChoices):
    """What a right can reach to on the person's own pages."""

    CARE = "care", "Care: what is happening, the assessment, the plan, reablement"
    MONEY = "money", "Money: the budget and the contribution"
    DETAILS = "details", "Details: how we get in touch"


class Kind(models.TextChoices):
    CONSENT = "consent", "The person’s permission"
    LPA_HEALTH = "lpa_health", "Lasting power of attorney for health and welfare"
    LPA_PROPERTY = "lpa_property", "Lasting power of attorney for property and financial affairs"
    EPA = "epa", "Enduring power of attorney"
    DEPUTY_WELFARE = "deputy_welfare", "Court-appointed deputy for personal welfare"
    DEPUTY_PROPERTY = "deputy_property", "Court-appointed deputy for property and affairs"
    APPOINTEE = "appointee", "Appointee for benefits"
    ADVOCATE = "advocate", "Advocate"


@dataclass(frozen=True)
class Power:
    """How far a right reaches: which parts, whether its holder decides, and what is recorded with it."""

    parts: frozenset[str]
    source: str
    decides: bool = True  # agrees for the person; else speaks up beside them
    paper: bool = True  # a document, registered or sealed, that somebody has seen
    ends: bool = False  # a last day must be set
    without_capacity: bool = False  # only once the person lacks capacity for these decisions


ALL = frozenset(Part.values)
WELFARE = frozenset({Part.CARE, Part.DETAILS})
PROPERTY = frozenset({Part.MONEY})

POWERS: dict[str, Power] = {
    # domain/people.md 10: the person's recorded permission, with scope and expiry.
    Kind.CONSENT: Power(ALL, "The person’s recorded permission", paper=False, ends=True),
    Kind.LPA_HEALTH: Power(WELFARE, "Mental Capacity Act 2005 ss 9 and 11(7)(a)", without_capacity=True),
    Kind.LPA_PROPERTY: Power(PROPERTY, "Mental Capacity Act 2005 s 9"),
    Kind.EPA: Power(PROPERTY, "Mental Capacity Act 2005 Sch 4"),
    Kind.DEPUTY_WELFARE: Power(WELFARE, "Mental Capacity Act 2005 ss 16 and 17"),
    Kind.DEPUTY_PROPERTY: Power(PROPERTY, "Mental Capacity Act 2005 ss 16 and 18"),
    Kind.APPOINTEE: Power(PROPERTY, "SI 1987/1968 reg 33"),
    # An advocate supports and represents; the decision stays the person's.
    Kind.ADVOCATE: Power(ALL, "Care Act 2014 s 67", decides=False, paper=False, ends=True),
}
SPEAKING_ONLY = frozenset(kind for kind, power in POWERS.items() if not power.decides)
WITHOUT_CARE = sorted(kind for kind, power in POWERS.items() if Part.CARE not in power.parts)
WITHOUT_MONEY = sorted(kind for kind, power in POWERS.items() if Part.MONEY not in power.parts)
