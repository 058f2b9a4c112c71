"""What the managers' page said on days that are past: counted at night, kept, and never counted again. And the register
of exports: who took what out of the portal, why and when."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from audit.models import insert_only
from core.models import ReferencedModel
from core.versions import Versioned
from reporting.querysets import ExportQuerySet


class CountedDay(models.Model):
    """A day whose figures were counted, once, while it was today."""

    APPEND_ONLY = True

    day = models.DateField(unique=True)
    counted_at = models.DateTimeField()

    class Meta:
        triggers = insert_only()

    def __str__(self) -> str:
        return f"Figures of {self.day}"


class KeptFigure(models.Model):
    """One figure of one team on a counted day. Without a team: what stood with no team. Standard records alone are
    counted, so that a kept figure is the same for every reader."""

    APPEND_ONLY = True

    counted_day = models.ForeignKey(CountedDay, on_delete=models.PROTECT, related_name="figures")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counted_day", "team", "code"],
                nulls_distinct=False,
                name="reporting_one_figure_per_day_and_team",
            )
        ]
        triggers = insert_only()

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


FROZEN = ("code", "query", "title", "format", "purpose", "purpose_words", "asked_by_id", "asked_at")


class Export(ReferencedModel, Versioned):
    """One list or table that somebody took out of the portal, or wanted to. The file goes after a day; this row stays."""

    class Status(models.TextChoices):
        ASKED = "asked", "Being made"
        HELD = "held", "Waits for a second manager"
        READY = "ready", "Ready"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Could not be made"
        EXPIRED = "expired", "File taken away"

    class Format(models.TextChoices):
        CSV = "csv", "CSV, for other programs"
        XLSX = "xlsx", "Spreadsheet (XLSX)"

    class Purpose(models.TextChoices):
        SUPERVISION = "supervision", "Supervision or allocation of work"
        PLANNING = "planning", "Planning of the service, or a meeting about it"
        RETURN = "return", "A return, an inspection or an audit"
        REQUEST = "request", "A complaint or a request for information"
        OTHER = "other", "Something else"

    code = models.CharField(max_length=40, help_text="Which list or table.")
    query = models.JSONField(
        default=dict, blank=True, help_text="The team chosen and what narrows the list; codes only."
    )
    title = models.CharField(max_length=150)
    format = models.CharField(max_length=4, choices=Format)
    purpose = models.CharField(max_length=12, choices=Purpose)
    purpose_words = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    not_made_because = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(
        null=True, blank=True, help_text="Rows of the list; of the file, once it is made."
    )
    written = models.PositiveIntegerField(
        null=True, blank=True, help_text="Rows that stand in the file so far; empty until it is begun."
    )
    teams = models.JSONField(
        default=list, blank=True, help_text="Keys of the teams counted; empty: every team."
    )
    # Chosen when it is asked for, so that a file left by a crash is known by its name and taken away.
    stored_name = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    taken_away_at = models.DateTimeField(null=True, blank=True)
    fetched = models.PositiveIntegerField(default=0, help_text="How often the file was fetched.")

    objects = ExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="ready")
                | Q(made_at__isnull=False, expires_at__isnull=False, rows__isnull=False)
                & ~Q(digest="")
                & ~Q(stored_name=""),
                name="reporting_export_ready_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["refused", "failed", "expired"]) | Q(stored_name=""),
                name="reporting_export_over_has_no_file",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["refused", "failed"]) | ~Q(not_made_because=""),
                name="reporting_export_not_made_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="reporting_export_decided_with_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="reporting_export_decided_by_a_second_manager",
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="reporting_exports"),
            models.Index(fields=["asked_by", "-asked_at"], name="reporting_exports_of_asker"),
            models.Index(
                fields=["expires_at"], name="reporting_exports_to_expire", condition=Q(status="ready")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="register_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="what_was_asked_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    " OR ".join(f"OLD.{field} IS DISTINCT FROM NEW.{field}" for field in FROZEN)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Export {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:show-export", args=[self.ref])

    @property
    def percent(self) -> int:
        """How much of the file stands, in per cent of the rows of the list, rounded down."""
        return min(100, (self.written or 0) * 100 // self.rows) if self.rows else 0

    @property
    def file_name(self) -> str:
        """What the file is called once it is saved: the list, and the reference in the register."""
        return f"{self.code.replace('_', '-')}-{self.ref}.{self.format}"
