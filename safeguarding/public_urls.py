"""Addresses of the public pages for whoever is worried about an adult."""

from django.urls import path

from safeguarding.views import public

app_name = "safeguarding_public"
urlpatterns = [
    path("start/", public.start, name="start"),
    path("save/", public.save, name="save"),
    path("go-on/", public.come_back, name="come-back"),
    path("check-answers/", public.check_answers, name="check-answers"),
    path("sent/", public.sent, name="sent"),
    path("<slug:step>/", public.step, name="step"),
]
