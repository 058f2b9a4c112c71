"""Addresses of worklist in the API."""

urlpatterns: list = []
