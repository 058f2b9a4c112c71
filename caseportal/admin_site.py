"""The Django admin, for reference data and configuration, behind our own sign-in."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse


class CaseportalAdmin(AdminSite):
    site_header = "Configuration"
    site_title = "Configuration"
    index_title = "Teams, roles, tables, calendar, rules and settings"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Never the admin's own form: it would have no second factor and no limit on attempts."""
        return secure_admin_login(super().login)(request, extra_context)
