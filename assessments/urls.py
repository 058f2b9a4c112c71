"""Addresses of the pages of assessments."""

from django.urls import path

from assessments.views import deciding, receiving, sharing, writing

app_name = "assessments"
urlpatterns = [
    path("", receiving.list_assessments, name="list-assessments"),
    path("handovers/", receiving.list_handovers, name="list-handovers"),
    path("handovers/<str:ref>/accept/", receiving.accept_handover, name="accept-handover"),
    path("handovers/<str:ref>/return/", receiving.return_handover, name="return-handover"),
    path("request/<str:ref>/", receiving.request_assessment, name="request-assessment"),
    path("<str:ref>/", writing.show_assessment, name="show-assessment"),
    path("<str:ref>/start/", receiving.start, name="start"),
    path("<str:ref>/assessor/", receiving.assign, name="assign"),
    path("<str:ref>/method/", receiving.change_method, name="change-method"),
    path("<str:ref>/sections/<slug:slug>/", writing.show_section, name="show-section"),
    path("<str:ref>/sections/<slug:slug>/autosave/", writing.autosave_section, name="autosave-section"),
    path("<str:ref>/eligibility/", deciding.eligibility, name="eligibility"),
    path("<str:ref>/check/", deciding.check, name="check"),
    path("<str:ref>/complete/", sharing.mark_complete, name="mark-complete"),
    path("<str:ref>/share/", sharing.share, name="share"),
    path("<str:ref>/comments/", sharing.record_comments, name="record-comments"),
    path("<str:ref>/copy/", sharing.print_draft, name="print-draft"),
    path("<str:ref>/decision/", deciding.decision, name="decision"),
    path("<str:ref>/return/", deciding.return_for_changes, name="return-for-changes"),
    path("<str:ref>/issue/", deciding.issue, name="issue"),
    path("<str:ref>/print/", deciding.print_decision, name="print-decision"),
    path("<str:ref>/refuse/", receiving.refuse, name="refuse"),
    path("<str:ref>/abandon/", receiving.abandon, name="abandon"),
]
