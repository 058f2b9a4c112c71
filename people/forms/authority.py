"""Questions about who may see the person's own pages, by what right, and how far it reaches."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Recognised
from core.forms import CheckboxesField, GovukDateField, KeyedForm, RadiosField, TextField, YesNoField
from core.journeys import QuestionForm
from people.authority import POWERS, Kind, Part
from people.models import PortalAccess


class AccessQuestion(QuestionForm):
    """A question of staff about an access: their smaller letters and choices."""

    label_size = "s"
    small_choices = True


class WhoGetsAccessForm(AccessQuestion):
    title = "Who gets access"

    relation = RadiosField(
        label="Who is it for?",
        choices=PortalAccess.Relation.choices,
        hints={
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


class RightForm(AccessQuestion):
    title = "The right to act"

    kind = RadiosField(
        label="What gives them the right?",
        choices=Kind.choices,
        help_text="Next of kin gives no right to decide. A power over money does not reach to care, nor one over care "
        "to money.",
        error_messages={"required": "Say what gives them the right: the person’s permission, or a power"},
    )
    authority = TextField(
        label="The right in detail",
        max_length=200,
        required=False,
        help_text="For example: registered on 3 March 2026, or how the person gave their permission",
    )


class PaperForm(AccessQuestion):
    """Asked about a power that stands on paper."""

    title = "The power on paper"

    evidence_seen_on = GovukDateField(
        label="When was the document seen?",
        when="past_or_today",
        help_text="The registered power of attorney, or the order or letter that names them",
    )
    jointly = YesNoField(
        label="Do they hold it with others, and decide only together?",
        error_messages={"required": "Say whether they decide only together with others"},
    )


class ReachForm(AccessQuestion):
    """Asks no further than the right reaches. The person's own access is whole and has no last day."""

    title = "How far it reaches"

    scope = RadiosField(
        label="What may they do?",
        choices=PortalAccess.Scope.choices,
        hints={"view": "Read only", "act": "Read, write to the worker, agree, ask and answer"},
    )
    covers = CheckboxesField(label="Which pages is it for?", choices=[])
    valid_to = GovukDateField(label="Last day", when="future", required=False, help_text="If there is one")

    def __init__(self, *args: Any, kind: str = "", jointly: bool = False, **kwargs: Any) -> None:
        self.power, self.jointly = POWERS.get(kind), jointly
        super().__init__(*args, **kwargs)

    def put_into_words(self) -> None:
        if self.power is None:
            del self.fields["covers"], self.fields["valid_to"]
            return
        scope, covers, last_day = (self.fields[name] for name in ("scope", "covers", "valid_to"))
        assert isinstance(scope, forms.ChoiceField)
        assert isinstance(covers, forms.ChoiceField)
        covers.choices = [(part, words) for part, words in Part.choices if part in self.power.parts]
        covers.initial = [part for part, _ in covers.choices]
        if len(covers.choices) == 1:
            del self.fields["covers"]
        if self.jointly:
            scope.choices = [(PortalAccess.Scope.VIEW, PortalAccess.Scope.VIEW.label)]
            scope.help_text = "Those who hold a power together decide together, so each of them may only see."
        if self.power.ends:
            last_day.required = True
            last_day.help_text = "It can be given again"


class CapacityForm(AccessQuestion):
    """Asked about an attorney for health and welfare who acts: they decide only what the person cannot."""

    title = "What the person can decide"

    lacks_capacity_on = GovukDateField(
        label="When was it found that the person cannot decide for themself?",
        when="past_or_today",
        help_text="An attorney for health and welfare decides only what the person cannot decide",
    )


class GiveAccessForm(KeyedForm):
    """The answers were read once more: the button gives the access."""


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
