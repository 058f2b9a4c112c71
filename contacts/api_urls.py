"""Addresses of contacts in the API."""

urlpatterns: list = []
