"""Configuration of money: the points table, the rates of charging, and who may approve up to how much."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from accounts.models import MANAGING_ROLES, Role
from budgets.calculators import rates
from budgets.estimates import case_files
from budgets.models import AllocationTable, ApprovalLimit, ChargingRateSet
from core import clock
from core.admin import PlainModelForm, ReferenceAdmin

LEVELS = 4  # help needed, from none (0) to the most (3)
LARGEST_PAGE_FILE = 1_000_000  # bytes; about a thousand cases, which take some seconds
POUNDS = re.compile(r"[0-9]{1,6}\.[0-9]{2}")


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


class ChargingRateSetForm(PlainModelForm):
    """Rates that no charge could be worked out with are refused."""

    class Meta:
        model = ChargingRateSet
        fields = (
            "year",
            "valid_from",
            "valid_to",
            "status",
            "lower_capital",
            "upper_capital",
            "tariff_step",
            "tariff_per_step",
            "amounts",
            "to_confirm",
            "source",
        )

    def clean_amounts(self) -> Any:
        amounts = self.cleaned_data["amounts"]
        if not isinstance(amounts, dict) or not amounts:
            raise forms.ValidationError("Give the weekly amounts, for example {“single_25”: “112.50”}.")
        for code, amount in amounts.items():
            if code not in rates.LABELS:
                raise forms.ValidationError(f"“{code}” is not one of {', '.join(rates.LABELS)}.")
            if not isinstance(amount, str) or not POUNDS.fullmatch(amount):
                raise forms.ValidationError(f"“{code}” needs pounds and pence as text, for example “112.50”.")
        return amounts

    def clean_to_confirm(self) -> Any:
        codes = self.cleaned_data["to_confirm"] or []
        if not isinstance(codes, list) or not set(map(str, codes)) <= set(rates.LABELS):
            raise forms.ValidationError("Give a list of codes of the amounts above.")
        return codes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        verified = cleaned.get("status") == ChargingRateSet.Status.VERIFIED
        if verified and cleaned.get("to_confirm"):
            self.add_error("to_confirm", "Rates are confirmed once no amount is left to confirm.")
        return cleaned


class CaseFileForm(forms.Form):
    default_renderer = DjangoTemplates()

    file = forms.FileField(
        label="File of cases",
        help_text="JSON, up to 1 MB. For a larger one there is the command check_money_cases.",
        error_messages={
            "required": "Choose a file of worked cases.",
            "empty": "The file is empty. Choose another.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_PAGE_FILE:
            raise forms.ValidationError("The file is over 1 MB. Use the command check_money_cases for it.")
        return file


@admin.register(ChargingRateSet)
class ChargingRateSetAdmin(ReferenceAdmin):
    form = ChargingRateSetForm
    change_list_template = "admin/budgets/charging_rates.html"
    list_display = ("year", "valid_from", "valid_to", "status", "source")
    list_filter = ("status",)
    ordering = ("-valid_from", "-pk")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Confirmed rates never change: charges are worked out with them. A correction is a new row."""
        return obj is None or obj.status != ChargingRateSet.Status.VERIFIED

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_staff)  # type: ignore[union-attr]

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.check_money_cases)
        return [path("check-cases/", page, name="budgets_check_money_cases"), *super().get_urls()]

    def check_money_cases(self, request: HttpRequest) -> HttpResponse:
        """A council's own worked cases through the calculators, as the command of the same name does. Keeps nothing."""
        sent = request.method == "POST"
        form = CaseFileForm(request.POST if sent else None, request.FILES if sent else None)
        context = {**self.admin_site.each_context(request), "title": "Check worked cases", "form": form}
        if form.is_valid():
            file = form.cleaned_data["file"]
            context |= {"checked": case_files.check(file.read()), "name": file.name}
        return TemplateResponse(request, "admin/budgets/check_money_cases.html", context)
