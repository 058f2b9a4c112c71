"""Addresses of the pages of people. The overview of a person composes every app: caseportal/person_overview.py."""

from django.urls import path

from people.views import accounts, around, details, finding, giving_access, responsible, writing

app_name = "people"
urlpatterns = [
    path("search/", finding.search, name="search"),
    path("people/add/", finding.add_person, name="add-person"),
    path("people/<str:ref>/add/", responsible.choose_what_to_add, name="choose-what-to-add"),
    path("people/<str:ref>/chronology/", writing.list_events, name="list-events"),
    path("people/<str:ref>/notes/add/", writing.add_note, name="add-note"),
    path("people/<str:ref>/notes/draft/", writing.autosave_note, name="autosave-note"),
    path("people/<str:ref>/notes/<str:note_ref>/correct/", writing.correct_note, name="correct-note"),
    path("people/<str:ref>/network/", around.show_network, name="show-network"),
    path("people/<str:ref>/network/add/", around.add_relationship, name="add-relationship"),
    path(
        "people/<str:ref>/network/<str:relationship_ref>/change/",
        around.change_relationship,
        name="change-relationship",
    ),
    path(
        "people/<str:ref>/network/<str:relationship_ref>/end/",
        around.end_relationship,
        name="end-relationship",
    ),
    path("people/<str:ref>/warnings/", around.list_warnings, name="list-warnings"),
    path("people/<str:ref>/warnings/add/", around.add_warning, name="add-warning"),
    path("people/<str:ref>/warnings/<str:warning_ref>/renew/", around.renew_warning, name="renew-warning"),
    path("people/<str:ref>/warnings/<str:warning_ref>/close/", around.close_warning, name="close-warning"),
    path("people/<str:ref>/communication/", around.add_communication_need, name="add-communication-need"),
    path(
        "people/<str:ref>/communication/<str:code>/end/",
        around.end_communication_need,
        name="end-communication-need",
    ),
    path("people/<str:ref>/own-pages/", giving_access.list_portal_access, name="list-portal-access"),
    path("people/<str:ref>/own-pages/new/", giving_access.grant_portal_access, name="grant-portal-access"),
    path(
        "people/<str:ref>/own-pages/new/<slug:step>/",
        giving_access.ask_portal_access,
        name="ask-portal-access",
    ),
    path(
        "people/<str:ref>/own-pages/<str:access_ref>/end/",
        accounts.end_portal_access,
        name="end-portal-access",
    ),
    path(
        "people/<str:ref>/own-pages/<str:access_ref>/join-anew/", accounts.let_join_anew, name="let-join-anew"
    ),
    path("people/<str:ref>/own-pages/<str:access_ref>/open/", accounts.open_account, name="open-account"),
    path("people/<str:ref>/details/", details.show_details, name="show-details"),
    path("people/<str:ref>/details/home/", details.change_home, name="change-home"),
    path("people/<str:ref>/details/<slug:fact>/", details.change_detail, name="change-detail"),
    path("people/<str:ref>/what-matters/", details.change_what_matters, name="change-what-matters"),
    path("people/<str:ref>/risk/", details.change_risk, name="change-risk"),
    path("people/<str:ref>/death/", details.record_death, name="record-death"),
    path("people/<str:ref>/death/withdraw/", details.withdraw_death, name="withdraw-death"),
    path("people/<str:ref>/access/", details.change_level, name="change-level"),
    path("people/<str:ref>/allocation/", responsible.allocate, name="allocate"),
    path(
        "people/<str:ref>/allocation/<str:allocation_ref>/end/",
        responsible.end_allocation,
        name="end-allocation",
    ),
    path("people/<str:ref>/looked/", responsible.show_views, name="show-views"),
]
