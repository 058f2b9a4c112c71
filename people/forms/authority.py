"""Questions about who may see the person's own pages, by what right, and how far it reaches."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Recognised
from core.forms import CheckboxesField, GovukDateField, KeyedForm, RadiosField, TextField
from people.authority import Kind, Part
from people.models import PortalAccess


class PortalAccessForm(KeyedForm):
    relation = RadiosField(
        label="Who is it for?",
        choices=PortalAccess.Relation.choices,
        hints={
            "self": "The questions about their right below stay empty",
            "carer": "Someone who cares for them without pay",
            "representative": "An attorney, deputy, appointee or advocate, or somebody they chose",
        },
    )
    name = TextField(label="Their name", max_length=150, width=30, spellcheck=False)
    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        help_text="We send them a link to set up their account. It holds nothing about the person.",
    )
    scope = RadiosField(
        label="What may they do?",
        choices=PortalAccess.Scope.choices,
        hints={"view": "Read only", "act": "Read, write to the worker, agree, ask and answer"},
    )
    kind = RadiosField(
        label="What gives them the right?",
        choices=Kind.choices,
        required=False,
        help_text="Next of kin gives no right to decide. A power over money does not reach to care, nor one over care "
        "to money.",
    )
    authority = TextField(
        label="The right in detail",
        max_length=200,
        required=False,
        help_text="For example: registered on 3 March 2026, or how the person gave their permission",
    )
    covers = CheckboxesField(
        label="Which pages is it for?",
        choices=Part.choices,
        required=False,
        help_text="Leave empty for all that the right reaches to",
    )
    jointly = CheckboxesField(
        label="How is it held?",
        choices=[("yes", "With others, and they decide only together")],
        required=False,
    )
    evidence_seen_on = GovukDateField(
        label="When was the document seen?",
        when="past_or_today",
        required=False,
        help_text="A registered power of attorney or an order of the court",
    )
    lacks_capacity_on = GovukDateField(
        label="When was it found that the person cannot decide for themself?",
        when="past_or_today",
        required=False,
        help_text="For an attorney for health and welfare who acts: they decide only what the person cannot",
    )
    valid_to = GovukDateField(
        label="Last day",
        when="future",
        required=False,
        help_text="Needed for a permission and for an advocate",
    )

    def facts(self) -> dict[str, Any]:
        """What the service takes beside the account."""
        left_out = ("form_key", "name", "email")
        facts = {name: answer for name, answer in self.cleaned_data.items() if name not in left_out}
        return {**facts, "jointly": bool(facts["jointly"])}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        relation = cleaned.get("relation")
        if relation and relation != PortalAccess.Relation.SELF and not cleaned.get("kind"):
            self.add_error("kind", "Say what gives them the right: the person’s permission, or a power")
        return cleaned


class EndAccessForm(KeyedForm):
    reason = TextField(
        label="Why does it end?",
        max_length=200,
        help_text="For example: the person took back their permission",
    )


class JoinAnewForm(KeyedForm):
    checked = RadiosField(
        label="How did you recognise them?",
        choices=[(way.value, way.label) for way in Recognised if way != Recognised.ADMINISTRATOR],
        hints={
            "known_number": "Never on a number that they gave you now",
            "known_to_worker": "The named worker, or somebody else of the team who has met them",
        },
    )
