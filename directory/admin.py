"""Configuration of the directory: providers of care and support."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core import clock
from core.admin import ReferenceAdmin
from directory.models import Provider


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
