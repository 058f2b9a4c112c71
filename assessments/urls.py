"""Addresses of the pages of assessments."""

app_name = "assessments"
urlpatterns: list = []
