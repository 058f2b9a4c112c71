"""Addresses of contacts in the API."""

from django.urls import path

from contacts import api, api_online

urlpatterns = [
    path("contacts/", api.Contacts.as_view(), name="api-contacts-contacts"),
    path("contacts/handovers/", api.Handovers.as_view(), name="api-contacts-handovers"),
    path("contacts/handovers/<str:ref>/", api.ShowHandover.as_view(), name="api-contacts-handover"),
    path("contacts/online/", api_online.OnlineRequests.as_view(), name="api-contacts-online-requests"),
    path(
        "contacts/online/<str:ref>/",
        api_online.ShowOnlineRequest.as_view(),
        name="api-contacts-online-request",
    ),
    path(
        "contacts/online/<str:ref>/match/",
        api_online.MatchOnlineRequest.as_view(),
        name="api-contacts-match-online",
    ),
    path(
        "contacts/online/<str:ref>/set-aside/",
        api_online.SetAsideOnlineRequest.as_view(),
        name="api-contacts-set-aside-online",
    ),
    path("contacts/<str:ref>/", api.ShowContact.as_view(), name="api-contacts-contact"),
    path("contacts/<str:ref>/urgent/", api.MarkUrgent.as_view(), name="api-contacts-mark-urgent"),
    path("contacts/<str:ref>/screen/", api.Screen.as_view(), name="api-contacts-screen"),
    path("contacts/<str:ref>/pass-on/", api.PassOn.as_view(), name="api-contacts-pass-on"),
    path("contacts/<str:ref>/close/", api.Close.as_view(), name="api-contacts-close"),
]
