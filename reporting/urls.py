"""Addresses of the managers' pages."""

from django.urls import path

from reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.manage, name="manage"),
    path("waiting/", views.list_waiting, name="waiting"),
    path("caseload/", views.list_caseload, name="caseload"),
    path("measures/", views.list_measures, name="measures"),
    path("orphans/", views.list_orphans, name="orphans"),
    path("rows/<slug:code>/", views.show_rows, name="rows"),
    path("runs/", views.list_runs, name="runs"),
    path("unverified/", views.list_unverified, name="unverified"),
    path("runs/try-again/", views.try_again, name="try-again"),
]
