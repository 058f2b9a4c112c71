"""What the API of reablement takes and gives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Team, User
from assessments.models import Assessment, OutcomeCode
from core import clock
from reablement.models import ChargeBasis, Episode, Extension, Goal, Pause, Score, Week
from reablement.outcomes import EventOutcome


@extend_schema_field(serializers.CharField(max_length=16))
class ByRef(serializers.Field):
    """A record named by its reference."""

    def __init__(self, rows: Any, what: str, **kwargs: Any) -> None:
        self.rows, self.what = rows, what
        super().__init__(help_text=f"Reference of {what}.", **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        found = self.rows().filter(ref=data).first() if isinstance(data, str) and data.isalnum() else None
        if found is None:
            raise serializers.ValidationError(f"There is no such thing as {self.what} with this reference.")
        return found


def a_team(**kwargs: Any) -> ByRef:
    return ByRef(lambda: Team.objects.filter(is_active=True), "a team", **kwargs)


def a_colleague(**kwargs: Any) -> ByRef:
    staff = User.Audience.STAFF
    return ByRef(lambda: User.objects.filter(audience=staff, is_active=True), "a colleague", **kwargs)


def hours(**kwargs: Any) -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal(0), max_value=Decimal(168), **kwargs
    )


# Out ---------------------------------------------------------------------------------------------------------------------


class EpisodeOutput(serializers.ModelSerializer):
    """An episode as it stands in lists."""

    person = serializers.CharField(source="person.ref", help_text="Reference of the person.")
    team = serializers.CharField(source="team.ref")
    lead_worker = serializers.CharField(source="lead_worker.ref", allow_null=True, default=None)
    day = serializers.SerializerMethodField(help_text="Which of the 42 days today is; 0 before the start.")
    url = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Episode
        fields = (
            "ref",
            "version",
            "person",
            "team",
            "lead_worker",
            "status",
            "source",
            "service_model",
            "referred_at",
            "started_on",
            "last_free_on",
            "planned_end_on",
            "day",
            "paused_since",
            "charge_from_on",
            "charge_basis",
            "ended_on",
            "outcome",
            "url",
        )

    def get_day(self, episode: Episode) -> int:
        return episode.day_number(episode.ended_on or clock.today())


class GoalOutput(serializers.ModelSerializer):
    owner = serializers.CharField(source="owner.ref", allow_null=True, default=None)

    class Meta:
        model = Goal
        fields = (
            "ref",
            "version",
            "number",
            "statement",
            "area",
            "baseline",
            "target",
            "measure",
            "target_on",
            "agreed_on",
            "owner",
            "status",
            "closed_on",
            "closed_note",
        )


class ScoreOutput(serializers.Serializer):
    goal = serializers.CharField(source="goal.ref")
    score = serializers.IntegerField()


class WeekOutput(serializers.ModelSerializer):
    scores = ScoreOutput(many=True)

    class Meta:
        model = Week
        fields = (
            "ref",
            "version",
            "number",
            "starts_on",
            "visits_planned",
            "visits_delivered",
            "minutes",
            "help_level",
            "hours_needed",
            "notes",
            "next_week",
            "scores",
        )


class PauseOutput(serializers.ModelSerializer):
    class Meta:
        model = Pause
        fields = ("reason", "last_service_on", "first_service_on", "days_added", "note")


class ExtensionOutput(serializers.ModelSerializer):
    class Meta:
        model = Extension
        fields = (
            "number",
            "reason",
            "note",
            "new_end_on",
            "charge_basis",
            "charge_from_on",
            "told_on",
            "financial_assessment_asked",
            "purpose_ended_on",
        )


class EpisodeDetail(EpisodeOutput):
    """An episode with its goals, weeks, pauses and extensions."""

    sequel = serializers.CharField(allow_null=True, read_only=True, help_text="Derived from the outcome.")
    sequel_assessment = serializers.CharField(source="sequel_assessment.ref", allow_null=True, default=None)
    goals = serializers.SerializerMethodField()
    weeks = serializers.SerializerMethodField()
    pauses = serializers.SerializerMethodField()
    extensions = serializers.SerializerMethodField()

    class Meta(EpisodeOutput.Meta):
        fields = (  # type: ignore[assignment]
            *EpisodeOutput.Meta.fields,
            "reason",
            "discharge_on",
            "ward",
            "goal_idea",
            "consent",
            "best_interests",
            "risks",
            "key_safe",
            "can_benefit",
            "in_area",
            "limits_discussed",
            "decline_reason",
            "route",
            "decision_note",
            "agreed_end_on",
            "pause_policy",
            "pause_days",
            "information_given_on",
            "information_format",
            "hours_at_start",
            "who_visits",
            "service_type",
            "purpose_ended_on",
            "end_review_on",
            "end_reviewed_on",
            "what_changed",
            "transition_plan",
            "person_words",
            "achieved",
            "hours_at_end",
            "early_reason",
            "end_note",
            "sequel",
            "sequel_assessment",
            "at_84_days",
            "at_91_days",
            "goals",
            "weeks",
            "pauses",
            "extensions",
        )

    @extend_schema_field(GoalOutput(many=True))
    def get_goals(self, episode: Episode) -> Any:
        return GoalOutput(episode.goals.in_order(), many=True).data

    @extend_schema_field(WeekOutput(many=True))
    def get_weeks(self, episode: Episode) -> Any:
        return WeekOutput(episode.weeks.order_by("number").prefetch_related("scores__goal"), many=True).data

    @extend_schema_field(PauseOutput(many=True))
    def get_pauses(self, episode: Episode) -> Any:
        return PauseOutput(episode.pauses.order_by("last_service_on", "pk"), many=True).data

    @extend_schema_field(ExtensionOutput(many=True))
    def get_extensions(self, episode: Episode) -> Any:
        return ExtensionOutput(episode.extensions.order_by("number"), many=True).data


class EpisodePage(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = EpisodeOutput(many=True)


# In ----------------------------------------------------------------------------------------------------------------------


class ReablementReferInput(serializers.Serializer):
    team = a_team()
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=[each for each in Episode.Source.choices if each[0] != Episode.Source.CONTACT]
    )
    reason = serializers.CharField(max_length=5000)
    service_model = serializers.ChoiceField(
        choices=Episode.ServiceModel.choices, default=Episode.ServiceModel.REABLEMENT
    )
    discharge_on = serializers.DateField(required=False, allow_null=True, default=None)
    ward = serializers.CharField(max_length=100, allow_blank=True, default="")
    assessment = ByRef(
        Assessment.objects.all, "an assessment of the person", required=False, allow_null=True, default=None
    )
    goal_idea = serializers.CharField(max_length=2000, allow_blank=True, default="")
    consent = serializers.ChoiceField(choices=Episode.Consent.choices, allow_blank=True, default="")
    risks = serializers.CharField(max_length=3000, allow_blank=True, default="")
    key_safe = serializers.CharField(max_length=200, allow_blank=True, default="")


class ReablementTriageInput(serializers.Serializer):
    discharge_on = serializers.DateField(required=False)
    ward = serializers.CharField(max_length=100, required=False)
    consent = serializers.ChoiceField(choices=Episode.Consent.choices)
    best_interests = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    goal_idea = serializers.CharField(max_length=2000)
    risks = serializers.CharField(max_length=3000)
    key_safe = serializers.CharField(max_length=200)
    service_model = serializers.ChoiceField(choices=Episode.ServiceModel.choices, required=False)


class ReablementAcceptInput(serializers.Serializer):
    lead_worker = a_colleague()
    can_benefit = serializers.CharField(max_length=1000)
    in_area = serializers.BooleanField()
    limits_discussed = serializers.BooleanField()


class ReablementLeadInput(serializers.Serializer):
    lead_worker = a_colleague()


class ReablementDeclineInput(serializers.Serializer):
    reason = serializers.ChoiceField(choices=Episode.DeclineReason.choices)
    note = serializers.CharField(max_length=3000)


class ReablementRedirectInput(serializers.Serializer):
    route = serializers.ChoiceField(choices=Episode.Route.choices)
    note = serializers.CharField(max_length=3000)
    assessment_team = a_team(required=False, allow_null=True, default=None)


class ReablementStartInput(serializers.Serializer):
    started_on = serializers.DateField()
    information_given_on = serializers.DateField()
    information_format = serializers.CharField(max_length=60)
    agreed_end_on = serializers.DateField(required=False, allow_null=True, default=None)
    hours_at_start = hours(required=False, allow_null=True, default=None)
    who_visits = serializers.CharField(max_length=300, allow_blank=True, default="")


class ReablementPauseInput(serializers.Serializer):
    reason = serializers.ChoiceField(choices=Pause.Reason.choices)
    last_service_on = serializers.DateField()
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class ReablementResumeInput(serializers.Serializer):
    first_service_on = serializers.DateField()


class ReablementExtendInput(serializers.Serializer):
    reason = serializers.ChoiceField(choices=Extension.Reason.choices)
    note = serializers.CharField(max_length=2000)
    new_end_on = serializers.DateField()
    told_on = serializers.DateField()
    charge_basis = serializers.ChoiceField(choices=ChargeBasis.choices, allow_blank=True, default="")
    financial_assessment_asked = serializers.BooleanField(default=False)
    purpose_ended_on = serializers.DateField(required=False, allow_null=True, default=None)


class ReablementGoalInput(serializers.Serializer):
    statement = serializers.CharField(max_length=300)
    area = serializers.ChoiceField(choices=OutcomeCode.choices)
    baseline = serializers.ChoiceField(choices=Score.choices)
    target = serializers.ChoiceField(choices=Score.choices)
    measure = serializers.CharField(max_length=300)
    target_on = serializers.DateField()
    agreed_on = serializers.DateField()
    owner = a_colleague(required=False, allow_null=True, default=None)


class ReablementCloseGoalInput(serializers.Serializer):
    status = serializers.ChoiceField(
        choices=[each for each in Goal.Status.choices if each[0] != Goal.Status.OPEN]
    )
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class ReablementWeekInput(serializers.Serializer):
    visits_planned = serializers.IntegerField(min_value=0, max_value=200)
    visits_delivered = serializers.IntegerField(min_value=0, max_value=200)
    minutes = serializers.IntegerField(min_value=0, max_value=10080)
    help_level = serializers.ChoiceField(choices=Week.Help.choices)
    hours_needed = hours()
    notes = serializers.CharField(max_length=5000)
    next_week = serializers.CharField(max_length=2000)
    scores = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=4),
        help_text="A score from 0 to 4 by the reference of each goal.",
    )


class ReablementBookInput(serializers.Serializer):
    on = serializers.DateField()
    reviewer = a_colleague(required=False, allow_null=True, default=None)


class ReablementEndReviewInput(serializers.Serializer):
    held_on = serializers.DateField()
    what_changed = serializers.CharField(max_length=5000)
    transition_plan = serializers.CharField(max_length=5000)
    person_words = serializers.CharField(max_length=3000, allow_blank=True, default="")
    achieved = serializers.ChoiceField(choices=Episode.Achieved.choices)
    hours_at_end = hours()
    reviewer = a_colleague(required=False, allow_null=True, default=None)


class ReablementEndInput(serializers.Serializer):
    ended_on = serializers.DateField()
    outcome = serializers.ChoiceField(choices=EventOutcome.choices)
    note = serializers.CharField(max_length=3000, allow_blank=True, default="")
    ask_assessment = serializers.BooleanField(default=False)
    assessment_team = a_team(required=False, allow_null=True, default=None)


class ReablementEndEarlyInput(ReablementEndInput):
    outcome = serializers.ChoiceField(choices=EventOutcome.choices, allow_blank=True, default="")
    reason = serializers.ChoiceField(choices=Episode.EarlyReason.choices)


class ReablementWhereaboutsInput(serializers.Serializer):
    where = serializers.ChoiceField(choices=Episode.Whereabouts.choices)
