"""Addresses of the pages of money."""

from django.urls import path

from budgets.views import deciding, figures, money_work, reviews

app_name = "budgets"
urlpatterns = [
    path("people/<str:ref>/budgets/", figures.list_budgets, name="list-budgets"),
    path("support-plans/<str:ref>/cost/", figures.cost_plan, name="cost-plan"),
    path("support-plans/<str:ref>/figures/", figures.acknowledge_of_plan, name="acknowledge-of-plan"),
    path("support-plans/<str:ref>/approve/", deciding.approve_plan, name="approve-plan"),
    path("manage/approvals/", deciding.approvals, name="approvals"),
    path("direct-payments/", money_work.list_direct_payments, name="list-direct-payments"),
    path("budgets/contributions/", money_work.list_contributions, name="list-contributions"),
    path("budgets/points-table/<int:number>/", figures.points_table, name="points-table"),
    path("budgets/reviews/", reviews.list_reviews, name="list-budget-reviews"),
    path("budgets/reviews/<str:ref>/", reviews.show_review, name="show-budget-review"),
    path("budgets/reviews/<str:ref>/acknowledge/", reviews.acknowledge_review, name="acknowledge-review"),
    path("budgets/reviews/<str:ref>/meanwhile/", reviews.decide_interim, name="decide-interim"),
    path("budgets/reviews/<str:ref>/decide/", reviews.decide_review, name="decide-review"),
    path("budgets/reviews/<str:ref>/tell/", reviews.notify_decision, name="notify-decision"),
    path("how-we-work-out-a-budget/", figures.how_we_work_out, name="how-we-work-out"),
    path("budgets/<str:ref>/", figures.show_budget, name="show-budget"),
    path("budgets/<str:ref>/contribution/", money_work.set_contribution, name="set-contribution"),
    path("budgets/<str:ref>/looks-wrong/", reviews.ask_for_review, name="ask-for-review"),
]
