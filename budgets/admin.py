"""Configuration of money: the points table, and who may approve up to how much."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.models import MANAGING_ROLES, Role
from budgets.models import AllocationTable, ApprovalLimit
from core import clock
from core.admin import PlainModelForm, ReferenceAdmin

LEVELS = 4  # help needed, from none (0) to the most (3)


class AllocationTableForm(PlainModelForm):
    """A table that cannot be worked with is refused before anybody's budget meets it."""

    class Meta:
        model = AllocationTable
        fields = (
            "number",
            "valid_from",
            "valid_to",
            "method",
            "points",
            "bands",
            "rate_per_point",
            "source",
            "verified",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "bands" in self.fields:
            self.fields["bands"].required = False  # a table by the point has none

    def clean_points(self) -> Any:
        points = self.cleaned_data["points"]
        if not isinstance(points, dict) or not points:
            raise forms.ValidationError(
                "Give the points of each domain, for example {“nutrition”: [0, 4, 8, 14]}."
            )
        for domain, levels in points.items():
            if (
                not isinstance(levels, list)
                or len(levels) != LEVELS
                or not all(type(n) is int for n in levels)
            ):
                raise forms.ValidationError(
                    f"“{domain}” needs {LEVELS} whole numbers, one for each level of help."
                )
            if levels[0] != 0 or levels != sorted(levels):
                raise forms.ValidationError(f"The points of “{domain}” must begin with 0 and never fall.")
        return points

    def clean_bands(self) -> Any:
        bands = self.cleaned_data["bands"] or []
        after: int | None = None
        for band in bands:
            try:
                first, last, weekly = int(band["from"]), int(band["to"]), Decimal(str(band["weekly"]))
            except (KeyError, TypeError, ValueError, InvalidOperation):
                raise forms.ValidationError(
                    "Each band needs “from”, “to” and “weekly”, for example "
                    "{“from”: 0, “to”: 9, “weekly”: “0.00”}."
                ) from None
            if (after is None and first != 0) or (after is not None and first != after + 1) or last < first:
                raise forms.ValidationError(
                    "The bands must begin at 0 and follow each other without gap or overlap."
                )
            if weekly < 0:
                raise forms.ValidationError("A weekly sum is never below 0.")
            after = last
        return bands

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("method") == AllocationTable.Method.BAND and not cleaned.get("bands"):
            self.add_error("bands", "A table by band needs its bands.")
        if cleaned.get("method") == AllocationTable.Method.PER_POINT and not cleaned.get("rate_per_point"):
            self.add_error("rate_per_point", "A table by the point needs its rate.")
        return cleaned


@admin.register(AllocationTable)
class AllocationTableAdmin(ReferenceAdmin):
    form = AllocationTableForm
    list_display = ("number", "method", "valid_from", "valid_to", "verified", "published_at")
    ordering = ("-number",)
    actions = ("publish",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A published table never changes: budgets were worked out with it. A new version is a new row."""
        return obj is None or obj.published_at is None

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_staff)  # type: ignore[union-attr]

    @admin.action(description="Publish: from then on the table cannot be changed")
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        for table in queryset.filter(published_at=None):
            with transaction.atomic():
                table.published_at = clock.now()
                table.save(update_fields=["published_at"])
                self.log_change(request, table, "Published")
                self.write_down(request, table, "published")
            self.message_user(request, f"Table {table.number} is published.", level=messages.SUCCESS)


class ApprovalLimitForm(PlainModelForm):
    role = forms.ChoiceField(choices=[(role.value, role.label) for role in Role if role in MANAGING_ROLES])

    class Meta:
        model = ApprovalLimit
        fields = ("role", "yearly", "valid_from", "valid_to", "source")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("yearly") is not None and cleaned["yearly"] < 0:
            self.add_error("yearly", "A limit is never below 0.")
        if (
            cleaned.get("valid_from")
            and cleaned.get("valid_to")
            and cleaned["valid_to"] < cleaned["valid_from"]
        ):
            self.add_error("valid_to", "The last day is before the first.")
        return cleaned


@admin.register(ApprovalLimit)
class ApprovalLimitAdmin(ReferenceAdmin):
    form = ApprovalLimitForm
    list_display = ("role", "yearly", "valid_from", "valid_to", "source")
    list_filter = ("role",)
    ordering = ("role", "-valid_from", "pk")
