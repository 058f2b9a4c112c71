"""Addresses of people in the API."""

from django.urls import path

from people import api, portal_api

urlpatterns = [
    path("people/", api.People.as_view(), name="api-people-list"),
    path("people/search/", api.SearchPeople.as_view(), name="api-people-search"),
    path("people/<str:ref>/", api.OnePerson.as_view(), name="api-people-show"),
    path("people/<str:ref>/correct/", api.CorrectPerson.as_view(), name="api-people-correct"),
    path("people/<str:ref>/notes/", api.Notes.as_view(), name="api-people-notes"),
    path("people/<str:ref>/relationships/", api.Relationships.as_view(), name="api-people-relationships"),
    path("people/<str:ref>/own-pages/", portal_api.OwnPages.as_view(), name="api-people-own-pages"),
    path(
        "people/<str:ref>/own-pages/<str:access_ref>/end/",
        portal_api.EndOwnPages.as_view(),
        name="api-people-end-own-pages",
    ),
    path(
        "people/<str:ref>/contact-preferences/",
        portal_api.Preferences.as_view(),
        name="api-people-preferences",
    ),
    path("people/<str:ref>/looked/", portal_api.Looks.as_view(), name="api-people-looks"),
    path("people/<str:ref>/allocate/", api.Allocate.as_view(), name="api-people-allocate"),
]
