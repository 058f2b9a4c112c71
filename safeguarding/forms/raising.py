"""A concern as a member of staff writes it down, and whose record it is about."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import (
    CheckboxesField,
    GovukDateField,
    KeyedForm,
    PostcodeField,
    RadiosField,
    TextAreaField,
    TextField,
    YesNoField,
)
from safeguarding.models import AbuseType, Concern, Location

LOCATIONS = [("", "Choose where"), *Location.choices]


class RaiseForm(KeyedForm):
    """A concern about an adult. With a person on record the questions about who it is are left out."""

    adult_given_names = TextField(label="Their first name", max_length=150, width=20, required=False)
    adult_family_name = TextField(label="Their last name", max_length=150, width=20, required=False)
    adult_date_of_birth = GovukDateField(label="Their date of birth", when="past", required=False)
    adult_address = TextField(label="Where they live or are now", max_length=300, required=False)
    adult_postcode = PostcodeField(label="Postcode", required=False)
    adult_phone = TextField(label="How to reach them safely", max_length=60, width=20, required=False)
    immediate_danger = YesNoField(
        label="Is anybody in danger now?", help_text="If so, ring 999 first. Then send this"
    )
    what_happened = TextAreaField(
        label="What has happened, or what worries you?",
        help_text="What you saw and heard, and when. Facts first, then what you think",
        max_length=10000,
        rows=8,
    )
    kinds = CheckboxesField(label="What kind of abuse or neglect?", choices=AbuseType.choices, required=False)
    location = forms.ChoiceField(label="Where did it happen?", choices=LOCATIONS, required=False)
    happened_on = GovukDateField(label="When did it happen?", when="past_or_today", required=False)
    alleged_words = TextAreaField(
        label="Who may have caused the harm?",
        help_text="Name, what they are to the person, whether they live together",
        max_length=2000,
        rows=3,
        required=False,
    )
    others_at_risk = TextAreaField(
        label="Are other adults or children at risk?", max_length=2000, rows=2, required=False
    )
    source = forms.ChoiceField(
        label="Who told you?", choices=[("", "Choose who told you"), *Concern.Source.choices]
    )
    referrer_name = TextField(
        label="Their name and job",
        help_text="When it is not you",
        max_length=150,
        width=30,
        required=False,
    )
    referrer_phone = TextField(label="How to reach them by phone", max_length=60, width=20, required=False)
    consent = RadiosField(
        label="Does the person know and agree that you report this?", choices=Concern.Consent.choices
    )
    views_and_wishes = TextAreaField(
        label="What does the person want to happen?",
        help_text="In their words",
        max_length=5000,
        rows=3,
        required=False,
    )

    ABOUT_THE_ADULT = (
        "adult_given_names", "adult_family_name", "adult_date_of_birth", "adult_address", "adult_postcode",
        "adult_phone",
    )  # fmt: skip

    def __init__(self, *args: Any, is_on_record: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_on_record:
            for name in self.ABOUT_THE_ADULT:
                del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """What `raise_concern` takes."""
        return {name: answer for name, answer in self.cleaned_data.items() if name != "form_key"}
