"""The questions of people's own pages: one at a time, in plain words."""

from __future__ import annotations

from typing import Any

from django import forms

from assessments.models import Sharing
from core.forms import KeyedForm, PublicForm, RadiosField, TextAreaField, TextField


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


class CommentForm(KeyedForm, PublicForm):
    view = RadiosField(
        label="What do you think of what we wrote?",
        choices=[
            (Sharing.View.AGREES, "I agree with it"),
            (Sharing.View.PARTLY, "I agree with part of it"),
            (Sharing.View.DISAGREES, "I do not agree"),
            (Sharing.View.NOTHING, "I have nothing to add"),
        ],
        error_messages={"required": "Choose what you think of what we wrote"},
    )
    comments = TextAreaField(
        label="What is wrong, or what is missing?",
        help_text="In your own words. The manager who decides reads this.",
        max_length=5000,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        objects = answers.get("view") in (Sharing.View.PARTLY, Sharing.View.DISAGREES)
        if objects and not answers.get("comments", "").strip():
            self.add_error("comments", "Tell us what you do not agree with")
        return answers


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


class WeekCommentForm(KeyedForm, PublicForm):
    heading_field = "text"
    label_size = "l"
    text = TextAreaField(
        label="How did this week go?",
        help_text="In your own words. Your worker reads it before they see you next.",
        max_length=2000,
        error_messages={"required": "Tell us how the week went, in your own words"},
    )


class WriteMessageForm(KeyedForm, PublicForm):
    subject_line = TextField(
        label="What is it about?",
        help_text="A few words, for example: the morning visits",
        max_length=100,
        error_messages={"required": "Tell us in a few words what it is about"},
    )
    text = TextAreaField(
        label="Your message",
        max_length=5000,
        error_messages={"required": "Write your message"},
    )


class WriteAgainForm(KeyedForm, PublicForm):
    text = TextAreaField(
        label="Write again",
        max_length=5000,
        error_messages={"required": "Write your message"},
    )
