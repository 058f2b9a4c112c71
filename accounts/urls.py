"""Addresses of the pages of accounts."""

from django.conf import settings
from django.urls import path

from accounts import evaluation, views
from accounts import lost_second_step_pages as lost

app_name = "accounts"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/second-factor/", views.take_second_factor, name="second-factor"),
    path("sign-in/lost-second-step/", lost.ask_for_link, name="lost-second-step"),
    path("sign-in/lost-second-step/sent/", lost.link_sent, name="lost-second-step-sent"),
    path("sign-in/lost-second-step/done/", lost.reported, name="lost-second-step-reported"),
    path("sign-in/lost-second-step/<str:ref>/<str:token>/", lost.report, name="report-lost-second-step"),
    path("join/<str:token>/", views.join, name="join"),
]

if settings.EVALUATION:
    urlpatterns += [
        path("evaluation/sign-in/", evaluation.sign_in_as, name="evaluation-sign-in"),
        path("evaluation/clock/", evaluation.move_clock, name="evaluation-clock"),
    ]
