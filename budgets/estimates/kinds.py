"""The kinds of `money-cases/1`: what each asks, which calculator answers, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from budgets.calculators import allocation, charging, mixed_budget, part_week, surplus
from budgets.calculators.rates import Rates
from budgets.estimates import inputs, results
from budgets.estimates.fields import Strict, whole_characters
from budgets.estimates.inputs import CARE_HOME, COMMUNITY

Given = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of case. `fixed` is what the kind itself answers of the questions.

    The two descriptions only read and write: they keep nothing of what goes through them.
    """

    asks: Strict
    gives: results.Result
    answer: Callable[[Given], Any]
    fixed: Mapping[str, str] = field(default_factory=dict)

    def work_out(self, data: Any) -> Any:
        """The result for what was given. Raises serializers.ValidationError with every fault."""
        whole_characters(data)
        if isinstance(data, Mapping):
            if twice := [name for name in self.fixed if name in data]:
                raise serializers.ValidationError({name: ["Not a key of this format."] for name in twice})
            data = {**data, **self.fixed}
        return answered(self.answer, self.asks.run_validation(data))

    def printed(self, result: Any) -> dict[str, Any]:
        """A result as it is written in JSON."""
        return dict(self.gives.to_representation(result))

    def expected(self, data: Any) -> dict[str, Any]:
        """Some keys of a result, as a case expects them. Raises serializers.ValidationError."""
        return dict(type(self.gives)(partial=True).run_validation(data))


def answered(answer: Callable[[Given], Any], given: Given) -> Any:
    """The result, or serializers.ValidationError where a calculator refuses the figures together."""
    try:
        return answer(given)
    except (ValueError, allocation.UnusableTable) as error:
        raise serializers.ValidationError({"detail": [str(error)]}) from error


def _tariff(given: Given) -> Given:
    rates = Rates(**given["rates"])
    found = [rates.tariff(capital) for capital in given["capitals"]]
    return {
        "tariff": [None if each.weekly is None else int(each.weekly) for each in found],
        "full_cost": [each.full_cost for each in found],
        "working": [each.working for each in found if each.working],
    }


def charge(given: Given) -> charging.Charge:
    """The charge by the rules of a care home where there is a word about a spouse at home, else of the community."""
    means = {
        **{name: value for name, value in given.items() if name != "kind"},
        "rates": Rates(**given["rates"]),
        "capital": [charging.Capital(**each) for each in given["capital"]],
        "incomes": [charging.Income(**each) for each in given["incomes"]],
    }
    work_out = charging.charge_care_home if "spouse_at_home" in given else charging.charge_community
    return work_out(**means)  # type: ignore[operator]


def _allocate(given: Given) -> Given:
    demonstration = allocation.DEMONSTRATION
    table = allocation.Table(
        method=inputs.METHODS[given["method"]],
        points={domain: tuple(map(Decimal, levels)) for domain, levels in given["points"].items()}
        if "points" in given
        else demonstration.points,
        bands=tuple((band["from"], band["to"], band["weekly"]) for band in given["bands"])
        if "bands" in given
        else demonstration.bands,
        rate_per_point=given.get("rate_per_point"),
    )
    found = allocation.estimate(table, given["answers"])
    final, route, variance = given.get("final_weekly"), None, None
    if final is not None:
        variance = allocation.variance_percent(estimate=found.weekly, total=final)
        near = allocation.is_within(estimate=found.weekly, total=final)
        route = "TEAM_MANAGER" if near else "PANEL"
    return {
        "raw": found.raw,
        "score": found.score,
        "weekly": found.weekly,
        "annual": found.annual,
        "variance_percent": variance,
        "route": route,
        "working": found.working,
    }


def _mix(given: Given) -> Given:
    found = mixed_budget.mixed_budget(
        total_weekly=given["total_weekly"],
        contribution=given["contribution"],
        by_mode={each["mode"].lower(): each["gross"] for each in given["allocations"]},
        order=[mode.lower() for mode in given["collection_order"]],
    )
    return {
        "contribution_by_mode": {mode.upper(): sum_ for mode, sum_ in found.contribution_by_mode.items()},
        "council_pays_by_mode": {mode.upper(): sum_ for mode, sum_ in found.council_pays_by_mode.items()},
        "council_total": found.council_total,
        "working": found.working,
    }


KINDS: Mapping[str, Kind] = {
    "tariff": Kind(inputs.TariffInput(), results.TariffOutput(), _tariff),
    COMMUNITY: Kind(inputs.ChargingInput(), results.CommunityOutput(), charge, {"kind": COMMUNITY}),
    CARE_HOME: Kind(inputs.ChargingInput(), results.CareHomeOutput(), charge, {"kind": CARE_HOME}),
    "part_week": Kind(
        inputs.PartWeekInput(), results.PartWeekOutput(), lambda given: part_week.part_week(**given)
    ),
    "dp_surplus": Kind(
        inputs.SurplusInput(), results.SurplusOutput(), lambda given: surplus.surplus(**given)
    ),
    "ras": Kind(inputs.AllocationEstimateInput(), results.AllocationEstimateOutput(), _allocate),
    "mixed_budget": Kind(inputs.MixedBudgetInput(), results.MixedBudgetOutput(), _mix),
}
# Both charges at one address: what is asked says which of them.
CHARGING = Kind(inputs.ChargingInput(), results.ChargingOutput(), charge)
