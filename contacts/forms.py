"""What is asked about a contact: taken down, looked at, decided, passed on, closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Team
from contacts.models import Contact, Handover, Outcome
from core.forms import (
    ConfirmField,
    KeyedForm,
    PhoneField,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
    YesNoField,
)
from people.models import Risk

NOT_ASKED = "not_asked"
TO_SAFEGUARDING = "to_safeguarding"
SAFEGUARDING_ANSWERS = [
    ("no", "No sign of abuse or neglect"),
    ("yes", "There may be abuse or neglect"),
]
GOES_ON = tuple(outcome for outcome in Outcome if outcome not in Contact.CLOSING)

# Which outcomes of the return go with what is passed on (domain/care-act.md 3).
OUTCOMES_OF_KIND = {
    Handover.Kind.ASSESSMENT: (Outcome.ASSESSMENT, Outcome.SUPPORT_PLANNING),
    Handover.Kind.CARER_ASSESSMENT: (Outcome.ASSESSMENT, Outcome.SUPPORT_PLANNING),
    Handover.Kind.REABLEMENT: (Outcome.REABLEMENT,),
    Handover.Kind.SAFEGUARDING: (Outcome.OTHER_SERVICE,),
}


class _TeamChoice(forms.ChoiceField):
    """A team by its reference; the answer is the team."""

    teams: Mapping[str, Team] = {}

    def clean(self, value: Any) -> Team | None:
        return self.teams.get(super().clean(value))


def offer_teams(field: forms.Field, teams: Iterable[Team]) -> None:
    """Put these teams into a question for a team."""
    if isinstance(field, _TeamChoice):
        field.teams = {team.ref: team for team in teams}
        field.choices = [("", "Choose a team"), *((team.ref, team.name) for team in field.teams.values())]


class ContactForm(KeyedForm):
    """Four of the five answers; the first, who it is about, is given before it or beside it."""

    reveals = {"can_wait": {"no": ["why_urgent"]}}

    source = forms.ChoiceField(
        label="Who is asking?", choices=[("", "Choose who is asking"), *Contact.Source.choices]
    )
    contact_name = TextField(
        label="Their name", help_text="When it is not the person", max_length=150, width=30, required=False
    )
    contact_phone = PhoneField(label="How to reach them by phone", required=False)
    reason = forms.ChoiceField(
        label="What is it about?", choices=[("", "Choose what it is about"), *Contact.Reason.choices]
    )
    what_is_happening = TextAreaField(
        label="What is happening?",
        help_text="What you were told, as fully as you can",
        max_length=10000,
        rows=6,
    )
    in_their_words = TextAreaField(label="In the person’s own words", max_length=5000, rows=3, required=False)
    consent = RadiosField(label="Does the person agree to this contact?", choices=Contact.Consent.choices)
    safeguarding_considered = RadiosField(
        label="Is there any sign of abuse or neglect?",
        choices=[*SAFEGUARDING_ANSWERS, (NOT_ASKED, "I could not tell")],
    )
    can_wait = YesNoField(label="Can it wait until the next working day?")
    why_urgent = TextAreaField(label="Why can it not wait?", max_length=2000, rows=3, required=False)
    route = forms.ChoiceField(
        label="How did they come to us?",
        help_text="For the national return",
        choices=Contact.Route.choices,
        initial=Contact.Route.COMMUNITY,
    )
    team = _TeamChoice(label="Which team looks at it?")

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_teams(self.fields["team"], teams)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("can_wait") is False and not answers.get("why_urgent", "").strip():
            self.add_error("why_urgent", "Say why it cannot wait")
        return answers

    def facts(self) -> dict[str, Any]:
        """What `receive` takes."""
        answers = {
            name: answer for name, answer in self.cleaned_data.items() if name not in ("form_key", "can_wait")
        }
        if answers["safeguarding_considered"] == NOT_ASKED:
            answers["safeguarding_considered"] = ""
        if self.cleaned_data["can_wait"]:
            answers["why_urgent"] = ""
        return answers


class ScreenForm(VersionedForm):
    safeguarding_considered = RadiosField(
        label="Is there any sign of abuse or neglect?", choices=SAFEGUARDING_ANSWERS
    )
    risk = RadiosField(
        label="How much risk is the person at?",
        choices=Risk.choices,
        hints={
            Risk.HIGH: "Serious harm is likely if nothing happens in the next days",
            Risk.MEDIUM: "Things will get worse within weeks",
            Risk.STANDARD: "Safe for now",
        },
    )
    screening_summary = TextAreaField(
        label="What you found, and why the risk is as you say", max_length=5000, rows=6
    )


class DecideForm(VersionedForm):
    outcome = RadiosField(
        label="What happens next?",
        choices=[
            *((outcome, outcome.label) for outcome in GOES_ON),
            (TO_SAFEGUARDING, "Pass on to safeguarding"),
            *((outcome, outcome.label) for outcome in Contact.CLOSING),
        ],
        hints={
            **{outcome: "Goes on to a team, which accepts it or returns it" for outcome in GOES_ON},
            TO_SAFEGUARDING: "Goes on to the team that looks into abuse and neglect",
            Outcome.ADVICE: "Written advice, and the right to an assessment is told",
        },
    )


class PassOnForm(VersionedForm):
    kind = RadiosField(label="What do you pass on?", choices=Handover.Kind.choices)
    to_team = _TeamChoice(label="To which team?")
    outcome = forms.ChoiceField(
        label="Outcome for the national return",
        choices=[
            ("", "Choose an outcome"),
            *((outcome, outcome.label) for outcome in (*GOES_ON, Outcome.OTHER_SERVICE)),
        ],
    )
    summary = TextAreaField(
        label="What the receiving team needs to know",
        help_text="They see the whole contact too. Say what they cannot read there",
        max_length=5000,
        rows=6,
    )

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_teams(self.fields["to_team"], teams)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        kind, outcome = answers.get("kind"), answers.get("outcome")
        if kind and outcome and outcome not in OUTCOMES_OF_KIND[Handover.Kind(kind)]:
            fitting = " or ".join(f"“{each.label}”" for each in OUTCOMES_OF_KIND[Handover.Kind(kind)])
            self.add_error("outcome", ValidationError(f"With that hand-over choose {fitting}"))
        return answers


class CloseForm(VersionedForm):
    outcome = forms.ChoiceField(
        label="How did the request end?",
        choices=[("", "Choose how it ended"), *((outcome, outcome.label) for outcome in Contact.CLOSING)],
    )
    advice_given = TextAreaField(
        label="The advice that was given",
        help_text="Write what you told or sent them, so that anybody can repeat it",
        max_length=5000,
        rows=6,
        required=False,
    )
    told_right_to_assessment = ConfirmField(
        label="They have been told that they have a right to an assessment", required=False
    )


class MarkUrgentForm(VersionedForm):
    why_urgent = TextAreaField(label="Why can it not wait?", max_length=2000, rows=3)


class FindPersonForm(VersionedForm):
    """Whom a request from the website is about: one of those shown, somebody by their number, or nobody on record."""

    number = TextField(
        label="Our number or the NHS number of somebody else",
        max_length=20,
        width=20,
        required=False,
        spellcheck=False,
    )
    person = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    is_new = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors and not (answers.get("number") or answers.get("person") or answers.get("is_new")):
            self.add_error("number", "Enter a number, or choose one of the people shown")
        return answers


class SetAsideForm(VersionedForm):
    why = TextAreaField(
        label="Why is this no request?",
        help_text="For example sent twice, or a try-out",
        max_length=500,
        rows=3,
    )


class ListForm(forms.Form):
    """What a reader chose in the address; whatever is not known is no choice."""

    show = forms.CharField(required=False, max_length=16)
    team = forms.CharField(required=False, max_length=16)

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
