"""Addresses of assessments in the API."""

from django.urls import path

from assessments import api

urlpatterns = [
    path("assessments/", api.Assessments.as_view(), name="api-assessments-list"),
    path("assessments/<str:ref>/", api.ShowAssessment.as_view(), name="api-assessments-show"),
    path(
        "assessments/<str:ref>/sections/<slug:slug>/",
        api.SaveSection.as_view(),
        name="api-assessments-save-section",
    ),
    path("assessments/<str:ref>/start/", api.Start.as_view(), name="api-assessments-start"),
    path("assessments/<str:ref>/assign/", api.Assign.as_view(), name="api-assessments-assign"),
    path("assessments/<str:ref>/method/", api.ChangeMethod.as_view(), name="api-assessments-change-method"),
    path("assessments/<str:ref>/complete/", api.MarkComplete.as_view(), name="api-assessments-mark-complete"),
    path("assessments/<str:ref>/share/", api.Share.as_view(), name="api-assessments-share"),
    path(
        "assessments/<str:ref>/comments/",
        api.RecordComments.as_view(),
        name="api-assessments-record-comments",
    ),
    path("assessments/<str:ref>/submit/", api.Submit.as_view(), name="api-assessments-submit"),
    path("assessments/<str:ref>/authorise/", api.Authorise.as_view(), name="api-assessments-authorise"),
    path("assessments/<str:ref>/return/", api.Return.as_view(), name="api-assessments-return"),
    path("assessments/<str:ref>/issue/", api.Issue.as_view(), name="api-assessments-issue"),
    path("assessments/<str:ref>/refuse/", api.Refuse.as_view(), name="api-assessments-refuse"),
    path("assessments/<str:ref>/abandon/", api.Abandon.as_view(), name="api-assessments-abandon"),
    path("handovers/<str:ref>/return/", api.ReturnHandover.as_view(), name="api-assessments-return-handover"),
    path(
        "handovers/<str:ref>/take-on/", api.TakeOnHandover.as_view(), name="api-assessments-take-on-handover"
    ),
    path("handovers/<str:ref>/accept/", api.AcceptHandover.as_view(), name="api-assessments-accept-handover"),
]
