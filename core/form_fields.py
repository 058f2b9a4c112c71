"""The fields that our forms are made of: each one keeps what was typed and says in plain words what is wrong."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import nhs_number
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator, ProhibitNullCharactersValidator
from django.utils.deconstruct import deconstructible

from core import clock

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DATE_PARTS = ("day", "month", "year")
EARLIEST_DATE = datetime.date(1880, 1, 1)
LATEST_DATE = datetime.date(2200, 1, 1)


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
        text = super().to_python(value)
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


# Dates and times ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DateParts:
    """A date as it was typed, in three parts, whether or not it is one."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: Any) -> DateParts:
        if isinstance(value, cls):
            return value
        if isinstance(value, datetime.datetime):
            value = value.date()
        if isinstance(value, datetime.date):
            return cls(str(value.day), str(value.month), str(value.year))
        iso = re.match(r"^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$", str(value or ""))
        return cls(iso[3], iso[2], iso[1]) if iso else cls(day=str(value or ""))

    def __bool__(self) -> bool:
        return any(part.strip() for part in (self.day, self.month, self.year))

    def missing(self) -> list[str]:
        return [name for name in DATE_PARTS if not getattr(self, name).strip()]

    def read(self) -> tuple[datetime.date | None, str, tuple[str, ...]]:
        """The date, or why it is none and which parts to look at again."""
        missing = self.missing()
        if missing:
            return None, "incomplete", tuple(missing)
        day, month, year = _whole(self.day), _month_number(self.month), _whole(self.year)
        if len(self.year.strip()) != 4 or year is None:
            return None, "short_year", ("year",)
        wrong = tuple(
            name
            for name, known in (("day", day and 1 <= day <= 31), ("month", month and 1 <= month <= 12))
            if not known
        )
        if wrong or day is None or month is None:
            return None, "not_real", wrong
        try:
            return datetime.date(year, month, day), "", ()
        except ValueError:
            return None, "not_real", DATE_PARTS


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _month_number(text: str) -> int | None:
    """Months are read as numbers or as English names, whole or cut to three letters or more."""
    word = text.strip().lower()
    if len(word) >= 3 and word.isalpha():
        return next((number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(word)), None)
    return _whole(word)


class GovukDateWidget(forms.Widget):
    """Day, month and year in three boxes; one ISO text under the field's own name is read as well."""

    template_name = "django/forms/widgets/govuk_date.html"
    use_fieldset = True
    memorable = False

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts:
        if any(f"{name}_{part}" in data for part in DATE_PARTS):
            return DateParts(*(str(data.get(f"{name}_{part}") or "") for part in DATE_PARTS))
        return DateParts.of(data.get(name))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in DATE_PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = DateParts.of(value)
        in_error: tuple[str, ...] = ()
        if context["widget"]["attrs"].pop("aria-invalid", None):
            # A real date refused for another reason (too early, say) is marked as a whole.
            in_error = (typed.read()[2] if typed else ()) or DATE_PARTS
        field_id = context["widget"]["attrs"].pop("id", "")
        context["widget"].update(
            field_id=field_id,
            parts=[
                {
                    "name": f"{name}_{part}",
                    "id": f"{field_id}_{part}" if field_id else "",
                    "label": part.capitalize(),
                    "value": getattr(typed, part),
                    "width": 4 if part == "year" else 2,
                    "error": part in in_error,
                    "autocomplete": f"bday-{part}" if self.memorable else "",
                }
                for part in DATE_PARTS
            ],
        )
        return context


class GovukDateField(forms.Field):
    """A day in three boxes.

    ``when`` limits it to "past", "past_or_today", "future" or "future_or_today", seen from the product's clock.
    ``birth`` lets the browser fill in the reader's own date of birth, and is for people's own pages only.
    """

    widget = GovukDateWidget

    def __init__(
        self,
        *,
        when: str = "",
        earliest: datetime.date = EARLIEST_DATE,
        latest: datetime.date = LATEST_DATE,
        birth: bool = False,
        **kwargs: Any,
    ) -> None:
        if when not in _WHEN:
            raise ValueError(f"when must be one of {sorted(_WHEN)}")
        self.when, self.earliest, self.latest = when, earliest, latest
        super().__init__(**kwargs)
        self.widget.memorable = birth
        self._label = str(self.label or "Date")

    def learn_label(self, label: str) -> None:
        self._label = label.rstrip("?")

    def to_python(self, value: Any) -> datetime.date | None:
        typed = DateParts.of(value)
        if not typed:
            return None
        found, problem, parts = typed.read()
        if found is not None:
            return found
        if problem == "incomplete":
            raise ValidationError(f"{self._label} must include a {' and '.join(parts)}", code=problem)
        if problem == "short_year":
            raise ValidationError(f"{self._label} must have a year of 4 numbers, like 1944", code=problem)
        raise ValidationError(f"{self._label} must be a real date", code=problem)

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        is_right, words = _WHEN[self.when]
        if not is_right(value):
            raise ValidationError(f"{self._label} must be {words}", code="when")
        if value < self.earliest:
            raise ValidationError(f"{self._label} must be {_plain(self.earliest)} or later", code="too_early")
        if value > self.latest:
            raise ValidationError(f"{self._label} must be {_plain(self.latest)} or earlier", code="too_late")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(
            DateParts.of(initial).read()[0] != DateParts.of(data).read()[0] or DateParts.of(data).read()[1]
        )


def _plain(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


_WHEN = {
    "": (lambda day: True, ""),
    "past": (lambda day: day < clock.today(), "in the past"),
    "past_or_today": (lambda day: day <= clock.today(), "today or in the past"),
    "future": (lambda day: day > clock.today(), "in the future"),
    "future_or_today": (lambda day: day >= clock.today(), "today or in the future"),
}


class GovukTimeField(TextField):
    """A time of day as people write it: 10:30am, 2pm, 14.15, midday."""

    _shape = re.compile(r"^(?P<hour>[0-9]{1,2})([:.](?P<minute>[0-9]{2}))?(?P<half>am|pm)?$")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **{"width": 5, "spellcheck": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime.time):
            return f"{value.hour % 12 or 12}:{value.minute:02}{'am' if value.hour < 12 else 'pm'}"
        return value

    def clean(self, value: Any) -> datetime.time | None:  # type: ignore[override]
        text = re.sub(r"\s", "", super().clean(self.prepare_value(value))).lower()
        if not text:
            return None
        text = {"midday": "12pm", "noon": "12pm", "midnight": "12am"}.get(text, text)
        found = self._shape.match(text)
        if found and (found["half"] or found["minute"]):
            hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
            if minute < 60 and (1 <= hour <= 12 if half else hour < 24):
                if half:
                    hour = hour % 12 + (12 if half == "pm" else 0)
                return datetime.time(hour, minute)
        raise ValidationError("Enter a time, like 10:30am or 2pm", code="invalid")


# Choices --------------------------------------------------------------------------------------------------------


class _Choices:
    """What our radios and checkboxes add to Django's: a hint under an answer, and questions that an answer reveals."""

    hints: Mapping[str, str] = {}
    reveals: Mapping[str, Sequence[forms.BoundField]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        option["hint"] = self.hints.get(str(value), "")
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
    """Any number of answers out of a few. ``hints`` adds a line under an answer."""

    widget = GovukCheckboxes

    def __init__(self, *, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
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
