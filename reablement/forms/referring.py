"""Questions from the referral to the decision."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_fields import ColleagueChoice, TeamChoice, offer
from assessments.models import Assessment
from core.forms import (
    ConfirmField,
    GovukDateField,
    KeyedForm,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from reablement.models import Episode


class AssessmentChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()}, asked for on {obj.requested_on:%-d %B %Y}"


class ReferForm(KeyedForm):
    reveals = {"source": {"hospital": ["discharge_on", "ward"], "assessment": ["assessment"]}}

    source = RadiosField(
        label="Where does the referral come from?",
        choices=[
            (Episode.Source.HOSPITAL.value, "A hospital, on leaving it"),
            (Episode.Source.ASSESSMENT.value, "An assessment that recommends reablement"),
            (Episode.Source.STAFF.value, "Somebody who works with the person"),
        ],
    )
    discharge_on = GovukDateField(label="When do they leave hospital?", required=False)
    ward = TextField(label="Hospital and ward", max_length=100, required=False)
    assessment = AssessmentChoice(
        queryset=Assessment.objects.none(),
        to_field_name="ref",
        required=False,
        empty_label="Choose the assessment",
        label="Which assessment?",
    )
    team = TeamChoice(label="Which team gives reablement?")
    reason = TextAreaField(label="What has happened, and why could reablement help?", max_length=5000, rows=6)
    goal_idea = TextAreaField(
        label="What do they want to do again?",
        help_text="In their own words, as far as you know them. The team asks for what is missing.",
        max_length=2000,
        rows=3,
        required=False,
    )
    consent = RadiosField(label="Do they agree?", choices=Episode.Consent.choices, required=False)
    risks = TextAreaField(label="Risks for them and for who visits", max_length=3000, rows=3, required=False)
    key_safe = TextField(
        label="How to get in",
        help_text="Where the key safe is and whom to ask for its number; never the number itself",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, teams: Any, assessments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, team=teams, assessment=assessments)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        source = answers.get("source")
        if source == Episode.Source.HOSPITAL:
            if not answers.get("discharge_on") and "discharge_on" not in self.errors:
                self.add_error("discharge_on", "Enter the day they leave hospital")
            if not answers.get("ward"):
                self.add_error("ward", "Enter the hospital and the ward")
        if source == Episode.Source.ASSESSMENT and not answers.get("assessment"):
            self.add_error("assessment", "Choose the assessment that recommends reablement")
        return answers


class AcceptHandoverForm(KeyedForm):
    """Nothing is asked: the button says it."""


class TriageForm(VersionedForm):
    reveals = {"consent": {"best_interests": ["best_interests"]}}

    discharge_on = GovukDateField(label="When do they leave, or did they leave, hospital?")
    ward = TextField(label="Hospital and ward", max_length=100)
    consent = RadiosField(label="Does the person agree?", choices=Episode.Consent.choices)
    best_interests = TextAreaField(
        label="Who decided that it is in their best interests, and why?",
        max_length=2000,
        rows=3,
        required=False,
    )
    goal_idea = TextAreaField(
        label="What do they hope to do again?", help_text="In their own words", max_length=2000, rows=3
    )
    risks = TextAreaField(
        label="Risks for them and for who visits",
        help_text="Write “none known” where you asked and there are none",
        max_length=3000,
        rows=3,
    )
    key_safe = TextField(
        label="How to get in",
        help_text="Where the key safe is and whom to ask for its number; never the number itself",
        max_length=200,
    )
    service_model = RadiosField(
        label="Which kind of service?",
        choices=Episode.ServiceModel.choices,
        hints={
            Episode.ServiceModel.BED: "To start within 2 days",
            Episode.ServiceModel.HOME: "To start within 2 days",
        },
    )

    def __init__(self, *args: Any, from_hospital: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not from_hospital:
            del self.fields["discharge_on"], self.fields["ward"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("consent") == Episode.Consent.BEST_INTERESTS and not answers.get("best_interests"):
            self.add_error("best_interests", "Write who decided that it is in their best interests, and why")
        return answers


class AcceptForm(VersionedForm):
    can_benefit = TextAreaField(label="Why can about six weeks make a difference?", max_length=1000, rows=3)
    in_area = ConfirmField(label="They live in the council’s area")
    limits_discussed = ConfirmField(
        label="We have talked about what the service will do, and what it will not do"
    )
    lead_worker = ColleagueChoice(label="Who leads?")

    def __init__(self, *args: Any, leads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, lead_worker=leads)


class LeadForm(VersionedForm):
    lead_worker = ColleagueChoice(label="Who leads from now on?")

    def __init__(self, *args: Any, leads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, lead_worker=leads)


class DeclineForm(VersionedForm):
    reason = RadiosField(label="Why is it declined?", choices=Episode.DeclineReason.choices)
    note = TextAreaField(
        label="What was the person told?",
        help_text="With what else can help, and their right to an assessment",
        max_length=3000,
    )


class RedirectForm(VersionedForm):
    reveals = {"route": {"long_term": ["assessment_team"]}}

    route = RadiosField(
        label="Where does the referral go?",
        choices=Episode.Route.choices,
        hints={Episode.Route.LONG_TERM: "An assessment is asked for, or the open one is joined"},
    )
    assessment_team = TeamChoice(label="Which team assesses?", required=False)
    note = TextAreaField(label="What do they need to know there?", max_length=3000)

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, assessment_team=teams)
