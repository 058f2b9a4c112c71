"""Addresses of the person's own pages, under /my/."""

from django.urls import path

from self_service import views

app_name = "self_service"
urlpatterns = [
    path("", views.home, name="home"),
    path("budget/", views.show_budget, name="budget"),
    path("budget/read/", views.acknowledge_figures, name="acknowledge-figures"),
    path("budget/this-looks-wrong/", views.ask_about_budget, name="ask-about-budget"),
    path("budget/this-looks-wrong/sent/", views.asked_about_budget, name="asked-about-budget"),
    path("plan/", views.show_plan, name="plan"),
    path("plan/ask-for-a-review/", views.ask_for_review, name="ask-for-review"),
    path("switch/", views.switch, name="switch"),
]
