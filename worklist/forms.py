"""What is asked when a task is added, finished, set aside or handed on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from core import clock
from core.forms import GovukDateField, KeyedForm, TextAreaField, TextField, VersionedForm
from people.models import Risk
from worklist.models import WorkItem


class FinishTaskForm(VersionedForm):
    """Nothing is asked: the button says it."""


class CancelTaskForm(VersionedForm):
    reason = TextAreaField(
        label="Why is this task no longer needed?",
        help_text="A sentence is enough. It is kept in the trail.",
        max_length=200,
        rows=3,
        error_messages={"required": "Say why this task is no longer needed"},
    )


class _ColleagueMixin(forms.Form):
    """A choice of colleagues by reference."""

    colleagues: dict[str, User]

    def offer(self, field: str, colleagues: list[User], *, me: User | None = None) -> None:
        self.colleagues = {colleague.ref: colleague for colleague in colleagues}
        choices = [(colleague.ref, colleague.name) for colleague in colleagues]
        if me:
            self.colleagues[me.ref] = me
            choices = [(me.ref, "Me"), *[row for row in choices if row[0] != me.ref]]
        question = self.fields[field]
        assert isinstance(question, forms.ChoiceField)
        question.choices = choices if me else [("", "Choose a colleague"), *choices]


class AskColleagueForm(VersionedForm, _ColleagueMixin):
    colleague = forms.ChoiceField(
        label="Colleague",
        help_text="They are told, and the task then stands in your list as waiting for others.",
        error_messages={"required": "Choose a colleague"},
    )

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("colleague", colleagues)

    def clean_colleague(self) -> User:
        return self.colleagues[self.cleaned_data["colleague"]]


class AddTaskForm(KeyedForm, _ColleagueMixin):
    title = TextField(
        label="What has to be done",
        help_text="Begin with a verb, for example “Ring back about the key safe”.",
        max_length=150,
    )
    why = TextField(label="Why it is due", max_length=300, required=False)
    due_on = GovukDateField(label="When is it due?")
    owner = forms.ChoiceField(label="Who will do it?")
    waiting_for = TextField(
        label="Whose move is it?",
        help_text="Only when you wait for somebody else, for example a surgery or a store.",
        max_length=100,
        required=False,
    )

    def __init__(self, *args: Any, colleagues: list[User], me: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("owner", colleagues, me=me)

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day < clock.today():
            raise ValidationError("When is it due? must be today or later")
        return day

    def clean_owner(self) -> User:
        return self.colleagues[self.cleaned_data["owner"]]


SHOW = [
    ("unallocated", "Nobody allocated"),
    ("waiting", "Waiting list"),
    ("active", "In progress"),
    ("tasks", "Tasks"),
]


class TeamFilterForm(forms.Form):
    """The filters of a team's list: whatever is not known is no filter."""

    show = forms.ChoiceField(choices=SHOW, required=False)
    kind = forms.ChoiceField(choices=[("", "All work"), *WorkItem.Kind.choices], required=False)
    risk = forms.ChoiceField(choices=[("", "All risks"), *Risk.choices], required=False)
    worker = forms.CharField(required=False, max_length=16)

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name, "") for name in self.fields}
        chosen["show"] = chosen["show"] or SHOW[0][0]
        return chosen


class AnswerForm(KeyedForm):
    text = TextAreaField(
        label="Answer",
        help_text="In plain words. The person reads it on their own pages, with your name.",
        max_length=5000,
        error_messages={"required": "Write the answer"},
    )


class CloseConversationForm(VersionedForm):
    """Nothing is asked: the button says it."""
