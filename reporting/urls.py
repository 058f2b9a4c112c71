"""Addresses of the pages of reporting."""

app_name = "reporting"
urlpatterns: list = []
