"""Addresses of the public pages that end at the front door."""

from django.urls import path

from contacts import public_views as views

app_name = "ask"
urlpatterns = [
    path("ask-for-help/start/", views.start_help, name="help-start"),
    path("ask-for-help/check-answers/", views.check_help, name="help-check"),
    path("ask-for-help/sent/", views.help_sent, name="help-sent"),
    path("ask-for-help/save/", views.save_help, name="help-save"),
    path("ask-for-help/come-back/", views.come_back_to_help, name="help-come-back"),
    path("ask-for-help/clear/", views.clear_help, name="help-clear"),
    path("ask-for-help/<slug:slug>/", views.ask_help, name="help-step"),
    path("carers/ask-for-an-assessment/start/", views.start_carer, name="carer-start"),
    path("carers/ask-for-an-assessment/check-answers/", views.check_carer, name="carer-check"),
    path("carers/ask-for-an-assessment/sent/", views.carer_sent, name="carer-sent"),
    path("carers/ask-for-an-assessment/save/", views.save_carer, name="carer-save"),
    path("carers/ask-for-an-assessment/come-back/", views.come_back_to_carer, name="carer-come-back"),
    path("carers/ask-for-an-assessment/clear/", views.clear_carer, name="carer-clear"),
    path("carers/ask-for-an-assessment/<slug:slug>/", views.ask_carer, name="carer-step"),
]
