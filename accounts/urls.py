"""Addresses of the pages of accounts."""

from django.conf import settings
from django.urls import path

from accounts import evaluation, views

app_name = "accounts"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/second-factor/", views.take_second_factor, name="second-factor"),
    path("join/<str:token>/", views.join, name="join"),
]

if settings.EVALUATION:
    urlpatterns += [
        path("evaluation/sign-in/", evaluation.sign_in_as, name="evaluation-sign-in"),
        path("evaluation/clock/", evaluation.move_clock, name="evaluation-clock"),
    ]
