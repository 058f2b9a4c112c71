"""Addresses of the pages of reablement."""

from django.urls import path

from reablement.views import ending, listing, referring, running

app_name = "reablement"
urlpatterns = [
    path("", listing.list_episodes, name="list-episodes"),
    path("of/<str:ref>/", listing.list_of_person, name="list-of-person"),
    path("refer/<str:ref>/", referring.refer, name="refer"),
    path("handovers/<str:ref>/accept/", referring.accept_handover, name="accept-handover"),
    path("<str:ref>/", listing.show_episode, name="show-episode"),
    path("<str:ref>/triage/", referring.triage, name="triage"),
    path("<str:ref>/accept/", referring.accept, name="accept"),
    path("<str:ref>/decline/", referring.decline, name="decline"),
    path("<str:ref>/redirect/", referring.redirect, name="redirect"),
    path("<str:ref>/lead/", referring.change_lead, name="change-lead"),
    path("<str:ref>/start/", running.start, name="start"),
    path("<str:ref>/pause/", running.pause, name="pause"),
    path("<str:ref>/resume/", running.resume, name="resume"),
    path("<str:ref>/extend/", running.extend, name="extend"),
    path("<str:ref>/goals/add/", running.add_goal, name="add-goal"),
    path("<str:ref>/goals/<str:goal_ref>/", running.change_goal, name="change-goal"),
    path("<str:ref>/goals/<str:goal_ref>/close/", running.close_goal, name="close-goal"),
    path("<str:ref>/weekly-review/<int:number>/", running.write_week, name="write-week"),
    path("<str:ref>/weekly-review/<int:number>/draft/", running.autosave_week, name="autosave-week"),
    path("<str:ref>/book-end-review/", ending.book_end_review, name="book-end-review"),
    path("<str:ref>/end-review/", ending.end_review, name="end-review"),
    path("<str:ref>/end-review/draft/", ending.autosave_end_review, name="autosave-end-review"),
    path("<str:ref>/end/", ending.end, name="end"),
    path("<str:ref>/end-early/", ending.end_early, name="end-early"),
    path("<str:ref>/after-hospital/<int:number>/", ending.record_whereabouts, name="record-whereabouts"),
]
