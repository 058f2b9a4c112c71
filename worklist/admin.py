"""Reference data of reminders in the admin: dated rules, and the bank holidays that move their dates."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from accounts.models import User
from core import clock
from core.admin import BankHolidayAdmin, ReferenceAdmin
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


@admin.register(Rule)
class RuleAdmin(RedatesReminders):
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
