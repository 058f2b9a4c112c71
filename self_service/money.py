"""The money of a budget in plain words: the same figures as staff see, in three steps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgets.models import PersonalBudget
from people.models import Person
from support_plans.models import Mode, PlanItem

PLAIN_AREAS = {
    "A": "Eating and drinking",
    "B": "Keeping clean",
    "C": "Using the toilet",
    "D": "Getting dressed",
    "E": "Safe at home",
    "F": "Keeping the home",
    "G": "Family and friends",
    "H": "Work and learning",
    "I": "Getting out",
    "J": "Looking after a child",
}
SHARES = {
    Decimal("0.25"): "a quarter",
    Decimal("0.5"): "half",
    Decimal("0.75"): "three quarters",
    Decimal(1): "all",
}
PLAIN_REASONS = {
    "need_not_captured": "You have a need that our points do not show.",
    "market_rate": "Support near you costs more than our table allows.",
    "risk": "You need more support to stay safe.",
    "carer_change": "What your carer can do has changed.",
    "less_costly_option": "There is a way to meet your needs that costs less.",
    "other": "There is another reason, which your worker will explain.",
}
# Figures that a person may see: from the decision on.
SHOWN = (
    PersonalBudget.Status.APPROVED,
    PersonalBudget.Status.AGREED_WITH_PERSON,
    PersonalBudget.Status.ACTIVE,
    PersonalBudget.Status.UNDER_REVIEW,
    PersonalBudget.Status.SUSPENDED,
)


@dataclass(frozen=True)
class Area:
    """One part of life in the working: the points counted, and what a carer's help took off."""

    name: str
    counted: Decimal
    note: str


def plain(number: Decimal) -> str:
    """A number of points without idle noughts: 8, 3.75."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def areas_of(lines: list[dict[str, Any]]) -> list[Area]:
    """The kept lines of an estimate in plain words."""
    areas = []
    for line in lines:
        points, counted = Decimal(str(line["points"])), Decimal(str(line["counted"]))
        share = Decimal(str(line.get("carer_share") or 0))
        if points == 0:
            note = "No help needed"
        elif share:
            note = f"{plain(points)}, and your carer does {SHARES.get(share.normalize(), plain(share * 100) + '%')}"
        else:
            note = ""
        areas.append(Area(PLAIN_AREAS[line["code"]], counted, note))
    return areas


def budget_of(person: Person, user: Any) -> PersonalBudget | None:
    """The budget a person is shown: the newest that has been decided and not replaced."""
    return (
        PersonalBudget.objects.visible_to(user)
        .filter(person=person, status__in=SHOWN)
        .select_related("plan", "indicative", "team")
        .order_by("-decided_at", "-pk")
        .first()
    )


def working(budget: PersonalBudget) -> dict[str, Any]:
    """Everything the page of the money shows; the printed lines add up to the printed totals.

    Pounds per week. `buys` are the lines of the plan, `ways` the modes, `areas` the points of the estimate.
    """
    items = list(
        PlanItem.objects.filter(plan=budget.plan, removed_at=None, stream="asc", cost_weekly__gt=0).order_by(
            "pk"
        )
    )
    ways = list(budget.allocations.order_by("pk"))
    estimate = budget.indicative
    areas = areas_of(estimate.lines) if estimate else []
    difference = budget.total_weekly - estimate.weekly if estimate else Decimal(0)
    return {
        "buys": items,
        "buys_total": sum((item.cost_weekly for item in items), Decimal("0.00")),
        "direct": next((way for way in ways if way.mode == Mode.DIRECT_PAYMENT), None),
        "arranged": [way for way in ways if way.mode != Mode.DIRECT_PAYMENT],
        "estimate": estimate,
        "areas": [(area.name, plain(area.counted), area.note) for area in areas],
        "points": plain(estimate.raw_points) if estimate else "",
        "difference": difference,
        "difference_size": abs(difference),
        "reason": PLAIN_REASONS.get(budget.variance_reason, ""),
    }
