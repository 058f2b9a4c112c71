"""Addresses of the managers' numbers, lists and exports in the API."""

from django.urls import path

from reporting import api

urlpatterns = [
    path("manage/numbers/", api.Numbers.as_view(), name="api-manage-numbers"),
    path("manage/waiting/", api.Waiting.as_view(), name="api-manage-waiting"),
    path("manage/lists/<slug:code>/", api.ShowList.as_view(), name="api-manage-list"),
    path("manage/exports/", api.Exports.as_view(), name="api-manage-exports"),
    path("manage/exports/<str:ref>/", api.ShowExport.as_view(), name="api-manage-export"),
    path("manage/exports/<str:ref>/approve/", api.ApproveExport.as_view(), name="api-manage-approve-export"),
    path("manage/exports/<str:ref>/refuse/", api.RefuseExport.as_view(), name="api-manage-refuse-export"),
]
