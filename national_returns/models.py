"""What was read back from a return: each run of an import, and which event of a file became which record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import ReferencedModel


class ImportRun(ReferencedModel):
    """One file taken over, or tried. The file itself is not kept, only its digest."""

    council = models.CharField(
        max_length=9, blank=True, help_text="Rows of other councils are refused; empty: any."
    )
    file_digest = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty while running, or where it broke off."
    )
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    rows=models.F("created")
                    + models.F("unchanged")
                    + models.F("updated")
                    + models.F("refused")
                ),
                name="national_returns_every_row_accounted_for",
            )
        ]

    def __str__(self) -> str:
        return f"Import {self.pk}"


class ImportedEvent(models.Model):
    """An event of a return and the record it became. Identity is unique, so the same event is never taken over twice.

    Content and person are digests of what the newest file said about each; the words themselves are in the records.
    """

    class Target(models.TextChoices):
        REQUEST = "contacts.contact", "Contact"
        ASSESSMENT = "assessments.assessment", "Assessment"
        SERVICE = "support_plans.planitem", "Line of a plan"
        REVIEW = "support_plans.review", "Review"

    identity = models.CharField(max_length=32, unique=True)
    content = models.CharField(max_length=32)
    person_content = models.CharField(max_length=32)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    target_type = models.CharField(max_length=30, choices=Target)
    target_id = models.BigIntegerField()
    run = models.ForeignKey(
        ImportRun, on_delete=models.PROTECT, related_name="events", help_text="The first to bring it."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id"], name="national_returns_one_event_per_record"
            )
        ]

    def __str__(self) -> str:
        return f"Imported event {self.pk}"
