"""Addresses of budgets in the API."""

from django.urls import path

from budgets import api, api_estimates

urlpatterns = [
    path("budgets/", api.Budgets.as_view(), name="api-budgets-list"),
    path("budgets/waiting/", api.Waiting.as_view(), name="api-budgets-waiting"),
    path("budgets/points-tables/<int:number>/", api.ShowTable.as_view(), name="api-budgets-show-table"),
    path(
        "budgets/estimates/tariff/",
        api_estimates.EstimateTariff.as_view(),
        name="api-budgets-estimate-tariff",
    ),
    path(
        "budgets/estimates/charging/",
        api_estimates.EstimateCharging.as_view(),
        name="api-budgets-estimate-charging",
    ),
    path(
        "budgets/estimates/part-week/",
        api_estimates.EstimatePartWeek.as_view(),
        name="api-budgets-estimate-part-week",
    ),
    path(
        "budgets/estimates/dp-surplus/",
        api_estimates.EstimateSurplus.as_view(),
        name="api-budgets-estimate-dp-surplus",
    ),
    path(
        "budgets/estimates/ras/", api_estimates.EstimateAllocation.as_view(), name="api-budgets-estimate-ras"
    ),
    path(
        "budgets/estimates/mixed-budget/",
        api_estimates.EstimateMixedBudget.as_view(),
        name="api-budgets-estimate-mixed-budget",
    ),
    path("budgets/<str:ref>/", api.ShowBudget.as_view(), name="api-budgets-show"),
    path("budgets/<str:ref>/cost/", api.Cost.as_view(), name="api-budgets-cost"),
    path(
        "budgets/<str:ref>/contribution/", api.SetContribution.as_view(), name="api-budgets-set-contribution"
    ),
    path("budgets/<str:ref>/approve/", api.Approve.as_view(), name="api-budgets-approve"),
    path("budgets/<str:ref>/return/", api.Return.as_view(), name="api-budgets-return"),
    path("budgets/<str:ref>/reject/", api.Reject.as_view(), name="api-budgets-reject"),
    path("budgets/<str:ref>/acknowledge/", api.Acknowledge.as_view(), name="api-budgets-acknowledge"),
    path("budgets/<str:ref>/reviews/", api.AskForReview.as_view(), name="api-budgets-ask-for-review"),
    path("budget-reviews/", api.BudgetReviews.as_view(), name="api-budgets-list-reviews"),
    path("budget-reviews/<str:ref>/", api.ShowBudgetReview.as_view(), name="api-budgets-show-review"),
    path(
        "budget-reviews/<str:ref>/acknowledge/",
        api.AcknowledgeReview.as_view(),
        name="api-budgets-acknowledge-review",
    ),
    path(
        "budget-reviews/<str:ref>/meanwhile/", api.DecideInterim.as_view(), name="api-budgets-decide-interim"
    ),
    path("budget-reviews/<str:ref>/decide/", api.DecideReview.as_view(), name="api-budgets-decide-review"),
    path("budget-reviews/<str:ref>/tell/", api.NotifyDecision.as_view(), name="api-budgets-notify-decision"),
]
