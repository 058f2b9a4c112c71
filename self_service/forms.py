"""The questions of people's own pages: one at a time, in plain words."""

from __future__ import annotations

from typing import Any

from django import forms

from assessments.models import Sharing
from core.forms import (
    CheckboxesField,
    KeyedForm,
    PublicForm,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
    YesNoField,
)
from people.models import Person
from people.services import FORMATS


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


PLAN_VIEWS = [
    ("agree", "I agree with it"),
    ("disagree", "I do not agree"),
    ("ask", "I want to ask or say something first"),
]


class PlanAnswerForm(VersionedForm, KeyedForm, PublicForm):
    """What the person thinks of the plan. Who may not agree yet, or not in their place, can still say what they think."""

    view = RadiosField(
        label="What do you think of the plan?",
        choices=PLAN_VIEWS,
        error_messages={"required": "Choose what you think of the plan"},
    )
    comments = TextAreaField(
        label="What do you want to tell us?",
        help_text="In your own words. Your worker reads this and talks with you.",
        max_length=3000,
        required=False,
    )
    reveals = {"view": {"disagree": ["comments"], "ask": ["comments"]}}

    def __init__(self, *args: Any, may_agree: bool, may_decide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {"agree": may_agree, "disagree": may_decide, "ask": True}
        field = self.fields["view"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(view, words) for view, words in PLAN_VIEWS if offered[view]]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("view") in ("disagree", "ask") and not answers.get("comments", "").strip():
            self.add_error("comments", "Tell us in your own words")
        return answers


class PreferencesForm(VersionedForm, PublicForm):
    preferred_channel = RadiosField(
        label="How do you want us to get in touch?",
        choices=Person.Channel.choices,
        error_messages={"required": "Choose how you want us to get in touch"},
    )
    formats = CheckboxesField(
        label="How do you want letters to come?",
        help_text="Leave all of them empty for standard print",
        choices=list(FORMATS.items()),
        required=False,
    )
    safe_to_leave_message = YesNoField(label="Is it safe to leave a message?")
    safe_contact = TextField(
        label="Is there a time or a way that is not safe?",
        help_text="For example: only by text, never in the evening. Nobody who acts for you sees this.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, helped: str = "", **kwargs: Any) -> None:
        """`helped` is the first name of the person for whom somebody else answers."""
        super().__init__(*args, **kwargs)
        if helped:
            self.fields["preferred_channel"].label = f"How does {helped} want us to get in touch?"
            self.fields["formats"].label = f"How does {helped} want letters to come?"
            del self.fields["safe_contact"]


class EndPermissionForm(KeyedForm, PublicForm):
    """Nothing is asked: the button says it."""
