"""The first questions about someone the council does not know yet."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms import (
    CheckboxesField,
    ConfirmField,
    GovukDateField,
    KeyedForm,
    NhsNumberField,
    PhoneField,
    PostcodeField,
    TextAreaField,
    TextField,
)

SUPPORT, CARER = "service_user", "carer"


class RegisterForm(KeyedForm):
    given_names = TextField(label="Given names", max_length=150, width=30, spellcheck=False)
    family_name = TextField(label="Family name", max_length=150, width=30, spellcheck=False)
    preferred_name = TextField(
        label="Name they like to be called by", max_length=150, width=30, required=False, spellcheck=False
    )
    date_of_birth = GovukDateField(
        label="Date of birth",
        when="past_or_today",
        required=False,
        help_text="For example, 14 3 1944. Leave empty when it is not known.",
    )
    nhs_number = NhsNumberField(required=False, help_text="10 digits, when it is known")
    address_lines = TextAreaField(label="Address", max_length=300, rows=3, required=False)
    postcode = PostcodeField(required=False)
    no_fixed_abode = ConfirmField(label="No fixed abode", required=False)
    phone = PhoneField(label="Phone", required=False)
    email = forms.EmailField(label="E-mail", required=False, max_length=254)
    roles = CheckboxesField(
        label="What brings them to us?",
        choices=[(SUPPORT, "They need care or support"), (CARER, "They care for someone without pay")],
        error_messages={"required": "Tick whether they need support, care for someone, or both"},
    )

    def facts(self) -> dict[str, Any]:
        """What `register` takes."""
        facts = {name: fact for name, fact in self.cleaned_data.items() if name not in ("form_key", "roles")}
        roles = self.cleaned_data["roles"]
        return {**facts, "is_service_user": SUPPORT in roles, "is_carer": CARER in roles}

    def typed(self) -> list[tuple[str, str]]:
        """Every answer as it must be sent again with the confirmation: name and value."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.cleaned_data.items():
            if isinstance(value, list | tuple):
                pairs += [(name, str(each)) for each in value]
            elif isinstance(value, bool):
                pairs += [(name, "on")] if value else []
            elif value not in (None, ""):
                pairs.append((name, value.isoformat() if hasattr(value, "isoformat") else str(value)))
        return pairs
