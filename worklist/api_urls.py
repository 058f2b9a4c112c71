"""Addresses of worklist in the API."""

from django.urls import path

from worklist import api, message_api

urlpatterns = [
    path("worklist/tasks/", api.Tasks.as_view(), name="api-worklist-tasks"),
    path("worklist/tasks/<str:ref>/", api.ShowTask.as_view(), name="api-worklist-task"),
    path("worklist/tasks/<str:ref>/done/", api.FinishTask.as_view(), name="api-worklist-finish-task"),
    path("worklist/tasks/<str:ref>/cancel/", api.CancelTask.as_view(), name="api-worklist-cancel-task"),
    path("worklist/tasks/<str:ref>/ask/", api.AskColleague.as_view(), name="api-worklist-ask-colleague"),
    path("worklist/work-items/", api.WorkItems.as_view(), name="api-worklist-work-items"),
    path(
        "people/<str:ref>/messages/", message_api.Conversations.as_view(), name="api-messages-conversations"
    ),
    path("messages/<str:ref>/", message_api.OneConversation.as_view(), name="api-messages-conversation"),
    path("messages/<str:ref>/answer/", message_api.AnswerMessage.as_view(), name="api-messages-answer"),
    path("messages/<str:ref>/close/", message_api.CloseConversation.as_view(), name="api-messages-close"),
    path("worklist/notifications/", api.Notifications.as_view(), name="api-worklist-notifications"),
]
