"""Addresses of support_plans in the API, and of the look-up of providers."""

from django.urls import path

from support_plans.api import plans, reviews

urlpatterns = [
    path("providers/", plans.FindProviders.as_view(), name="api-directory-find-providers"),
    path("support-plans/", plans.Plans.as_view(), name="api-support-plans-list"),
    path("support-plans/<str:ref>/", plans.ShowPlan.as_view(), name="api-support-plans-show"),
    path("support-plans/<str:ref>/parts/", plans.SavePart.as_view(), name="api-support-plans-save-part"),
    path("support-plans/<str:ref>/items/", plans.AddItem.as_view(), name="api-support-plans-add-item"),
    path(
        "support-plans/<str:ref>/items/<str:item_ref>/change/",
        plans.ChangeItem.as_view(),
        name="api-support-plans-change-item",
    ),
    path(
        "support-plans/<str:ref>/items/<str:item_ref>/remove/",
        plans.RemoveItem.as_view(),
        name="api-support-plans-remove-item",
    ),
    path(
        "support-plans/<str:ref>/items/<str:item_ref>/source/",
        plans.SourceItem.as_view(),
        name="api-support-plans-source-item",
    ),
    path(
        "support-plans/<str:ref>/send/", plans.SendToPerson.as_view(), name="api-support-plans-send-to-person"
    ),
    path("support-plans/<str:ref>/take-back/", plans.TakeBack.as_view(), name="api-support-plans-take-back"),
    path(
        "support-plans/<str:ref>/agreement/",
        plans.RecordAgreement.as_view(),
        name="api-support-plans-record-agreement",
    ),
    path("support-plans/<str:ref>/submit/", plans.Submit.as_view(), name="api-support-plans-submit"),
    path("support-plans/<str:ref>/copy/", plans.GiveCopy.as_view(), name="api-support-plans-give-copy"),
    path("support-plans/<str:ref>/activate/", plans.Activate.as_view(), name="api-support-plans-activate"),
    path("support-plans/<str:ref>/end/", plans.EndPlan.as_view(), name="api-support-plans-end"),
    path(
        "support-plans/<str:ref>/reviews/",
        reviews.RequestReview.as_view(),
        name="api-support-plans-request-review",
    ),
    path("reviews/", reviews.Reviews.as_view(), name="api-support-plans-list-reviews"),
    path("reviews/<str:ref>/", reviews.ShowReview.as_view(), name="api-support-plans-show-review"),
    path("reviews/<str:ref>/invite/", reviews.Invite.as_view(), name="api-support-plans-invite"),
    path("reviews/<str:ref>/decline/", reviews.Decline.as_view(), name="api-support-plans-decline-review"),
    path("reviews/<str:ref>/hold/", reviews.Hold.as_view(), name="api-support-plans-hold-review"),
    path("reviews/<str:ref>/write-up/", reviews.WriteUp.as_view(), name="api-support-plans-write-up"),
    path("reviews/<str:ref>/close/", reviews.Close.as_view(), name="api-support-plans-close-review"),
]
