"""Questions about the end: the end review, the outcome, what follows."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_fields import ColleagueChoice, TeamChoice, offer
from core.forms import (
    ConfirmField,
    GovukDateField,
    RadiosField,
    TextAreaField,
    VersionedForm,
)
from reablement.forms.fields import HoursField
from reablement.models import Episode
from reablement.outcomes import LONG_TERM, EventOutcome
from reablement.services.ending import OUTCOME_OF_REASON

OUTCOMES = [("", "Choose the outcome"), *EventOutcome.choices]


class BookReviewForm(VersionedForm):
    on = GovukDateField(label="When is the end review?", help_text="From week 5 on")
    reviewer = ColleagueChoice(
        label="Who assesses what follows?", required=False, empty_label="Nobody besides the lead"
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, reviewer=colleagues)


class EndReviewForm(VersionedForm):
    held_on = GovukDateField(label="When was the end review held?", when="past_or_today")
    reviewer = ColleagueChoice(
        label="Who assessed what follows?", required=False, empty_label="Nobody besides the lead"
    )
    what_changed = TextAreaField(label="What has changed since the start?", max_length=5000)
    person_words = TextAreaField(label="What does the person say?", max_length=3000, rows=3, required=False)
    achieved = RadiosField(
        label="How far were their goals reached, in their own view?",
        choices=Episode.Achieved.choices,
        inline=True,
    )
    hours_at_end = HoursField(label="Hours a week they need now")
    transition_plan = TextAreaField(
        label="What is planned for afterwards?",
        help_text="Who does what from which day on, and whom they ring",
        max_length=5000,
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, reviewer=colleagues)


class _WithSequel(VersionedForm):
    """An end may ask for an assessment."""

    def __init__(self, *args: Any, teams: Any, assessment_is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessment_is_open = assessment_is_open
        offer(self, assessment_team=teams)
        if assessment_is_open:
            del self.fields["assessment_team"]
            self.fields["ask_assessment"].label = "Link the assessment that is under way as what follows"

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if (
            answers.get("ask_assessment")
            and not self.assessment_is_open
            and not answers.get("assessment_team")
        ):
            self.add_error("assessment_team", "Choose the team that assesses")
        if answers.get("outcome") in LONG_TERM and not answers.get("ask_assessment"):
            self.add_error("ask_assessment", "Long-term support follows an assessment: tick this")
        return answers

    def facts(self) -> dict[str, Any]:
        answers = {name: answer for name, answer in self.cleaned_data.items() if name != "version"}
        return {"assessment_team": None, **answers}


class EndForm(_WithSequel):
    ended_on = GovukDateField(label="When was the last visit?", when="past_or_today")
    outcome = forms.ChoiceField(
        label="What is the outcome?", help_text="Exactly one, for the national return", choices=OUTCOMES
    )
    ask_assessment = ConfirmField(label="Ask for a Care Act assessment", required=False)
    assessment_team = TeamChoice(label="Which team assesses?", required=False)
    note = TextAreaField(label="Anything else to write down", max_length=3000, rows=3, required=False)


class EndEarlyForm(_WithSequel):
    reason = RadiosField(
        label="Why does it end early?",
        choices=Episode.EarlyReason.choices,
        hints={reason.value: f"Outcome: {outcome.label}" for reason, outcome in OUTCOME_OF_REASON.items()},
    )
    outcome = forms.ChoiceField(
        label="What is the outcome?",
        help_text="Exactly one, for the national return. Leave it where the reason names its own",
        choices=OUTCOMES,
        required=False,
    )
    ended_on = GovukDateField(label="From which day?", when="past_or_today")
    ask_assessment = ConfirmField(label="Ask for a Care Act assessment", required=False)
    assessment_team = TeamChoice(label="Which team assesses?", required=False)
    note = TextAreaField(label="Anything else to write down", max_length=3000, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        reason = answers.get("reason")
        if reason and reason not in set(OUTCOME_OF_REASON) and not answers.get("outcome"):
            self.add_error("outcome", "Choose the one outcome for the national return")
        return answers


class WhereaboutsForm(VersionedForm):
    where = RadiosField(label="Where are they?", choices=Episode.Whereabouts.choices)
