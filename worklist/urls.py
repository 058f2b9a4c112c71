"""Addresses of the pages of worklist."""

from django.urls import path

from worklist import views

app_name = "worklist"
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("team/", views.my_team, name="my-team"),
    path("team/<str:ref>/", views.show_team, name="show-team"),
    path("tasks/", views.list_tasks, name="list-tasks"),
    path("tasks/add/<str:ref>/", views.add_task, name="add-task"),
    path("tasks/<str:ref>/", views.show_task, name="show-task"),
    path("tasks/<str:ref>/done/", views.finish_task, name="finish-task"),
    path("tasks/<str:ref>/cancel/", views.cancel_task, name="cancel-task"),
    path("tasks/<str:ref>/ask/", views.ask_colleague, name="ask-colleague"),
    path("notifications/", views.list_notifications, name="list-notifications"),
    path("notifications/read/", views.see_notifications, name="see-notifications"),
]
