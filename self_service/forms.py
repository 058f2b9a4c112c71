"""The questions of people's own pages: one at a time, in plain words."""

from __future__ import annotations

from django import forms

from core.forms import KeyedForm, PublicForm, RadiosField, TextAreaField


class LooksWrongForm(KeyedForm, PublicForm):
    heading_field = "what_looks_wrong"
    label_size = "l"
    what_looks_wrong = TextAreaField(
        label="What looks wrong?",
        help_text="Tell us in your own words. We answer within 5 working days. Your money stays the same while we look.",
        max_length=5000,
        error_messages={"required": "Tell us what looks wrong, in your own words"},
    )


class AskForReviewForm(KeyedForm, PublicForm):
    heading_field = "why"
    label_size = "l"
    why = TextAreaField(
        label="Why would you like us to look at your plan again?",
        help_text="For example: something has changed, or the support does not work for you.",
        max_length=2000,
        error_messages={"required": "Tell us why, in your own words"},
    )


class SwitchForm(PublicForm):
    heading_field = "whose"
    label_size = "l"
    whose = RadiosField(
        label="Whose pages do you want to see?",
        choices=[],
        error_messages={"required": "Choose whose pages you want to see"},
    )

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["whose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
