"""What each calculator asks, in the words of `money-cases/1`. Pounds a week unless the name says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from budgets.calculators import allocation, disregards
from budgets.calculators.charging import FREQUENCIES
from budgets.calculators.mixed_budget import MODES
from budgets.estimates.fields import MOST_DAYS, MOST_ITEMS, Amount, Choice, Day, Strict, Whole, YesNo

COMMUNITY, CARE_HOME = "charge_community", "charge_care_home"
METHODS = {"BAND": allocation.BAND, "PER_POINT": allocation.PER_POINT}
MODE_CODES = tuple(mode.upper() for mode in MODES)
NEEDED = "This field is required."


class RatesInput(Strict):
    """The rates of a year. `pea` counts in a care home, `mig_components` (any names) in the community."""

    lower_capital = Amount(help_text="Pounds.")
    upper_capital = Amount(help_text="Pounds.")
    tariff_step = Amount(min_value=Decimal("0.01"), help_text="Pounds of capital.")
    tariff_per_step = Amount()
    pea = Amount(required=False)
    mig_components = serializers.DictField(child=Amount(), required=False)
    savings_credit_disregard = Amount(required=False)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["lower_capital"] > given["upper_capital"]:
            raise serializers.ValidationError({"upper_capital": ["The upper limit is below the lower one."]})
        return given


class CapitalInput(Strict):
    type = Choice(choices=tuple(disregards.NEWEST.capital))
    value = Amount(help_text="Pounds.")
    share = Amount(places=6, max_value=Decimal(1), help_text="The person’s part, 0 to 1.")
    occupied_by = Choice(
        choices=disregards.OCCUPIERS,
        required=False,
        help_text="Who lives in a main home; left out means nobody.",
    )


class IncomeInput(Strict):
    type = Choice(choices=tuple(disregards.NEWEST.incomes))
    amount = Amount()
    frequency = Choice(choices=tuple(FREQUENCIES))


class TariffInput(Strict):
    rates = RatesInput()
    capitals = serializers.ListField(child=Amount(), max_length=MOST_ITEMS, help_text="Pounds.")

    def validate_rates(self, rates: dict[str, Any]) -> dict[str, Any]:
        if rates["tariff_per_step"] % 1:
            raise serializers.ValidationError({"tariff_per_step": ["A tariff is in whole pounds."]})
        return rates


class ChargingInput(Strict):
    """One person's means. With `spouse_at_home` the rules of a care home hold, with housing costs and
    disability-related expenditure those of the community; `kind` may say so as well."""

    OF_KIND = {COMMUNITY: ("housing_costs_weekly", "dre_weekly"), CARE_HOME: ("spouse_at_home",)}

    kind = Choice(choices=(COMMUNITY, CARE_HOME), required=False)
    rates = RatesInput()
    capital: serializers.ListSerializer = serializers.ListSerializer(
        child=CapitalInput(), max_length=MOST_ITEMS
    )
    incomes: serializers.ListSerializer = serializers.ListSerializer(
        child=IncomeInput(), max_length=MOST_ITEMS
    )
    housing_costs_weekly = Amount(required=False, help_text="Community only, and needed there.")
    dre_weekly = Amount(required=False, help_text="Community only, and needed there.")
    spouse_at_home = YesNo(required=False, help_text="Care home only, and needed there.")
    chargeable_cost_weekly = Amount(help_text="Without what is free.")
    de_minimis = Amount(required=False, help_text="A smaller charge is not collected.")

    def more_faults(self, data: Mapping[Any, Any]) -> dict[str, list[str]]:
        kind = data.get("kind", CARE_HOME if "spouse_at_home" in data else COMMUNITY)
        if not isinstance(kind, str) or kind not in self.OF_KIND:
            return {}
        other = COMMUNITY if kind == CARE_HOME else CARE_HOME
        faults = {name: [NEEDED] for name in self.OF_KIND[kind] if name not in data}
        faults |= {name: [f"Not a key of {kind}."] for name in self.OF_KIND[other] if name in data}
        rates, part = data.get("rates"), "pea" if kind == CARE_HOME else "mig_components"
        if isinstance(rates, Mapping) and part not in rates:
            faults["rates"] = {part: [NEEDED]}  # type: ignore[assignment]
        return faults


class PartWeekInput(Strict):
    weekly_charge = Amount()
    episode_start = Day(help_text="The day of the first visit.")
    free_days = Whole(min_value=0, max_value=MOST_DAYS)
    pause_days = Whole(min_value=0, max_value=MOST_DAYS, help_text="Days that stop the clock.")
    billing_week_start = Day()
    billing_week_days = Whole(min_value=1, max_value=7)


class SurplusInput(Strict):
    net_weekly = Amount()
    contribution_weekly = Amount()
    reserve_weeks = Whole(min_value=0, max_value=MOST_DAYS)
    balance = Amount(below_nothing=True, help_text="Pounds; below nought where the account is overdrawn.")
    unpaid_commitments = Amount(help_text="Pounds.")
    ring_fenced = Amount(help_text="Pounds put aside for a purpose.")
    contribution_overpaid = Amount(help_text="Pounds.")


@extend_schema_field(
    {
        "type": "array",
        "items": {"oneOf": [{"type": "integer"}, {"type": "string", "format": "decimal"}]},
        "minItems": 2,
        "maxItems": 2,
        "description": "Level of help, 0 to 3, and the carer’s share: 0, 0.25, 0.5, 0.75 or 1.",
    }
)
class AnswerField(serializers.Field):
    default_error_messages = {
        "no_pair": 'Give the level of help and the carer’s share, for example [2, "0.5"].',
        "no_level": "The level of help is a whole number from 0 to 3.",
        "no_share": "The carer’s share is “0”, “0.25”, “0.5”, “0.75” or “1”.",
    }
    share = Amount()

    def to_internal_value(self, data: Any) -> allocation.Answer:
        if not isinstance(data, list) or len(data) != 2:
            self.fail("no_pair")
        level, share = data
        if type(level) is not int or level not in allocation.LEVELS:
            self.fail("no_level")
        try:
            carer = self.share.run_validation(share)
        except serializers.ValidationError:
            self.fail("no_share")
        if carer not in allocation.CARER_SHARES:
            self.fail("no_share")
        return allocation.Answer(level, carer)


class AnswersInput(Strict):
    """An answer for each of the ten outcomes."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {domain: AnswerField() for _, domain in allocation.DOMAINS}


class PointsInput(Strict):
    """Points of each of the ten outcomes for help needed at level 0 to 3."""

    def get_fields(self) -> dict[str, serializers.Field]:
        levels = len(allocation.LEVELS)
        return {
            domain: serializers.ListField(
                child=Whole(min_value=0, max_value=1000), min_length=levels, max_length=levels
            )
            for _, domain in allocation.DOMAINS
        }


class BandInput(Strict):
    def get_fields(self) -> dict[str, serializers.Field]:
        most = 100_000
        return {
            "from": Whole(min_value=0, max_value=most, help_text="Points."),
            "to": Whole(min_value=0, max_value=most, help_text="Points."),
            "weekly": Amount(),
        }


class AllocationEstimateInput(Strict):
    """Answers, and how they are priced. Without points and bands of a council's own, the demonstration table."""

    method = Choice(choices=tuple(METHODS))
    rate_per_point = Amount(places=4, required=False, help_text="Pounds; needed by the point.")
    answers = AnswersInput()
    final_weekly = Amount(required=False, help_text="The final figure, to be compared with the estimate.")
    points = PointsInput(required=False)
    bands: serializers.ListSerializer = serializers.ListSerializer(
        child=BandInput(), required=False, max_length=MOST_ITEMS
    )

    def more_faults(self, data: Mapping[Any, Any]) -> dict[str, list[str]]:
        by_point = data.get("method") == "PER_POINT"
        return {"rate_per_point": [NEEDED]} if by_point and "rate_per_point" not in data else {}


class ModeInput(Strict):
    mode = Choice(choices=MODE_CODES)
    gross = Amount()


class MixedBudgetInput(Strict):
    total_weekly = Amount()
    contribution = Amount()
    allocations: serializers.ListSerializer = serializers.ListSerializer(
        child=ModeInput(), max_length=MOST_ITEMS
    )
    collection_order = serializers.ListField(child=Choice(choices=MODE_CODES), max_length=len(MODE_CODES))

    def validate_allocations(self, allocations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        _once("allocations", [each["mode"] for each in allocations])
        return allocations

    def validate_collection_order(self, order: list[str]) -> list[str]:
        _once("the order", order)
        return order


def _once(where: str, modes: list[str]) -> None:
    if len(modes) != len(set(modes)):
        raise serializers.ValidationError(f"A mode stands twice in {where}.")
