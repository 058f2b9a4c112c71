"""The forms of an enquiry and of a protection plan."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_fields import ColleagueChoice, offer
from core.forms import GovukDateField, RadiosField, TextAreaField, TextField
from people.models import Risk
from safeguarding.forms.steps import StepForm, choice
from safeguarding.models import (
    CausedEnquiry,
    Concern,
    DesiredOutcome,
    Enquiry,
    PlanReview,
    RiskOutcome,
    YesNo,
)
from safeguarding.permissions import leads_for


class PlanEnquiryForm(StepForm):
    lead = ColleagueChoice(
        label="Who leads the enquiry?", help_text="Staff with a live professional registration"
    )
    risk = RadiosField(label="How much risk is there?", choices=Risk.choices)
    why_other = TextAreaField(
        label="Why is an enquiry necessary and proportionate?",
        help_text="Only where the duty under section 42 does not apply",
        max_length=2000,
        rows=3,
        required=False,
    )

    def ask(self) -> None:
        offer(self, lead=leads_for(self.concern))

    def standing(self, concern: Concern) -> dict[str, Any]:
        return {"risk": concern.risk}


class StartEnquiryForm(StepForm):
    questions = TextAreaField(label="What must the enquiry find out?", max_length=5000, rows=4)
    who_does_what = TextAreaField(label="Who does what, and by when?", max_length=5000, rows=4)
    sharing_basis = TextAreaField(label="On what basis is information shared?", max_length=2000, rows=2)
    discussed_on = GovukDateField(label="When was this plan discussed?", when="past_or_today")
    discussed_with = TextField(label="With whom?", max_length=300)


class AskAnotherForm(StepForm):
    agency = TextField(label="Which agency?", max_length=150)
    contact = TextField(label="Who there, and how to reach them", max_length=300, required=False)
    scope = TextAreaField(label="What are they to find out?", max_length=2000, rows=3)
    terms = TextAreaField(label="What do they send back, and in what form?", max_length=2000, rows=2)
    no_conflict = TextAreaField(
        label="How did you check that they have no conflict of interest?", max_length=1000, rows=2
    )
    due_on = GovukDateField(label="By when?", when="future_or_today")

    def standing(self, concern: Concern) -> dict[str, Any]:
        return {}


class ReportForm(StepForm):
    received_on = GovukDateField(label="When did it come?", when="past_or_today", required=False)
    report = TextAreaField(label="What did they find?", max_length=10000, rows=5, required=False)
    quality = RadiosField(label="Is it good enough to decide on?", choices=CausedEnquiry.Quality.choices)
    quality_reason = TextAreaField(label="How did you come to that?", max_length=2000, rows=3)

    def __init__(self, *args: Any, caused: CausedEnquiry, **kwargs: Any) -> None:
        self.caused = caused
        super().__init__(*args, **kwargs)

    def standing(self, concern: Concern) -> dict[str, Any]:
        return {
            "received_on": self.caused.received_on,
            "report": self.caused.report,
            "quality": self.caused.quality,
            "quality_reason": self.caused.quality_reason,
        }

    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "caused": self.caused}


class ConcludeForm(StepForm):
    """With one question for each risk, each wish and each person alleged to have caused harm."""

    findings = TextAreaField(label="What did the enquiry find?", max_length=10000, rows=6)
    had_needs = RadiosField(
        label="Did the person have needs for care and support?", choices=YesNo.choices, inline=True
    )
    was_at_risk = RadiosField(
        label="Did they experience abuse or neglect, or were they at risk of it?",
        choices=YesNo.choices,
        inline=True,
    )
    was_unable = RadiosField(
        label="Were they unable to protect themselves because of their needs?",
        choices=YesNo.choices,
        inline=True,
    )
    action_needed = RadiosField(label="Is action needed?", choices=YesNo.choices, inline=True)
    risk_result = choice(
        "What came of the assessment of risk?",
        [pair for pair in Enquiry.RiskResult.choices if pair[0] != "CEASED"],
    )
    risk_outcome = choice(
        "Where risk was identified, what became of it?",
        RiskOutcome.choices,
        help_text="Leave it empty where no risk was identified",
        required=False,
    )
    outcomes_asked = RadiosField(
        label="Was the person asked what they want to happen?", choices=Concern.OutcomesAsked.choices
    )
    outcomes_achieved = choice(
        "Where they said what they want, was it achieved?",
        DesiredOutcome.Result.choices,
        help_text="Leave it empty where they expressed no outcomes",
        required=False,
    )

    def standing(self, concern: Concern) -> dict[str, Any]:
        return {"outcomes_asked": concern.outcomes_asked}

    def more_questions(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for risk in self.concern.risks.order_by("pk"):
            found[f"risk_{risk.ref}"] = RadiosField(
                label=f"What became of this risk: {risk.get_kind_display()}, {risk.get_location_display()}?",
                choices=risk._meta.get_field("outcome").choices,
            )
        for wish in self.concern.wishes.order_by("pk"):
            found[f"wish_{wish.ref}"] = RadiosField(
                label=f"Was this achieved: “{wish.text[:120]}”?", choices=DesiredOutcome.Result.choices
            )
        for row in self.concern.alleged.order_by("pk"):
            found[f"alleged_{row.ref}"] = TextField(
                label=f"What follows for {row.name or row.relationship}?",
                help_text="For example police, regulator, training, contact managed, nothing",
                max_length=500,
            )
        return found

    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = {"risks": {}, "wishes": {}, "alleged": {}}
        places = {"risk_": "risks", "wish_": "wishes", "alleged_": "alleged"}
        for name, answer in self.cleaned_data.items():
            prefix = next(
                (each for each in places if name.startswith(each) and name not in type(self).base_fields),
                None,
            )
            if prefix:
                found[places[prefix]][name.removeprefix(prefix)] = answer
            else:
                found[name] = answer
        return found


class ProtectForm(StepForm):
    steps = TextAreaField(label="What makes the person safer?", max_length=5000, rows=3)
    support = TextAreaField(
        label="Support, treatment or therapy, and advocacy", max_length=5000, rows=2, required=False
    )
    service_changes = TextAreaField(label="Changes to services", max_length=5000, rows=2, required=False)
    justice = TextAreaField(
        label="Support to seek justice or redress", max_length=5000, rows=2, required=False
    )
    ongoing_risk = TextAreaField(label="How is the risk that stays watched?", max_length=5000, rows=3)
    action = TextField(label="The first action", help_text="You can add more afterwards", max_length=500)
    action_outcome = TextField(label="What is it to achieve?", max_length=500)
    action_owner = TextField(label="Who does it?", max_length=150)
    action_due_on = GovukDateField(label="By when?", when="future_or_today")
    review_on = GovukDateField(
        label="When is the plan looked at again?", help_text="Within 3 months", when="future"
    )


class NoPlanForm(StepForm):
    reason = TextAreaField(label="Why is no protection plan needed?", max_length=2000, rows=3)


class PlanActionForm(StepForm):
    action = TextField(label="What is to be done?", max_length=500)
    outcome = TextField(label="What is it to achieve?", max_length=500)
    owner = TextField(label="Who does it?", max_length=150)
    due_on = GovukDateField(label="By when?", when="future_or_today")

    def standing(self, concern: Concern) -> dict[str, Any]:
        return {}


class ReviewForm(StepForm):
    held_on = GovukDateField(label="When was it reviewed?", when="past_or_today")
    summary = TextAreaField(label="What did the review find?", max_length=5000, rows=4)
    adult_view = TextAreaField(
        label="What does the person say?", help_text="In their words", max_length=2000, rows=2, required=False
    )
    result = RadiosField(label="Does the plan continue?", choices=PlanReview.Result.choices)


class RenewForm(StepForm):
    review_on = GovukDateField(
        label="When is the plan looked at again?", help_text="Within 3 months", when="future"
    )
