"""Questions about the plan itself: its parts, and each step on its way."""

from __future__ import annotations

from typing import Any

from core.forms import (
    GovukDateField,
    KeyedForm,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from support_plans.completeness import need_name
from support_plans.models import SupportPlan

HOW_PAID = ["Every week", "Every 2 weeks", "Every 4 weeks", "Every month"]


class StepForm(VersionedForm):
    """A step that asks nothing: only that the plan is still the one that was read."""


class DraftForm(KeyedForm):
    """Begin a plan; nothing is asked, but a second press leads to the same plan."""


class WhatMattersForm(VersionedForm):
    what_matters = TextAreaField(
        label="What matters to the person, and what they want to achieve",
        help_text="In their own words where you can. Part of every plan by law: section 25(1)(d).",
        max_length=5000,
        rows=8,
    )


class AdviceForm(VersionedForm):
    advice_meeting_needs = TextAreaField(
        label="Advice on what can be done to meet or reduce the needs",
        help_text="Section 25(1)(f)(i). Include what costs nothing: groups, equipment, people nearby.",
        max_length=5000,
        required=False,
    )
    advice_preventing_needs = TextAreaField(
        label="Advice on what can be done to prevent or delay needs",
        help_text="Section 25(1)(f)(ii).",
        max_length=5000,
        required=False,
    )


class ContingencyForm(VersionedForm):
    contingency = TextAreaField(
        label="What happens when something goes wrong",
        help_text="Who stands in when a carer is ill or a visit does not take place, and whom to ring.",
        max_length=5000,
        required=False,
    )


class DirectPaymentForm(VersionedForm):
    direct_payment_frequency = RadiosField(
        label="How often is the direct payment paid?",
        help_text="The plan must say which needs a direct payment meets, how much and how often: section 25(2).",
        choices=[(each, each) for each in HOW_PAID],
    )


class StartForm(VersionedForm):
    starts_on = GovukDateField(
        label="When does the plan start?",
        help_text="It starts on this day if it is approved, a copy is given and the figures are acknowledged.",
    )


class NeedsForm(VersionedForm):
    """One question for each eligible need: does the person not want help with it, and why."""

    def __init__(self, *args: Any, plan: SupportPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need in plan.needs:
            if need.get("eligible"):
                field = TextField(
                    label=f"{need_name(need['code'])}: help declined because",
                    max_length=300,
                    required=False,
                )
                field.learn_label(need_name(need["code"]))
                self.fields[f"declined_{need['code']}"] = field

    def declined(self) -> dict[str, str]:
        return {
            name.removeprefix("declined_"): answer
            for name, answer in self.cleaned_data.items()
            if name.startswith("declined_")
        }


def declined_in(plan: SupportPlan) -> dict[str, str]:
    """What the form begins with: reasons by the names of its questions."""
    return {
        f"declined_{need['code']}": need.get("declined", "") for need in plan.needs if need.get("eligible")
    }


# The parts of a plan's task list, in its order: address, title, form.
PARTS: dict[str, tuple[str, type[VersionedForm]]] = {
    "what-matters": ("What matters to the person", WhatMattersForm),
    "advice": ("Advice", AdviceForm),
    "contingency": ("When something goes wrong", ContingencyForm),
    "direct-payment": ("How often the direct payment is paid", DirectPaymentForm),
    "start": ("When the plan starts", StartForm),
}


class AgreementForm(VersionedForm):
    agreed = RadiosField(
        label="Does the person agree with the plan?",
        choices=[("yes", "Yes, they agree"), ("no", "No, or not with all of it")],
    )
    how = TextField(
        label="How did they tell you?",
        help_text="For example: on a visit on Tuesday, with an interpreter.",
        max_length=300,
    )
    disagreement = TextAreaField(
        label="What do they not agree with, and what steps have you taken to agree?",
        help_text="Tell them how to complain, and that a manager will meet them.",
        max_length=3000,
        required=False,
    )
    reveals = {"agreed": {"no": ["disagreement"]}}


class CopyForm(VersionedForm):
    on = GovukDateField(label="When was the copy given?", when="past_or_today")
    format = RadiosField(
        label="In which format?",
        choices=[
            (each, each)
            for each in (
                "Print",
                "Large print",
                "E-mail",
                "Easy read",
                "Audio",
                "Braille",
                "On their own pages",
            )
        ],
    )


class EndForm(VersionedForm):
    on = GovukDateField(label="Last day of the plan", when="past_or_today")
    reason = TextField(label="Why does the plan end?", max_length=300)
