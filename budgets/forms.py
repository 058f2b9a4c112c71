"""The questions of money: what the person pays, the decision, and what looks wrong."""

from __future__ import annotations

from typing import Any

from django import forms

from budgets.models import BudgetReview, PersonalBudget
from core.forms import (
    GovukDateField,
    KeyedForm,
    MoneyField,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
)


class CostForm(VersionedForm):
    contribution = MoneyField(
        label="What the person pays each week",
        help_text="From the financial assessment. Enter 0 if they pay nothing.",
    )
    contribution_source = TextField(
        label="Where does this figure come from?",
        help_text="For example: financial assessment of 2 November 2026. Leave empty if they pay nothing.",
        max_length=200,
        required=False,
    )
    variance_reason = forms.ChoiceField(
        label="Why does the cost depart from the estimate?",
        help_text="Needed when it departs by more than the limit shown above, or when there is no estimate.",
        choices=[("", "It does not, or not far"), *PersonalBudget.Reason.choices],
        required=False,
    )
    variance_note = TextAreaField(
        label="Explain it in a sentence",
        help_text="The person reads this as part of how the sum was reached.",
        max_length=2000,
        rows=3,
        required=False,
    )


class ContributionForm(VersionedForm):
    """What the person pays on a decided budget. The days are asked while it is in force."""

    contribution = MoneyField(
        label="What the person pays each week",
        help_text="Enter the same figure to confirm it. Enter 0 if they pay nothing.",
    )
    contribution_source = TextField(
        label="Where does this figure come from?",
        help_text="For example: financial assessment of 2 November 2026, or light-touch assessment.",
        max_length=200,
    )
    applies_from = GovukDateField(
        label="New figure applies from",
        help_text="Only where the figure changes. Nobody pays more from a day before they were told.",
        when="past_or_today",
        required=False,
    )
    told_on = GovukDateField(
        label="Person told on",
        help_text="Only where the figure changes: the day of the letter or the call.",
        when="past_or_today",
        required=False,
    )

    def __init__(self, *args: Any, in_force: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_force:
            del self.fields["applies_from"], self.fields["told_on"]


class DecisionForm(VersionedForm):
    """One page for each decision: approve, return, or do not approve."""

    decision = RadiosField(
        label="What do you decide?",
        choices=[
            ("approve", "Approve the plan and its budget"),
            ("return", "Return it for changes"),
            ("reject", "Do not approve the budget"),
        ],
        hints={"reject": "Planning goes on. The person is told why, and how to complain."},
    )
    reasons = TextAreaField(
        label="Reasons",
        help_text="Needed when you return or refuse it, and for the panel. The worker and the person read them.",
        max_length=3000,
        required=False,
    )

    def __init__(self, *args: Any, may_approve: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_approve:
            decision: Any = self.fields["decision"]
            decision.choices = [each for each in decision.choices if each[0] != "approve"]


class AcknowledgeForm(VersionedForm):
    how = TextField(
        label="How did the person acknowledge the figures?",
        help_text="For example: on a visit, after reading them in large print.",
        max_length=200,
    )


class LooksWrongForm(KeyedForm):
    what_looks_wrong = TextAreaField(
        label="What looks wrong?",
        help_text="In the words of whoever says so. The budget stays the same while it is looked at.",
        max_length=5000,
    )


class StepForm(VersionedForm):
    """A step that asks nothing."""


class InterimForm(VersionedForm):
    interim_support = TextAreaField(
        label="What support is there until the decision?",
        help_text="As now, or more for a time where the risk has risen. Never less. Say until when.",
        max_length=2000,
    )


class DecideReviewForm(VersionedForm):
    decision = RadiosField(
        label="What do you decide?",
        choices=BudgetReview.Decision.choices,
        hints={
            "corrected": "A new version of the plan with the higher figure is drafted and approved.",
            "replan": "A new assessment opens. The budget stays as it is until a new plan is approved.",
        },
    )
    new_weekly = MoneyField(
        label="The weekly figure that is right",
        help_text="Only where the budget was wrong. It cannot be lower than the present one.",
        required=False,
    )
    reasons = TextAreaField(
        label="Reasons",
        help_text="As they are given to the person, with how to complain.",
        max_length=5000,
    )


class TellForm(VersionedForm):
    on = GovukDateField(label="When was the person told?", when="past_or_today")
