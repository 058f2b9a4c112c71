"""Addresses of the pages of people."""

app_name = "people"
urlpatterns: list = []
