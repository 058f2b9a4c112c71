"""Configuration of the directory: providers of care and support, and the services that anyone can find."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from core import clock
from core.admin import ReferenceAdmin
from directory.models import Provider, ServiceEntry
from directory.services import fill_search_text


@admin.register(Provider)
class ProviderAdmin(ReferenceAdmin):
    list_display = ("name", "kind", "location_id", "phone", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "location_id")
    ordering = ("name", "pk")
    fields = ("name", "kind", "location_id", "phone", "is_active")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        now = clock.now()
        obj.created_at = obj.created_at or now
        obj.updated_at = now
        super().save_model(request, obj, form, change)


@admin.register(ServiceEntry)
class ServiceEntryAdmin(ReferenceAdmin):
    list_display = ("name", "category", "cost", "checked_on", "is_published")
    list_filter = ("category", "cost", "is_published")
    search_fields = ("name", "summary", "provider__name")
    ordering = ("name", "pk")
    autocomplete_fields = ("provider",)
    fields = (
        "name", "provider", "category", "for_whom", "summary", "description", "how_to_get_it", "cost", "cost_words",
        "area", "address", "opening", "phone", "email", "website", "accessibility", "checked_on", "is_published",
    )  # fmt: skip

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "for_whom":
            return forms.MultipleChoiceField(
                choices=ServiceEntry.ForWhom.choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        if db_field.name == "website":
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        now = clock.now()
        obj.created_at = obj.created_at or now
        obj.updated_at = now
        fill_search_text(obj)
        super().save_model(request, obj, form, change)
