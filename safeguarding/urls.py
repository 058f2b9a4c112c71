"""Addresses of safeguarding for staff. They name a case by its reference and nobody by name."""

from django.urls import path

from safeguarding.views import listing, raising, showing, steps

app_name = "safeguarding"
# Steps that show more than their form have views of their own.
OWN_VIEWS = {"decide": steps.decide, "close": steps.close}

urlpatterns = [
    path("", listing.list_concerns, name="list-concerns"),
    path("concerns/add/", raising.add_concern, name="add-concern"),
    path("concerns/draft/", raising.autosave_concern, name="autosave-concern"),
    path("concerns/<str:ref>/sent/", raising.concern_sent, name="concern-sent"),
    path("<str:ref>/", showing.show_concern, name="show-concern"),
    path("<str:ref>/match/", raising.match_person, name="match-person"),
    path("<str:ref>/people/", showing.list_people, name="list-people"),
    path("<str:ref>/decide/draft/", steps.autosave_decision, name="autosave-decision"),
    path("<str:ref>/ask-another/<str:caused>/", steps.record_report, name="record-report"),
    path("<str:ref>/actions/<str:action>/done/", steps.finish_action, name="finish-action"),
    *(path(f"<str:ref>/{slug}/", view, name=slug) for slug, view in OWN_VIEWS.items()),
    *(
        path(f"<str:ref>/{slug}/", steps.take_step, {"step": slug}, name=slug)
        for slug in steps.STEPS
        if slug not in OWN_VIEWS
    ),
]
