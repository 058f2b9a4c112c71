"""Questions of the six weeks: start, pause, more time, goals, the entry of a week."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.form_fields import ColleagueChoice, offer
from assessments.models import OutcomeCode
from core.forms import (
    ConfirmField,
    GovukDateField,
    GovukForm,
    KeyedForm,
    RadiosField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from reablement.forms.fields import CountField, HoursField
from reablement.models import ChargeBasis, Extension, Goal, Pause, Score, Week


def number_of(answer: Any) -> int:
    return int(answer)


class ScoreField(forms.TypedChoiceField):
    """A score from 0 to 4, each with its meaning."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", "Choose a score"), *((str(value), label) for value, label in Score.choices)]
        super().__init__(choices=choices, coerce=number_of, empty_value=None, **kwargs)


class StartForm(VersionedForm):
    started_on = GovukDateField(
        label="When was the first visit?",
        help_text="It is day 1 of 42, whatever day the referral or the discharge was",
        when="past_or_today",
    )
    information_given_on = GovukDateField(
        label="When was the written information given?",
        help_text="What is free and for how long, the planned end, and whom to ring",
        when="past_or_today",
    )
    information_format = TextField(
        label="In which form?", help_text="For example: large print, easy read", max_length=60, width=20
    )
    hours_at_start = HoursField(label="Hours a week they need now", required=False)
    who_visits = TextField(
        label="Who visits, and when",
        help_text="As the person knows them, for example “Joyce and Sam, mornings and teatimes”",
        max_length=300,
        required=False,
    )
    agreed_end_on = GovukDateField(
        label="Has an earlier end been agreed?",
        help_text="Leave empty for the whole 42 days",
        required=False,
    )


class PauseForm(VersionedForm):
    reason = RadiosField(label="Why is it paused?", choices=Pause.Reason.choices)
    last_service_on = GovukDateField(
        label="When was the last visit?",
        help_text="The pause begins on the day after it",
        when="past_or_today",
    )
    note = TextField(label="Anything to know", max_length=500, required=False)


class ResumeForm(VersionedForm):
    first_service_on = GovukDateField(label="When was the first visit after the pause?", when="past_or_today")


class ExtendForm(VersionedForm):
    reveals = {
        "reason": {Extension.Reason.AWAITING.value: ["purpose_ended_on"]},
        "charge_basis": {ChargeBasis.CHARGEABLE.value: ["financial_assessment_asked"]},
    }

    reason = RadiosField(
        label="Why is more time given?",
        choices=Extension.Reason.choices,
        hints={
            Extension.Reason.AWAITING.value: "Waiting is not reablement: from a day on it counts as other short-term support"
        },
    )
    purpose_ended_on = GovukDateField(
        label="From which day do they only wait for other support?", required=False
    )
    note = TextAreaField(label="What is the time for?", max_length=2000, rows=3)
    new_end_on = GovukDateField(label="What is the new end?")
    charge_basis = RadiosField(
        label="How is the time after the free weeks paid for?",
        help_text="Leave it open only where the new end lies within the free weeks",
        choices=ChargeBasis.choices,
        required=False,
    )
    financial_assessment_asked = ConfirmField(
        label="A financial assessment has been asked for", required=False
    )
    told_on = GovukDateField(
        label="When was the person told in writing?",
        help_text="A charge begins seven days after that at the earliest",
        when="past_or_today",
    )


class GoalQuestions(GovukForm):
    statement = TextField(
        label="The goal, in the person’s own words",
        help_text="For example: “Make my own lunch and a hot drink”",
        max_length=300,
    )
    area = forms.ChoiceField(
        label="Which part of life is it about?",
        choices=[("", "Choose a part of life"), *OutcomeCode.choices],
    )
    baseline = ScoreField(label="Where are they now?")
    target = ScoreField(label="What is the target?")
    measure = TextField(
        label="How will you see that it is reached?",
        help_text="Something that can be seen and counted",
        max_length=300,
    )
    target_on = GovukDateField(label="To reach by when?")
    agreed_on = GovukDateField(label="When was it agreed with the person?", when="past_or_today")
    owner = ColleagueChoice(label="Who works on it with them?", required=False, empty_label="Whoever visits")

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, owner=colleagues)


class AddGoalForm(GoalQuestions, KeyedForm):
    """A new goal."""


class ChangeGoalForm(GoalQuestions, VersionedForm):
    """A goal as it stands."""


GOAL_NAMES = ("statement", "area", "baseline", "target", "measure", "target_on", "agreed_on", "owner")


class CloseGoalForm(VersionedForm):
    status = RadiosField(
        label="How did the goal turn out?",
        choices=[choice for choice in Goal.Status.choices if choice[0] != Goal.Status.OPEN],
    )
    note = TextAreaField(
        label="What is there to say about it?",
        help_text="Needed where the goal is dropped",
        max_length=500,
        rows=3,
        required=False,
    )


SCORE = "score_"


class WeekForm(VersionedForm):
    """The entry of one week, with a score for each goal."""

    visits_planned = CountField(label="Visits planned", most=200)
    visits_delivered = CountField(label="Visits made", most=200)
    minutes = CountField(label="Minutes of all visits together", most=10080)
    help_level = RadiosField(label="How much help was given?", choices=Week.Help.choices)
    hours_needed = HoursField(label="Hours a week they need now")
    notes = TextAreaField(
        label="How did the week go?",
        help_text="What they did themself, what helped, what you stood back from",
        max_length=5000,
        rows=6,
    )
    next_week = TextAreaField(label="What is tried next week?", max_length=2000, rows=3)

    def __init__(self, *args: Any, goals: list[Goal], owed: set[str], **kwargs: Any) -> None:
        scores: dict[str, forms.Field] = {
            f"{SCORE}{goal.ref}": ScoreField(
                label=f"Goal {goal.number}: {goal.statement}", required=goal.ref in owed
            )
            for goal in goals
        }
        self.__dict__["base_fields"] = {**scores, **type(self).base_fields}
        super().__init__(*args, **kwargs)

    def scores(self) -> dict[str, int]:
        return {
            name.removeprefix(SCORE): score
            for name, score in self.cleaned_data.items()
            if name.startswith(SCORE) and score is not None
        }

    def facts(self) -> dict[str, Any]:
        return {
            name: answer
            for name, answer in self.cleaned_data.items()
            if name != "version" and not name.startswith(SCORE)
        }
