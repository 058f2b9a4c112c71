"""The questions of assessments as forms. They check the shape of answers; sections.py says which are asked."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from accounts.models import Team, User
from assessments import sections
from assessments.answers import Written
from assessments.models import Assessment, Sharing
from core.forms import (
    CheckboxesField,
    GovukDateField,
    KeyedForm,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
    YesNoField,
)


def in_words(text: str, first_name: str) -> str:
    return text.replace("{first}", first_name)


def _field(question: sections.Question, first_name: str) -> forms.Field:
    shared: dict[str, Any] = {
        "label": in_words(question.label, first_name),
        "help_text": in_words(question.hint, first_name),
        "required": False,
    }
    if question.kind == sections.TEXT:
        return TextAreaField(max_length=question.max_length, rows=question.rows, **shared)
    if question.kind == sections.CHOICES:
        return CheckboxesField(choices=question.choices, **shared)
    inline = question.layout == "row" or question.kind == sections.YES_NO
    return RadiosField(choices=question.choices, inline=inline, **shared)


class SectionForm(VersionedForm):
    """One section of an assessment. Answers kept from last time are not asked again until they are let go."""

    def __init__(
        self, data: Any = None, *, written: Written, first_name: str, has_carer: bool = True
    ) -> None:
        self.written = written
        questions: dict[str, forms.Field] = {}
        for question in written.plan.questions:
            about_a_carer = written.plan.is_outcome and question.slug.startswith("carer_")
            if question.slug not in written.kept and (has_carer or not about_a_carer):
                questions[question.slug] = _field(question, first_name)
        # Django copies the fields of the class; here they come from the questions of the section.
        self.__dict__["base_fields"] = {**type(self).base_fields, **questions}
        super().__init__(data, version=written.version, initial=dict(written.answers))

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ChooseAssessorForm(KeyedForm):
    """Who takes a hand-over on. A manager may leave it open."""

    assessor = forms.ModelChoiceField(
        queryset=User.objects.none(),
        to_field_name="ref",
        required=False,
        empty_label="Nobody yet",
        label="Who assesses?",
    )

    def __init__(self, *args: Any, assessors: Any, may_leave_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["assessor"])
        field.queryset = assessors
        field.required = not may_leave_open
        if not may_leave_open:
            field.empty_label = None


class AssignForm(VersionedForm):
    assessor = forms.ModelChoiceField(
        queryset=User.objects.none(),
        to_field_name="ref",
        label="Who assesses?",
        empty_label="Choose somebody",
    )

    def __init__(self, *args: Any, assessors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["assessor"]).queryset = assessors


METHODS = [(method.value, method.label) for method in Assessment.Method]


class StartForm(AssignForm):
    method = RadiosField(
        label="How is the assessment done?",
        choices=METHODS,
        hints={
            "supported_self": "The person does it with our support. It has to be this way when they want it and have "
            "capacity to take part."
        },
    )


class MethodForm(VersionedForm):
    method = RadiosField(label="How is the assessment done?", choices=METHODS)


class RequestForm(KeyedForm):
    kind = RadiosField(
        label="Which kind of assessment?",
        choices=[(kind.value, kind.label) for kind in Assessment.Kind],
        hints={"carer": "About the carer, in their own right: what caring does to them, and what they want."},
    )
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(), to_field_name="ref", label="Which team?", empty_label="Choose a team"
    )

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["team"]).queryset = teams


class ConfirmForm(VersionedForm):
    """Nothing to answer: the button is the decision."""


class ReasonForm(VersionedForm):
    """What has to change, or why work is sent back."""

    reason = TextAreaField(label="What has to change, and why?", max_length=3000, rows=5)


class ReturnHandoverForm(KeyedForm):
    reason = TextAreaField(
        label="Why is it returned, and what should happen?",
        help_text="Whoever passed it on reads this. The request goes back to their list.",
        max_length=2000,
        rows=5,
    )


class ShareForm(VersionedForm):
    how = RadiosField(label="How was the draft given?", choices=Sharing.How.choices)
    format = TextField(
        label="In which format?",
        help_text="Fits how the person communicates: large print, easy read, with an interpreter.",
        max_length=60,
        required=False,
    )
    on = GovukDateField(label="Date it was given", when="past_or_today")


class CommentsForm(VersionedForm):
    view = RadiosField(label="What does the person say about the draft?", choices=Sharing.View.choices)
    comments = TextAreaField(
        label="In their words",
        help_text="Write what they said, as they said it. Needed where they do not agree with all of it.",
        max_length=5000,
        rows=5,
        required=False,
    )
    on = GovukDateField(label="Date they said it", when="past_or_today")


class IssueForm(VersionedForm):
    format = TextField(
        label="In which format, and how was it given?",
        help_text="Fits how the person communicates: large print by post, easy read by hand.",
        max_length=60,
    )
    on = GovukDateField(label="Date it was given", when="past_or_today")


class RefuseForm(VersionedForm):
    """A refusal, with the check of Care Act s11(2)."""

    reason = TextAreaField(label="What did the person say?", max_length=300, rows=3, counted=True)
    has_capacity = YesNoField(label="Does the person have capacity to refuse an assessment?")
    in_best_interests = YesNoField(
        label="If not: is the assessment in their best interests?",
        required=False,
        help_text="Answer this only where the person lacks capacity to refuse.",
    )
    at_risk = YesNoField(label="Is the person experiencing, or at risk of, abuse or neglect?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("has_capacity") is False and cleaned.get("in_best_interests") is None:
            self.add_error("in_best_interests", "Say whether the assessment is in their best interests")
        return cleaned


class AbandonForm(VersionedForm):
    reason = TextAreaField(label="Why does it stop?", max_length=300, rows=3, counted=True)
