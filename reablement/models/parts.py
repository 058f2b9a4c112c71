"""What hangs on an episode: pauses, extensions, goals with their scores, weeks, and the person's own comments."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assessments.models import OutcomeCode
from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from reablement import timescales
from reablement.models.episodes import ChargeBasis, Episode
from reablement.querysets import GoalQuerySet, PartQuerySet, WeekQuerySet

HIGHEST = 4


class Score(models.IntegerChoices):
    """How far the person does it themself; each week, for each goal."""

    NOT_YET = 0, "0, not yet"
    A_LOT = 1, "1, with a lot of help"
    SOME = 2, "2, with some help"
    REMINDING = 3, "3, with reminding only"
    ALONE = 4, "4, on my own"


class Part(ReferencedModel, TimestampedModel):
    """What hangs on an episode and is seen by whoever sees the episode."""

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="%(class)ss")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}".capitalize()


@keep_history()
class Pause(Part):
    """Days without service: in hospital, on holiday, ill, or by choice."""

    class Reason(models.TextChoices):
        HOSPITAL = "hospital", "In hospital"
        HOLIDAY = "holiday", "On holiday"
        ILLNESS = "illness", "Ill at home"
        CHOICE = "choice", "The person’s choice"

    reason = models.CharField(max_length=10, choices=Reason)
    last_service_on = models.DateField()
    first_service_on = models.DateField(null=True, blank=True)
    days_added = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The episode ended while the person was away.
    is_final = models.BooleanField(default=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode"],
                condition=Q(first_service_on=None, is_final=False),
                name="reablement_one_open_pause_per_episode",
            ),
            models.CheckConstraint(
                condition=Q(first_service_on=None) | Q(first_service_on__gt=F("last_service_on")),
                name="reablement_pause_ends_after_it_begins",
            ),
        ]

    @property
    def away(self) -> timescales.Away:
        last = self.first_service_on - timescales.ONE_DAY if self.first_service_on else None
        return timescales.Away(self.last_service_on + timescales.ONE_DAY, last)


@keep_history()
class Extension(Part):
    """More time after the planned end, with the reason and, after the free weeks, how it is paid for."""

    class Reason(models.TextChoices):
        GOAL_NEARLY_MET = "goal_nearly_met", "A goal is nearly met"
        EQUIPMENT_DELAY = "equipment_delay", "Equipment is late"
        MEDICAL_SETBACK = "medical_setback", "A setback in health"
        AWAITING = "awaiting_long_term_support", "Waiting for long-term support"
        OTHER = "other", "Another reason"

    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=28, choices=Reason)
    note = models.TextField(max_length=2000)
    new_end_on = models.DateField()
    last_free_on = models.DateField(help_text="As it stood when this was decided.")
    charge_basis = models.CharField(max_length=16, choices=ChargeBasis, blank=True)
    charge_from_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(help_text="The day on which the person was told in writing.")
    financial_assessment_asked = models.BooleanField(default=False)
    purpose_ended_on = models.DateField(null=True, blank=True)
    extended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="reablement_extension_numbered_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=timescales.MOST_EXTENSIONS),
                name="reablement_two_extensions_at_most",
            ),
            models.CheckConstraint(
                condition=Q(new_end_on__lte=F("last_free_on")) | ~Q(charge_basis=""),
                name="reablement_beyond_the_free_weeks_with_a_basis",
            ),
            models.CheckConstraint(
                condition=~Q(charge_basis="chargeable") & Q(charge_from_on=None)
                | Q(
                    charge_basis="chargeable",
                    financial_assessment_asked=True,
                    charge_from_on__isnull=False,
                    charge_from_on__gt=F("last_free_on"),
                    charge_from_on__gte=F("told_on") + timedelta(days=7),
                ),
                name="reablement_seven_days_notice_of_a_charge",
            ),
            models.CheckConstraint(
                condition=~Q(reason="awaiting_long_term_support") | Q(purpose_ended_on__isnull=False),
                name="reablement_awaiting_support_is_not_reablement",
            ),
        ]


@keep_history()
class Goal(Part, Versioned):
    """What the person wants to do again, in their own words, scored each week."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        ACHIEVED = "achieved", "Achieved"
        PARTLY = "partly", "Partly achieved"
        NOT = "not", "Not achieved"
        DROPPED = "dropped", "Dropped"

    number = models.PositiveSmallIntegerField()
    statement = models.CharField(max_length=300, help_text="In the person’s own words.")
    area = models.CharField(max_length=1, choices=OutcomeCode)
    baseline = models.PositiveSmallIntegerField(choices=Score)
    target = models.PositiveSmallIntegerField(choices=Score)
    measure = models.CharField(max_length=300, help_text="How we see that it is reached.")
    target_on = models.DateField()
    agreed_on = models.DateField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_note = models.CharField(max_length=500, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="reablement_goal_numbered_once"),
            models.CheckConstraint(
                condition=Q(baseline__lte=HIGHEST, target__lte=HIGHEST, target__gt=F("baseline")),
                name="reablement_goal_aims_higher",
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_on=None) | (~Q(status="open") & Q(closed_on__isnull=False)),
                name="reablement_goal_closed_with_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(closed_note=""),
                name="reablement_goal_dropped_with_a_reason",
            ),
        ]


@keep_history()
class Week(Part, Versioned):
    """The entry that each seven days of an episode owe: visits, help given, hours needed, what comes next."""

    class Help(models.TextChoices):
        NONE = "none", "None: watched only"
        PROMPT = "prompt", "Prompting"
        ONE = "one", "One person helps"
        TWO = "two", "Two people help"

    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    visits_planned = models.PositiveSmallIntegerField()
    visits_delivered = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField(help_text="Minutes of service delivered in the week.")
    help_level = models.CharField(max_length=8, choices=Help)
    hours_needed = models.DecimalField(
        max_digits=5, decimal_places=2, help_text="Hours a week that the person needs now."
    )
    notes = models.TextField(max_length=5000)
    next_week = models.TextField(max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = WeekQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["episode", "number"], name="reablement_week_written_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="reablement_weeks_count_from_one"),
            models.CheckConstraint(condition=Q(minutes__lte=10080), name="reablement_week_has_10080_minutes"),
        ]

    @property
    def hours_delivered(self) -> Any:
        return round(self.minutes / 60, 1)


@keep_history()
class GoalScore(models.Model):
    """How a goal stood in one week, from 0 to 4."""

    week = models.ForeignKey(Week, on_delete=models.PROTECT, related_name="scores")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="scores")
    score = models.PositiveSmallIntegerField(choices=Score)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["week", "goal"], name="reablement_goal_scored_once_a_week"),
            models.CheckConstraint(condition=Q(score__lte=HIGHEST), name="reablement_score_is_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"Score {self.pk}"


@keep_history()
class WeekComment(Part):
    """How the week went, as the person or somebody who acts for them says on their own pages."""

    number = models.PositiveSmallIntegerField(help_text="The week it is about.")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reablement_comment_says_something")
        ]
