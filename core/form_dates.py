"""Days and times of day as people type them, kept as typed and refused with the reason."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import clock
from core.form_fields import TextField

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
