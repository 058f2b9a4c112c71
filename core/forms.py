"""How questions are asked on our pages: the GOV.UK renderer, the form base and the fields that every app uses.

A form checks the shape of an answer and keeps it as it was typed; what the answer means is decided by services.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.forms.renderers import TemplatesSetting

from core import form_keys
from core.form_dates import GovukDateField, GovukDateWidget, GovukTimeField
from core.form_fields import (
    CheckboxesField,
    ConfirmField,
    GovukCheckboxes,
    GovukRadios,
    MoneyField,
    NhsNumberField,
    NotStorable,
    PhoneField,
    PostcodeField,
    RadiosField,
    TextAreaField,
    TextField,
    TooLong,
    YesNoField,
    lower_first,
)

__all__ = [
    "CheckboxesField",
    "ConfirmField",
    "Difference",
    "GovukCheckboxes",
    "GovukDateField",
    "GovukDateWidget",
    "GovukForm",
    "GovukRadios",
    "GovukRenderer",
    "GovukTimeField",
    "KeyedForm",
    "MoneyField",
    "NhsNumberField",
    "PhoneField",
    "PostcodeField",
    "PublicForm",
    "RadiosField",
    "TextAreaField",
    "TextField",
    "VersionedForm",
    "YesNoField",
    "answer_in_words",
    "first_input_id",
]


class GovukRenderer(TemplatesSetting):
    """Renders each form with the templates in ``templates/govuk`` and ``templates/django/forms/widgets``."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"


def first_input_id(field: forms.BoundField) -> str:
    """The id of the control that an error about this field must take the reader to.

    A group of radios, checkboxes or date parts has no control of its own name, so the first one in it counts.
    """
    field_id = field.field.widget.attrs.get("id") or field.auto_id
    if not field_id:
        return ""
    widget = field.field.widget
    if isinstance(widget, GovukDateWidget):
        return f"{field_id}_day"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
        return f"{field_id}_0"
    return str(field_id)


class GovukForm(forms.Form):
    """A form of staff pages: small radios, bold labels, and errors that say what to do.

    ``label_size`` is a GOV.UK size letter. ``heading_field`` names the one question that is the heading of its page.
    ``reveals`` says which answer to a question opens which others: ``{"moved": {"yes": ["moved_on"]}}``. What is
    out of sight is sent all the same, so a form that uses it checks in ``clean`` what goes with what.
    """

    error_css_class = "govuk-form-group--error"
    use_required_attribute = False
    label_size = "s"
    heading_field = ""
    small_choices = True
    reveals: Mapping[str, Mapping[str, Sequence[str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.put_into_words()
        for name, field in self.fields.items():
            _speak_plainly(name, field)
            _keep_numbers_as_typed(field.widget)
            if self.small_choices:
                _make_choices_small(field.widget)
        for name, answers in self.reveals.items():
            widget = self.fields[name].widget
            classes = str(widget.attrs.get("class", "")).split()
            widget.attrs["class"] = " ".join(kind for kind in classes if kind != "govuk-radios--inline")
            widget.reveals = {  # type: ignore[attr-defined]
                answer: [self[revealed] for revealed in names] for answer, names in answers.items()
            }

    def put_into_words(self) -> None:
        """Change labels and choices before the messages are made of them: for forms that speak to different people."""

    def get_context(self) -> dict[str, Any]:
        """The form's own template leaves out the questions that stand inside an answer."""
        context = super().get_context()
        inside = {name for answers in self.reveals.values() for names in answers.values() for name in names}
        context["fields"] = [
            (field, errors) for field, errors in context["fields"] if field.name not in inside
        ]
        return context

    def error_items(self) -> list[tuple[str, str]]:
        """What the error summary shows: (id of the control or nothing, message), in the order of the page."""
        return list(_error_items(self))

    def add_service_error(self, error: ValidationError) -> None:
        """Show what a service refused, beside the questions it names; the rest goes to the top of the page."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class PublicForm(GovukForm):
    """A form of people's own pages: one question a page, large radios, larger words."""

    label_size = "m"
    small_choices = False


@dataclass(frozen=True)
class Difference:
    """One question to which two people gave different answers at the same time."""

    label: str
    saved: str
    typed: str


def answer_in_words(form: forms.BaseForm, name: str, value: Any) -> str:
    """An answer in words: the labels of choices, dates in full, yes and no."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    if isinstance(value, datetime.date):
        return f"{value:%A} {value.day} {value:%B} {value.year}"
    labels: dict[str, str] = {}
    for key, label in getattr(form.fields[name], "choices", None) or ():
        group = label if isinstance(label, list | tuple) else [(key, label)]
        labels.update((str(choice), str(words)) for choice, words in group)
    if isinstance(value, list | tuple | set):
        return ", ".join(labels.get(str(answer), str(answer)) for answer in value)
    return labels.get(str(value), str(value))


class VersionedForm(GovukForm):
    """A form that changes a record: it carries the version that was read, so that a stale save is noticed."""

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={
            code: "We cannot tell which version of the record you changed. "
            "Copy your text, open the record again and save there"
            for code in ("required", "invalid", "min_value")
        },
    )

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        if version is not None:
            self.initial["version"] = version

    def show_conflict(self, *, version: int, saved: Mapping[str, Any]) -> None:
        """Someone else saved first: show both texts, keep what was typed, and carry the newer version from now on.

        ``saved`` holds the record's present values by the names of the questions. The next press of the button saves
        the reader's text over it, now knowingly. Shown by ``{% conflict form %}``; answer with status 409.
        """
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("version")] = str(version)
        self.differences = [
            Difference(
                label=str(self[name].label),
                saved=answer_in_words(self, name, value),
                typed=answer_in_words(self, name, typed),
            )
            for name, value in saved.items()
            if name in self.fields
            and answer_in_words(self, name, value)
            != answer_in_words(self, name, typed := self.cleaned_data.get(name))
        ]
        self.add_error(
            None,
            "Someone else has changed this since you opened it. Your text is kept below, and nothing is saved yet",
        )


class FormKeyInput(forms.HiddenInput):
    """The key of a creating form; a page shown again without one gets a new one."""

    def format_value(self, value: Any) -> str:
        return str(value or form_keys.new_key())


class KeyedForm(GovukForm):
    """A form that creates something: its key makes a second press of the button lead to the first result."""

    form_key = forms.CharField(
        max_length=64,
        widget=FormKeyInput,
        error_messages={
            "required": "We could not tell whether this was sent before. Check that it was not, then send it again"
        },
    )

    def __init__(self, *args: Any, form_key: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial.setdefault("form_key", form_key or form_keys.new_key())


def error_items(forms_shown: Iterable[forms.BaseForm]) -> list[tuple[str, str]]:
    """The rows of one error summary for all the forms of a page."""
    return [item for form in forms_shown for item in _error_items(form)]


def _error_items(form: forms.BaseForm) -> Iterable[tuple[str, str]]:
    if not form.is_bound:
        return
    for message in form.non_field_errors():
        yield "", str(message)
    for field in form:
        if field.errors:
            yield "" if field.is_hidden else first_input_id(field), str(field.errors[0])


def _speak_plainly(name: str, field: forms.Field) -> None:
    """Replace Django's own messages, and only those, by ones that say what to do."""
    label = str(field.label or name.replace("_", " ").capitalize())
    if hasattr(field, "learn_label"):
        field.learn_label(label)
    defaults = _default_messages(type(field))
    wanted: dict[str, str] = {}
    if isinstance(field, forms.FileField):
        wanted["required"] = f"Choose a file for “{label}”"
        wanted["empty"] = "The file is empty. Choose another one"
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        wanted["required"] = (
            f"Select {lower_first(label)}" if not label.endswith("?") else f"Answer “{label}”"
        )
        wanted["invalid_choice"] = f"Choose an answer to “{label}” from the list"
    elif isinstance(field, forms.BooleanField):
        wanted["required"] = f"Tick “{label}” to go on"
    else:
        wanted["required"] = f"Enter {lower_first(label)}" if not label.endswith("?") else f"Answer “{label}”"
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        wanted["invalid"] = f"{label} must be a number, like 12"
        safe_label = label.replace("%", "%%")
        for validator in field.validators:
            if isinstance(validator, MinValueValidator):
                validator.message = f"{safe_label} must be {validator.limit_value} or more"
            elif isinstance(validator, MaxValueValidator):
                validator.message = f"{safe_label} must be {validator.limit_value} or less"
    if isinstance(field, forms.EmailField):
        wanted["invalid"] = f"{label} must be an e-mail address, like name@example.org"
    for code, message in wanted.items():
        if str(field.error_messages.get(code)) == str(defaults.get(code)):
            field.error_messages[code] = message
    if isinstance(field, forms.CharField) and not isinstance(field, TextField):
        field.validators = [_plain_validator(label, validator) for validator in field.validators]


def _keep_numbers_as_typed(widget: forms.Widget) -> None:
    """A number box throws away what it cannot read, so numbers are asked for in a text box with a number pad."""
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
        widget.attrs.setdefault("class", "govuk-input--width-5")
        widget.attrs["inputmode"] = "numeric" if str(widget.attrs.get("step", "1")) == "1" else "decimal"
        for name in ("min", "max", "step"):
            widget.attrs.pop(name, None)


def _plain_validator(label: str, validator: Any) -> Any:
    if isinstance(validator, ProhibitNullCharactersValidator):
        return NotStorable(label)
    if isinstance(validator, MaxLengthValidator):
        return TooLong(validator.limit_value, label)
    return validator


def _default_messages(kind: type[forms.Field]) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for parent in reversed(kind.__mro__):
        messages.update(getattr(parent, "default_error_messages", {}))
    return messages


def _make_choices_small(widget: forms.Widget) -> None:
    """Staff pages show small radios and checkboxes."""
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.CheckboxInput):
        size = "govuk-checkboxes--small"
    elif isinstance(widget, forms.RadioSelect):
        size = "govuk-radios--small"
    else:
        return
    classes = str(widget.attrs.get("class", "")).split()
    if size not in classes:
        widget.attrs["class"] = " ".join([*classes, size])
