"""Addresses of reablement in the API."""

from django.urls import path

from reablement.api import episodes as api

EPISODE = "episodes/<str:ref>/"

urlpatterns = [
    path("episodes/", api.Episodes.as_view(), name="api-reablement-list"),
    path(EPISODE, api.ShowEpisode.as_view(), name="api-reablement-show"),
    path("people/<str:ref>/refer/", api.Refer.as_view(), name="api-reablement-refer"),
    path("handovers/<str:ref>/accept/", api.AcceptHandover.as_view(), name="api-reablement-accept-handover"),
    path(EPISODE + "triage/", api.Triage.as_view(), name="api-reablement-triage"),
    path(EPISODE + "accept/", api.Accept.as_view(), name="api-reablement-accept"),
    path(EPISODE + "decline/", api.Decline.as_view(), name="api-reablement-decline"),
    path(EPISODE + "redirect/", api.Redirect.as_view(), name="api-reablement-redirect"),
    path(EPISODE + "lead/", api.ChangeLead.as_view(), name="api-reablement-change-lead"),
    path(EPISODE + "start/", api.Start.as_view(), name="api-reablement-start"),
    path(EPISODE + "pause/", api.PauseEpisode.as_view(), name="api-reablement-pause"),
    path(EPISODE + "resume/", api.Resume.as_view(), name="api-reablement-resume"),
    path(EPISODE + "extend/", api.Extend.as_view(), name="api-reablement-extend"),
    path(EPISODE + "goals/", api.AddGoal.as_view(), name="api-reablement-add-goal"),
    path(
        EPISODE + "goals/<str:goal_ref>/change/",
        api.ChangeGoal.as_view(),
        name="api-reablement-change-goal",
    ),
    path(EPISODE + "goals/<str:goal_ref>/close/", api.CloseGoal.as_view(), name="api-reablement-close-goal"),
    path(EPISODE + "weeks/<int:number>/", api.WriteWeek.as_view(), name="api-reablement-write-week"),
    path(EPISODE + "book-end-review/", api.BookEndReview.as_view(), name="api-reablement-book-end-review"),
    path(EPISODE + "end-review/", api.ReviewEnd.as_view(), name="api-reablement-end-review"),
    path(EPISODE + "end/", api.End.as_view(), name="api-reablement-end"),
    path(EPISODE + "end-early/", api.EndEarly.as_view(), name="api-reablement-end-early"),
    path(
        EPISODE + "after-hospital/<int:number>/",
        api.RecordWhereabouts.as_view(),
        name="api-reablement-record-whereabouts",
    ),
]
