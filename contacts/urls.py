"""Addresses of the pages of contacts."""

from django.urls import path

from contacts.views import adding, drafting, listing, online, working

app_name = "contacts"
urlpatterns = [
    path("", listing.list_contacts, name="list-contacts"),
    path("add/", adding.add_contact, name="add-contact"),
    path("add/autosave/", drafting.autosave_contact, name="autosave-contact"),
    path("handovers/<str:ref>/", working.show_handover, name="show-handover"),
    path("online/<str:ref>/", online.show_online, name="show-online"),
    path("online/<str:ref>/match/", online.match_online, name="match-online"),
    path("online/<str:ref>/set-aside/", online.set_aside_online, name="set-aside-online"),
    path("<str:ref>/", working.show_contact, name="show-contact"),
    path("<str:ref>/urgent/", working.mark_urgent, name="mark-urgent"),
    path("<str:ref>/screen/", working.screen_contact, name="screen-contact"),
    path("<str:ref>/decide/", working.decide_contact, name="decide-contact"),
    path("<str:ref>/pass-on/", working.pass_on, name="pass-on"),
    path("<str:ref>/close/", working.close_contact, name="close-contact"),
]
