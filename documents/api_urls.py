"""Addresses of files and letters in the API."""

from django.urls import path

from documents import api

urlpatterns = [
    path("people/<str:ref>/documents/", api.Documents.as_view(), name="api-documents-documents"),
    path("documents/<str:ref>/", api.ShowDocument.as_view(), name="api-documents-document"),
    path("people/<str:ref>/letters/", api.Letters.as_view(), name="api-documents-letters"),
    path("letters/<str:ref>/", api.ShowLetter.as_view(), name="api-documents-letter"),
    path("letters/<str:ref>/give/", api.GiveLetter.as_view(), name="api-documents-give-letter"),
]
