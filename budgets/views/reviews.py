"""“This looks wrong”: raised, acknowledged, support meanwhile, decided, the person told."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import CASE_ROLES, Role
from accounts.requests import SignedInRequest
from budgets import permissions, services, workflow
from budgets.forms import DecideReviewForm, InterimForm, LooksWrongForm, StepForm, TellForm
from budgets.models import BudgetReview
from budgets.pages import open_budget_page, open_budget_review
from core import clock, policy
from core.permissions import require
from core.workflow import Action, WrongState
from people.pages import identity
from people.views.asking import Question, change, create, show, without_key
from support_plans.pages import Link
from worklist.paging import key_page

HELP = (
    "Anyone can say that a budget looks wrong. It is answered within 5 working days and decided by a manager who did "
    "not raise it. The budget stays the same meanwhile, and a review alone can never lower it."
)
STEPS = (
    ("budgets:decide-review", "Decide", workflow.REVIEW_DECIDE),
    ("budgets:acknowledge-review", "Acknowledge", workflow.REVIEW_ACKNOWLEDGE),
    ("budgets:notify-decision", "Record that the person was told", workflow.REVIEW_NOTIFY),
    ("budgets:decide-interim", "Decide support meanwhile", workflow.REVIEW_INTERIM),
)


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES, Role.FINANCE_OFFICER)
def ask_for_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Say what looks wrong."""
    budget = open_budget_page(request, ref=ref)
    require(permissions.can_ask_for_review(request.user, budget))
    question = Question(
        "Say what looks wrong",
        "Send it",
        budget.get_absolute_url(),
        HELP,
        current="money",
        intro=f"The budget is £{budget.total_weekly:,.2f} a week, and stays so while this is looked at.",
    )
    form = LooksWrongForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, budget.person, question, form)

    def make() -> str:
        return services.ask_for_review(
            budget=budget, by=request.user, now=clock.now(), **without_key(form)
        ).get_absolute_url()

    return create(
        request,
        budget.person,
        question,
        form,
        purpose="budgets:ask-for-review",
        content={"budget": budget.ref, **without_key(form)},
        make=make,
        said="It was sent. The named worker is told.",
    )


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES)
def list_reviews(request: SignedInRequest) -> HttpResponse:
    """Open budget reviews, the oldest first: of my teams, or all."""
    everything = request.GET.get("show") == "all"
    reviews = BudgetReview.objects.visible_to(request.user).open()
    if not everything:
        reviews = reviews.filter(team__in=request.user.team_ids)
    reviews = reviews.select_related("person", "budget", "team", "requested_by")
    context = {
        "page": key_page(request, reviews, field="requested_at"),
        "everything": everything,
        "help": HELP,
    }
    return render(request, "budgets/list_reviews.html", context)


@require_http_methods(["GET"])
@policy.staff(*CASE_ROLES, Role.FINANCE_OFFICER)
def show_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """One budget review: what was said, and what came of it."""
    review = open_budget_review(request, ref)
    links = [
        Link(label, reverse(name, args=[review.ref]))
        for name, label, action in STEPS
        if action.is_open_to(request.user, review)
    ]
    context = {
        "review": review,
        "budget": review.budget,
        "first": links[0] if links else None,
        "links": links[1:],
        "help": HELP,
        **identity(review.person, request.user),
    }
    return render(request, "budgets/show_review.html", context)


def _open(request: SignedInRequest, ref: str, action: Action) -> BudgetReview:
    review = open_budget_review(request, ref)
    require(action.allowed(request.user, review))
    if not action.fits(review):
        raise WrongState(
            f"“{action.label}” is not possible: the review is now “{review.get_status_display()}”."
        )
    return review


def _asked(
    request: SignedInRequest,
    review: BudgetReview,
    form_class: Any,
    *,
    heading: str,
    button: str,
    intro: str,
    said: str,
    saved: dict[str, Any],
    service: Any,
) -> HttpResponse:
    return change(
        request,
        review.person,
        Question(heading, button, review.get_absolute_url(), HELP, current="money", intro=intro),
        form_class,
        record=review,
        saved=lambda row: {name: getattr(row, name, fact) or fact for name, fact in saved.items()},
        save=lambda answers, version: service(
            review=review, version=version, by=request.user, now=clock.now(), **answers
        ),
        done=review.get_absolute_url(),
        said=said,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def acknowledge_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record that whoever raised it has been answered."""
    review = _open(request, ref, workflow.REVIEW_ACKNOWLEDGE)
    return _asked(
        request,
        review,
        StepForm,
        heading="Acknowledge",
        button="They have been answered",
        intro="Whoever raised it knows that it is being looked at, by whom, and that the support stays meanwhile.",
        said="Acknowledged.",
        saved={},
        service=services.acknowledge_review,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def decide_interim(request: SignedInRequest, ref: str) -> HttpResponse:
    """Decide what support there is until the decision."""
    review = _open(request, ref, workflow.REVIEW_INTERIM)
    return _asked(
        request,
        review,
        InterimForm,
        heading="Decide support meanwhile",
        button="Save",
        intro="The budget continues unchanged until the decision. Where the risk has risen, support can rise for a time.",
        said="Saved.",
        saved={"interim_support": ""},
        service=services.decide_interim_support,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def decide_review(request: SignedInRequest, ref: str) -> HttpResponse:
    """Decide, with reasons."""
    review = _open(request, ref, workflow.REVIEW_DECIDE)
    return _asked(
        request,
        review,
        DecideReviewForm,
        heading="Decide the budget review",
        button="Save the decision",
        intro=f"The budget is £{review.old_weekly:,.2f} a week. A review can put it right upwards, but never lower it: "
        "where needs have changed, they are assessed again.",
        said="The decision is recorded. Now tell the person.",
        saved={"decision": "", "new_weekly": None, "reasons": ""},
        service=services.decide_review,
    )


@require_http_methods(["GET", "POST"])
@policy.staff(*CASE_ROLES)
def notify_decision(request: SignedInRequest, ref: str) -> HttpResponse:
    """Record the day on which the person was told."""
    review = _open(request, ref, workflow.REVIEW_NOTIFY)
    return _asked(
        request,
        review,
        TellForm,
        heading="Record that the person was told",
        button="Save",
        intro="They know the old figure, the new one, the reasons, from when it counts, and how to complain.",
        said="Recorded. The review is done.",
        saved={"on": clock.today()},
        service=services.notify_decision,
    )
