"""Addresses of the pages of support_plans."""

app_name = "support_plans"
urlpatterns: list = []
