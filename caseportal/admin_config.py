"""The Django admin's place in the project."""

from django.contrib.admin.apps import AdminConfig


class CaseportalAdminConfig(AdminConfig):
    default_site = "caseportal.admin_site.CaseportalAdmin"
    default = False
