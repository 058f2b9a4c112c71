"""Questions about one line of a plan: the need, how it is met, by whom, at what cost, from which money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import (
    CheckboxesField,
    GovukDateField,
    GovukForm,
    GovukRadios,
    KeyedForm,
    MoneyField,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from directory.models import Provider
from support_plans.completeness import need_name
from support_plans.models import Mode, PlanItem, Stream, SupportPlan

UNITS = ("hour", "visit", "day", "session", "night", "week")


class ProviderQuestions(GovukForm):
    """Who gives the support: a name, looked up among the providers or kept as it is written."""

    provider_name = TextField(
        label="Provider",
        help_text="Write a name, or a part of one, and look it up; leave empty where there is none.",
        max_length=200,
        required=False,
    )
    provider = TextField(label="Which provider?", max_length=16, required=False, widget=GovukRadios)

    def __init__(self, *args: Any, providers: Sequence[Provider] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self.data.get("provider") or self.initial.get("provider") or "")
        shown = list(providers)
        if chosen and chosen not in {provider.ref for provider in shown}:
            shown += Provider.objects.filter(ref=chosen[:16])
        if shown or chosen:
            self.fields["provider"].widget.choices = [
                *(
                    (provider.ref, f"{provider.name}, {provider.get_kind_display().lower()}")
                    for provider in shown
                ),
                ("", "None of these: keep the name as I wrote it"),
            ]
        else:
            del self.fields["provider"]

    def clean_provider(self) -> Provider | None:
        ref = self.cleaned_data["provider"]
        if not ref:
            return None
        found = Provider.objects.active().filter(ref=ref).first()
        if found is None:
            raise ValidationError("Look the provider up again: this one is no longer in use")
        return found


class ItemQuestions(ProviderQuestions):
    field_order = ("need_codes", "outcome_wanted", "how_met", "by", "provider_name", "provider")

    need_codes = CheckboxesField(label="Which needs does this meet?")
    outcome_wanted = TextAreaField(
        label="What does the person want to achieve by it?", max_length=2000, rows=3, required=False
    )
    how_met = TextField(
        label="How is the need met?",
        help_text="In plain words, for example: a personal assistant, three mornings.",
        max_length=500,
    )
    by = forms.ChoiceField(label="By whom?", choices=[("", "Choose"), *PlanItem.By.choices])
    quantity = forms.DecimalField(
        label="How many a week?", min_value=0, max_digits=8, decimal_places=2, required=False
    )
    unit = forms.ChoiceField(
        label="Of what?",
        choices=[("", "Choose"), *((unit, unit.capitalize()) for unit in UNITS)],
        required=False,
    )
    unit_cost = MoneyField(label="Cost of one", required=False)
    cost_one_off = MoneyField(
        label="One-off cost", help_text="Paid once, for example a stair lift.", required=False
    )
    stream = forms.ChoiceField(label="Which money pays for it?", choices=Stream.choices, initial=Stream.ASC)
    mode = RadiosField(
        label="Who holds the money?",
        help_text="Needed where adult social care pays.",
        choices=[*Mode.choices, ("", "No money is paid")],
        required=False,
    )
    starts_on = GovukDateField(
        label="Starts on", help_text="Leave empty to start with the plan.", required=False
    )
    ends_on = GovukDateField(label="Ends on", help_text="Leave empty while it goes on.", required=False)
    contingency = TextField(label="If it cannot take place", max_length=500, required=False)

    def __init__(self, *args: Any, plan: SupportPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs: Any = self.fields["need_codes"]
        needs.choices = [(need["code"], need_name(need["code"])) for need in plan.needs]

    def clean_quantity(self) -> Decimal | None:
        quantity = self.cleaned_data["quantity"]
        return quantity if quantity is None else quantity.quantize(Decimal("0.01"))

    def facts(self) -> dict[str, Any]:
        """The line as the service takes it."""
        facts = {
            name: answer for name, answer in self.cleaned_data.items() if name not in ("form_key", "version")
        }
        facts.setdefault("provider", None)
        facts["cost_one_off"] = facts["cost_one_off"] or Decimal("0.00")
        return facts


class AddItemForm(ItemQuestions, KeyedForm):
    """Add a line."""


class ChangeItemForm(ItemQuestions, VersionedForm):
    """Change a line."""


class SourceForm(ProviderQuestions, VersionedForm):
    """Who gives approved support, and from when."""

    field_order = ("provider_name", "provider", "starts_on")

    starts_on = GovukDateField(
        label="First day agreed with the provider",
        help_text="Leave empty where the support runs already and began with the plan.",
        required=False,
    )


def as_sourced(item: PlanItem) -> dict[str, Any]:
    """Provider and start as they stand, by the names of the questions."""
    return {
        "provider_name": item.provider_name,
        "provider": item.provider.ref if item.provider else "",
        "starts_on": item.starts_on or (item.plan.starts_on if item.plan.status == "approved" else None),
    }


def as_asked(item: PlanItem) -> dict[str, Any]:
    """A line's present values by the names of the questions."""
    names = (
        "need_codes",
        "outcome_wanted",
        "how_met",
        "by",
        "provider_name",
        "quantity",
        "unit",
        "unit_cost",
        "cost_one_off",
        "stream",
        "mode",
        "starts_on",
        "ends_on",
        "contingency",
    )
    return {name: getattr(item, name) for name in names} | {
        "provider": item.provider.ref if item.provider else ""
    }
