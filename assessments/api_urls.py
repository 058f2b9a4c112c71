"""Addresses of assessments in the API."""

urlpatterns: list = []
