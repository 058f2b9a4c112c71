"""Questions about notes and about who is responsible."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from core import clock
from core.form_dates import DATE_PARTS, DateParts
from core.forms import (
    ConfirmField,
    GovukDateField,
    GovukTimeField,
    KeyedForm,
    RadiosField,
    TextAreaField,
    TextField,
)
from people.models import CaseNote


class NoteForm(KeyedForm):
    kind = forms.ChoiceField(label="What was it?", choices=[("", "Choose"), *CaseNote.Kind.choices])
    occurred_on = GovukDateField(label="When did it happen?", when="past_or_today")
    occurred_time = GovukTimeField(label="Time", required=False, help_text="For example, 10:30am")
    involved = TextField(label="Who was there?", max_length=300, required=False)
    text = TextAreaField(
        label="What happened",
        max_length=20000,
        rows=10,
        help_text="Facts first, then what you think of them. Write so that the person could read it.",
    )
    person_words = TextAreaField(label="The person’s own words", max_length=5000, rows=3, required=False)
    is_significant = ConfirmField(label="A significant event, for the chronology", required=False)
    is_third_party = ConfirmField(label="Holds something about somebody else", required=False)

    def occurred_at(self) -> datetime.datetime:
        """The moment it happened; without a time, midday of a day before, or now."""
        day = self.cleaned_data["occurred_on"]
        time = self.cleaned_data.get("occurred_time")
        if time is None:
            now = clock.now()
            return (
                now
                if day == clock.london_date(now)
                else datetime.datetime.combine(day, datetime.time(12), clock.LONDON)
            )
        return datetime.datetime.combine(day, time, clock.LONDON)

    def content(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


# What a draft of a note keeps, as it was typed.
DRAFT_NAMES = (
    "kind",
    *(f"occurred_on_{part}" for part in DATE_PARTS),
    "occurred_time",
    "involved",
    "text",
    "person_words",
    "is_significant",
    "is_third_party",
)
LONGEST_DRAFT = 25_000


def draft_of(data: Any) -> dict[str, str]:
    """What has been typed so far, whether or not it could be saved as a note."""
    return {
        name: str(data[name]).replace("\x00", "").encode("utf-8", "ignore").decode()[:LONGEST_DRAFT]
        for name in DRAFT_NAMES
        if data.get(name)
    }


def from_draft(data: dict[str, str]) -> dict[str, Any]:
    """A draft as the first values of a form."""
    date = DateParts(*(data.get(f"occurred_on_{part}", "") for part in DATE_PARTS))
    values: dict[str, Any] = {
        name: data.get(name, "") for name in DRAFT_NAMES if not name.startswith("occurred_on")
    }
    values["is_significant"] = bool(data.get("is_significant"))
    values["is_third_party"] = bool(data.get("is_third_party"))
    return {**values, "occurred_on": date if date else clock.today()}


NOBODY_YET = "team"


class AllocateForm(KeyedForm):
    """Who takes over, and where things stand. The workers are those of the team chosen before."""

    worker = RadiosField(label="Named worker", choices=())
    handover_summary = TextAreaField(
        label="Where things stand",
        max_length=4000,
        rows=8,
        counted=True,
        required=False,
        help_text="What has been agreed, what is open, what the person must not be asked again. "
        "It is the first thing the new worker sees.",
    )
    reason = TextField(label="Why now", max_length=200, required=False)

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worker = self.fields["worker"]
        worker.choices = [  # type: ignore[attr-defined]
            *workers,
            (NOBODY_YET, "Nobody yet: the team’s list"),
        ]


class EndAllocationForm(KeyedForm):
    reason = TextField(label="Why does it end?", max_length=200)
