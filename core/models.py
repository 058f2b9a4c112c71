"""The machine's own tables. They hold no word of social care, and point at records only by label and key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.refs import new_ref


class ReferencedModel(models.Model):
    """A record that addresses and the API name by a random reference; the integer key stays inside."""

    ref = models.CharField(max_length=16, unique=True, editable=False, default=new_ref)

    class Meta:
        abstract = True


class TimestampedModel(models.Model):
    created_at = models.DateTimeField(editable=False)
    updated_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True


class ClockOffset(models.Model):
    """How far the evaluation clock stands from the true one. Never used in production."""

    seconds = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"Clock moved by {self.seconds} seconds"


class BankHoliday(models.Model):
    """A day on which England does not work, with its source, so that an extra one can be added."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.day:%d %B %Y}: {self.name}"


class PolicySetting(models.Model):
    """A number or choice that is the council's to set, in force between two dates."""

    code = models.CharField(max_length=60)
    value = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="The last day in force; empty while open.")
    meaning = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    verified = models.BooleanField(default=False, help_text="The council has confirmed this figure.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="core_policy_setting_once_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="core_policy_setting_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from:%d %B %Y}"


class FormKey(models.Model):
    """A creating form that was sent: the same key again leads to what the first one made."""

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    purpose = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    result = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="core_form_key_used_once")]

    def __str__(self) -> str:
        return f"Form key for {self.purpose}"


class Draft(models.Model):
    """What somebody has typed and not yet finished. Private to its author; not searched, not exported."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    person_id = models.BigIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "subject"], name="core_one_draft_per_author_and_subject"
            )
        ]

    def __str__(self) -> str:
        return f"Draft {self.kind} {self.subject}"


class OpenDraft(ReferencedModel):
    """What somebody without an account is typing, sealed. Once sent it keeps the way to what was made, and no answers.

    The visitor's session holds its reference; a code, shown once and kept as a digest, leads back to it.
    """

    kind = models.CharField(max_length=60)
    sealed = models.TextField(blank=True)
    code_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)  # noqa: DJ001 many have none
    result = models.CharField(max_length=80, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result="") | Q(sealed=""), name="core_open_draft_sent_is_empty"
            )
        ]
        indexes = [models.Index(fields=["saved_at"], name="core_open_draft_age")]

    def __str__(self) -> str:
        return f"Open draft {self.pk}"


class OutboxQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> OutboxQuerySet:
        """What stands on no access list, or on one that the user is on: that something waits is a trace too."""
        return self.filter(Q(access_list_id=None) | Q(access_list_id__in=user.access_list_ids()))


class Outbox(models.Model):
    """A message or piece of work, written in the transaction that decided it and done after the commit."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True)
    payload = models.JSONField(default=dict, help_text="Keys only, never anything about a person.")
    access_list_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True, help_text="The kind of error, never its text.")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(failed_at=None), name="core_outbox_done_or_failed_not_both"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="core_outbox_waiting", condition=Q(done_at=None, failed_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"Outbox {self.kind} {self.pk}"


class JobRun(models.Model):
    """One run of a scheduled job for one due time. The pair is unique, so two schedulers do it once."""

    job = models.CharField(max_length=80)
    due = models.CharField(max_length=40, help_text="The period the run is for, for example a date.")
    started_at = models.DateTimeField()
    lease_until = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=1)
    counts = models.JSONField(default=dict)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "due"], name="core_job_runs_once_per_period")]

    def __str__(self) -> str:
        return f"{self.job} for {self.due}"


class CacheRow(models.Model):
    """The shared cache: counts of sign-in attempts and the like. Nothing about a person, nothing that must last."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_cache"

    def __str__(self) -> str:
        return "Cache row"
