"""Addresses of the public pages of services, under /services/."""

from django.urls import path

from directory import views

app_name = "directory"
urlpatterns = [
    path("", views.list_services, name="list-services"),
    path("<str:ref>/", views.show_service, name="show-service"),
]
