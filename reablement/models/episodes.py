"""A spell of reablement for one person: from the referral to its one outcome, with pauses, goals and weeks."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from people.models import Origin
from reablement import timescales
from reablement.outcomes import EventOutcome, Sequel, sequel_of
from reablement.querysets import EpisodeQuerySet


class PausePolicy(models.TextChoices):
    STOPS = timescales.CLOCK_STOPS, "A pause stops the clock"
    RUNS = timescales.CLOCK_RUNS, "The clock runs on"


class ChargeBasis(models.TextChoices):
    FREE_DISCRETION = "free_discretion", "Free, at the council’s discretion"
    CHARGEABLE = "chargeable", "Chargeable"
    NOT_REABLEMENT = "not_reablement", "No longer reablement"


@keep_history()
class Episode(ReferencedModel, TimestampedModel, Versioned):
    """A time-limited spell of reablement for one person (SI 2014/2673 reg 2; national name: ST-Max)."""

    class Status(models.TextChoices):
        REFERRED = "referred", "Referred"
        TRIAGED = "triaged", "Looked at, to be decided"
        DECLINED = "declined", "Declined"
        REDIRECTED = "redirected", "Sent elsewhere"
        ACCEPTED = "accepted", "Accepted, waiting to start"
        STARTED = "started", "Under way"
        PAUSED = "paused", "Paused"
        EXTENDED = "extended", "Extended"
        END_REVIEW = "end_review", "End review held"
        ENDED = "ended", "Ended"
        EARLY_END = "early_end", "Ended early"

    BEFORE_START = (Status.REFERRED, Status.TRIAGED, Status.ACCEPTED)
    WITH_SERVICE = (Status.STARTED, Status.EXTENDED, Status.END_REVIEW)
    RUNNING = (Status.STARTED, Status.PAUSED, Status.EXTENDED, Status.END_REVIEW)
    OPEN = (*BEFORE_START, *RUNNING)

    class Source(models.TextChoices):
        HOSPITAL = "hospital", "A hospital"
        CONTACT = "contact", "The front door"
        ASSESSMENT = "assessment", "An assessment"
        STAFF = "staff", "Somebody who works with the person"

    class ServiceModel(models.TextChoices):
        """The four kinds of intermediate care (NICE NG74)."""

        REABLEMENT = "reablement", "Reablement at home"
        HOME = "home", "Home-based intermediate care"
        BED = "bed", "Bed-based intermediate care"
        CRISIS = "crisis", "Crisis response"

    class Consent(models.TextChoices):
        YES = "yes", "Yes, they agree"
        BEST_INTERESTS = "best_interests", "They cannot decide this; it is in their best interests"
        NO = "no", "No"

    class DeclineReason(models.TextChoices):
        CANNOT_BENEFIT = "cannot_benefit", "Not likely to benefit within about six weeks"
        PERSON_SAID_NO = "person_said_no", "The person does not want it"
        OUT_OF_AREA = "out_of_area", "Lives outside the council’s area"
        NO_ROOM = "no_room", "The service cannot start in time"
        OTHER = "other", "Another reason"

    class Route(models.TextChoices):
        LONG_TERM = "long_term", "Assessment for long-term support"
        END_OF_LIFE = "end_of_life", "End of life care"
        NHS_REHAB = "nhs_rehab", "NHS rehabilitation"
        EQUIPMENT = "equipment", "Equipment only"

    class ServiceType(models.TextChoices):
        ST_MAX = "st_max", "Short term support to maximise independence"
        OTHER_SHORT_TERM = "other_short_term", "Other short-term support"

    class EarlyReason(models.TextChoices):
        HOSPITAL = "hospital", "Admitted to hospital"
        AWAY_TOO_LONG = "away_too_long", "Away for too long to go on"
        PERSON_STOPPED = "person_stopped", "The person has chosen to stop"
        NEEDS_CHANGED = "needs_changed", "Their needs have changed"
        MOVED = "moved", "Moved to another council’s area"
        DIED = "died", "The person has died"
        OTHER = "other", "Another reason"

    class Achieved(models.TextChoices):
        FULLY = "fully", "Fully"
        PARTLY = "partly", "Partly"
        NOT = "not", "Not"
        NOT_SAID = "not_said", "They did not say"

    class Whereabouts(models.TextChoices):
        HOME = "home", "At home, in extra care or sheltered housing"
        CARE_HOME = "care_home", "In a care home"
        HOSPITAL = "hospital", "In hospital"
        DIED = "died", "Has died"
        NOT_KNOWN = "not_known", "Not known"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="reablement_episodes")
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="+")
    lead_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.REFERRED)
    service_model = models.CharField(max_length=12, choices=ServiceModel, default=ServiceModel.REABLEMENT)

    # The referral, completed at triage.
    source = models.CharField(max_length=12, choices=Source)
    contact = models.ForeignKey(
        "contacts.Contact", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assessment = models.ForeignKey(
        "assessments.Assessment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    referred_at = models.DateTimeField()
    referred_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=5000)
    discharge_on = models.DateField(null=True, blank=True)
    ward = models.CharField(max_length=100, blank=True)
    goal_idea = models.TextField(blank=True, max_length=2000)
    consent = models.CharField(max_length=16, choices=Consent, blank=True)
    best_interests = models.TextField(blank=True, max_length=2000)
    risks = models.TextField(blank=True, max_length=3000)
    key_safe = models.CharField(max_length=200, blank=True)
    triaged_at = models.DateTimeField(null=True, blank=True)
    triaged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # The decision: accepted, declined or redirected.
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    can_benefit = models.CharField(
        max_length=1000, blank=True, help_text="Why six weeks can make a difference."
    )
    in_area = models.BooleanField(default=False)
    limits_discussed = models.BooleanField(
        default=False, help_text="What the service will and will not do (NICE QS173 statement 1)."
    )
    decline_reason = models.CharField(max_length=16, choices=DeclineReason, blank=True)
    route = models.CharField(max_length=12, choices=Route, blank=True)
    decision_note = models.TextField(blank=True, max_length=3000)

    # The six weeks.
    started_on = models.DateField(null=True, blank=True, help_text="The day of the first visit: day 1.")
    agreed_end_on = models.DateField(null=True, blank=True)
    # Worked out when the episode starts; moved only by a pause or an extension.
    last_free_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    pause_policy = models.CharField(max_length=12, choices=PausePolicy, blank=True)
    pause_days = models.PositiveSmallIntegerField(default=0, help_text="Days that pauses have added.")
    paused_since = models.DateField(null=True, blank=True, help_text="The first day without service.")
    information_given_on = models.DateField(null=True, blank=True)
    information_format = models.CharField(max_length=60, blank=True)
    hours_at_start = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    who_visits = models.CharField(max_length=300, blank=True)
    service_type = models.CharField(max_length=16, choices=ServiceType, default=ServiceType.ST_MAX)
    purpose_ended_on = models.DateField(null=True, blank=True)
    # Written on the day after the last free day while the episode still runs.
    charge_from_on = models.DateField(null=True, blank=True)
    charge_basis = models.CharField(max_length=16, choices=ChargeBasis, blank=True)

    # The end review (NICE QS173 statement 4).
    end_review_on = models.DateField(null=True, blank=True, help_text="The day for which it is booked.")
    end_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    end_reviewed_on = models.DateField(null=True, blank=True)
    end_reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what_changed = models.TextField(blank=True, max_length=5000)
    transition_plan = models.TextField(blank=True, max_length=5000)
    person_words = models.TextField(blank=True, max_length=3000)
    achieved = models.CharField(max_length=8, choices=Achieved, blank=True)
    hours_at_end = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    # The end.
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=EventOutcome, blank=True)
    early_reason = models.CharField(max_length=16, choices=EarlyReason, blank=True)
    end_note = models.TextField(blank=True, max_length=3000)
    sequel_assessment = models.ForeignKey(
        "assessments.Assessment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at_84_days = models.CharField(max_length=12, choices=Whereabouts, blank=True)
    at_91_days = models.CharField(max_length=12, choices=Whereabouts, blank=True)

    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(
                    status__in=[
                        "referred",
                        "triaged",
                        "accepted",
                        "started",
                        "paused",
                        "extended",
                        "end_review",
                    ]
                ),
                name="reablement_one_open_episode_per_person",
                violation_error_message="This person already has an open reablement episode.",
            ),
            models.CheckConstraint(
                condition=~Q(source="hospital", origin="portal")
                | Q(status="referred")
                | Q(status="early_end")
                | (Q(discharge_on__isnull=False) & ~Q(ward="")),
                name="reablement_hospital_with_discharge_and_ward",
            ),
            models.CheckConstraint(
                condition=Q(triaged_at=None, triaged_by=None)
                | Q(triaged_at__isnull=False, triaged_by__isnull=False) & ~Q(consent="") & ~Q(goal_idea=""),
                name="reablement_triage_is_complete_or_absent",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "started", "paused", "extended", "end_review", "ended"])
                | Q(origin="imported")
                | (Q(in_area=True, limits_discussed=True, decided_at__isnull=False) & ~Q(can_benefit=""))
                & ~Q(consent__in=["", "no"]),
                name="reablement_accepted_only_on_its_grounds",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(decline_reason=""),
                name="reablement_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="redirected") | ~Q(route=""), name="reablement_redirected_with_a_route"
            ),
            models.CheckConstraint(
                condition=Q(started_on=None, last_free_on=None, planned_end_on=None, pause_policy="")
                | Q(
                    started_on__isnull=False,
                    last_free_on__isnull=False,
                    planned_end_on__isnull=False,
                    last_free_on__gte=F("started_on"),
                    planned_end_on__gte=F("started_on"),
                )
                & ~Q(pause_policy=""),
                name="reablement_start_and_end_dates_together",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["started", "paused", "extended", "end_review", "ended"])
                | Q(started_on__isnull=False, information_given_on__isnull=False)
                | Q(started_on__isnull=False, origin="imported"),
                name="reablement_started_with_written_information",
            ),
            models.CheckConstraint(
                condition=Q(status="paused", paused_since__isnull=False)
                | (~Q(status="paused") & Q(paused_since=None)),
                name="reablement_paused_since_a_day",
            ),
            # Nothing is charged for the free weeks (SI 2014/2672 reg 3(2)(b)).
            models.CheckConstraint(
                condition=Q(charge_from_on=None) | Q(charge_from_on__gt=F("last_free_on")),
                name="reablement_no_charge_in_the_free_weeks",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_on=None, outcome="", early_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_on__isnull=False) & ~Q(outcome=""),
                name="reablement_end_is_complete_or_absent",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended")
                | Q(ended_at__isnull=False, end_reviewed_on__isnull=False, early_reason=""),
                name="reablement_ended_with_outcome_and_review",
            ),
            models.CheckConstraint(
                condition=~Q(status="early_end") | (Q(ended_at__isnull=False) & ~Q(early_reason="")),
                name="reablement_early_end_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="reablement_ends_after_it_starts",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_open_goal_at_the_end",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.status IN ('ended', 'early_end') AND EXISTS (
                        SELECT 1 FROM reablement_goal WHERE episode_id = NEW.id AND status = 'open'
                    ) THEN
                        RAISE EXCEPTION 'an episode ends with every goal closed'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'reablement_no_open_goal_at_the_end';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]
        indexes = [
            models.Index(fields=["team", "status", "planned_end_on"], name="reablement_of_team"),
            models.Index(fields=["person", "-referred_at"], name="reablement_of_person"),
            models.Index(
                fields=["last_free_on"],
                name="reablement_free_period",
                condition=Q(status__in=["started", "extended", "end_review"], charge_from_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Reablement episode {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/reablement/{self.ref}/"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def is_running(self) -> bool:
        return self.status in self.RUNNING

    @property
    def first_chargeable_on(self) -> date | None:
        return timescales.first_chargeable_on(last_free=self.last_free_on) if self.last_free_on else None

    @property
    def sequel(self) -> Sequel | None:
        """Derived from the outcome, never entered."""
        return sequel_of(self.outcome)

    @property
    def clock_stops(self) -> bool:
        return self.pause_policy == PausePolicy.STOPS

    def day_number(self, on: date) -> int:
        """Which of the 42 days a day is."""
        if self.started_on is None:
            return 0
        return timescales.day_number(
            started_on=self.started_on,
            on=on,
            pause_days=self.pause_days,
            paused_since=self.paused_since if self.clock_stops else None,
        )

    def week_number(self, on: date) -> int:
        return timescales.week_number(started_on=self.started_on, on=on) if self.started_on else 0
