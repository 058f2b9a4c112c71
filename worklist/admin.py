"""Reference data of reminders in the admin: dated rules, and the bank holidays that move their dates."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from accounts.models import User
from core import clock
from core.admin import BankHolidayAdmin, PlainModelForm, ReferenceAdmin
from core.models import BankHoliday
from worklist.models import Rule
from worklist.services import redate_open_anchors


class RedatesReminders(ReferenceAdmin):
    """A change here moves the dates of open reminders, at once and with a line in the trail."""

    because = ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        by = request.user if isinstance(request.user, User) else None
        moved = redate_open_anchors(now=clock.now(), because=self.because, by=by, rule=self.rule_of(obj))
        messages.info(request, f"{moved} open reminders have new dates.")

    def rule_of(self, row: Any) -> str | None:
        """The code of the only rule that is touched; None when all are."""
        return None


# Core registers bank holidays; here, where the reminders are, a new one also moves their dates.
admin.site.unregister(BankHoliday)


@admin.register(BankHoliday)
class BankHolidayThatMovesReminders(RedatesReminders, BankHolidayAdmin):
    because = "a bank holiday changed"


class RuleForm(PlainModelForm):
    """A rule may tell nobody beforehand and bring nobody in: an empty list is an answer."""

    class Meta:
        model = Rule
        fields = (
            "number",
            "code",
            "title",
            "why",
            "offset",
            "unit",
            "shift",
            "lead_days",
            "lead_unit",
            "opens_at_once",
            "audience",
            "escalation",
            "stops_when",
            "survives_death",
            "source",
            "verified",
            "valid_from",
            "valid_to",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead_days", "escalation"):
            if name in self.fields:
                self.fields[name].required = False

    def clean_lead_days(self) -> list[Any]:
        return self.cleaned_data["lead_days"] or []

    def clean_escalation(self) -> list[Any]:
        return self.cleaned_data["escalation"] or []


@admin.register(Rule)
class RuleAdmin(RedatesReminders):
    form = RuleForm
    list_display = (
        "number",
        "code",
        "title",
        "offset",
        "unit",
        "shift",
        "valid_from",
        "valid_to",
        "verified",
    )
    list_filter = ("verified", "shift")
    search_fields = ("code", "title")
    ordering = ("number", "-valid_from", "pk")
    because = "the rule changed"

    def rule_of(self, row: Any) -> str | None:
        return row.code
