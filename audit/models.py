"""The trail: what was done, and who looked at whom. Insert-only, in the database itself."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models

from audit.querysets import TrailQuerySet


def insert_only() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="insert_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Event(models.Model):
    """One thing that was done: by whom, when, to what, about whom. Facts in detail, never prose."""

    APPEND_ONLY = True

    at = models.DateTimeField()
    occurred_on = models.DateField()
    code = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    subject_type = models.CharField(max_length=60)
    subject_ref = models.CharField(max_length=40)
    person_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)
    significant = models.BooleanField(default=False)
    access_list_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=40, blank=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        triggers = insert_only()
        indexes = [
            models.Index(fields=["person_id", "-at", "-id"], name="audit_event_of_person"),
            models.Index(fields=["subject_type", "subject_ref"], name="audit_event_of_subject"),
            models.Index(fields=["by", "-at"], name="audit_event_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class View(models.Model):
    """Someone looked at a person: whom, which page, why. Written before anything is shown."""

    APPEND_ONLY = True

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_id = models.BigIntegerField()
    page = models.CharField(max_length=80)
    reason = models.CharField(max_length=200, blank=True)
    access_list_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=40, blank=True)

    objects = TrailQuerySet.as_manager()

    class Meta:
        triggers = insert_only()
        indexes = [
            models.Index(fields=["person_id", "-at", "-id"], name="audit_view_of_person"),
            models.Index(fields=["by", "-at"], name="audit_view_by_actor"),
        ]

    def __str__(self) -> str:
        return f"View {self.pk}"
