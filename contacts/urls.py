"""Addresses of the pages of contacts."""

app_name = "contacts"
urlpatterns: list = []
