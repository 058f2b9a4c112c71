"""One fact about a person at a time. Each form names the facts it asks for; services decide what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from core.forms import (
    ConfirmField,
    GovukDateField,
    NhsNumberField,
    PhoneField,
    PostcodeField,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
    YesNoField,
)
from people import national_lists
from people.models import Person, Risk


def listed(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("", "Not recorded"), *((value, value) for value in values)]


def grouped(groups: dict[str, tuple[str, ...]]) -> list[Any]:
    """A national list in its groups; the words of the group are not said twice."""
    return [
        ("", "Not recorded"),
        *(
            (group, [(value, value.removeprefix(f"{group}: ")) for value in values])
            for group, values in groups.items()
        ),
    ]


ACCURACY = (
    ("AAA", "Exact"),
    ("EAA", "Day is a guess, month and year exact"),
    ("EEA", "Only the year is exact"),
    ("EEE", "All of it is a guess"),
)


class NamesForm(VersionedForm):
    given_names = TextField(label="Given names", max_length=150, width=30, spellcheck=False)
    family_name = TextField(label="Family name", max_length=150, width=30, spellcheck=False)
    preferred_name = TextField(
        label="Name they like to be called by",
        max_length=150,
        width=30,
        required=False,
        spellcheck=False,
        help_text="Used everywhere on screen. Leave empty when it is the given name.",
    )
    pronouns = TextField(label="Pronouns", max_length=40, width=10, required=False, spellcheck=False)


class BirthForm(VersionedForm):
    date_of_birth = GovukDateField(
        label="Date of birth", when="past_or_today", required=False, help_text="For example, 14 3 1944"
    )
    date_of_birth_accuracy = RadiosField(label="How exact is it?", choices=ACCURACY, required=False)

    def clean_date_of_birth_accuracy(self) -> str:
        return self.cleaned_data.get("date_of_birth_accuracy") or "AAA"


class NhsNumberForm(VersionedForm):
    nhs_number = NhsNumberField(required=False, help_text="10 digits, in any spacing")
    nhs_number_status = RadiosField(label="How sure is it?", choices=Person.NhsNumberStatus.choices)


class ContactForm(VersionedForm):
    phone = PhoneField(label="Phone", required=False)
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    preferred_channel = RadiosField(label="How do they like to be reached?", choices=Person.Channel.choices)
    safe_to_leave_message = YesNoField(label="Is it safe to leave a message?")
    safe_contact = TextField(
        label="When and how is it safe to get in touch?",
        max_length=300,
        required=False,
        help_text="What the person says. Whoever acts for them does not see it.",
    )


class GenderForm(VersionedForm):
    gender = RadiosField(
        label="Gender, as the person describes it",
        choices=[(value, value) for value in national_lists.GENDER],
        required=False,
    )


class EthnicityForm(VersionedForm):
    ethnicity = forms.ChoiceField(
        label="Ethnic group, as the person describes it",
        choices=grouped(national_lists.ETHNICITY),
        required=False,
        help_text="Ask the person. When nobody has asked yet, leave it not recorded.",
    )


class LanguageForm(VersionedForm):
    first_language = TextField(
        label="First language",
        max_length=60,
        width=20,
        required=False,
        help_text="For example English, British Sign Language, Punjabi",
    )
    interpreter_needed = YesNoField(label="Do they need an interpreter?")


class SupportForm(VersionedForm):
    is_service_user = ConfirmField(label="Needs care or support themself", required=False)
    is_carer = ConfirmField(label="Cares for someone without pay", required=False)
    primary_support_reason = forms.ChoiceField(
        label="Main reason for support", choices=listed(national_lists.PRIMARY_SUPPORT_REASON), required=False
    )
    accommodation_status = forms.ChoiceField(
        label="Where they live", choices=grouped(national_lists.ACCOMMODATION_STATUS), required=False
    )
    employment_status = forms.ChoiceField(
        label="Work", choices=listed(national_lists.EMPLOYMENT_STATUS), required=False
    )
    client_funding_status = forms.ChoiceField(
        label="Who pays for their care", choices=listed(national_lists.CLIENT_FUNDING_STATUS), required=False
    )


class HealthForm(VersionedForm):
    autism = forms.ChoiceField(label="Autism", choices=listed(national_lists.YES_NO_UNKNOWN), required=False)
    dementia = forms.ChoiceField(
        label="Dementia", choices=listed(national_lists.YES_NO_UNKNOWN), required=False
    )
    visual_impairment = forms.ChoiceField(
        label="Sight", choices=listed(national_lists.VISUAL_IMPAIRMENT), required=False
    )
    hearing_impairment = forms.ChoiceField(
        label="Hearing", choices=listed(national_lists.HEARING_IMPAIRMENT), required=False
    )
    gp_practice_name = TextField(label="GP practice", max_length=150, width=30, required=False)
    gp_practice_code = TextField(
        label="Code of the GP practice",
        max_length=10,
        width=10,
        required=False,
        spellcheck=False,
        help_text="One letter and five digits, when it is known",
    )


@dataclass(frozen=True)
class Detail:
    """One page of details: its heading, its form, and which facts of a person it asks for."""

    heading: str
    form: type[VersionedForm]

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(name for name in self.form.base_fields if name != "version")


DETAILS = {
    "names": Detail("Change names", NamesForm),
    "birth": Detail("Change date of birth", BirthForm),
    "nhs-number": Detail("Change NHS number", NhsNumberForm),
    "contact": Detail("Change how to reach them", ContactForm),
    "gender": Detail("Change gender", GenderForm),
    "ethnicity": Detail("Change ethnic group", EthnicityForm),
    "language": Detail("Change language", LanguageForm),
    "support": Detail("Change reason for support and how they live", SupportForm),
    "health": Detail("Change health and GP", HealthForm),
}


class HomeForm(VersionedForm):
    """Where the person lives, from which day on."""

    no_fixed_abode = ConfirmField(label="No fixed abode", required=False)
    address_lines = TextAreaField(label="Address", max_length=300, rows=3, required=False)
    postcode = PostcodeField(required=False)
    is_confidential = ConfirmField(
        label="Confidential",
        required=False,
        help_text="A refuge, for example. Only the named worker and their manager will see it.",
    )
    moved_on = GovukDateField(
        label="They have lived there since", when="past_or_today", help_text="The day, or the best guess"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked = {"address_lines", "postcode"} - set(self.errors)
        if len(asked) == 2 and not (
            cleaned.get("no_fixed_abode") or cleaned.get("address_lines") or cleaned.get("postcode")
        ):
            self.add_error("address_lines", "Enter an address, or tick that the person has no fixed abode")
        return cleaned


class WhatMattersForm(VersionedForm):
    text = TextAreaField(
        label="What matters now, in their own words",
        max_length=2000,
        rows=6,
        counted=True,
        required=False,
        help_text="Write what they say, as they say it. It stands first on their overview.",
    )
    on = GovukDateField(label="When did they say it?", when="past_or_today")


class RiskForm(VersionedForm):
    risk = RadiosField(
        label="How much risk is the person at now?",
        choices=Risk.choices,
        hints={
            Risk.HIGH: "Likely to come to harm soon without action",
            Risk.MEDIUM: "Could come to harm if things change",
            Risk.STANDARD: "No more than most people in their situation",
        },
    )


class DeathForm(VersionedForm):
    date_of_death = GovukDateField(
        label="Date of death",
        when="past_or_today",
        required=False,
        help_text="Leave empty when only the fact is known. You can add the day later.",
    )
    is_sure = ConfirmField(label="Someone who knows has confirmed that the person has died")


class LevelForm(VersionedForm):
    """Who may open the record."""

    level = RadiosField(
        label="Who may open this record?",
        choices=[
            (Person.Level.STANDARD, "Everyone who works with people"),
            (Person.Level.NAMED_USERS, "Only named staff"),
        ],
        hints={
            Person.Level.STANDARD: "Each look is written down",
            Person.Level.NAMED_USERS: "For staff, their relatives, councillors, and people in danger from someone. "
            "For everyone else the record does not exist, in search neither",
        },
    )
    members = TextAreaField(
        label="Named staff, by their e-mail address",
        help_text="One address on each line. You are added yourself. Their managers are not, unless you name them.",
        max_length=4000,
        rows=5,
        required=False,
        spellcheck=False,
    )
    reason = TextField(label="Why", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("level") == Person.Level.NAMED_USERS
            and not cleaned.get("reason")
            and "reason" not in self.errors
        ):
            self.add_error("reason", "Say why only named staff may open this record")
        return cleaned
