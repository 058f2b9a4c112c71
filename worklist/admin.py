"""Configuration of reminders: the dated rules."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from core.admin import ReferenceAdmin
from worklist.models import Rule


@admin.register(Rule)
class RuleAdmin(ReferenceAdmin):
    list_display = ("number", "code", "title", "offset", "unit", "valid_from", "valid_to", "verified")
    list_filter = ("verified",)
    search_fields = ("code", "title")
    ordering = ("number", "-valid_from", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("number", "code") if obj else ()
