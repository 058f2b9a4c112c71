"""Addresses of safeguarding in the API."""

from django.urls import path

from safeguarding import api

urlpatterns = [
    path("safeguarding/concerns/", api.Concerns.as_view(), name="api-safeguarding-concerns"),
    path("safeguarding/concerns/raise/", api.RaiseConcern.as_view(), name="api-safeguarding-raise"),
    path("safeguarding/concerns/<str:ref>/", api.ShowConcern.as_view(), name="api-safeguarding-concern"),
    *(
        path(f"safeguarding/concerns/<str:ref>/{slug}/", view.as_view(), name=f"api-safeguarding-{slug}")
        for slug, view in api.ACTING.items()
    ),
]
