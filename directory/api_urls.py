"""Addresses of services in the API."""

from django.urls import path

from directory import api

urlpatterns = [
    path("services/", api.Services.as_view(), name="api-directory-services"),
    path("services/<str:ref>/", api.ShowService.as_view(), name="api-directory-service"),
]
