"""What hangs on a concern: risks, people alleged, wishes, delays, entries, and who must never know."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core.history import keep_history
from core.models import ReferencedModel
from safeguarding.models.concern import AbuseType, Concern, Known, Location, RiskOutcome, RiskSource
from safeguarding.querysets import AboutAConcernQuerySet


class Conflict(models.Model):
    """Somebody of the staff who must never know of a concern: named in it, or related to who is."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AboutAConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "user"], name="safeguarding_one_conflict_per_user")
        ]

    def __str__(self) -> str:
        return f"Conflict {self.pk}"


@keep_history()
class ConcernRisk(ReferencedModel):
    """One risk: what kind of abuse, where, by whom. Each combination stands once in a concern."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="risks")
    kind = models.CharField(max_length=3, choices=AbuseType)
    location = models.CharField(max_length=20, choices=Location)
    source = models.CharField(max_length=8, choices=RiskSource)
    detail = models.CharField(max_length=300, blank=True)
    # Empty: not decided. Where the enquiry finds no risk: none.
    outcome = models.CharField(
        max_length=10, choices=[*RiskOutcome.choices, ("none", "No risk found")], blank=True
    )

    objects = AboutAConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concern", "kind", "location", "source"], name="safeguarding_each_risk_once"
            )
        ]

    def __str__(self) -> str:
        return f"Risk {self.pk}"


@keep_history()
class Alleged(ReferencedModel):
    """A person or service alleged to have caused harm."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="alleged")
    name = models.CharField(max_length=150, blank=True)
    relationship = models.CharField(max_length=150)
    lives_with = models.CharField(max_length=10, choices=Known)
    lived_with_then = models.CharField(max_length=10, choices=Known, blank=True)
    is_aware = models.CharField(max_length=10, choices=Known)
    is_at_risk_too = models.CharField(max_length=10, choices=Known)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    provider = models.ForeignKey(
        "directory.Provider", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=500, blank=True)

    objects = AboutAConcernQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Alleged {self.pk}"


@keep_history()
class DesiredOutcome(ReferencedModel):
    """What the adult wants to happen, and at the end whether it did (Making Safeguarding Personal)."""

    class Voice(models.TextChoices):
        ADULT = "adult", "The adult"
        REPRESENTATIVE = "representative", "Their representative or advocate"

    class Result(models.TextChoices):
        FULLY = "fully", "Fully achieved"
        PARTIALLY = "partially", "Partially achieved"
        NOT = "not", "Not achieved"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="wishes")
    text = models.TextField(max_length=2000)
    expressed_by = models.CharField(max_length=14, choices=Voice)
    at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=Result, blank=True)

    objects = AboutAConcernQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Desired outcome {self.pk}"


class DelayReason(models.Model):
    """Why a target was passed. A target never changes what state a case is in."""

    class Reason(models.TextChoices):
        ADULT_WISHES = "adult_wishes", "The adult’s wishes"
        POLICE = "police", "Police enquiries come first"
        COMPLEXITY = "complexity", "Complexity"
        CAPACITY_WORK = "capacity_work", "Work on capacity"
        PARTNER = "partner", "Waiting for a partner agency"
        RESOURCE = "resource", "Not enough staff"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="delays")
    stage = models.CharField(max_length=20, choices=Concern.Status)
    due_on = models.DateField(help_text="The target that was passed.")
    reason = models.CharField(max_length=14, choices=Reason)
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AboutAConcernQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Delay {self.pk}"


class CaseEntry(ReferencedModel):
    """What was said, found or agreed on the way. Written once; a later entry corrects an earlier one."""

    class Kind(models.TextChoices):
        CONVERSATION = "conversation", "Conversation with the adult"
        INFORMATION = "information", "Information from somebody"
        MEETING = "meeting", "Meeting or discussion"
        DECISION = "decision", "Management decision"

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind)
    occurred_on = models.DateField()
    text = models.TextField(max_length=10000)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AboutAConcernQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["concern", "-at"], name="safeguarding_entries")]

    def __str__(self) -> str:
        return f"Entry {self.pk}"
