"""Addresses of people in the API."""

urlpatterns: list = []
