"""Addresses of the managers' pages."""

from django.urls import path

from reporting.views import exports, pages

app_name = "reporting"
urlpatterns = [
    path("", pages.manage, name="manage"),
    path("waiting/", pages.list_waiting, name="waiting"),
    path("caseload/", pages.list_caseload, name="caseload"),
    path("measures/", pages.list_measures, name="measures"),
    path("orphans/", pages.list_orphans, name="orphans"),
    path("rows/<slug:code>/", pages.show_rows, name="rows"),
    path("exports/", exports.list_exports, name="exports"),
    path("exports/ask/<slug:code>/", exports.ask_for_export, name="ask-export"),
    path("exports/<str:ref>/", exports.show_export, name="show-export"),
    path("exports/<str:ref>/decide/", exports.decide_export, name="decide-export"),
    path("exports/<str:ref>/fetch/", exports.fetch_export, name="fetch-export"),
    path("runs/", pages.list_runs, name="runs"),
    path("unverified/", pages.list_unverified, name="unverified"),
    path("runs/try-again/", pages.try_again, name="try-again"),
]
