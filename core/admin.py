"""The ground of our admin pages: reference data only, in Django's own dress; nothing is deleted, and every change
stands in the trail.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest

from core import clock, knock_ons, outbox, policy_settings
from core.models import BankHoliday, JobRun, Outbox, PolicySetting


class PlainModelForm(forms.ModelForm):
    """Rendered by Django's own templates, which the admin's style sheet knows."""

    default_renderer = DjangoTemplates()


class WritesTrail(admin.ModelAdmin):
    """What is added or changed here stands in the trail, in the same transaction: who, when, and each field before
    and after. Django keeps a log of its own, which can be edited and says less."""

    # For accounts and roles: the services that the page calls write it down themselves, in their own words.
    services_write = False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if self.services_write or (change and not form.changed_data):
            return
        facts = {}
        for name in form.changed_data:
            if change:
                facts[f"{name}_before"] = form.initial.get(name)
            facts[f"{name}_after"] = form.cleaned_data.get(name)
        self.write_down(request, form.instance, "changed" if change else "added", facts)

    def write_down(
        self, request: HttpRequest, row: Any, done: str, facts: dict[str, Any] | None = None
    ) -> None:
        """A line in the trail about a row. For the actions of a list, which go past the form; within a transaction."""
        knock_ons.happened(
            "core.configuration_changed",
            row=row,
            done=done,
            facts=facts or {},
            by=request.user,
            now=clock.now(),
        )


class ReferenceAdmin(WritesTrail):
    """Rows that others point at: added and changed, never deleted."""

    reference_data = True  # our site takes in nothing else (caseportal/admin_site.py)
    form = PlainModelForm
    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyAdmin(ReferenceAdmin):
    """Rows that the machine writes and people look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(BankHoliday)
class BankHolidayAdmin(ReferenceAdmin):
    list_display = ("day", "name", "source")
    search_fields = ("name",)
    date_hierarchy = None
    ordering = ("-day", "pk")


class PolicySettingForm(PlainModelForm):
    code = forms.ChoiceField(help_text="The settings that the portal knows.")

    class Meta:
        model = PolicySetting
        fields = ("code", "value", "valid_from", "valid_to", "meaning", "source", "verified")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            (code, f"{code} (without a row: {default})")
            for code, default in sorted(policy_settings.declared().items())
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        code, value = cleaned.get("code"), cleaned.get("value")
        default = policy_settings.declared().get(str(code))
        if default is not None and value is not None and not _same_kind(value, default):
            self.add_error("value", f"The value must be of the same kind as {default!r}.")
        return cleaned


def _same_kind(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float) and value >= 0
    if isinstance(default, str):
        return isinstance(value, str)
    return isinstance(value, type(default))


@admin.register(PolicySetting)
class PolicySettingAdmin(ReferenceAdmin):
    form = PolicySettingForm
    list_display = ("code", "value", "valid_from", "valid_to", "verified")
    list_filter = ("verified",)
    search_fields = ("code", "meaning")
    ordering = ("code", "-valid_from", "pk")


class Failed(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("failed", "Failed"), ("waiting", "Waiting")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "failed":
                return queryset.filter(failed_at__isnull=False)
            case "waiting":
                return queryset.filter(failed_at=None)
        return queryset


@admin.register(Outbox)
class OutboxAdmin(ReadOnlyAdmin):
    """Messages and jobs: what waits and what failed. Holds keys only, nothing about a person.

    What was done is not shown: whom the machine wrote to, and when, tells of cases that few may know of.
    """

    list_display = ("kind", "created_at", "due_at", "attempts", "failed_at", "last_error")
    list_filter = (Failed,)
    fields = ("kind", "created_at", "due_at", "attempts", "lease_until", "failed_at", "last_error")
    ordering = ("-created_at", "-pk")
    actions = ("try_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Outbox.objects.visible_to(request.user).filter(done_at=None).order_by(*self.ordering)

    @admin.action(description="Try again")
    def try_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        rows = list(queryset.filter(failed_at__isnull=False))
        with transaction.atomic():
            for row in rows:
                outbox.try_again(row.pk)
                self.write_down(request, row, "asked for again")
        self.message_user(request, f"{len(rows)} will be tried again.")


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    list_display = ("job", "due", "started_at", "finished_at", "attempts", "counts", "last_error")
    list_filter = ("job",)
    ordering = ("-started_at", "-pk")
