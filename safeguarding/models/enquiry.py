"""The decision under s42(1), the enquiry, who is caused to enquire, and the protection plan."""

from __future__ import annotations

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from people.models import Risk
from safeguarding.models.around import DesiredOutcome
from safeguarding.models.concern import Concern, Known, RiskOutcome, YesNo
from safeguarding.querysets import AboutAConcernQuerySet

ALL_YES = Q(limb_a="yes", limb_b="yes", limb_c="yes")
SOME_UNKNOWN = Q(limb_a="not_known") | Q(limb_b="not_known") | Q(limb_c="not_known")


class S42Decision(ReferencedModel):
    """The three limbs of s42(1), each with its reason. Suspicion is enough; what is not known yet is found out."""

    class Result(models.TextChoices):
        S42 = "s42", "The duty to make enquiries applies"
        NOT_MET = "not_met", "The duty to make enquiries does not apply"
        GATHER = "gather", "Not known yet: gather information"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="decisions")
    limb_a = models.CharField(max_length=10, choices=Known)
    reason_a = models.TextField(max_length=5000)
    limb_b = models.CharField(max_length=10, choices=Known)
    reason_b = models.TextField(max_length=5000)
    limb_c = models.CharField(max_length=10, choices=Known)
    reason_c = models.TextField(max_length=5000)
    result = models.CharField(max_length=8, choices=Result)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AboutAConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    ALL_YES & Q(result="s42")
                    | SOME_UNKNOWN & Q(result="gather")
                    | ~ALL_YES & ~SOME_UNKNOWN & Q(result="not_met")
                ),
                name="safeguarding_three_yes_and_only_they_are_s42",
            ),
            models.CheckConstraint(
                condition=~Q(reason_a="") & ~Q(reason_b="") & ~Q(reason_c=""),
                name="safeguarding_each_limb_has_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.pk}"


@keep_history()
class Enquiry(ReferencedModel, TimestampedModel):
    """An enquiry under s42, or another that the council thinks necessary; one at a time for each concern."""

    class Kind(models.TextChoices):
        S42 = "s42", "Enquiry under section 42"
        OTHER = "other", "Other safeguarding enquiry"

    class RiskResult(models.TextChoices):
        """Table SG2c."""

        RI_AT = "RI_AT", "Risk identified and action taken"
        RI_NA = "RI_NA", "Risk identified and no action taken"
        INC_AT = "INC_AT", "Risk assessment inconclusive and action taken"
        INC_NA = "INC_NA", "Risk assessment inconclusive and no action taken"
        NR_AT = "NR_AT", "No risk identified and action taken"
        NR_NA = "NR_NA", "No risk identified and no action taken"
        CEASED = "CEASED", "Enquiry ceased at individual’s request and no action taken"

    IDENTIFIED = (RiskResult.RI_AT, RiskResult.RI_NA)

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="enquiries")
    decision = models.ForeignKey(S42Decision, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    why_other = models.TextField(max_length=2000, blank=True)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    risk = models.CharField(max_length=10, choices=Risk)
    planned_at = models.DateTimeField()

    # The plan of the enquiry
    questions = models.TextField(max_length=5000, blank=True)
    who_does_what = models.TextField(max_length=5000, blank=True)
    sharing_basis = models.TextField(max_length=2000, blank=True)
    discussed_on = models.DateField(null=True, blank=True)
    discussed_with = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)

    # What it found
    findings = models.TextField(max_length=10000, blank=True)
    had_needs = models.CharField(max_length=4, choices=YesNo, blank=True)
    was_at_risk = models.CharField(max_length=4, choices=YesNo, blank=True)
    was_unable = models.CharField(max_length=4, choices=YesNo, blank=True)
    action_needed = models.CharField(max_length=4, choices=YesNo, blank=True)
    risk_result = models.CharField(max_length=8, choices=RiskResult, blank=True)
    risk_outcome = models.CharField(max_length=10, choices=RiskOutcome, blank=True)
    outcomes_asked = models.CharField(max_length=16, choices=Concern.OutcomesAsked, blank=True)
    outcomes_achieved = models.CharField(max_length=10, choices=DesiredOutcome.Result, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    no_plan_reason = models.TextField(max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AboutAConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concern"], condition=Q(ended_at=None), name="safeguarding_one_open_enquiry"
            ),
            models.CheckConstraint(
                condition=Q(risk_outcome="") | Q(risk_result__in=["RI_AT", "RI_NA"]),
                name="safeguarding_risk_outcome_only_where_risk_was_identified",
            ),
            models.CheckConstraint(
                condition=Q(outcomes_achieved="") | Q(outcomes_asked="expressed"),
                name="safeguarding_achieved_only_where_outcomes_were_expressed",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | ~Q(closed_by=F("lead")),
                name="safeguarding_closed_by_somebody_else_than_the_lead",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="section_42_needs_three_yes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.kind = 's42' AND
                        (SELECT result FROM safeguarding_s42decision WHERE id = NEW.decision_id) <> 's42' THEN
                        RAISE EXCEPTION 'an enquiry under section 42 needs three answers of yes'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'safeguarding_s42_needs_three_yes';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"Enquiry {self.pk}"


@keep_history()
class CausedEnquiry(ReferencedModel, TimestampedModel):
    """Another agency caused to enquire. The council stays responsible, and assures what comes back."""

    class Quality(models.TextChoices):
        ACCEPTED = "accepted", "Accepted: good enough to decide on"
        RETURNED = "returned", "Returned: more is needed"
        COUNCIL = "council", "The council makes this enquiry itself"

    ASSURED = (Quality.ACCEPTED, Quality.COUNCIL)

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="caused")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="caused")
    agency = models.CharField(max_length=150)
    contact = models.CharField(max_length=300, blank=True)
    scope = models.TextField(max_length=2000)
    terms = models.TextField(max_length=2000)
    no_conflict = models.TextField(
        max_length=1000, help_text="How a conflict of interest was looked for, and what was found."
    )
    asked_on = models.DateField()
    due_on = models.DateField()
    received_on = models.DateField(null=True, blank=True)
    report = models.TextField(max_length=10000, blank=True)
    quality = models.CharField(max_length=10, choices=Quality, blank=True)
    quality_reason = models.TextField(max_length=2000, blank=True)

    objects = AboutAConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("asked_on")), name="safeguarding_caused_due_after_it_was_asked"
            ),
            models.CheckConstraint(
                condition=~Q(quality="accepted") | Q(received_on__isnull=False),
                name="safeguarding_only_a_received_report_is_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"Caused enquiry {self.pk}"

    @property
    def is_assured(self) -> bool:
        return self.quality in self.ASSURED


@keep_history()
class ProtectionPlan(ReferencedModel, TimestampedModel):
    """What keeps the adult safe from now on, with a day on which it is looked at again."""

    LONGEST_DAYS = 92

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="plans")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="plans")
    steps = models.TextField(max_length=5000, help_text="What makes the adult safer.")
    support = models.TextField(max_length=5000, blank=True)
    service_changes = models.TextField(max_length=5000, blank=True)
    justice = models.TextField(max_length=5000, blank=True)
    ongoing_risk = models.TextField(max_length=5000)
    agreed_on = models.DateField()
    review_on = models.DateField()
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects = AboutAConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concern"], condition=Q(ended_on=None), name="safeguarding_one_plan_in_force"
            ),
            # Three months never have more than 92 days; the service counts the months.
            models.CheckConstraint(
                condition=Q(review_on__gte=F("agreed_on"))
                & Q(review_on__lte=F("agreed_on") + timedelta(days=92)),
                name="safeguarding_plan_reviewed_within_three_months",
            ),
        ]

    def __str__(self) -> str:
        return f"Protection plan {self.pk}"


@keep_history()
class PlanAction(ReferencedModel):
    """One action of a protection plan: what, by whom, by when."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="plan_actions")
    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="actions")
    action = models.CharField(max_length=500)
    outcome = models.CharField(max_length=500, help_text="What it is to achieve.")
    owner = models.CharField(max_length=150)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    objects = AboutAConcernQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Action {self.pk}"


class PlanReview(ReferencedModel):
    """A protection plan was looked at again."""

    class Result(models.TextChoices):
        CONTINUES = "continues", "The plan continues"
        NOT_NEEDED = "not_needed", "The plan is no longer required"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="plan_reviews")
    plan = models.ForeignKey(ProtectionPlan, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    result = models.CharField(max_length=10, choices=Result)
    summary = models.TextField(max_length=5000)
    adult_view = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AboutAConcernQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Plan review {self.pk}"
