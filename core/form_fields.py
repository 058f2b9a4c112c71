"""The fields that our forms are made of: each one keeps what was typed and says in plain words what is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import nhs_number
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator, ProhibitNullCharactersValidator
from django.utils.deconstruct import deconstructible


def lower_first(label: str) -> str:
    """A label as it reads inside a sentence: “Date of birth” becomes “date of birth”, “NHS number” stays."""
    first_word = label.split(" ", 1)[0]
    if len(first_word) > 1 and first_word.upper() == first_word:
        return label
    return label[:1].lower() + label[1:]


# Text ----------------------------------------------------------------------------------------------------------


@deconstructible
class NotStorable:
    """Refuses the characters that PostgreSQL cannot keep: NUL and halves of a surrogate pair."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, value: str) -> None:
        if any(character == "\x00" or "\ud800" <= character <= "\udfff" for character in str(value)):
            raise ValidationError(
                f"{self.label} contains a character we cannot store; delete it and type it again",
                code="not_storable",
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NotStorable) and other.label == self.label

    def __hash__(self) -> int:
        return hash(self.label)


@deconstructible
class TooLong(BaseValidator):
    """Says by how many characters a text is too long, so that its writer knows how much to cut."""

    code = "max_length"

    def __init__(self, limit_value: int, label: str) -> None:
        super().__init__(limit_value)
        self.label = label

    def __call__(self, value: str) -> None:
        over = len(value) - self.limit_value
        if over > 0:
            raise ValidationError(
                f"{self.label} is {over:,} character{'' if over == 1 else 's'} too long. "
                f"It can have at most {self.limit_value:,} characters",
                code=self.code,
            )


class TextField(forms.CharField):
    """A line of text. ``width`` is a GOV.UK width in characters (2, 3, 4, 5, 10, 20 or 30)."""

    def __init__(
        self,
        *,
        max_length: int = 200,
        width: int | None = None,
        autocomplete: str = "",
        spellcheck: bool = True,
        inputmode: str = "",
        **kwargs: Any,
    ) -> None:
        self._limit = max_length
        super().__init__(**kwargs)
        if width:
            self.widget.attrs["class"] = (
                f"{self.widget.attrs.get('class', '')} govuk-input--width-{width}".strip()
            )
        if autocomplete:
            self.widget.attrs["autocomplete"] = autocomplete
        if inputmode:
            self.widget.attrs["inputmode"] = inputmode
        if not spellcheck:
            self.widget.attrs["spellcheck"] = "false"
        self.max_length = max_length
        self.learn_label(str(self.label or "This answer"))

    def learn_label(self, label: str) -> None:
        """Put the question's own words into the messages; called by the form, which knows the label."""
        kept = [rule for rule in self.validators if type(rule) not in _TEXT_RULES]
        self.validators = [NotStorable(label), TooLong(self._limit, label), *kept]

    def to_python(self, value: Any) -> str:
        """One spelling for each character (Unicode NFC) and one kind of line end, as the browser counts them."""
        text = super().to_python(value) or ""
        return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


_TEXT_RULES = (NotStorable, TooLong, ProhibitNullCharactersValidator)


class GovukTextarea(forms.Textarea):
    """Lines of text; when ``counted`` is set, the page counts down to it."""

    counted = 0

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"cols": None, "rows": 5, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["counted"] = self.counted
        shown = context["widget"]["attrs"]
        if self.counted and shown.get("id"):
            shown["aria-describedby"] = f"{shown.get('aria-describedby', '')} {shown['id']}-info".strip()
            shown["class"] = f"{shown.get('class', '')} govuk-js-character-count".strip()
        return context


class TextAreaField(TextField):
    """Several lines of text. ``counted`` shows how many characters are left."""

    widget = GovukTextarea

    def __init__(
        self, *, max_length: int = 4000, rows: int = 5, counted: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs["rows"] = rows
        if counted:
            self.widget.counted = max_length


class PhoneField(TextField):
    """A telephone number as people write it; spaces, a leading plus and an extension are kept."""

    widget = forms.TelInput
    _shape = re.compile(r"^\+?[0-9 ()\-]{7,20}( ?(x|ext\.?) ?[0-9]{1,6})?$", re.IGNORECASE)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **{"width": 20, "autocomplete": "", "spellcheck": False, **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        digits = sum(character.isdigit() for character in text)
        if text and not (self._shape.match(text) and 7 <= digits <= 21):
            raise ValidationError("Enter a telephone number, like 01632 960 001", code="invalid")
        return text


# Numbers that identify ------------------------------------------------------------------------------------------


class NhsNumberField(TextField):
    """An NHS number, kept as ten digits. The last digit checks the nine before it (NHS Data Dictionary)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "NHS number")
        super().__init__(
            max_length=20, **{"width": 10, "inputmode": "numeric", "spellcheck": False, **kwargs}
        )

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        digits = re.sub(r"[\s\-]", "", text)
        if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
            raise ValidationError("NHS number must be 10 digits, like 999 000 0018", code="invalid")
        if not nhs_number.is_valid(digits):
            raise ValidationError("That is not a real NHS number. Check each digit", code="check_digit")
        return digits


class PostcodeField(TextField):
    """A postcode, kept in capitals with one space. ZZ postcodes (“no fixed abode”, invented people) are allowed."""

    _shape = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Postcode")
        super().__init__(max_length=12, **{"width": 10, "spellcheck": False, **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        found = self._shape.match(re.sub(r"\s", "", text).upper())
        if not found:
            raise ValidationError("Enter a full UK postcode, like ZZ1 4QT", code="invalid")
        return f"{found[1]} {found[2]}"


# Money ----------------------------------------------------------------------------------------------------------


class MoneyInput(forms.TextInput):
    """A line of text with a pound sign in front."""

    template_name = "django/forms/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-10", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            return f"{value:,.2f}"
        return super().format_value(value)


class MoneyField(forms.Field):
    """An amount in pounds, kept as a Decimal of two places (pence). “£1,234.50”, “1234.5” and “1 234” are read."""

    widget = MoneyInput
    _shape = re.compile(
        r"^(?P<minus>-?)(?P<pounds>[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,12})(\.(?P<pence>[0-9]*))?$"
    )

    def __init__(
        self,
        *,
        min_value: Decimal | None = Decimal("0.00"),
        max_value: Decimal | None = Decimal("9999999.99"),
        **kwargs: Any,
    ) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)
        self._label = str(self.label or "Amount")

    def learn_label(self, label: str) -> None:
        self._label = label

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        typed = f"{value:.2f}" if isinstance(value, Decimal | int) else str(value)
        compact = re.sub(r"\s", "", typed).replace("−", "-")
        compact = compact.replace("£", "", 1)
        if not compact:
            return None
        found = self._shape.match(compact) if compact.isascii() else None
        if not found:
            raise ValidationError(f"{self._label} must be an amount of money, like 1,234.50", code="invalid")
        pence = found["pence"] or ""
        if len(pence) > 2:
            raise ValidationError(f"{self._label} must have at most two digits for the pence", code="pence")
        return Decimal(f"{found['minus']}{found['pounds'].replace(',', '')}.{pence:0<2}")

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(f"{self._label} must be £{self.min_value:,.2f} or more", code="min_value")
        if self.max_value is not None and value > self.max_value:
            raise ValidationError(f"{self._label} must be £{self.max_value:,.2f} or less", code="max_value")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


# Choices --------------------------------------------------------------------------------------------------------


class _Choices:
    """What our radios and checkboxes add to Django's: a hint under an answer, and questions that an answer reveals."""

    hints: Mapping[str, str] = {}
    pictures: Mapping[str, str] = {}
    reveals: Mapping[str, Sequence[forms.BoundField]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["hint"] = self.hints.get(str(value), "")
        option["picture"] = self.pictures.get(str(value), "")
        option["reveals"] = self.reveals.get(str(value), ())
        return option


class GovukRadios(_Choices, forms.RadioSelect):
    """Radios in GOV.UK's shape."""


class GovukCheckboxes(_Choices, forms.CheckboxSelectMultiple):
    """Checkboxes in GOV.UK's shape."""


class RadiosField(forms.ChoiceField):
    """One answer out of a few, all of them in sight. ``inline`` puts them in a row; ``hints`` adds a line to some."""

    widget = GovukRadios

    def __init__(
        self, *, inline: bool = False, hints: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        if inline:
            self.widget.attrs["class"] = "govuk-radios--inline"
        if hints:
            self.widget.hints = {str(value): hint for value, hint in hints.items()}


class CheckboxesField(forms.MultipleChoiceField):
    """Any number of answers out of a few. ``hints`` adds a line under an answer, ``pictures`` a static file before it."""

    widget = GovukCheckboxes

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        pictures: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.widget.pictures = dict(pictures or {})
        if hints:
            self.widget.hints = {str(value): hint for value, hint in hints.items()}


class ConfirmField(forms.BooleanField):
    """One box that has to be ticked, or may be when it is not required."""


class YesNoField(forms.TypedChoiceField):
    """Yes or no, as True and False; None while a question that may stay open is open."""

    widget = GovukRadios

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", (("yes", "Yes"), ("no", "No")))
        super().__init__(coerce=lambda answer: answer == "yes", empty_value=None, **kwargs)
        self.widget.attrs["class"] = "govuk-radios--inline"

    def prepare_value(self, value: Any) -> Any:
        return ("yes" if value else "no") if isinstance(value, bool) else value

    def to_python(self, value: Any) -> str:
        return super().to_python(self.prepare_value(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
