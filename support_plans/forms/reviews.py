"""Questions about reviews of a plan."""

from __future__ import annotations

from core.forms import (
    GovukDateField,
    KeyedForm,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from support_plans.models import Review
from support_plans.services.reviewing import ASKABLE


class RequestReviewForm(KeyedForm):
    kind = RadiosField(label="What kind of review?", choices=[(kind.value, kind.label) for kind in ASKABLE])
    reason = TextField(
        label="Why is a review needed?",
        help_text="For example: came home from hospital; a carer can do less.",
        max_length=80,
    )


class HoldReviewForm(VersionedForm):
    held_on = GovukDateField(label="When was the review held?", when="past_or_today")


class DeclineReviewForm(VersionedForm):
    because = TextAreaField(
        label="Why is the review declined?",
        help_text="The person gets these reasons in writing, with how to complain.",
        max_length=1000,
    )


class WriteUpForm(VersionedForm):
    working = TextAreaField(label="What is working", max_length=5000, required=False)
    not_working = TextAreaField(label="What is not working", max_length=5000, required=False)
    changed = TextAreaField(
        label="What has changed in needs or circumstances",
        help_text="The person, their health, the carer, the home, safety.",
        max_length=5000,
        required=False,
    )
    person_words = TextAreaField(label="In the person’s own words", max_length=5000, required=False)
    achieved = RadiosField(
        label="How far were the outcomes of the plan achieved?",
        choices=Review.Achieved.choices,
        inline=True,
    )
    budget_still_right = RadiosField(
        label="Is the budget still right?",
        help_text="A review can never lower a budget by itself. If needs have changed, they are assessed again.",
        choices=[("yes", "Yes"), ("no", "No")],
        inline=True,
    )


class CloseReviewForm(VersionedForm):
    outcome = RadiosField(
        label="What follows from the review?",
        choices=Review.Outcome.choices,
        hints={
            Review.Outcome.DECREASED.value: "Needs are assessed again first; until then nothing is taken away.",
            Review.Outcome.REASSESSMENT.value: "A new assessment is opened for the team.",
            Review.Outcome.INCREASED.value: "A task opens to draft a new version of the plan.",
        },
    )
    next_due_on = GovukDateField(
        label="When is the next review due?",
        help_text="Within 12 months of this one. Leave empty for 12 months from the day it was held.",
        required=False,
    )
