"""Addresses of the pages of worklist."""

app_name = "worklist"
urlpatterns: list = []
