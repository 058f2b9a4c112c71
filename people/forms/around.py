"""Questions about who is around a person, warnings, how to communicate, and who may see their pages."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import (
    CheckboxesField,
    GovukDateField,
    KeyedForm,
    PhoneField,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
    YesNoField,
)
from people import national_lists
from people.models import CommunicationNeed, Relationship, Warning

PARTS = (
    ("is_carer", "Cares for them without pay"),
    ("is_main_carer", "Is the main carer"),
    ("lives_with", "Lives with them"),
    ("next_of_kin", "Is next of kin"),
    ("emergency_contact", "Is the emergency contact"),
    ("key_holder", "Holds a key"),
)


class _RelationshipQuestions(forms.Form):
    kind = forms.ChoiceField(
        label="What are they to the person?", choices=[("", "Choose"), *Relationship.Kind.choices]
    )
    what_they_do = TextField(
        label="What do they do?",
        max_length=300,
        required=False,
        help_text="For example: helps with shopping on Fridays, walks the dog",
    )
    may_talk = RadiosField(
        label="May we talk to them?",
        choices=Relationship.MayTalk.choices,
        help_text="What the person says about it",
    )
    parts = CheckboxesField(
        label="Which of these are they?",
        choices=PARTS,
        required=False,
        help_text="Next of kin gives no legal power to decide.",
    )
    hours_caring_weekly = forms.IntegerField(
        label="Hours of care a week, about", required=False, min_value=0, max_value=168
    )


class _WithParts:
    cleaned_data: dict[str, Any]

    def facts(self) -> dict[str, Any]:
        """What the services take: each ticked part as a yes."""
        left_out = ("parts", "form_key", "version", "other_number")
        facts = {name: fact for name, fact in self.cleaned_data.items() if name not in left_out}
        return {**facts, **{name: name in self.cleaned_data["parts"] for name, _ in PARTS}}


class AddRelationshipForm(_WithParts, KeyedForm, _RelationshipQuestions):
    other_number = TextField(
        label="Their number with us",
        max_length=20,
        width=10,
        required=False,
        spellcheck=False,
        help_text="When they have a record here: our number or their NHS number. Otherwise write the name below.",
    )
    other_name = TextField(label="Name", max_length=150, width=30, required=False, spellcheck=False)
    other_phone = PhoneField(label="Phone", required=False)

    field_order = ["other_number", "other_name", "other_phone", "kind"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            not cleaned.get("other_name")
            and not cleaned.get("other_number")
            and "other_name" not in self.errors
        ):
            self.add_error("other_name", "Enter a name, or the number of someone with a record here")
        return cleaned


class ChangeRelationshipForm(_WithParts, VersionedForm, _RelationshipQuestions):
    other_name = TextField(label="Name", max_length=150, width=30, required=False, spellcheck=False)
    other_phone = PhoneField(label="Phone", required=False)

    field_order = ["other_name", "other_phone", "kind"]


class EndRelationshipForm(VersionedForm):
    on = GovukDateField(label="Last day", when="past_or_today")


class WarningForm(KeyedForm):
    kind = RadiosField(label="What kind of warning is it?", choices=Warning.Kind.choices)
    headline = TextField(
        label="The warning in a few words",
        max_length=100,
        help_text="Stands above the name on every page, for example: large dog at home",
    )
    what_to_do = TextField(
        label="What should people do?", max_length=500, help_text="For example: ring before you visit"
    )
    evidence = TextAreaField(
        label="How do we know?",
        max_length=500,
        rows=3,
        help_text="Facts, with who saw them and when. Not opinions.",
    )
    person_told = YesNoField(label="Has the person been told about this warning?")
    why_not_told = TextField(label="Why has the person not been told?", max_length=300, required=False)
    ends_on = GovukDateField(
        label="Runs to",
        when="future",
        help_text="12 months at most. It goes from the page on that day unless renewed.",
    )

    reveals = {"person_told": {"no": ["why_not_told"]}}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("person_told") is False and not cleaned.get("why_not_told"):
            self.add_error("why_not_told", "Say why the person has not been told")
        return cleaned


class RenewWarningForm(VersionedForm):
    ends_on = GovukDateField(label="Runs to", when="future", help_text="12 months from today at most")
    evidence = TextAreaField(label="How do we know that it still holds?", max_length=500, rows=3)


class CommunicationForm(KeyedForm):
    code = forms.ChoiceField(
        label="What do they need?",
        choices=[
            ("", "Choose one"),
            *(
                (
                    str(label),
                    [
                        (code, words)
                        for code, (group, words) in national_lists.COMMUNICATION.items()
                        if group == category
                    ],
                )
                for category, label in CommunicationNeed.Category.choices
            ),
        ],
    )
    detail = TextField(
        label="In detail", max_length=200, required=False, help_text="For example: 18 point, black on yellow"
    )
    consent_to_share = YesNoField(label="May we tell others who support them?")
