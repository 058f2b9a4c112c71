"""Addresses of the pages of plans and reviews."""

from django.urls import path

from support_plans.views import items, plans, reviews, sourcing, steps

app_name = "support_plans"
urlpatterns = [
    path("people/<str:ref>/support-plans/", plans.list_plans, name="list-plans"),
    path("support-plans/from/<str:ref>/", plans.draft_plan, name="draft-plan"),
    path("support-plans/<str:ref>/", plans.show_plan, name="show-plan"),
    path("support-plans/<str:ref>/needs/", plans.change_needs, name="change-needs"),
    path("support-plans/<str:ref>/parts/<slug:part>/", plans.change_part, name="change-part"),
    path("support-plans/<str:ref>/new-version/", plans.new_version, name="new-version"),
    path("support-plans/<str:ref>/support/add/", items.add_item, name="add-item"),
    path("support-plans/<str:ref>/support/<str:item_ref>/", items.change_item, name="change-item"),
    path("support-plans/<str:ref>/support/<str:item_ref>/remove/", items.remove_item, name="remove-item"),
    path("support-plans/<str:ref>/send/", steps.send_to_person, name="send-to-person"),
    path("support-plans/<str:ref>/take-back/", steps.take_back, name="take-back"),
    path("support-plans/<str:ref>/agree/", steps.record_agreement, name="record-agreement"),
    path("support-plans/<str:ref>/submit/", steps.submit, name="submit"),
    path("support-plans/<str:ref>/copy/", steps.give_copy, name="give-copy"),
    path("support-plans/<str:ref>/start/", steps.activate, name="activate"),
    path("support-plans/<str:ref>/end/", steps.end, name="end"),
    path("support-plans/<str:ref>/reviews/ask/", reviews.request_review, name="request-review"),
    path("packages/", sourcing.list_to_source, name="list-to-source"),
    path("packages/<str:ref>/source/", sourcing.source_item, name="source-item"),
    path("reviews/", reviews.list_reviews, name="list-reviews"),
    path("reviews/<str:ref>/", reviews.show_review, name="show-review"),
    path("reviews/<str:ref>/invite/", reviews.invite, name="invite"),
    path("reviews/<str:ref>/hold/", reviews.hold_review, name="hold-review"),
    path("reviews/<str:ref>/decline/", reviews.decline_review, name="decline-review"),
    path("reviews/<str:ref>/close/", reviews.close_review, name="close-review"),
]
