"""Addresses of contacts in the API."""

from django.urls import path

from contacts import api

urlpatterns = [
    path("contacts/", api.Contacts.as_view(), name="api-contacts-contacts"),
    path("contacts/handovers/", api.Handovers.as_view(), name="api-contacts-handovers"),
    path("contacts/handovers/<str:ref>/", api.ShowHandover.as_view(), name="api-contacts-handover"),
    path("contacts/<str:ref>/", api.ShowContact.as_view(), name="api-contacts-contact"),
    path("contacts/<str:ref>/urgent/", api.MarkUrgent.as_view(), name="api-contacts-mark-urgent"),
    path("contacts/<str:ref>/screen/", api.Screen.as_view(), name="api-contacts-screen"),
    path("contacts/<str:ref>/pass-on/", api.PassOn.as_view(), name="api-contacts-pass-on"),
    path("contacts/<str:ref>/close/", api.Close.as_view(), name="api-contacts-close"),
]
