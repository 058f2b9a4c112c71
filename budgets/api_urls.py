"""Addresses of budgets in the API."""

urlpatterns: list = []
