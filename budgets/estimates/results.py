"""What each calculator gives, in the words of `money-cases/1`, and the working behind every figure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from budgets.calculators import charging
from budgets.calculators.sums import DAYS, POINTS, POUNDS, Sum
from budgets.estimates.fields import Choice, Day, Figure, Strict, Whole, YesNo

STATUSES = (charging.NIL, charging.PARTIAL, charging.FULL_COST)
ROUTES = ("TEAM_MANAGER", "PANEL")


def printed(amount: Decimal, unit: str = POUNDS) -> str:
    """An amount as it is printed: days whole, the rest with at least two places and never rounded here."""
    if unit == DAYS:
        return f"{amount:f}"
    places = max(2, -int(amount.normalize().as_tuple().exponent))
    return f"{amount:.{places}f}"


class SumLineOutput(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]
    amount = serializers.CharField(help_text="Decimal as text; below nought where it takes away.")
    note = serializers.CharField()


class SumOutput(serializers.Serializer):
    """How one figure comes about. The lines add up to the total."""

    of = serializers.CharField(help_text="The key of the figure.")
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.ChoiceField(choices=(POUNDS, POINTS, DAYS))
    lines = SumLineOutput(many=True)
    total = serializers.CharField(help_text="Decimal as text.")

    def to_representation(self, each: Sum) -> dict[str, Any]:
        return {
            "of": each.of,
            "label": each.label,
            "unit": each.unit,
            "lines": [
                {"label": line.label, "amount": printed(line.amount, each.unit), "note": line.note}
                for line in each.lines
            ],
            "total": printed(each.total, each.unit),
        }


class Result(Strict):
    """Every figure of a result, and the working behind it."""

    # What a case expects of a result is read by the same description, some keys of it or all.
    working = SumOutput(many=True, read_only=True)


class TariffOutput(Result):
    tariff = serializers.ListField(
        child=Whole(allow_null=True), help_text="Whole pounds a week; null where the whole cost is paid."
    )
    full_cost = serializers.ListField(child=YesNo())


class CommunityOutput(Result):
    gross_income = Figure(help_text="Before disregards, without tariff.")
    weekly_incomes = serializers.ListField(child=Figure())
    weekly_incomes_counted = serializers.ListField(
        child=Figure(), help_text="After disregards; what is left out wholly is not in it."
    )
    assessed_capital = Figure()
    assessable_income = Figure(help_text="After disregards, without tariff.")
    tariff = Figure(allow_null=True)
    mig = Figure(help_text="0.00 in a care home.")
    allowances = Figure()
    max_contribution = Figure(allow_null=True)
    contribution = Figure()
    council_pays = Figure()
    status = Choice(choices=STATUSES)


class CareHomeOutput(CommunityOutput):
    pea = Figure(help_text="The personal expenses allowance.")


class ChargingOutput(CommunityOutput):
    """Either charge."""

    pea = Figure(required=False, help_text="The personal expenses allowance: in a care home only.")

    def to_representation(self, charge: charging.Charge) -> dict[str, Any]:
        found = super().to_representation(charge)
        return {name: value for name, value in found.items() if name != "pea" or charge.pea is not None}


class PartWeekOutput(Result):
    last_free_day = Day()
    first_chargeable_day = Day()
    chargeable_days_in_week = Whole()
    charge = Figure(help_text="Pounds.")


class SurplusOutput(Result):
    base = Figure(help_text="Pounds a week into the account.")
    reserve = Figure(help_text="Pounds.")
    surplus = Figure(help_text="Pounds; below nought where less is there than may stay.")
    refund = Figure(help_text="Pounds, to the person.")
    reclaim = Figure(help_text="Pounds, to the council.")


class AllocationEstimateOutput(Result):
    raw = Figure(help_text="Points.")
    score = Whole(help_text="Whole points.")
    weekly = Figure()
    annual = Figure(help_text="Pounds a year of 52 weeks.")
    variance_percent = Figure(allow_null=True, help_text="Per cent; null without a final figure.")
    route = Choice(choices=ROUTES, allow_null=True)


class MixedBudgetOutput(Result):
    contribution_by_mode = serializers.DictField(child=Figure())
    council_pays_by_mode = serializers.DictField(child=Figure())
    council_total = Figure()
