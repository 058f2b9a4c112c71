"""Addresses of the pages of self_service."""

app_name = "self_service"
urlpatterns: list = []
