"""Addresses of support_plans in the API."""

urlpatterns: list = []
