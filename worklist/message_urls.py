"""Addresses of the messages on a person's record."""

from django.urls import path

from worklist import message_views

app_name = "messages"
urlpatterns = [
    path("people/<str:ref>/messages/", message_views.list_conversations, name="list-conversations"),
    path(
        "people/<str:ref>/messages/<str:conversation_ref>/",
        message_views.show_conversation,
        name="show-conversation",
    ),
    path(
        "people/<str:ref>/messages/<str:conversation_ref>/draft/",
        message_views.autosave_answer,
        name="autosave-answer",
    ),
    path(
        "people/<str:ref>/messages/<str:conversation_ref>/close/",
        message_views.close_conversation,
        name="close-conversation",
    ),
]
