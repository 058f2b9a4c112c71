"""The Django admin, for reference data and configuration, behind our own sign-in."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

# Plain words for what the code calls otherwise.
NAMES = {
    "accounts": "Staff and teams",
    "budgets": "Money",
    "core": "Calendar, settings and what the machine does",
    "directory": "Providers",
    "worklist": "Reminders",
    "AllocationTable": "Points tables",
    "ChargingRateSet": "Charging rates",
    "JobRun": "Runs of scheduled jobs",
    "Membership": "Roles in teams",
    "Outbox": "Messages and jobs, waiting and failed",
    "PolicySetting": "Settings of the council",
    "Registration": "Professional registrations",
    "Rule": "Rules of reminders",
    "User": "Staff accounts",
}


class CaseportalAdmin(AdminSite):
    site_header = "Configuration"
    site_title = "Configuration"
    site_url = None
    index_title = "Teams, roles, tables, calendar, rules and settings"
    index_template = "admin/caseportal_index.html"
    empty_value_display = "–"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only our own pages of reference data. What libraries register (second factors, tokens of single sign-on,
        groups) stays out: it would be a way around policy and trail."""
        if getattr(admin_class, "reference_data", False):
            super().register(model_or_iterable, admin_class, **options)

    @method_decorator(never_cache)
    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Opens with the same six numbers as the managers' page."""
        from reporting.numbers import six_numbers

        numbers = six_numbers(request.user)  # type: ignore[arg-type]
        return super().index(request, {"numbers": numbers, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        listed = super().get_app_list(request, app_label)
        for app in listed:
            app["name"] = NAMES.get(app["app_label"], app["name"])
            for model in app["models"]:
                model["name"] = NAMES.get(model["object_name"], model["name"])
        return listed

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Never the admin's own form: it would have no second factor and no limit on attempts."""
        return secure_admin_login(super().login)(request, extra_context)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Signing out is a press on our own page."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Passwords change in one place, which asks for the present one and tells the owner."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def password_change_done(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return HttpResponseRedirect(reverse("accounts:account"))
