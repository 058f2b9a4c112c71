"""An estimate and a budget in words, line by line: the same for staff and for the person's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assessments.models import OutcomeAnswer, OutcomeCode
from budgets.models import IndicativeBudget, PersonalBudget
from people.models import Person
from support_plans.models import PlanItem

SHARES = {
    Decimal("0"): "None",
    Decimal("0.25"): "A quarter (25%)",
    Decimal("0.5"): "Half (50%)",
    Decimal("0.75"): "Three quarters (75%)",
    Decimal("1"): "All of it (100%)",
}
PENNY = Decimal("0.01")


@dataclass(frozen=True)
class WorkingLine:
    """One outcome of the working, as it is read."""

    code: str
    label: str
    help_needed: str
    points: Decimal
    carer_does: str
    has_carer: bool
    counted: Decimal


@dataclass(frozen=True)
class Working:
    """How an estimate was worked out: the lines, the sums, and the step from points to pounds."""

    estimate: IndicativeBudget
    lines: list[WorkingLine]
    points: Decimal
    counted: Decimal
    manager_up_to: Decimal

    @property
    def band(self) -> str:
        if self.estimate.band_from is None:
            return ""
        return f"{self.estimate.band_from} to {self.estimate.band_to}"


def working_of(estimate: IndicativeBudget | None, *, percent: Decimal) -> Working | None:
    """The working of an estimate, read from the stored run and never worked out again."""
    if estimate is None:
        return None
    lines = [_line(row) for row in estimate.lines]
    return Working(
        estimate=estimate,
        lines=lines,
        points=sum((line.points for line in lines), Decimal("0")),
        counted=estimate.raw_points.quantize(PENNY),
        manager_up_to=(estimate.weekly * (100 + percent) / 100).quantize(PENNY, rounding=ROUND_HALF_UP),
    )


def _line(row: dict[str, Any]) -> WorkingLine:
    share = Decimal(row["carer_share"])
    return WorkingLine(
        code=row["code"],
        label=str(OutcomeCode(row["code"]).label),
        help_needed=str(OutcomeAnswer.Level(row["level"]).label),
        points=Decimal(row["points"]),
        carer_does=SHARES.get(share, f"{share:%}"),
        has_carer=bool(share),
        counted=Decimal(row["counted"]).quantize(PENNY),
    )


def carer_of(person: Person) -> str:
    """What to call the main carer in the working: the first name, where one is recorded."""
    main = (
        person.relationships.filter(is_main_carer=True, valid_to=None).select_related("other_person").first()
    )
    if main is None:
        return "The carer"
    return main.other_person.first_name if main.other_person else main.other_name.split(" ")[0]


def what_it_buys(budget: PersonalBudget) -> tuple[list[PlanItem], list[PlanItem]]:
    """The plan's lines that the budget pays for, and those that other money pays for."""
    items = list(budget.plan.items.for_plan())
    paid = [item for item in items if item.is_means_tested and (item.cost_weekly or item.cost_one_off)]
    others = [item for item in items if not item.is_means_tested and (item.cost_weekly or item.cost_one_off)]
    return paid, others
